"""`habeas screen compare OLD NEW`: what changed between two kept verdicts of a system."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import say, width
from habeas.cli.usage import parser
from habeas.reports.screening.keeping.changes_text import as_text
from habeas.runs.screens.comparing import compare_files

DESCRIPTION = """Say what changed between two verdicts that habeas screen --out kept: what each
book finds, which rules bite, and why: other books asked, the description, the text
of the books, or the day.

Leaves with 1: some book, or the strictest of all, finds something else now, or
a book that refuses the use was asked only once; 0: nothing of that; 64 and
above: an error. A file that contradicts itself or the other is refused.

Kept verdicts aren't signed: whoever can write the file can alter it. Keep its
SHA-256 (sha256sum FILE) where nobody can change both."""


def run(arguments: Sequence[str]) -> int:
    """Compare two kept verdicts; 1 where a finding changed."""
    found = parser("habeas screen compare", DESCRIPTION)
    found.add_argument("before", type=Path, metavar="OLD.json", help="the earlier verdict")
    found.add_argument("after", type=Path, metavar="NEW.json", help="the later verdict")
    given = found.parse_args(arguments)
    changes = compare_files(given.before, given.after)
    say(as_text(changes, width=width()).rstrip("\n"))
    return 1 if changes.finding_changed else 0
