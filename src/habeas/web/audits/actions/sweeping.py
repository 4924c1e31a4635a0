"""Deleting files that nobody waits for any more, whatever went wrong; the worker does it at its start and every minute."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from habeas.web.audits.actions.ending import end
from habeas.web.audits.files.receiving import folder
from habeas.web.audits.models import WAITING, Audit

KEPT_FOR = timedelta(days=7)
"""How long rows wait for their run, at most."""

UNCLAIMED_FOR = timedelta(hours=1)
"""How long a file may lie that belongs to no audit: whoever sends it is still sending, or died halfway."""


def sweep(*, at: datetime) -> None:
    """Delete rows and counts that no audit needs, and what was left of uploads; a run that is waited for in vain fails, and says so."""
    for audit in Audit.objects.filter(state__in=WAITING, made_at__lt=at - KEPT_FOR):
        end(audit, told=f"expected the run within {KEPT_FOR.days} days; it didn't come, and the rows were deleted: upload them again")
    _sweep_rows(at)
    _sweep_counts(at)
    _sweep_runs()
    _delete(list(folder("incoming").iterdir()), needed=(), at=at)


def _sweep_rows(at: datetime) -> None:
    files = list(folder("audits").iterdir())  # looked at first: whatever is committed meanwhile is found below
    _delete(files, needed=set(Audit.objects.filter(state__in=WAITING).values_list("upload", flat=True)), at=at)


def _sweep_counts(at: datetime) -> None:
    files = list(folder("counts").iterdir())
    kept = set(Audit.objects.exclude(counts="").values_list("counts", flat=True))
    written_now = {one.counts_name for one in Audit.objects.filter(state__in=WAITING, keep_counts=True).only("uid")}
    _delete(files, needed=kept | written_now, at=at)


def _sweep_runs() -> None:
    """What runs spilled: nothing is run while the worker sweeps, and a run ends with its worker, so all of it was left."""
    for path in folder("runs").iterdir():
        shutil.rmtree(path)


def _delete(files: list[Path], *, needed: Collection[str], at: datetime) -> None:
    """Those that aren't needed: at once what an audit had that doesn't need it any more, the rest once it was left alone for a while."""
    left = [path for path in files if path.name not in needed]
    known = set(Audit.objects.filter(uid__in=[_uid(path) for path in left]).values_list("uid", flat=True))
    for path in left:
        with suppress(FileNotFoundError):  # whoever received it has taken or deleted it
            if _uid(path) in known or path.stat().st_mtime < (at - UNCLAIMED_FOR).timestamp():
                path.unlink()


def _uid(path: Path) -> uuid.UUID | None:
    """Of the audit that a file is named for; None for any other file."""
    try:
        return uuid.UUID(path.stem)
    except ValueError:
        return None
