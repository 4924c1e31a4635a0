"""`habeas schema NAME`: the JSON Schema of what habeas reads and writes."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.cli.streams import say_json
from habeas.cli.usage import parser
from habeas.runs.schemas import SCHEMAS

DESCRIPTION = "Print the JSON Schema (2020-12) of something that habeas reads or writes."


def run(arguments: Sequence[str]) -> int:
    """Print one schema."""
    found = parser("habeas schema", DESCRIPTION)
    found.add_argument("name", choices=sorted(SCHEMAS), metavar="NAME", help=f"what it describes: one of {', '.join(sorted(SCHEMAS))}")
    given = found.parse_args(arguments)
    say_json(SCHEMAS[given.name]())
    return 0
