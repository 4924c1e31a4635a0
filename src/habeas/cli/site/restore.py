"""`habeas site restore OUT FOLDER`: bring a saved site back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.site.needing import expect_site_parts
from habeas.cli.streams import remark, say
from habeas.cli.usage import parser
from habeas.reports.language.phrases import counted

DESCRIPTION = """Bring back a site that habeas site backup saved, into an empty folder and an
empty database. Every file and every table is compared with what was saved, and
the ledger is checked.

A ledger that was published further than the backup knows is not set back where
its second place is on another disk: the worker refuses to write until habeas
ledger recover has brought back, from the public files, what was published
since. Where the second place came from the backup too, only witnesses and
whoever kept a checkpoint would notice. What the register itself did since the
backup is lost, and the log shows that: roles that were ended since are held
again. Nobody is signed in."""


def run(arguments: Sequence[str]) -> int:
    """Restore, and say what came back."""
    found = parser("habeas site restore", DESCRIPTION)
    found.add_argument("saved", type=Path, metavar="OUT", help="the file that habeas site backup wrote")
    found.add_argument("folder", type=Path, metavar="FOLDER", help="where the site goes: a new or an empty folder")
    found.add_argument("--database", metavar="URL", help="sqlite or postgresql://...: another database than before")
    given = found.parse_args(arguments)
    expect_site_parts()
    from habeas.web.keeping.restoring import restore

    manifest, to_do = restore(given.saved, given.folder, database=given.database)
    rows = sum(table.rows for table in manifest.tables.values())
    say(f"restored: {counted(rows, 'row', 'rows')} and {counted(len(manifest.files), 'file', 'files')}, equal to what was saved")
    if to_do is not None:
        remark(f"habeas: NOT ready: {to_do}")
    say(f"next: habeas site check {given.folder}")
    return 0
