"""An entry in the shape of the Dutch Publicatiestandaard 1.0 of the Algoritmeregister."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from habeas.reports.registers.carrying import NO_COUNTERPART, Export, carried, lost, names_in, one_text, withheld_in
from habeas.reports.registers.entry import PublicEntry
from habeas.reports.registers.words import row_text
from habeas.terms.register import Field, FieldSet, Kind, Standard

STANDARD = "Publicatiestandaard 1.0"
MONTH = len("2026-11")
REQUIRED = ("name", "description_short", "organization", "status", "contact_email", "publication_category", "lang")
LONGEST: Mapping[str, int] = {
    **dict.fromkeys(("name", "organization", "source_id"), 100),
    "provider": 200,
    "description_short": 400,
    **dict.fromkeys(("contact_email", "website", "url", "publiccode"), 500),
    **dict.fromkeys(("goal", "proportionality", "human_intervention", "risks", "lawful_basis", "impacttoetsen", "source_data"), 2500),
    "methods_and_models": 5000,
}
"""The most characters that the standard takes."""

STATUSES: Mapping[str, str] = {
    **dict.fromkeys(("idea", "design", "development"), "In ontwikkeling"),
    **dict.fromkeys(("trial", "in-use"), "In gebruik"),
    **dict.fromkeys(("suspended", "court-stopped", "banned", "retired"), "Buiten gebruik"),
}
SAME_STATUSES = frozenset({"development", "in-use", "retired"})
"""The statuses that the standard has a word of its own for."""

CATEGORIES: Mapping[str, str] = {
    "high-risk": "Hoog-risico AI-systeem",
    "impactful": "Impactvolle algoritmes",
    "other": "Overige algoritmes",
}
LANGUAGES: Mapping[str, str] = {"nl": "nld"}
"""The one language that the standard takes."""

LINK_REQUIRED = frozenset({"lawful_basis_grouping", "source_data_grouping"})
"""Groups whose rows must have a link."""


def nl(entry: PublicEntry, fields: FieldSet) -> Export:
    """The record in the ids of the standard. Texts that are too long stay whole and are named, so that a person shortens them."""
    record = {
        "organization": entry.operator.name,
        **_texts(entry, fields),
        **_groups(entry, fields),
        "url": entry.address,
        "source_id": entry.system,
        "standard_version": "1.0",
    }
    withheld = withheld_in(entry, fields, Standard.NL)
    hidden = {one["field"] for one in withheld}
    return Export(
        standard=STANDARD,
        record=record,
        missing=tuple(name for name in REQUIRED if not record.get(name) and name not in hidden),
        withheld=withheld,
        not_carried=lost(entry, fields, Standard.NL),
        warnings=(*_less_exact(entry), *_links_missing(entry, fields), *_too_long(record)),
    )


def _texts(entry: PublicEntry, fields: FieldSet) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for field in carried(fields, Standard.NL):
        name = names_in(field, Standard.NL)[0]
        if "." not in name and entry.content.get(field.id) and (text := _text(entry, field)):
            found[name].append(text)
    return {name: "\n\n".join(texts) for name, texts in found.items()}


def _text(entry: PublicEntry, field: Field) -> str:
    words = {"status": STATUSES, "risk_class": CATEGORIES, "language": LANGUAGES}
    if field.id in words:
        return words[field.id].get(entry.text(field.id), "")
    if field.kind is Kind.DAY:
        return entry.text(field.id)[:MONTH]
    if field.id == "suppliers":
        return "; ".join(row["name"] for row in entry.rows(field.id) if row.get("name"))
    if field.kind is Kind.ROWS:
        return "\n".join(row_text(field, row) for row in entry.rows(field.id))
    return one_text(entry, field)


def _grouped(entry: PublicEntry, fields: FieldSet) -> Iterator[tuple[str, dict[str, str]]]:
    for field in carried(fields, Standard.NL):
        names = names_in(field, Standard.NL)
        if "." not in names[0]:
            continue
        for row in entry.rows(field.id):
            columns = [(column.id, name) for column, name in zip(field.columns, names, strict=True) if name != NO_COUNTERPART]
            yield names[0].split(".")[0], {name.split(".")[1]: row.get(column, "") for column, name in columns}


def _groups(entry: PublicEntry, fields: FieldSet) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for group, row in _grouped(entry, fields):
        if row.get("link") or group not in LINK_REQUIRED:
            found[group].append({name: text for name, text in row.items() if text})
    return dict(found)


def _links_missing(entry: PublicEntry, fields: FieldSet) -> Iterator[str]:
    for group, row in _grouped(entry, fields):
        if group in LINK_REQUIRED and not row.get("link"):
            yield f"{group}: the standard takes only rows with a link; left out: {row['title']}"


def _less_exact(entry: PublicEntry) -> Iterator[str]:
    status, language = entry.text("status"), entry.text("language")
    if status and status not in SAME_STATUSES:
        yield f"status: the standard has no word for {status}; {STATUSES.get(status, 'nothing')} stands for it"
    if language and language not in LANGUAGES:
        yield f"lang: the standard takes Dutch alone; this entry is in {language}: translate it before you send it in"
    for field in ("in_use_from", "in_use_until"):
        if entry.text(field):
            yield f"{'begin_date' if field == 'in_use_from' else 'end_date'}: the standard takes the month alone"


def _too_long(record: Mapping[str, Any]) -> Iterator[str]:
    for name, most in LONGEST.items():
        text = record.get(name, "")
        if len(text) > most:
            yield f"{name}: the standard takes {most} characters; this has {len(text)}: shorten it before you send it in"
