"""`habeas assess check FILE`: what an impact assessment still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import say, width
from habeas.cli.usage import day, parser, today
from habeas.reports.assessments.lines import as_text
from habeas.runs.assessments.assessing import checked

DESCRIPTION = """Say what an impact assessment still lacks: whether every heading of the law is
answered, every benefit weighed against a measured harm, somebody answers for
it, and a review is set.

One word is no answer, nor are the same words in more than two places. With
--system also what changed since: in the description, the rulebooks, the duties.

Leaves with 0: complete; 2: something is missing; 64 and above: an
error. A complete assessment is no permission: it lifts no prohibition."""

COMPLETE, INCOMPLETE = 0, 2


def run(arguments: Sequence[str]) -> int:
    """Say what is missing, by section."""
    found = parser("habeas assess check", DESCRIPTION)
    found.add_argument("assessment", type=Path, metavar="FILE", help="the assessment, a YAML file (habeas assess init)")
    found.add_argument("--system", type=Path, metavar="SYSTEM", help="the description of the system as it is now")
    found.add_argument("--on", type=day, default=today(), metavar="DATE", help="check as of this day (default: today)")
    given = found.parse_args(arguments)
    result = checked(given.assessment, on=given.on, description=given.system)
    say(as_text(result.assessment, result.missing, width=width(), compared=result.compared).rstrip("\n"))
    return INCOMPLETE if result.missing else COMPLETE
