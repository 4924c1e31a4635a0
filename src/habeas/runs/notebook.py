"""Audits from Python: the same plan, counting, statistics and reports that the terminal gives, without files where none are needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

from habeas.audit.result import AuditResult
from habeas.errors import BadPlan
from habeas.reports import html, json_report, terminal
from habeas.reports.documents.writing import to_bytes
from habeas.runs.plan_file import parse_plan, read_plan
from habeas.runs.plan_model import FORMAT
from habeas.runs.run import run

UNSTATED = {
    "habeas": FORMAT,
    "title": "An audit from a notebook",
    "system": {"name": "not named", "version": "not stated"},
    "technology": "risk-score",
    "stage": "live",
    "auditor": {"name": "not stated", "independent": False, "statement": "made in a notebook, without a published plan"},
}
"""What a notebook may leave unsaid, and a plan that is to be believed may not."""


def audit_plan(path: str | Path, data: object | None = None) -> AuditResult:
    """Audit by a plan file; `data` (paths, Arrow table, pandas or polars frame) replaces the plan's own paths.

    Raises:
        BadInput: the plan or the data can't be used; the message says how to mend them.
    """
    place = _place(path)
    plan, _ = read_plan(place)
    return run(plan, data, folder=place.parent).result


def audit_decisions(data: object, plan: Mapping[str, object]) -> AuditResult:
    """Audit a table of decisions: a path (or several), an Arrow table, a pandas or a polars frame.

    `plan`: the fields of a plan file (`habeas schema audit-plan`), of which `columns`, `groups` and what these need are enough:
    `{"columns": {"score": "decile", "outcome": "charged"}, "score": {"minimum": 1, "maximum": 10}, "thresholds": [5],
    "groups": ["race"]}`. Without `confirmatory` questions everything is exploratory. The result is ready for publication: small
    groups are withheld.

    Raises:
        BadInput: the plan or the data can't be used; the message says how to mend them.
    """
    fields = _fields(plan)
    source = fields.get("data", {})
    described = {"path": _name(data), **source} if isinstance(source, Mapping) else source
    text = json.dumps({**UNSTATED, **fields, "data": described}, indent=1, default=str)
    return run(parse_plan(text, name="the plan"), data).result


def _place(path: object) -> Path:
    if isinstance(path, str | PathLike):
        return Path(path)
    got = "None" if path is None else type(path).__name__
    raise BadPlan(f"the plan: expected the path of a plan file; got {got}: for a mapping of a plan's fields use habeas.audit_decisions")


def _fields(plan: object) -> Mapping[str, object]:
    if isinstance(plan, Mapping):
        return plan
    got = "None" if plan is None else type(plan).__name__
    raise BadPlan(f"the plan: expected a mapping of a plan's fields; got {got}: for a plan file use habeas.audit_plan")


def _name(data: object) -> str | list[str]:
    if isinstance(data, str | Path):
        return str(data)
    return [str(path) for path in data] if isinstance(data, list | tuple) else "given in memory"


def as_text(result: AuditResult, *, width: int = 80) -> str:
    """The finding in words, for a terminal."""
    return terminal.render(result, width=width)


def as_html(result: AuditResult, *, at: datetime | None = None) -> str:
    """The report as one self-contained page; `at` defaults to now."""
    return html.render(result, at=at if at is not None else datetime.now(UTC))


def as_json(result: AuditResult, *, at: datetime | None = None) -> bytes:
    """The result as a JSON document (schema: `habeas schema audit-result`); `at` defaults to now."""
    return to_bytes(json_report.document(result, at=at if at is not None else datetime.now(UTC)))
