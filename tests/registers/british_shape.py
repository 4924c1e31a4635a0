"""The way back from the British standard's shape to an entry's answers, so that a test sees whether anything is lost on the way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from habeas.reports.registers.atrs import SAME_PHASES
from habeas.reports.registers.carrying import NO_COUNTERPART, carried, names_in
from habeas.terms.register import Content, Field, FieldSet, Kind, Standard, Value


def answers_of(record: Mapping[str, Any], fields: FieldSet) -> Content:
    """The answers that an exported record gives; what it doesn't say isn't there."""
    return dict(_answers(record, fields))


def _answers(record: Mapping[str, Any], fields: FieldSet) -> Iterator[tuple[str, Value]]:
    for field in carried(fields, Standard.ATRS):
        value = _rows(record, field) if field.kind is Kind.ROWS else _text(record, field)
        if value:
            yield field.id, value


def _text(record: Mapping[str, Any], field: Field) -> str:
    said: str = record.get(names_in(field, Standard.ATRS)[0], "")
    return SAME_PHASES[said] if field.id == "status" and said else said


def _rows(record: Mapping[str, Any], field: Field) -> list[dict[str, str]]:
    names = names_in(field, Standard.ATRS)
    columns = [(column.id, record.get(name, [])) for column, name in zip(field.columns, names, strict=True) if name != NO_COUNTERPART]
    rows = zip_longest(*(texts for _, texts in columns), fillvalue="")
    return [{column: text for (column, _), text in zip(columns, row, strict=True) if text} for row in rows]
