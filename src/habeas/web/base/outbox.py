"""What must happen after a commit: rows that the worker does, again and again until they are done or somebody must look.

An app's `jobs.py` has `HANDLERS`, which maps a job's kind to what does it: a function of the payload and of `tell`, which hears how far
it is (0 to 100). A handler may be called twice for one job, so it must do the same thing once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from habeas.web.base.models import Job

Handler = Callable[[Mapping[str, Any], Callable[[int], None]], None]


def enqueue(kind: str, *, payload: Mapping[str, Any], at: datetime, due_at: datetime | None = None, key: str | None = None) -> Job:
    """Have the worker do something, in the transaction that is open. `key`: the same key again gives the job that is there."""
    fields = {"kind": kind, "payload": dict(payload), "made_at": at, "due_at": due_at or at}
    if key is None:
        return Job.objects.create(**fields)
    job, _ = Job.objects.get_or_create(key=key, defaults=fields)
    return job
