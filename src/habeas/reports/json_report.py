"""The result as a JSON document: for machines, for comparison and for keeping."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from habeas.audit.result import AuditResult
from habeas.errors import BadInput
from habeas.reports.documents.writing import written_fields
from habeas.terms.release import RELEASE

SCHEMA = "audit-result/1"
"""The schema word under which every such document stands; a change that breaks readers gets another number."""


def document(result: AuditResult, *, at: datetime) -> dict[str, Any]:
    """The result in full as JSON values; `at`, when it was made, is the only thing that differs between two runs.

    Floats have 12 significant digits. Null stands for what is absent or withheld, and in `low`, `high` and a ROC curve's
    `threshold` for what nothing bounds.

    Raises:
        BadInput: `at` has no time zone.
        BrokenEvidence: a number of the result is not a number.
    """
    if at.tzinfo is None:
        raise BadInput("created: expected a time with its zone; got one without: give a UTC time")
    return {
        "habeas": SCHEMA,
        "tool": {"name": "habeas", "version": RELEASE},
        "created": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **written_fields(result, AuditResult, where=""),
    }
