"""Whether the site is well: its database answers, its worker is awake, and the ledger keeps up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError

from habeas.web.base.models import Beat, Job, LogLine

WORKER = "worker"
ASLEEP_AFTER = timedelta(minutes=1)
LATE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the site is. `lines_due`: changes not yet in the ledger; `late`: one of them has waited too long; `jobs_failed`: given up."""

    database: bool
    worker: bool = False
    lines_due: int = 0
    late: bool = False
    jobs_failed: int = 0

    @property
    def well(self) -> bool:
        """Whether all that must work does; a job that was given up needs somebody, but the site goes on."""
        return self.database and self.worker and not self.late


def health(*, at: datetime) -> Health:
    """How the site is now; a database that doesn't answer is an answer too."""
    try:
        due = LogLine.objects.filter(index__isnull=True)
        return Health(
            database=True,
            worker=Beat.objects.filter(name=WORKER, at__gt=at - ASLEEP_AFTER).exists(),
            lines_due=due.count(),
            late=due.filter(made_at__lte=at - LATE_AFTER).exists(),
            jobs_failed=Job.objects.filter(state="failed").count(),
        )
    except DatabaseError:
        return Health(database=False)


def beat(*, at: datetime) -> None:
    """Have it known that the worker is at work."""
    Beat.objects.update_or_create(name=WORKER, defaults={"at": at})
