"""A content laid out for reading: topics, fields, what is missing and what is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from habeas.reports.registers.words import cell_text, label_of
from habeas.terms.register import Content, Field, FieldSet, Kind, Topic, Value
from habeas.web.register.queries import WithheldField


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRead:
    """A field with its answer in words. `rows`: per row, label and text of each column; `lines` for everything else.

    Neither lines nor rows nor `withheld`: it isn't answered. `english`: the words are the register's own, not the owner's.
    """

    field: Field
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    withheld: WithheldField | None = None
    english: bool = False

    @property
    def is_link(self) -> bool:
        """Whether the answer is an address to follow."""
        return self.field.kind is Kind.ADDRESS

    @property
    def is_long(self) -> bool:
        """Whether the answer is paragraphs, which stand by themselves."""
        return self.field.kind is Kind.TEXT

    @property
    def missing(self) -> bool:
        """Whether there is no answer, shown or withheld."""
        return not self.lines and not self.rows and self.withheld is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRead:
    """A topic with its fields; `answered` of `asked`, for whoever fills it in."""

    topic: Topic
    fields: tuple[FieldRead, ...]

    @property
    def asked(self) -> int:
        """How many fields there are."""
        return len(self.fields)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(not one.missing for one in self.fields)


def read(content: Content, fields: FieldSet, withheld: Sequence[WithheldField] = ()) -> tuple[TopicRead, ...]:
    """Everything that the entry says, topic by topic, in the order of the register."""
    hidden = {one.field: one for one in withheld}
    return tuple(
        TopicRead(
            topic=topic, fields=tuple(read_field(field, content.get(field.id), hidden.get(field.id)) for field in fields.of_topic(topic.id))
        )
        for topic in fields.topics
    )


def read_field(field: Field, value: Value | None, withheld: WithheldField | None = None) -> FieldRead:
    """One field's answer in words."""
    if withheld is not None or value is None:
        return FieldRead(field=field, withheld=withheld)
    if isinstance(value, str):
        word = label_of(field.options, value) if field.kind is Kind.CHOICE else value
        return FieldRead(field=field, lines=(word,), english=field.kind is Kind.CHOICE)
    rows = tuple(_row(field, row) for row in value if isinstance(row, dict))
    lines = tuple(label_of(field.options, word) for word in value if isinstance(word, str))
    return FieldRead(field=field, lines=lines, rows=rows, english=True)


def _row(field: Field, row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((column.label, cell_text(column, row[column.id])) for column in field.columns if row.get(column.id))
