"""What becomes of an audit once it was run: a result, or why there is none."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import structlog

from habeas.reports.documents.writing import to_bytes
from habeas.runs.bounded.parent import RunFault
from habeas.web.audits.files.receiving import folder
from habeas.web.audits.models import Audit


def end(audit: Audit, *, told: str) -> None:
    """Mark it as failed, for that reason; its rows are deleted, and what was counted of them."""
    rows, counts = audit.upload, audit.counts_name
    audit.state, audit.told, audit.upload = "failed", told, ""
    audit.save()
    (folder("audits") / rows).unlink(missing_ok=True)
    (folder("counts") / counts).unlink(missing_ok=True)


def finish(audit: Audit, document: dict[str, Any], *, at: datetime) -> None:
    """Keep its result, to the byte."""
    text = to_bytes(document)
    audit.result, audit.result_digest = text.decode(), hashlib.sha256(text).hexdigest()
    audit.verdict, audit.state, audit.finished_at, audit.upload = document["verdict"], "finished", at, ""
    audit.save()


def log_fault(problem: BaseException) -> None:
    """Where a run failed as nobody foresaw, for whoever runs the site; the auditor is told that it stands there."""
    if isinstance(problem, RunFault):
        structlog.get_logger().error("run-failed", error=problem.fault, where=problem.where)
