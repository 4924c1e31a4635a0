"""What must happen after a commit: rows that the worker does, again and again until they are done or somebody must look.

An app's `jobs.py` has `HANDLERS`, which maps a job's kind to what does it: a function of the payload and of `tell`, which hears how far
it is (0 to 100). A handler may be called twice for one job, so it must do the same thing once. It runs outside of a transaction.

A handler that raises `BadInput`, `NotAllowed` or `BrokenEvidence` is not asked again: the same job would fail the same way. Whatever
else it raises is tried `TRIES` times. The app's `GIVEN_UP`, where it has one, maps a kind to what is then told of it (payload, message).

What must go though nobody asked (files left by a crash) is in the app's `TIDY`: functions of the time, called when the worker starts and
every minute then, never while a job is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from habeas.web.base.models import Job

Handler = Callable[[Mapping[str, Any], Callable[[int], None]], None]
GivenUp = Callable[[Mapping[str, Any], str], None]
Tidy = Callable[[datetime], None]

WAITS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""How long after each failure the next try comes."""
TRIES = len(WAITS) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class JobShown:
    """How far a job is: `state` is waiting, running, done or failed; `progress` per cent; `told` what went wrong last, if anything did."""

    state: str
    progress: int
    told: str


def enqueue(kind: str, *, payload: Mapping[str, Any], at: datetime, due_at: datetime | None = None, key: str | None = None) -> Job:
    """Have the worker do something, in the transaction that is open. `key`: the same key again gives the job that is there."""
    fields = {"kind": kind, "payload": dict(payload), "made_at": at, "due_at": due_at or at}
    if key is None:
        return Job.objects.create(**fields)
    job, _ = Job.objects.get_or_create(key=key, defaults=fields)
    return job


def job_shown(key: str) -> JobShown | None:
    """How far the job with that key is, for whoever waits; None: there is none."""
    job = Job.objects.filter(key=key).first()
    return None if job is None else JobShown(state=job.state, progress=job.progress, told=job.told)
