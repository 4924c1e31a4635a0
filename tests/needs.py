"""What some tests need from the machine, and whether it is here.

A test says what it needs with a mark (`@pytest.mark.browser`, `pdf`, `postgres`, `go`, `nginx`); `conftest.py` skips it, with the reason,
where that is missing - or fails it where the environment variable `HABEAS_REQUIRE` (e.g. `browser,pdf`) says that it must be here.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
"""Reference data that isn't ours to publish; tests that use it skip where it is absent."""


def chromium() -> str | None:
    """The browser that tests drive: `$CHROMIUM`, or Debian's; None where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def _missing_browser() -> str | None:
    return None if chromium() is not None else "no chromium on this machine: apt-get install chromium, or set CHROMIUM to one"


def _missing_pdf() -> str | None:
    if importlib.util.find_spec("weasyprint") is None:
        return "no weasyprint in this environment: install the extra habeas[pdf]"
    if find_library("pangoft2-1.0") is None:
        return "no pango on this machine: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return None if shutil.which("pdftotext") is not None else "no pdftotext on this machine: apt-get install poppler-utils"


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server's programs: where Debian keeps them, or where the PATH finds them."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda program: int(program.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


def _missing_postgres() -> str | None:
    if importlib.util.find_spec("psycopg") is None:
        return "no psycopg in this environment: install the extra habeas[postgres]"
    return None if postgres_programs() is not None else "no PostgreSQL server on this machine: apt-get install postgresql"


GO_PACKAGES = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb")
"""Where Debian keeps the Go packages that the tests' own verifier is built on."""


def _missing_go() -> str | None:
    there = shutil.which("go") is not None and GO_PACKAGES.is_dir()
    return None if there else "no Go with x/mod on this machine: apt-get install golang-go golang-golang-x-mod-dev"


def nginx() -> str | None:
    """The web server that tests put before a site: the PATH's, or Debian's, which only root's PATH has; None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _missing_nginx() -> str | None:
    return None if nginx() is not None else "no nginx on this machine: apt-get install nginx-light"


NEEDS: dict[str, Callable[[], str | None]] = {
    "browser": _missing_browser,
    "pdf": _missing_pdf,
    "postgres": _missing_postgres,
    "go": _missing_go,
    "nginx": _missing_nginx,
}
"""Mark of a test -> why it can't run here; None: it can."""


def required() -> frozenset[str]:
    """What must not be missing here, e.g. in CI; a test that would skip for want of it fails instead."""
    asked = frozenset(os.environ.get("HABEAS_REQUIRE", "").replace(",", " ").split())
    if unknown := asked - NEEDS.keys():
        raise ValueError(f"HABEAS_REQUIRE: expected some of {', '.join(NEEDS)}; got {', '.join(sorted(unknown))}: drop or mend it")
    return asked
