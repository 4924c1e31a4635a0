"""Outside the bounds: starts the process, hears how far it is, ends it when its time is up, and says in words what became of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any

from habeas.errors import BadData, Unavailable
from habeas.runs.bounded.limits import RunLimits
from habeas.runs.run import Progress

CHILD = (sys.executable, "-I", "-m", "habeas.runs.bounded.child")
"""`-I`: neither the folder one stands in nor the environment decides which code is run."""

CHECK = RunLimits(memory_mb=3000, counting_mb=200, threads=1, processor_s=20, wall_s=30.0, largest_file_mb=100)
"""A look at the columns takes a second."""

STOPPED = (
    "expected an audit within the time and memory this site allows; it needed more and was stopped: "
    "bring a table of counts instead of rows, or audit fewer groups at once"
)


def check_bounded(plan_text: str, data: Path, *, limits: RunLimits = CHECK) -> None:
    """See that a file can be opened and has the columns that a plan names; what its rows say is for the run to find out.

    Raises:
        BadPlan, BadData: in the words of the terminal.
        Unavailable: it took too much time or memory.
    """
    _answer(_order(plan_text, data, limits) | {"audit": False}, limits, progress=None)


def run_bounded(
    plan_text: str,
    data: Path,
    *,
    at: datetime,
    cells: Path | None = None,
    limits: RunLimits | None = None,
    progress: Progress | None = None,
) -> Mapping[str, Any]:
    """Audit one file by a plan; the result document (`habeas.reports.json_report`). `cells`: where to keep the counts, if at all.

    Whatever paths the plan names, only `data` is read.

    Raises:
        BadData: the plan or the data can't be used; the message says how to mend them.
        Unavailable: it took too much time or memory.
    """
    limits = limits or RunLimits()
    order = _order(plan_text, data, limits) | {"audit": True, "at": at.isoformat(), "cells": None if cells is None else str(cells)}
    document: Mapping[str, Any] = _answer(order, limits, progress=progress)["document"]
    return document


def _order(plan_text: str, data: Path, limits: RunLimits) -> dict[str, Any]:
    return {"plan": plan_text, "data": str(data), "limits": asdict(limits)}


def _answer(order: dict[str, Any], limits: RunLimits, *, progress: Progress | None) -> dict[str, Any]:
    last: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="habeas-run-") as folder, _started(folder, limits) as process:
        _give(process, {**order, "folder": folder})
        for line in process.stdout or ():
            last = _heard(line)
            if progress is not None and "share" in last:
                progress(last["share"])
    if "told" in last:
        raise BadData(last["told"])
    if last.keys().isdisjoint(("fits", "document")):
        raise Unavailable(STOPPED)
    return last


def _heard(line: bytes) -> dict[str, Any]:
    """A line of the process; nothing where it was killed while it wrote."""
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return found


def _give(process: subprocess.Popen[bytes], order: dict[str, Any]) -> None:
    if process.stdin is not None:
        with suppress(BrokenPipeError), process.stdin as pipe:  # whoever died early is told of by silence
            pipe.write(json.dumps(order).encode())


@contextmanager
def _started(folder: str, limits: RunLimits) -> Iterator[subprocess.Popen[bytes]]:
    """The process, until it ends or its time is up. It inherits no environment: no key of the site can leak into an error."""
    environment = {"PATH": os.defpath, "TMPDIR": folder, "HOME": folder, "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(  # noqa: S603 - our own module, no word of it from outside
        CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=folder, start_new_session=True
    )
    timer = Timer(limits.wall_s, process.kill)
    timer.start()
    try:
        yield process
    finally:
        timer.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
