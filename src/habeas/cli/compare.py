"""`habeas audit compare A B`: what changed between two audits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import say
from habeas.cli.usage import parser
from habeas.reports.compare import compare, render
from habeas.runs.kept_json import read_report

DESCRIPTION = """Say what changed between two audits: of two versions of a system, or of two years.

Takes the report.json of each, the earlier first."""


def run(arguments: Sequence[str]) -> int:
    """Compare two reports and print what changed."""
    found = parser("habeas audit compare", DESCRIPTION)
    found.add_argument("earlier", type=Path, metavar="A.json", help="report.json of the earlier audit")
    found.add_argument("later", type=Path, metavar="B.json", help="report.json of the later audit")
    given = found.parse_args(arguments)
    say(render(compare(*(read_report(path)[0] for path in (given.earlier, given.later)))))
    return 0
