"""Answers as people read them: labels for options, a line for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from habeas.terms.register import Column, Field, Kind, Option, Value


def plain_text(field: Field, value: Value) -> str:
    """An answer as one text: options by their labels, one line for each of several options and for each row."""
    if isinstance(value, str):
        return label_of(field.options, value) if field.kind is Kind.CHOICE else value
    return "\n".join(row_text(field, item) if isinstance(item, dict) else label_of(field.options, item) for item in value)


def label_of(options: Sequence[Option], word: str) -> str:
    """The label of an option; the word itself where it is no option, such as one of an older edition."""
    return next((option.label for option in options if option.id == word), word)


def row_text(field: Field, row: Mapping[str, str]) -> str:
    """A row on one line: what its columns hold, each after its label."""
    return "; ".join(f"{column.label}: {cell_text(column, row[column.id])}" for column in field.columns if row.get(column.id))


def cell_text(column: Column, cell: str) -> str:
    """What a column of a row holds, on one line."""
    return " ".join(label_of(column.options, cell).split())
