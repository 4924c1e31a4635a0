"""Running what was uploaded; for the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from habeas.errors import HabeasError
from habeas.runs.bounded.parent import run_bounded
from habeas.web.audits.actions.ending import end, finish, log_fault
from habeas.web.audits.files.receiving import folder
from habeas.web.audits.models import WAITING, Audit


def run(*, audit: int, at: datetime, tell: Callable[[int], None]) -> None:
    """Run an uploaded audit; for the worker. Called again, it runs again what was interrupted and leaves what is done.

    The rows are deleted as soon as the run has ended, however it ended; `sweep` deletes them where the worker dies before it can.
    """
    with transaction.atomic():
        found = Audit.objects.select_for_update().filter(pk=audit, state__in=WAITING).first()
        if found is None:
            return
        found.state = "running"
        found.save(update_fields=["state"])
    rows = folder("audits") / found.upload
    counts = folder("counts") / found.counts_name if found.keep_counts else None
    try:
        document = dict(
            run_bounded(found.plan_text, rows, at=at, cells=counts, progress=lambda share: tell(round(100 * share)), scratch=folder("runs"))
        )
    except HabeasError as problem:
        log_fault(problem)
        end(found, told=str(problem))
        return
    with transaction.atomic():
        found.counts = "" if counts is None else counts.name
        finish(found, document, at=at)
    rows.unlink(missing_ok=True)


def fail(*, audit: int, told: str) -> None:
    """End a run that nothing came of, for a reason that is none of ours."""
    found = Audit.objects.filter(pk=audit, state__in=WAITING).first()
    if found is not None:
        end(found, told=told)
