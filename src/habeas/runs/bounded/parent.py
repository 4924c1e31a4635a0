"""Outside the bounds: starts the process, hears how far it is, ends it when its time is up, and says in words what became of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from habeas.errors import BadData, BadPlan, HabeasError, Unavailable
from habeas.runs.bounded.limits import MEGABYTE, RunLimits
from habeas.runs.bounded.watching import Excess, watched
from habeas.runs.run import Progress

CHILD = (sys.executable, "-I", "-m", "habeas.runs.bounded.child")
"""`-I`: neither the folder one stands in nor the environment decides which code is run."""

CHECK = RunLimits(memory_mb=3000, counting_mb=200, threads=1, processor_s=20, wall_s=30.0, spill_mb=100, largest_file_mb=100)
"""A look at the columns takes a second."""

SMALLER = "bring a table of counts instead of rows, or audit fewer groups at once"
TOO_LONG = f"expected an audit within the time this site allows; it needed more and was stopped: {SMALLER}"
TOO_LARGE = f"expected an audit within the memory and disk this site allows; it needed more and was stopped: {SMALLER}"
KILLED = (
    "expected the audit to run to its end; it was killed from outside, most likely because the machine ran out of memory: "
    f"ask whoever runs this site, or {SMALLER}"
)
UNFORESEEN = (
    "expected the audit to run to its end; the program failed in a way that was not foreseen, which is no fault of the data: "
    "ask whoever runs this site, who finds in its log where"
)


class RunFault(HabeasError):
    """The process failed as nobody foresaw. `fault` and `where` are for a log: a type or a signal, and places in the program."""

    def __init__(self, *, fault: str, where: Sequence[str] = ()) -> None:
        super().__init__(UNFORESEEN)
        self.fault, self.where = fault, tuple(where)


def check_bounded(plan_text: str, data: Path, *, limits: RunLimits = CHECK) -> None:
    """See that a file can be opened and has the columns that a plan names; what its rows say is for the run to find out.

    Raises:
        BadPlan, BadData: the plan or the data can't be used, in the words of the terminal.
        Unavailable: it took too much time, memory or disk, or was killed.
        RunFault: it failed as nobody foresaw.
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
    scratch: Path | None = None,
) -> Mapping[str, Any]:
    """Audit one file by a plan; the result document (`habeas.reports.json_report`). `cells`: where to keep the counts, if at all.

    Whatever paths the plan names, only `data` is read. `scratch`: where the run has a folder of its own for what it spills, rows of people
    among it. That one goes when the run has ended; who is killed meanwhile leaves it there, so it should be where somebody looks.

    Raises:
        BadPlan, BadData: the plan or the data can't be used; the message says how to mend them.
        Unavailable: it took too much time, memory or disk, or was killed.
        RunFault: it failed as nobody foresaw.
    """
    limits = limits or RunLimits()
    order = _order(plan_text, data, limits) | {"audit": True, "at": at.isoformat(), "cells": None if cells is None else str(cells)}
    document: Mapping[str, Any] = _answer(order, limits, progress=progress, scratch=scratch)["document"]
    return document


def _order(plan_text: str, data: Path, limits: RunLimits) -> dict[str, Any]:
    return {"plan": plan_text, "data": str(data), "limits": asdict(limits), "parent": os.getpid()}


def _answer(order: dict[str, Any], limits: RunLimits, *, progress: Progress | None, scratch: Path | None = None) -> dict[str, Any]:
    last: dict[str, Any] = {}
    with (
        tempfile.TemporaryDirectory(prefix="habeas-run-", dir=scratch) as folder,
        _started(folder) as process,
        watched(process, folder, limits) as watch,
    ):
        _give(process, {**order, "folder": folder})
        for line in _lines(process, most=limits.answer_mb * MEGABYTE):
            last = _heard(line)
            if progress is not None and "share" in last:
                progress(last["share"])
        ended = process.wait()  # it closed its output, so it has ended or is about to, and is still watched
    if last.keys().isdisjoint(("fits", "document")):
        raise _problem(last, ended, stopped=watch.stopped)
    return last


def _problem(last: dict[str, Any], ended: int, *, stopped: Excess | None) -> HabeasError:
    """Why there is no answer, by the process's last line, or by how it ended where it couldn't say one."""
    if "told" in last:
        return BadPlan(last["told"]) if last["plan"] else BadData(last["told"])
    if "fault" in last:
        return RunFault(fault=last["fault"], where=last["where"])
    if "stopped" in last or stopped is Excess.DISK:
        return Unavailable(TOO_LARGE)
    if stopped is Excess.TIME or ended == -signal.SIGXCPU:
        return Unavailable(TOO_LONG)
    if ended == -signal.SIGKILL:
        return Unavailable(KILLED)
    return RunFault(fault=signal.Signals(-ended).name if ended < 0 else f"exit code {ended}")


def _lines(process: subprocess.Popen[bytes], *, most: int) -> Iterator[bytes]:
    """What the process says, line by line. Raises `Unavailable` for one that is longer than whoever asked wants to hold."""
    while process.stdout is not None and (line := process.stdout.readline(most)):
        if len(line) == most and not line.endswith(b"\n"):
            raise Unavailable(TOO_LARGE)
        yield line


def _heard(line: bytes) -> dict[str, Any]:
    """A line of the process; nothing where it was killed while it wrote."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _give(process: subprocess.Popen[bytes], order: dict[str, Any]) -> None:
    if process.stdin is not None:
        with suppress(BrokenPipeError), process.stdin as pipe:  # whoever died early is told of by silence
            pipe.write(json.dumps(order).encode())


@contextmanager
def _started(folder: str) -> Iterator[subprocess.Popen[bytes]]:
    """The process, until it ends. It inherits no environment: no key of the site can leak into an error."""
    environment = {"PATH": os.defpath, "TMPDIR": folder, "HOME": folder, "LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(  # noqa: S603 - our own module, no word of it from outside
        CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=folder, start_new_session=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
