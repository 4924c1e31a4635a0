"""`habeas rules check`: whether anything is wrong with a rulebook, and what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import say, width
from habeas.cli.usage import parser
from habeas.reports.rulebooks.checks import render
from habeas.runs.rulebooks.amending.checks import check

DESCRIPTION = """Check rulebooks: every field, every example against its rule, every class.

All that is wrong is told at once, with file, line and field. Without a name,
all books of habeas are checked, and every fact and word of the vocabulary must
be asked for by some rule.

Leaves with 0: nothing is wrong; 65: something is."""


def run(arguments: Sequence[str]) -> int:
    """Check the books, and print what they cover."""
    found = parser("habeas rules check", DESCRIPTION)
    found.add_argument("books", nargs="*", metavar="BOOK", help="a rulebook's file (.yaml), or the name of one of habeas")
    found.add_argument("--vocabulary", type=Path, metavar="FILE", help="the questions the books may ask (default: those of habeas)")
    given = found.parse_args(arguments)
    say(render(check(given.books, words=given.vocabulary), whole_library=not given.books, width=width()).rstrip("\n"))
    return 0
