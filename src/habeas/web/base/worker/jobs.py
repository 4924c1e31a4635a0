"""Doing what the outbox holds: one job after another, each until it is done or was tried often enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

import structlog
from django.apps import apps
from django.db import connection, transaction
from django.utils.module_loading import module_has_submodule

from habeas.errors import BadInput, BrokenEvidence, HabeasError, NotAllowed, NotFound
from habeas.web.base.models import Job
from habeas.web.base.outbox import TRIES, WAITS, GivenUp, Handler, Tidy
from habeas.web.base.watching.logs import place_of

HOPELESS = (BadInput, NotAllowed, BrokenEvidence)
"""Errors that the same job would meet again."""
UNFORESEEN = "something went wrong that was not foreseen; whoever runs this site finds it in the log"
ENDED = "the worker ended each time while it did this"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """What the apps do for which kind of job, whom they tell that one was given up, and what they tidy."""

    do: Mapping[str, Handler] = field(default_factory=dict)
    given_up: Mapping[str, GivenUp] = field(default_factory=dict)
    tidy: Sequence[Tidy] = ()

    def of(self, kind: str) -> Handler:
        """What does jobs of that kind.

        Raises:
            NotFound: nothing does.
        """
        if kind not in self.do:
            raise NotFound(f"expected a job of a kind that an app knows; got {kind}: was the app taken out?")
        return self.do[kind]


def handlers_of_apps() -> Handlers:
    """The handlers in every app's `jobs.py`."""
    do: dict[str, Handler] = {}
    given_up: dict[str, GivenUp] = {}
    tidy: list[Tidy] = []
    for app in apps.get_app_configs():
        if app.module is not None and module_has_submodule(app.module, "jobs"):
            module = import_module(f"{app.name}.jobs")
            do.update(getattr(module, "HANDLERS", {}))
            given_up.update(getattr(module, "GIVEN_UP", {}))
            tidy += getattr(module, "TIDY", ())
    return Handlers(do=do, given_up=given_up, tidy=tuple(tidy))


def take_up_again(handlers: Handlers, *, at: datetime) -> int:
    """Have jobs that a worker left half done when it ended done again; how many. Call while no other worker is there."""
    left = Job.objects.filter(state="running").order_by("id")
    for job in left:
        if job.attempts >= TRIES:
            _give_up(job, handlers, told=ENDED, at=at)
        else:
            Job.objects.filter(pk=job.pk).update(state="waiting", due_at=at, progress=0)
    return len(left)


def do_next(handlers: Handlers, *, clock: Clock) -> bool:
    """Do the job that has been due for longest; False: none is due."""
    job = _claim(clock())
    if job is None:
        return False
    log = structlog.get_logger().bind(job=job.pk, kind=job.kind, attempt=job.attempts)
    try:
        handlers.of(job.kind)(job.payload, lambda percent: _tell(job, percent))
    except Exception as problem:  # noqa: BLE001 - whatever a job meets, the next one must have its turn
        log.warning("job-failed", **place_of(problem))
        _failed(job, problem, handlers, at=clock())
    else:
        Job.objects.filter(pk=job.pk).update(state="done", progress=100, told="", finished_at=clock())
        log.info("job-done")
    return True


def _claim(at: datetime) -> Job | None:
    """The next job, marked as running; two workers never get the same one."""
    with transaction.atomic():
        due = Job.objects.filter(state="waiting", due_at__lte=at).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        job.state, job.started_at, job.attempts, job.progress = "running", at, job.attempts + 1, 0
        job.save(update_fields=["state", "started_at", "attempts", "progress"])
        return job


def _tell(job: Job, percent: int) -> None:
    Job.objects.filter(pk=job.pk).update(progress=min(max(percent, 0), 100))


def _failed(job: Job, problem: Exception, handlers: Handlers, *, at: datetime) -> None:
    told = str(problem) if isinstance(problem, HabeasError) else UNFORESEEN
    if isinstance(problem, HOPELESS) or job.attempts >= TRIES:
        _give_up(job, handlers, told=told, at=at)
    else:
        due_at = at + WAITS[job.attempts - 1]
        Job.objects.filter(pk=job.pk).update(state="waiting", told=told, due_at=due_at)


def _give_up(job: Job, handlers: Handlers, *, told: str, at: datetime) -> None:
    """Mark the job as failed, then tell the app; what the app makes of it can't undo that."""
    Job.objects.filter(pk=job.pk).update(state="failed", told=told, finished_at=at)
    tell: Any = handlers.given_up.get(job.kind)
    if tell is not None:
        with suppress(Exception):
            tell(job.payload, told)
