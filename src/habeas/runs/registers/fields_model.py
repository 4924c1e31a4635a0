"""The fields of the register as they are written, `terms/register.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from annotated_types import Len
from pydantic import Field as Written

from habeas.errors import BadInput
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Identifier, Prose, Truth, Whole, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.register import Column, Field, FieldSet, Kind, Need, Option, Standard, Topic

CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
TIERS = (1, 2)
Name = Annotated[Prose, Written(pattern=r"^[a-z][a-z0-9_]*$")]
KindWord = Annotated[Kind, word_of(Kind)]
StandardWord = Annotated[Standard, word_of(Standard)]


class OptionPart(Part):
    """One word that a choice may be."""

    id: Identifier = Written(description="What is stored.", examples=["in-use"])
    label: Prose = Written(description="What people read.", examples=["in use"])

    def value(self) -> Option:
        """The option as forms know it."""
        return Option(id=self.id, label=self.label)


class ColumnPart(Part):
    """One column of a field that holds rows."""

    id: Name = Written(description="What is stored.", examples=["name"])
    label: Prose = Written(description="What people read.", examples=["Name"])
    kind: KindWord = Written(default=Kind.LINE, description="What it holds.", examples=["text"])
    required: Truth = Written(default=False, description="Whether a row without it is refused.", examples=[True])
    options: tuple[OptionPart, ...] = Written(default=(), description="The words of a choice.", examples=[[]])

    def value(self) -> Column:
        """The column as forms know it."""
        if self.kind is Kind.ROWS:
            raise BadInput(f"column {self.id}: expected a kind other than rows; got rows: rows don't nest")
        options = tuple(option.value() for option in self.options)
        _choices_have_options(self.id, self.kind, options)
        return Column(id=self.id, label=self.label, kind=self.kind, required=self.required, options=options)


class FieldPart(Part):
    """One thing that an entry says."""

    id: Name = Written(description="What contents call it.", examples=["purpose"])
    topic: Name = Written(description="The topic it belongs to.", examples=["about"])
    label: Prose = Written(description="Its name for people.", examples=["What it is for"])
    help: Prose = Written(description="What to write.", examples=["What should the system achieve?"])
    kind: KindWord = Written(description="What it holds.", examples=["text"])
    tier: Whole = Written(description="1 for everybody, 2 for who wants to know more.", examples=[1])
    need: Annotated[Need, word_of(Need)] = Written(description="When it must be answered.", examples=["publish"])
    most_characters: Whole = Written(description="The most characters an answer has.", examples=[400])
    withholdable: Truth = Written(default=True, description="Whether it may be withheld.", examples=[False])
    options: tuple[OptionPart, ...] = Written(default=(), description="The words of a choice.", examples=[[]])
    columns: tuple[ColumnPart, ...] = Written(default=(), description="The columns of rows.", examples=[[]])
    maps: dict[StandardWord, Prose] = Written(
        default_factory=dict, description="The field of each standard that says the same.", examples=[{"atrs": "scope"}]
    )

    def value(self) -> Field:
        """The field as forms and pages know it."""
        options = tuple(option.value() for option in self.options)
        columns = tuple(column.value() for column in self.columns)
        _choices_have_options(self.id, self.kind, options)
        if (self.kind is Kind.ROWS) != bool(columns):
            raise BadInput(f"field {self.id}: expected columns where the kind is rows, and nowhere else: add or remove them")
        if self.tier not in TIERS:
            raise BadInput(f"field {self.id}: expected tier 1 or 2; got {self.tier}: choose one")
        if self.need is Need.PUBLISH and self.withholdable:
            raise BadInput(f"field {self.id}: no entry is published without it; got withholdable: say withholdable: false")
        return Field(
            **{name: getattr(self, name) for name in SAME},
            options=options,
            columns=columns,
        )


SAME = ("id", "topic", "label", "help", "kind", "tier", "need", "most_characters", "withholdable", "maps")


class TopicPart(Part):
    """Fields that belong on one page."""

    id: Name = Written(description="What fields call it.", examples=["about"])
    label: Prose = Written(description="Its name for people.", examples=["What it is"])
    help: Prose = Written(description="What the page asks for.", examples=["Say in plain words what the system is."])

    def value(self) -> Topic:
        """The topic as forms and pages know it."""
        return Topic(id=self.id, label=self.label, help=self.help)


class FieldsFile(Part):
    """Every topic and field, in the order in which they are asked and shown."""

    document: ClassVar[Document] = Document(
        noun="file of fields",
        one="the fields of the register",
        format="register-fields/1",
        draft="start from the one that habeas brings, terms/register.yaml",
        mistaken="is this an entry?",
    )

    habeas: Literal["register-fields/1"] = Written(description="That these are the fields.", examples=["register-fields/1"])
    topics: Annotated[tuple[TopicPart, ...], Len(min_length=1)] = Written(description="Every topic.", examples=[[]])
    fields: Annotated[tuple[FieldPart, ...], Len(min_length=1)] = Written(description="Every field.", examples=[[]])

    def value(self) -> FieldSet:
        """The fields as the register knows them."""
        topics = tuple(topic.value() for topic in self.topics)
        fields = tuple(field.value() for field in self.fields)
        _each_once("topic", [topic.id for topic in topics])
        _each_once("field", [field.id for field in fields])
        order = [topic.id for topic in topics]
        unknown = sorted({field.topic for field in fields} - set(order))
        if unknown:
            raise BadInput(f"expected each field in one of the topics {', '.join(order)}; got {', '.join(unknown)}: name one of these")
        return FieldSet(topics=topics, fields=tuple(sorted(fields, key=lambda field: order.index(field.topic))))


def _choices_have_options(name: str, kind: Kind, options: Sequence[Option]) -> None:
    if (kind in CHOICES) != bool(options):
        raise BadInput(f"{name}: expected options where the kind is choice or choices, and nowhere else: add or remove them")
    _each_once(f"option of {name}", [option.id for option in options])


def _each_once(what: str, ids: Sequence[str]) -> None:
    twice = sorted({name for name in ids if list(ids).count(name) > 1})
    if twice:
        raise BadInput(f"expected each {what} once; got {', '.join(twice)} again: rename or remove one")
