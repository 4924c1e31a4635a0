"""What an entry of the register says about a system: the fields, as data, and the content that answers them.

`register.yaml` beside this file has the fields; `habeas.runs.registers.fields` reads it. The field's words are in plain English, and
each says which field of the existing registers it corresponds to, so that entries can be exchanged with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What a field holds, and so the type of its value in a content."""

    LINE = "line"  # str, one line
    TEXT = "text"  # str, paragraphs
    CHOICE = "choice"  # str, an option's id
    CHOICES = "choices"  # list of option ids, each once
    DAY = "day"  # str, 2026-11-22
    ADDRESS = "address"  # str, an https:// address
    EMAIL = "email"  # str, a group's mailbox
    ROWS = "rows"  # list of {column id: str}


class Standard(Enum):
    """The registers that exist, with which entries can be exchanged."""

    ATRS = "atrs"  # UK, Algorithmic Transparency Recording Standard 2.1
    NL = "nl"  # Netherlands, Publicatiestandaard 1.0
    ANNEX_VIII = "annex-viii"  # EU, Regulation 2024/1689


class Need(Enum):
    """When a field must be answered."""

    PUBLISH = "publish"  # no publication without it
    COMPLETE = "complete"  # shown as missing on the public page, and counted
    OPTIONAL = "optional"  # not every system has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the words that a choice may be."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a field that holds rows. `required`: a row without it is refused."""

    id: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that an entry says. `tier`: 1 for everybody, 2 for who wants to know more (ATRS).

    `withholdable`: may be withheld, with a ground, an approver and an expiry; what the public most needs may not. `maps`: the field of
    each standard that says the same.
    """

    id: str
    topic: str
    label: str
    help: str
    kind: Kind
    tier: int
    need: Need
    most_characters: int
    withholdable: bool = True
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    maps: Mapping[Standard, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Fields that belong on one page."""

    id: str
    label: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSet:
    """Every topic and field, in the order in which they are asked and shown."""

    topics: tuple[Topic, ...]
    fields: tuple[Field, ...]

    def field(self, id: str) -> Field:  # noqa: A002 - what it is called
        """The field of that id. Raises `KeyError`."""
        found = next((one for one in self.fields if one.id == id), None)
        if found is None:
            raise KeyError(id)
        return found

    def of_topic(self, topic: str) -> tuple[Field, ...]:
        """The fields of a topic."""
        return tuple(one for one in self.fields if one.topic == topic)


Value = str | list[str] | list[dict[str, str]]
Content = Mapping[str, Value]
"""Field id -> value; what isn't answered isn't there."""
