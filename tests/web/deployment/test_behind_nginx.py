"""The page on deployment, done: what it shows is run on PostgreSQL behind nginx, and asked over TLS."""

from __future__ import annotations

import http.client
import json
import re
import ssl
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

import needs
from ledgers.postgres_servers import Server
from web.commands import environment, python
from web.deployment.deployments import VISITOR, Answer, Deployed
from web.deployment.the_page import NAME, commands, filled, settings, shown

pytestmark = [pytest.mark.postgres, pytest.mark.nginx, pytest.mark.enable_socket]

PASSWORD = "harbour-quilt-lantern-41"  # noqa: S105 - of a person in a test


def test_a_page_comes_over_tls_with_every_header_and_without_a_cookie(deployed: Deployed) -> None:
    found = deployed.ask("/ar/register/")

    assert (found.status, b'dir="rtl"' in found.body) == (200, True)
    headers = {name: found.headers[name] for name in ("Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Server")}
    assert headers == {
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Server": "nginx",
    }
    assert "default-src 'none'" in found.headers["Content-Security-Policy"]
    assert "unsafe" not in found.headers["Content-Security-Policy"]
    assert found.headers["Set-Cookie"] is None


def test_whoever_comes_without_tls_is_sent_to_the_address(deployed: Deployed) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", deployed.ports.plain, timeout=30)
    connection.request("GET", "/register/?q=a", headers={"Host": "elsewhere.example"})
    answer = connection.getresponse()
    connection.close()

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/register/?q=a")


def test_another_name_is_not_answered(deployed: Deployed) -> None:
    with pytest.raises(ssl.SSLError, match="unrecognized"):
        deployed.connection(name="elsewhere.example")


def test_the_style_sheet_is_served_and_kept_by_browsers(deployed: Deployed) -> None:
    page = deployed.ask("/").body.decode()
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)

    found = deployed.ask(address)

    assert (found.status, found.headers.get_content_type()) == (200, "text/css")
    assert "immutable" in found.headers["Cache-Control"]


@pytest.mark.parametrize(("path", "size"), [("/accounts/login/", 4_000_000), ("/desk/systems/a/audits/new/", 300_000_000)])
def test_what_is_too_large_is_refused_before_it_is_sent(deployed: Deployed, path: str, size: int) -> None:
    connection = deployed.connection()
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    answer = connection.getresponse()
    connection.close()

    assert answer.status == 413


def test_data_of_an_audit_may_be_larger_than_other_forms(deployed: Deployed) -> None:
    body = b"x" * 4_000_000

    found = deployed.ask("/cy/desk/systems/a/audits/new/", method="POST", body=body, headers={"Content-Type": "application/octet-stream"})

    assert found.status != 413
    assert "X-Request-Id" in found.headers  # the site itself answers, that somebody must sign in


def test_the_first_administrator_joins_by_the_link_and_no_address_is_kept(deployed: Deployed) -> None:
    invited = deployed.habeas(
        *("site", "admin", deployed.site, "chief.clerk@police.example", "--organisation", "midshire-police"),
        *("--name", "Midshire Police", "--kind", "police", "--authority", "midshire.police.example", "--place", "GB-ENG"),
    )
    assert invited.returncode == 0, invited.stderr
    (link,) = re.findall(rf"https://{re.escape(NAME)}(/\S+)", invited.stdout)

    joined = send_form(deployed, link, {"name": "A. Clerk", "password": PASSWORD, "again": PASSWORD})
    assert (joined.status, urlsplit(joined.headers["Location"]).path) == (302, "/desk/account/"), joined.body.decode()
    refused = send_form(deployed, "/accounts/login/", {"login": "chief.clerk@police.example", "password": "another"})
    signed_in = send_form(deployed, "/accounts/login/", {"login": "chief.clerk@police.example", "password": PASSWORD})

    cookies = signed_in.headers.get_all("Set-Cookie") or []
    assert (refused.status, signed_in.status) == (200, 302)
    assert any(one.startswith("sessionid=") and "; Secure" in one and "HttpOnly" in one for one in cookies)
    assert VISITOR not in deployed.said
    assert VISITOR not in dump(deployed.database)
    assert [str(file) for file in deployed.site.rglob("*") if file.is_file() and VISITOR.encode() in file.read_bytes()] == []


def test_the_nightly_backup_is_restored_elsewhere_and_is_in_order(deployed: Deployed, postgres_server: Server, tmp_path: Path) -> None:
    unit = filled(shown("habeas-backup.service")[0], {"/srv/habeas/site": str(deployed.site), "/var/backups/habeas": str(tmp_path)})
    save, tidy = commands(unit)
    program = f"{sys.executable} -P -m habeas"
    script = filled(save[2], {"/srv/habeas/code/.venv/bin/habeas": program})
    for command in ([save[0], save[1], script], tidy):
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
    (backup,) = tmp_path.glob("site-20*.tar")

    restored = python(
        "-m", "habeas", "site", "restore", str(backup), str(tmp_path / "restored"), "--database", postgres_server.new_database()
    )
    assert restored.returncode == 0, restored.stderr
    looked = python("-m", "habeas", "site", "check", str(tmp_path / "restored"))
    assert looked.returncode == 0, looked.stdout


def test_the_service_may_write_where_it_must_and_nowhere_else() -> None:
    unit = shown("habeas.service")[0]

    assert settings(unit, "ReadWritePaths") == ["/srv/habeas/site", "/mnt/other-disk/habeas"]
    assert settings(unit, "ProtectSystem") == ["strict"]
    assert settings(unit, "User") == ["habeas"]


def test_health_says_nothing_but_how_the_site_is(deployed: Deployed) -> None:
    found = deployed.ask("/health/")

    assert set(json.loads(found.body)) == {"well", "database", "worker", "ledger", "jobs_failed"}


def send_form(site: Deployed, path: str, fields: dict[str, str]) -> Answer:
    """Fill in a form as a browser does: its page first, for the token and the cookie that belongs to it."""
    page = site.ask(path)
    assert page.status == 200, page.body.decode()
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body.decode()))
    cookie = "; ".join(one.partition(";")[0] for one in page.headers.get_all("Set-Cookie") or [])
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Origin": f"https://{NAME}",
        "Referer": f"https://{NAME}{path}",
    }
    return site.ask(path, method="POST", body=urlencode({"csrfmiddlewaretoken": token, **fields}).encode(), headers=headers)


def dump(database: str) -> str:
    """Everything that a database holds, as text."""
    program = str((needs.postgres_programs() or Path()) / "pg_dump")
    return subprocess.run([program, "--inserts", database], capture_output=True, text=True, check=True, timeout=60).stdout
