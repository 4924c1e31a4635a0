"""The process inside the bounds: reads one order on its standard input, tells how far it is, answers in one line.

The order names the plan's text and the one file to read; the paths that the plan itself names are never opened.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from habeas.audit.plan import Plan
from habeas.engines import Limits, count
from habeas.engines.rows import rows
from habeas.engines.session import session
from habeas.engines.sources import find
from habeas.engines.tables import from_files
from habeas.errors import HabeasError, Unavailable
from habeas.reports import json_report
from habeas.runs import cells_file
from habeas.runs.plan_file import parse_plan
from habeas.runs.run import Run, assess

MEGABYTE = 1_000_000


def main() -> None:
    """Do what the order on standard input says, within its limits."""
    order = json.loads(sys.stdin.buffer.read())
    _bound(order["limits"])
    try:
        _say(_done(order))
    except (Unavailable, MemoryError):  # of use to whoever runs the site, not to whoever brought the data
        _say({"stopped": True})
    except HabeasError as error:
        _say({"told": str(error)})


def _done(order: dict[str, Any]) -> dict[str, Any]:
    plan = parse_plan(order["plan"], name="the plan")
    limits = Limits(
        memory_mb=order["limits"]["counting_mb"], threads=order["limits"]["threads"], spill_folder=order["folder"], fused_rows=2**62
    )
    data = Path(order["data"])
    if not order["audit"]:
        _check(plan, data, limits)
        return {"fits": True}
    done = _audited(plan, data, limits)
    at = datetime.fromisoformat(order["at"])
    answer = {"document": json_report.document(done.result, at=at)}
    return answer if order["cells"] is None else {**answer, "cells": _kept(done, plan, Path(order["cells"]))}


def _check(plan: Plan, data: Path, limits: Limits) -> None:
    """See that the file can be opened and has every column that the plan names."""
    with session(limits) as opened:
        rows(from_files(opened, find([str(data)], known_as=plan.source.paths)), plan)


def _audited(plan: Plan, data: Path, limits: Limits) -> Run:
    counted = count((str(data),), plan, progress=lambda share: _say({"share": round(share, 3)}), limits=limits)
    return assess(plan, counted.cells, counted.intake)


def _kept(done: Run, plan: Plan, path: Path) -> bool:
    from habeas.runs.outputs import write_private_file

    write_private_file(path, cells_file.to_bytes(done.cells, done.intake, plan))
    return True


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")
    sys.stdout.flush()


def _bound(limits: dict[str, Any]) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_mb"] * MEGABYTE),
        (resource.RLIMIT_CPU, limits["processor_s"]),
        (resource.RLIMIT_FSIZE, limits["largest_file_mb"] * MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
