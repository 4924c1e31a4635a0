"""What becomes of an audit once it was run: a result, or why there is none."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from habeas.reports.documents.writing import to_bytes
from habeas.web.audits.models import Audit


def end(audit: Audit, *, told: str) -> None:
    """Mark it as failed, for that reason."""
    audit.state, audit.told, audit.upload = "failed", told, ""
    audit.save()


def finish(audit: Audit, document: dict[str, Any], *, at: datetime) -> None:
    """Keep its result, to the byte."""
    text = to_bytes(document)
    audit.result, audit.result_digest = text.decode(), hashlib.sha256(text).hexdigest()
    audit.verdict, audit.state, audit.finished_at, audit.upload = document["verdict"], "finished", at, ""
    audit.save()
