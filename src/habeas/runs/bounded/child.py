"""The process inside the bounds: reads one order on its standard input, tells how far it is, answers in one line.

The order names the plan's text and the one file to read; the paths that the plan itself names are never opened. Whoever is gone waits for
no answer: the process ends with whoever started it. The last line is one of

* `fits`, or `document` with `cells`: it is done;
* `told`, `plan`: what is wrong, in the words of the terminal, and whether it is the plan;
* `stopped`: it asked for more than it may have;
* `fault`, `where`: the type of an error that nobody foresaw, and the places it came through. Its words may quote the data and stay here.
"""

from __future__ import annotations

import errno
import json
import resource
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Any

from habeas.audit.plan import Plan
from habeas.engines import Limits, count
from habeas.engines.rows import rows
from habeas.engines.session import session
from habeas.engines.sources import find
from habeas.engines.tables import from_files
from habeas.errors import BadPlan, HabeasError, Unavailable
from habeas.reports import json_report
from habeas.runs import cells_file
from habeas.runs.bounded.ending import end_with
from habeas.runs.bounded.limits import MEGABYTE
from habeas.runs.plan_file import parse_plan
from habeas.runs.run import Run, assess

DEEPEST = 6
"""How many places of a traceback are told, the last ones."""
NO_THREAD = "can't start new thread"
"""What Python says where a thread's stack finds no room."""


def main() -> None:
    """Do what the order on standard input says, within its limits."""
    order = json.loads(sys.stdin.buffer.read())
    end_with(order["parent"])
    _bound(order["limits"])
    try:
        _say(_done(order))
    except Exception as problem:  # noqa: BLE001 - whatever it is, the parent must hear of it
        _say(_ended_by(problem))


def _ended_by(problem: Exception) -> dict[str, Any]:
    if isinstance(problem, Unavailable) or _wants_memory(problem):
        return {"stopped": True}
    if isinstance(problem, HabeasError):
        return {"told": str(problem), "plan": isinstance(problem, BadPlan)}
    frames = traceback.extract_tb(problem.__traceback__)[-DEEPEST:]
    return {"fault": type(problem).__name__, "where": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames]}


def _wants_memory(problem: Exception) -> bool:
    """Whether memory was refused: to Python, to what Python calls of the system, or to a thread for its stack."""
    refused = isinstance(problem, OSError) and problem.errno == errno.ENOMEM
    return refused or isinstance(problem, MemoryError) or str(problem) == NO_THREAD


def _done(order: dict[str, Any]) -> dict[str, Any]:
    plan = parse_plan(order["plan"], name="the plan")
    limits = Limits(
        memory_mb=order["limits"]["counting_mb"],
        threads=order["limits"]["threads"],
        spill_folder=order["folder"],
        spill_mb=order["limits"]["spill_mb"],
        fused_rows=2**62,
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
        (resource.RLIMIT_FSIZE, limits["largest_file_mb"] * MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # past the first the process ends by a signal that says why, past the second by one that doesn't
    resource.setrlimit(resource.RLIMIT_CPU, (limits["processor_s"], limits["processor_s"] + 1))


if __name__ == "__main__":
    main()
