"""`habeas site backup FOLDER OUT`: save a whole site in one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.site.needing import expect_site_parts, site_parser
from habeas.cli.streams import say
from habeas.reports.language.phrases import counted

DESCRIPTION = """Save a whole site in one file, while it runs: every table, the ledger, what was
uploaded, the settings. All is from one moment; the ledger is checked as saved.

The file holds the site's secrets and the ledger's keys: whoever has it can act
as the site. Keep it where only you can read it. Letters that wait in a folder
aren't in it."""


def run(arguments: Sequence[str]) -> int:
    """Save, and say what was saved."""
    found = site_parser("backup", DESCRIPTION)
    found.add_argument("out", type=Path, metavar="OUT", help="the file to write, e.g. site.tar; it must not be there")
    given = found.parse_args(arguments)
    expect_site_parts()
    from habeas.web.keeping.starting import use_site

    site = use_site(given.folder)
    from habeas.web.base.clock import now
    from habeas.web.keeping.backing_up import back_up

    manifest = back_up(site, given.out, at=now())
    rows = sum(table.rows for table in manifest.tables.values())
    tables = counted(len(manifest.tables), "table", "tables")
    say(f"saved: {counted(rows, 'row', 'rows')} of {tables} and {counted(len(manifest.files), 'file', 'files')} in {given.out}")
    return 0
