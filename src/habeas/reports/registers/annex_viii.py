"""An entry in the points of Annex VIII of the AI Act, Regulation (EU) 2024/1689: sections A (provider) and C (deployer).

Section B is for who claims that a system of Annex III isn't high-risk; the register has no such claim. For law enforcement Article 49(4)
keeps the registration from the public and leaves out some points; each point says so, because here everybody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from habeas.reports.registers.carrying import Export, lost, names_in, one_text, withheld_in
from habeas.reports.registers.entry import PublicEntry
from habeas.terms.register import FieldSet, Standard

STANDARD = "Regulation (EU) 2024/1689, Annex VIII"
ON_MARKET, OFF_MARKET = "on the market, or in service", "no longer placed on the market or in service"
STATUSES: Mapping[str, str] = {
    **dict.fromkeys(("trial", "in-use"), ON_MARKET),
    **dict.fromkeys(("suspended", "court-stopped", "banned", "retired"), OFF_MARKET),
}
SAME_STATUSES = frozenset({"in-use", "retired"})

MEMBER_STATES = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
    "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
"""The twenty-seven Member States, as of 2024."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the annex. `police`: whether it is filed for law enforcement, then in the part that the public can't read."""

    id: str
    asks: str
    police: bool
    always: bool = True
    """False: only where applicable, or optional."""


POINTS = (
    Point(id="A1", asks="name, address and contact details of the provider", police=True),
    Point(id="A2", asks="who submits on behalf of the provider", police=True, always=False),
    Point(id="A3", asks="the authorised representative", police=True, always=False),
    Point(id="A4", asks="trade name and a reference by which the system is found", police=True),
    Point(id="A5", asks="intended purpose, and the components and functions supported", police=True),
    Point(id="A6", asks="the information used (data, inputs) and the operating logic", police=False),
    Point(id="A7", asks="status", police=True),
    Point(id="A8", asks="certificate of the notified body", police=False, always=False),
    Point(id="A9", asks="copy of that certificate", police=False, always=False),
    Point(id="A10", asks="Member States in which it is placed on the market, put into service or available", police=True),
    Point(id="A11", asks="copy of the EU declaration of conformity", police=False),
    Point(id="A12", asks="electronic instructions for use", police=False),
    Point(id="A13", asks="address of more information", police=False, always=False),
    Point(id="C1", asks="name, address and contact details of the deployer", police=True),
    Point(id="C2", asks="who submits on behalf of the deployer", police=True),
    Point(id="C3", asks="address of the provider's entry in the EU database", police=True),
    Point(id="C4", asks="summary of the fundamental rights impact assessment", police=False),
    Point(id="C5", asks="summary of the data protection impact assessment", police=False, always=False),
)


def annex_viii(entry: PublicEntry, fields: FieldSet) -> Export:
    """The answers by point; a point that the entry doesn't answer is there, and its answer is null."""
    answers = _answers(entry, fields)
    withheld = tuple(_split(withheld_in(entry, fields, Standard.ANNEX_VIII)))
    hidden = {one["field"] for one in withheld}
    return Export(
        standard=STANDARD,
        record={point.id: _point(point, answers.get(point.id)) for point in POINTS},
        missing=tuple(point.id for point in POINTS if point.always and not answers.get(point.id) and point.id not in hidden),
        withheld=withheld,
        not_carried=lost(entry, fields, Standard.ANNEX_VIII),
        warnings=tuple(_warnings(entry)),
    )


def _point(point: Point, answer: Any) -> dict[str, Any]:
    filed = "in the part that the public can't read" if point.police else "no"
    return {"asks": point.asks, "answer": answer or None, "filed_for_law_enforcement": filed}


def _answers(entry: PublicEntry, fields: FieldSet) -> dict[str, Any]:
    country = entry.operator.place.split("-")[0]
    return {
        "A1": [row["name"] for row in entry.rows("suppliers") if row.get("name")],
        "A4": f"{entry.name} ({entry.system})",
        "A5": _joined(entry, fields, "A5"),
        "A6": _joined(entry, fields, "A6"),
        "A7": STATUSES.get(entry.text("status")),
        "A10": [country] if country in MEMBER_STATES else [],
        "A13": entry.text("website"),
        "C1": [entry.operator.name, *([entry.text("contact_email")] if entry.text("contact_email") else [])],
        "C4": _assessments(entry, "fundamental-rights"),
        "C5": _assessments(entry, "data-protection"),
    }


def _joined(entry: PublicEntry, fields: FieldSet, point: str) -> str:
    parts = [one_text(entry, field) for field in fields.fields if point in names_in(field, Standard.ANNEX_VIII)]
    return "\n\n".join(part for part in parts if part)


def _assessments(entry: PublicEntry, about: str) -> list[str]:
    rows = [row for row in entry.rows("impact_assessments") if row.get("about") == about]
    return [": ".join(part for part in (row.get("name"), row.get("description")) if part) for row in rows]


def _split(withheld: tuple[Mapping[str, str], ...]) -> Iterator[Mapping[str, str]]:
    for one in withheld:
        for point in one["field"].split("/"):
            yield {**one, "field": point}


def _warnings(entry: PublicEntry) -> Iterator[str]:
    status = entry.text("status")
    if status and status not in SAME_STATUSES:
        yield f"A7: the annex has no word for {status}; {STATUSES.get(status, 'nothing')} stands for it"
    if entry.rows("suppliers"):
        yield "A1: addresses and contact details of suppliers aren't recorded here"
    if any(not row.get("about") for row in entry.rows("impact_assessments")):
        yield "C4, C5: assessments that don't say what they are about aren't carried"
