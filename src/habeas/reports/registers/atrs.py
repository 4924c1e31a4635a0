"""An entry as a record of the UK's Algorithmic Transparency Recording Standard 2.1: attributes by the names of its data specification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from habeas.reports.registers.carrying import NO_COUNTERPART, Export, carried, lost, names_in, one_text, withheld_in
from habeas.reports.registers.entry import PublicEntry
from habeas.terms.register import FieldSet, Kind, Standard

STANDARD = "Algorithmic Transparency Recording Standard 2.1"

PHASES: Mapping[str, str] = {
    "idea": "idea",
    "design": "design",
    "development": "development",
    "in-use": "production",
    "retired": "retired",
    "trial": "production",
    "suspended": "retired",
    "court-stopped": "retired",
    "banned": "retired",
}
"""Our status -> the phase that says it best."""

SAME_PHASES: Mapping[str, str] = {
    "idea": "idea",
    "design": "design",
    "development": "development",
    "production": "in-use",
    "retired": "retired",
}
"""The standard's phase -> the status that says the same."""

REQUIRED = (
    "name", "description", "contact_email", "organisation", "external_supplier", "external_supplier_role", "scope", "benefit",
    "model_type", "phase", "human_decisions", "appeals_and_review", "source_data_name", "source_data_description", "data_collection",
    "data_sharing_agreements", "data_access_and_storage", "impact_assessment_name", "risk_name",
)  # fmt: skip
"""Attributes that the standard marks as required."""


def atrs(entry: PublicEntry, fields: FieldSet) -> Export:
    """The record. Attributes that may stand several times (marked * in the standard) are lists of equal length, one item for each row."""
    record = {"organisation": entry.operator.name, **dict(_attributes(entry, fields))}
    withheld = withheld_in(entry, fields, Standard.ATRS)
    hidden = {one["field"] for one in withheld}
    return Export(
        standard=STANDARD,
        record=record,
        missing=tuple(name for name in REQUIRED if not _answered(record.get(name)) and name not in hidden),
        withheld=withheld,
        not_carried=lost(entry, fields, Standard.ATRS),
        warnings=tuple(_warnings(entry)),
    )


def _answered(value: object) -> bool:
    return any(value) if isinstance(value, list) else bool(value)


def _attributes(entry: PublicEntry, fields: FieldSet) -> Iterator[tuple[str, Any]]:
    for field in carried(fields, Standard.ATRS):
        names = names_in(field, Standard.ATRS)
        if not entry.content.get(field.id):
            continue
        if field.id == "status":
            yield names[0], PHASES.get(entry.text("status"), "")
        elif field.kind is Kind.ROWS:
            for column, name in zip(field.columns, names, strict=True):
                if name != NO_COUNTERPART:
                    yield name, [row.get(column.id, "") for row in entry.rows(field.id)]
        else:
            yield names[0], one_text(entry, field)


def _warnings(entry: PublicEntry) -> Iterator[str]:
    status = entry.text("status")
    phase = PHASES.get(status, "")
    if status and SAME_PHASES.get(phase) != status:
        yield f"phase: the standard has no word for {status}; {phase or 'nothing'} stands for it"
