"""A site as the page on deployment has it, made once for all that is asked of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import needs
from ledgers.postgres_servers import Server
from web.deployment.deployments import NAME, Deployed, free_ports, nginx, service, write_certificate
from web.deployment.the_page import Ports, filled, shown


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, postgres_server: Server) -> Iterator[Deployed]:
    if (missing := needs.NEEDS["nginx"]()) is not None:
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp("deployed")
    (folder / "logs").mkdir()
    write_certificate(folder)
    passphrase = folder / "passphrase"
    passphrase.write_text("a long passphrase of a test\n", encoding="utf-8")
    passphrase.chmod(0o600)
    plain, tls, site = free_ports(3)
    found = Deployed(
        folder=folder,
        site=folder / "site",
        database=postgres_server.new_database(),
        passphrase=passphrase,
        ports=Ports(plain=plain, tls=tls, site=site),
    )
    made = found.habeas(
        *("site", "init", found.site, "--name", "Midshire register of systems", "--address", f"https://{NAME}"),
        *("--database", found.database, "--second-place", folder / "second-place"),
    )
    assert made.returncode == 0, made.stderr
    with (found.site / "site.toml").open("a", encoding="utf-8") as settings:
        settings.write(filled(shown("site.toml")[0], {'email = "smtp+tls://register:the-password@mail.police.example:587"\n': ""}))
    with service(found), nginx(found):
        yield found
