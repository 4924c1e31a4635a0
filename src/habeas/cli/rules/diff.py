"""`habeas rules diff OLD NEW`: what an amended rulebook changes, and which systems get another verdict."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from habeas.cli.streams import say, say_json, width
from habeas.cli.usage import day, parser, today
from habeas.reports.rulebooks.differences import render
from habeas.reports.rulebooks.documents import difference_document
from habeas.runs.rulebooks.amending.differences import amendment

DESCRIPTION = """Say what an amended rulebook changes: rule by rule, field by field, and which
systems of the catalogue get another verdict on a day. Prohibitions that became
weaker come first, whatever the catalogue says.

Leaves with 0: no system gets another verdict, then or later, and no prohibition
is weaker; 1: one of the two."""


def run(arguments: Sequence[str]) -> int:
    """Compare two versions of a book; 1 where some system gets another verdict, then or later, or a prohibition is weaker."""
    found = parser("habeas rules diff", DESCRIPTION)
    found.add_argument("old", metavar="OLD", help="the earlier version: a file (.yaml), or the name of one of habeas")
    found.add_argument("new", metavar="NEW", help="the later version, likewise")
    found.add_argument("--on", type=day, default=today(), metavar="DATE", help="screen the catalogue as of this day (default: today)")
    found.add_argument("--vocabulary", type=Path, metavar="FILE", help="the questions the books ask (default: those of habeas)")
    found.add_argument("--json", action="store_true", help="print the difference as JSON instead of words")
    given = found.parse_args(arguments)
    changed = amendment(given.old, given.new, on=given.on, words=given.vocabulary)
    told: dict[str, Any] = {
        "on": changed.on,
        "systems": changed.systems,
        "rejudged": changed.rejudged,
        "other_days": changed.other_days,
    }
    if given.json:
        say_json(difference_document(changed.difference, **told))
    else:
        say(render(changed.difference, **told, width=width()).rstrip("\n"))
    return 1 if changed.needs_a_look else 0
