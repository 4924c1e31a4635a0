"""Answers of an entry as a page shows them: topic by topic, silence and withholding as plain as words."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.reports.registers.completeness import Completeness, Count, completeness
from habeas.reports.registers.entry import PublicEntry, Withheld
from habeas.reports.registers.words import label_of
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Column, Field, Kind, Need, Topic
from habeas.web.explore.queries.entries import EntryPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One field with its answer. `shape`: how it is drawn: text, options, rows, link, email, day, missing, withheld.

    `options`: labels, in English; `table`: the cells of rows, each with its column.
    """

    field: Field
    shape: str
    text: str = ""
    options: tuple[str, ...] = ()
    table: tuple[tuple[tuple[Column, str], ...], ...] = ()
    withheld: Withheld | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that hold something."""
        return tuple(column for column, _text in self.table[0]) if self.table else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicShown:
    """A topic with its answers and how many of them there are."""

    topic: Topic
    count: Count
    answers: tuple[Answer, ...]


SAID_FIRST = ("used_on", "affected_groups", "place_and_area", "how_told", "how_to_challenge")
"""Answers that a page shows before all others."""


def drawn(page: EntryPage) -> dict[str, object]:
    """All that `explore/entry.html` draws, of an entry that is published as of a draft. Everything in it comes from the page."""
    one = page.entry
    count = completeness(one, field_set())
    return {
        "page": page,
        "entry": one,
        "count": count,
        "topics": topics(one, count),
        "said": {name: answer(one, name) for name in SAID_FIRST},
        "language": one.text("language"),
    }


def topics(entry: PublicEntry, count: Completeness) -> tuple[TopicShown, ...]:
    """Every topic; what is optional and not answered is left out."""
    fields = field_set()
    return tuple(
        TopicShown(topic=topic, count=count.topics[topic.id], answers=tuple(_answers(entry, fields.of_topic(topic.id))))
        for topic in fields.topics
    )


def answer(entry: PublicEntry, name: str) -> Answer:
    """The answer to the field of that name."""
    return _answer(entry, field_set().field(name))


def _answers(entry: PublicEntry, fields: tuple[Field, ...]) -> list[Answer]:
    every = (_answer(entry, field) for field in fields)
    return [one for one in every if one.shape != "missing" or one.field.need is not Need.OPTIONAL]


def _answer(entry: PublicEntry, field: Field) -> Answer:
    withheld = next((one for one in entry.withheld if one.field == field.id), None)
    value = entry.content.get(field.id)
    if withheld is not None:
        return Answer(field=field, shape="withheld", withheld=withheld)
    if not value:
        return Answer(field=field, shape="missing")
    if field.kind is Kind.ROWS:
        return Answer(field=field, shape="rows", table=_table(entry, field))
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        words = [value] if isinstance(value, str) else [word for word in value if isinstance(word, str)]
        return Answer(field=field, shape="options", options=tuple(label_of(field.options, word) for word in words))
    return Answer(field=field, shape=_shape(field, str(value)), text=str(value))


def _shape(field: Field, text: str) -> str:
    if field.kind is Kind.ADDRESS:
        return "link" if text.startswith("https://") else "text"
    return {Kind.EMAIL: "email", Kind.DAY: "day"}.get(field.kind, "text")


def _table(entry: PublicEntry, field: Field) -> tuple[tuple[tuple[Column, str], ...], ...]:
    rows = entry.rows(field.id)
    columns = [column for column in field.columns if any(row.get(column.id) for row in rows)]
    return tuple(tuple((column, label_of(column.options, row.get(column.id, ""))) for column in columns) for row in rows)
