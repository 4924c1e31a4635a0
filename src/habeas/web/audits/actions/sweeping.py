"""Deleting rows that lie about, whatever went wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from habeas.web.audits.actions.ending import end
from habeas.web.audits.files.receiving import folder
from habeas.web.audits.models import Audit
from habeas.web.base.outbox import enqueue

KEPT_FOR = timedelta(days=7)
"""How long uploaded rows can lie about, whatever went wrong."""


def sweep_later(*, at: datetime) -> None:
    """See that what is received now is deleted even if whoever receives it dies halfway, and nothing else is ever uploaded; once a day."""
    with transaction.atomic():
        enqueue("audits.sweep", payload={}, at=at, due_at=at + KEPT_FOR + timedelta(days=1), key=f"audits.sweep:{at:%Y-%m-%d}")


def sweep(*, at: datetime) -> None:
    """Delete uploaded rows that lie about for too long, whatever they belong to; a run that still waits for them fails, and says so."""
    for name in ("audits", "incoming"):
        for path in folder(name).iterdir():
            if path.stat().st_mtime < (at - KEPT_FOR).timestamp():
                path.unlink(missing_ok=True)
    late = Audit.objects.filter(state__in=("queued", "running"), made_at__lt=at - KEPT_FOR)
    for audit in late:
        end(audit, told=f"expected the run within {KEPT_FOR.days} days; it didn't come, and the rows were deleted: upload them again")
