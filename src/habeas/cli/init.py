"""`habeas audit init DATA`: draft a plan from a file of decisions."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import say
from habeas.cli.usage import parser
from habeas.errors import CannotWrite
from habeas.runs.draft import draft_plan
from habeas.runs.inspect_data import inspect_data
from habeas.runs.outputs import write_file

DESCRIPTION = """Draft an audit plan from the columns of a file of decisions.

On a terminal it asks; elsewhere it marks what only you can know with REPLACE.
Decide tolerances and questions before you look at any result."""


def run(arguments: Sequence[str]) -> int:
    """Draft a plan and write it beside the data, never over a file that is there."""
    found = parser("habeas audit init", DESCRIPTION)
    found.add_argument("data", type=Path, metavar="DATA", help="CSV or Parquet file, or a folder of them")
    found.add_argument("--out", type=Path, metavar="PLAN", help="where to write the plan (default: audit-plan.yaml beside the data)")
    given = found.parse_args(arguments)
    path = given.out if given.out is not None else given.data.parent / "audit-plan.yaml"
    if path.exists():
        raise CannotWrite(f"expected to write a new plan to {path}; there is one already: move it away or choose another --out")
    interactive = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    text = draft_plan(inspect_data(given.data), _ask if interactive else None, path=os.path.relpath(given.data, path.parent))
    write_file(path, text.encode())
    say(f"drafted: {path}\nRead it line by line, mend what is wrong, then: habeas audit {path} --out report")
    return 0


def _ask(question: str, default: str) -> str:
    answer = input(f"{question}\n  [{default}] " if default else f"{question}\n  ").strip()
    return answer or default
