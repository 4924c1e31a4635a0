"""What every site command needs: the folder, and the parts of the site installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from habeas.cli.usage import Parser, parser
from habeas.errors import Unavailable

PARTS = ("django", "allauth", "csp", "gunicorn", "ninja", "structlog", "whitenoise")

WHERE_FROM = """
Where the ledger's keys are locked, the passphrase comes from
HABEAS_LEDGER_PASSPHRASE_FILE (a file that only you can read), or from
HABEAS_LEDGER_PASSPHRASE."""


def site_parser(command: str, description: str) -> Parser:
    """A parser whose first argument is the site's folder."""
    found = parser(f"habeas site {command}", description)
    found.add_argument("folder", type=Path, metavar="FOLDER", help="the site's folder (made by habeas site init)")
    return found


def expect_site_parts() -> None:
    """See that what the site is made with is installed.

    Raises:
        Unavailable: it isn't; the message says how to get it.
    """
    missing = [name for name in PARTS if find_spec(name) is None]
    if missing:
        raise Unavailable(f"expected the parts of the site; {', '.join(missing)} isn't installed: pip install habeas[site]")
