"""Texts of the register's fields, which stand in data and are translated by name."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.runs.registers.fields import field_set


def texts() -> Iterator[str]:
    """What the public reads: the names of topics, fields, columns and options."""
    known = field_set()
    yield from (topic.label for topic in known.topics)
    for field in known.fields:
        yield field.label
        yield from (option.label for option in field.options)
        for column in field.columns:
            yield column.label
            yield from (option.label for option in column.options)


def texts_of_staff() -> Iterator[str]:
    """What whoever fills in an entry is asked."""
    known = field_set()
    yield from (topic.help for topic in known.topics)
    yield from (field.help for field in known.fields)
