"""A record of the UK's standard in the shape that habeas exports, as answers of the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from habeas.errors import BadDescription
from habeas.reports.registers.atrs import SAME_PHASES
from habeas.reports.registers.carrying import NO_COUNTERPART, carried, names_in
from habeas.terms.register import Content, Field, FieldSet, Kind, Standard, Value


def content_of(record: Mapping[str, object], fields: FieldSet) -> Content:
    """The answers that the record gives; what it doesn't say isn't there.

    Raises:
        BadDescription: an attribute holds something else than a text, or a list of texts where it may stand several times.
    """
    return dict(_answers(record, fields))


def _answers(record: Mapping[str, object], fields: FieldSet) -> Iterator[tuple[str, Value]]:
    for field in carried(fields, Standard.ATRS):
        value = _rows(record, field) if field.kind is Kind.ROWS else _text(record, field)
        if value:
            yield field.id, value


def _text(record: Mapping[str, object], field: Field) -> str:
    name = names_in(field, Standard.ATRS)[0]
    said = record.get(name, "")
    if not isinstance(said, str):
        raise BadDescription(f"attribute {name}: expected a text; got another kind of value: write it as a text")
    if field.id == "status" and said:
        if said not in SAME_PHASES:
            raise BadDescription(f"attribute {name}: expected one of {', '.join(SAME_PHASES)}; got {said[:40]!r}: choose one")
        return SAME_PHASES[said]
    return said


def _rows(record: Mapping[str, object], field: Field) -> list[dict[str, str]]:
    names = names_in(field, Standard.ATRS)
    columns = [(column.id, _texts(record, name)) for column, name in zip(field.columns, names, strict=True) if name != NO_COUNTERPART]
    rows = zip_longest(*(texts for _, texts in columns), fillvalue="")
    return [{column: text for (column, _), text in zip(columns, row, strict=True) if text} for row in rows]


def _texts(record: Mapping[str, object], name: str) -> list[str]:
    said = record.get(name, [])
    texts = [said] if isinstance(said, str) else said
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise BadDescription(f"attribute {name}: expected a text or a list of texts; got another kind of value: write each as a text")
    return texts
