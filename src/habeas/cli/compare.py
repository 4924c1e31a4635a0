"""`habeas audit compare A B`: what changed between two audits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from habeas.cli.streams import say
from habeas.cli.usage import parser
from habeas.errors import BadData, NotFound
from habeas.reports.compare import compare, render

DESCRIPTION = """Say what changed between two audits: of two versions of a system, or of two years.

Takes the report.json of each, the earlier first."""


def run(arguments: Sequence[str]) -> int:
    """Compare two reports and print what changed."""
    found = parser("habeas audit compare", DESCRIPTION)
    found.add_argument("earlier", type=Path, metavar="A.json", help="report.json of the earlier audit")
    found.add_argument("later", type=Path, metavar="B.json", help="report.json of the later audit")
    given = found.parse_args(arguments)
    say(render(compare(_read(given.earlier), _read(given.later))))
    return 0


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise NotFound(f"expected a report.json at {path}; there is none: habeas audit PLAN --out DIR writes one") from error
    except (OSError, ValueError, RecursionError) as error:
        raise BadData(f"expected a report.json at {path}; it can't be read as JSON: habeas audit PLAN --out DIR writes one") from error
    if not isinstance(document, dict):
        raise BadData(f"expected a report.json at {path}; it holds something else: habeas audit PLAN --out DIR writes one")
    return document
