"""Tidying: what must go though nobody asks for it, at the worker's start and every minute then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.core.management import call_command

from habeas.web.base.models import Job
from habeas.web.base.outbox import Tidy
from habeas.web.base.watching.logs import place_of

EVERY = timedelta(minutes=1)
JOBS_KEPT_FOR = timedelta(days=30)
"""How long a job that is done stays to be seen. One that failed stays until somebody has looked."""


class Tidying:
    """What the worker tidies beside what its apps do, and when it last did."""

    def __init__(self, of_apps: Sequence[Tidy]) -> None:
        self._all: tuple[Tidy, ...] = (forget_done_jobs, forget_ended_sessions, *of_apps)
        self._last: datetime | None = None

    def when_due(self, at: datetime) -> None:
        """Tidy all, unless that was just done; what fails is told, and the rest has its turn."""
        if self._last is not None and at - self._last < EVERY:
            return
        self._last = at
        for tidy in self._all:
            try:
                tidy(at)
            except Exception as problem:  # noqa: BLE001 - whatever one part meets, the next must have its turn
                structlog.get_logger().error("tidying-failed", **place_of(problem))


def forget_done_jobs(at: datetime) -> None:
    """Delete the jobs that were done long ago; nobody waits for them any more."""
    Job.objects.filter(state="done", finished_at__lt=at - JOBS_KEPT_FOR).delete()


def forget_ended_sessions(at: datetime) -> None:  # noqa: ARG001 - Django's own command asks the clock itself
    """Delete the sessions of people who were signed in and whose time is over."""
    call_command("clearsessions")
