"""Workers that are killed: `python a_dying_worker.py FOLDER DATABASE STEP ...`. For each step a line: how both ended, and what is there."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(step: str) -> list[Any]:
    """What is put in the place of what, so that the worker dies at that step."""
    from habeas.runs.ledgers.ledger import Ledger
    from habeas.web.base.worker import jobs
    from habeas.web.base.worker.log_lines import Recorder

    record, record_due, mark, claim, handle = Ledger.record_many, Recorder.record_due, Recorder._mark, jobs._claim, jobs.Handlers.of

    def recorded(ledger: Ledger, lines: Any) -> Any:
        list(record(ledger, lines))
        die()

    def marked(recorder: Recorder, line: Any, index: int, leaf: bytes) -> None:
        mark(recorder, line, index, leaf)
        if index % 5 == 2:
            die()

    def all_marked(recorder: Recorder) -> int:
        record_due(recorder)
        die()
        return 0

    def claimed(at: datetime) -> Any:
        claim(at)
        die()

    def done(handlers: jobs.Handlers, kind: str) -> Callable[..., None]:
        do = handle(handlers, kind)
        return lambda payload, tell: (do(payload, tell), die())[1]

    return {
        "before recording": [mock.patch.object(Ledger, "record_many", die)],
        "after recording": [mock.patch.object(Ledger, "record_many", recorded)],
        "while marking": [mock.patch.object(Recorder, "_mark", marked)],
        "after marking": [mock.patch.object(Recorder, "record_due", all_marked)],
        "before a job": [mock.patch.object(jobs, "_claim", claimed)],
        "within a job": [mock.patch.object(jobs.Handlers, "of", return_value=die)],
        "after a job": [mock.patch.object(jobs.Handlers, "of", done)],
        "publishing": [mock.patch.object(Ledger, "checkpoint", die)],
    }[step]


def work(step: str | None) -> None:
    """Do what is due once, in this process, and die at the step."""
    from django.conf import settings

    from habeas.web.base.worker.jobs import Handlers
    from habeas.web.base.worker.loop import Worker

    for patch in dying(step) if step is not None else []:
        patch.start()
    Worker(folder=settings.SITE.ledger, handlers=Handlers(do={"work": lambda *_: None}), clock=lambda: NOON).run_once()


def forked(step: str | None) -> int:
    """How a process that works so ends: the signal, or its exit code."""
    from django.db import connections

    connections.close_all()  # no two processes may share one
    child = os.fork()
    if child == 0:
        try:
            work(step)
            os._exit(0)
        except BaseException as problem:  # noqa: BLE001 - a child that failed must not go on as its parent
            sys.stderr.write(f"{step}: {problem!r}\n")
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def fill() -> int:
    """Five lines and a job that are due; the id that the first line has."""
    from django.db import transaction

    from habeas.terms.records import RecordType
    from habeas.web.base.log import write_log
    from habeas.web.base.outbox import enqueue

    with transaction.atomic():
        public = {"system": "patrol-forecast", "version": "unknown", "verdict": "published"}
        lines = [write_log(RecordType.REGISTER, authority="police.example", public=public, document={}, at=NOON) for _ in range(5)]
        enqueue("work", payload={}, at=NOON)
    return lines[0].pk


def main(folder: Path, database: str, steps: list[str]) -> None:
    from habeas.runs.ledgers.reading import recorded
    from habeas.web.keeping.creating import create_site

    site = create_site(folder / "site", name="x", address="https://register.police.example", database=database)
    from habeas.web.base.models import Job, LogLine

    for number, step in enumerate(steps):
        first = fill()
        killed, then = forked(step), forked(None)
        indices = LogLine.objects.filter(pk__gte=first).order_by("pk").values_list("index", flat=True)
        shown = " ".join(str(index - 5 * number) if index is not None else "none" for index in indices)
        jobs = "done" if not Job.objects.exclude(state="done").exists() else "left"
        sys.stdout.write(
            f"{step}: killed {-killed}; then {then}; lines {shown}; entries {recorded(site.ledger) - 5 * number}; jobs {jobs}\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
