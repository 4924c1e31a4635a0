"""Sites made by the command, each in a process of its own: Django is one site's a process."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from web.commands import python

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def habeas() -> Run:
    """Give a command as a user would."""
    return lambda *arguments: python("-m", "habeas", *map(str, arguments))


@pytest.fixture(scope="session")
def script() -> Run:
    """Run one of the scripts beside this file, for a site."""
    return lambda name, folder, *arguments: python(
        str(Path(__file__).with_name(name)), *map(str, arguments), HABEAS_SITE=str(folder), DJANGO_SETTINGS_MODULE="habeas.web.settings"
    )


@pytest.fixture(scope="session")
def filled_site(tmp_path_factory: pytest.TempPathFactory, habeas: Run, script: Run) -> Path:
    """A site with people, entries of the ledger, some of them still due, and odd values in every kind of field. Not to be altered."""
    folder = tmp_path_factory.mktemp("filled") / "site"
    made = habeas("site", "init", folder, "--name", "A made-up register – ثبت", "--address", "https://register.police.example")
    assert made.returncode == 0, made.stderr
    for what in ("people", "lines"):
        done = script("fill_a_site.py", folder, what)
        assert done.returncode == 0, done.stderr
    worked = habeas("site", "manage", folder, "worker", "--once")
    assert worked.returncode == 0, worked.stderr
    assert script("fill_a_site.py", folder, "lines").returncode == 0
    for name in ("counts", "audits", "incoming", "runs"):
        (folder / "uploads" / name).mkdir(exist_ok=True)
    (folder / "uploads" / "counts" / "counts.csv").write_bytes(b"a,b\n1,2\n\x00")
    (folder / "uploads" / "audits" / "rows.csv").write_bytes(b"name,score\nsentinel-person,1\n")
    (folder / "uploads" / "incoming" / "rows").write_bytes(b"sentinel-person")
    (folder / "uploads" / "runs" / "spilled").write_bytes(b"sentinel-person")
    return folder
