"""`habeas assess render FILE --out PAGE`: an impact assessment as a page, whatever it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from habeas.cli.streams import remark, say
from habeas.cli.usage import day, parser, today
from habeas.errors import CannotWrite
from habeas.reports.assessments import words
from habeas.reports.assessments.html import render
from habeas.runs.assessments.assessing import checked
from habeas.runs.outputs import write_page

DESCRIPTION = """Write an impact assessment as one page of HTML, to be read, printed, published.

An assessment that isn't complete gets its page, too: it says so at its top and
marks everything that is missing."""


def run(arguments: Sequence[str]) -> int:
    """Write the page."""
    found = parser("habeas assess render", DESCRIPTION)
    found.add_argument("assessment", type=Path, metavar="FILE", help="the assessment, a YAML file (habeas assess init)")
    found.add_argument("--system", type=Path, metavar="SYSTEM", help="the description of the system as it is now, to show what changed")
    found.add_argument("--on", type=day, default=today(), metavar="DATE", help="check as of this day (default: today)")
    found.add_argument("--out", type=Path, required=True, metavar="PAGE", help="where to write the page, an HTML file")
    given = found.parse_args(arguments)
    if given.out.resolve() in {path.resolve() for path in (given.assessment, given.system) if path is not None}:
        raise CannotWrite(f"expected to write a page to {given.out}; that is the file it is made from: choose another --out")
    result = checked(given.assessment, on=given.on, description=given.system)
    write_page(given.out, render(result.assessment, result.missing, at=datetime.now(UTC)).encode())
    if result.missing:
        remark(f"not complete: {words.things(len(result.missing))}; the page says so")
    say(f"written: {given.out}")
    return 0
