"""What habeas brings: documented systems elsewhere, families of technology, rulebooks, and the fields of the register.

A fact that isn't known has no name in the answer: nothing here is null.
"""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from habeas.web.api.shapes.base import Day, Digest, Paged, Shape


class Ruling(Shape):
    """What one rulebook finds of a documented system, and the rules that decided it."""

    finding: str
    decided_by: list[str]


class DocumentedLine(Shape):
    """A documented system in a list. `verdicts`: per rulebook, as of today."""

    id: str
    name: str
    place: str
    operator: str
    family: str
    status: str
    verified: str
    version: str
    verdicts: dict[str, Ruling]


class Catalogue(Paged):
    """Systems elsewhere, as their sources describe them; nobody here uses them."""

    on: Day
    systems: list[DocumentedLine]


class Text(Shape):
    """A text that says it: its title, where it is, and when it was read."""

    model_config = ConfigDict(extra="allow")

    title: str
    where: str = ""
    read_on: Day = ""


class Statement(Shape):
    """A documented fact with its sources. `confidence`: source (read), secondary, mixed or memory."""

    model_config = ConfigDict(extra="allow")

    says: str
    confidence: str
    sources: tuple[Text, ...] = ()


class Documented(Shape):
    """A documented system in full. `description`: the answers it is screened by."""

    model_config = ConfigDict(extra="allow")

    habeas: str
    id: str
    name: str
    place: str
    operator: str
    vendor: str = ""
    years: str = ""
    family: str
    status: str
    status_note: Statement
    inputs: tuple[Statement, ...] = ()
    decides: tuple[Statement, ...] = ()
    findings: tuple[Statement, ...] = ()
    verified: str
    description: dict[str, Any]
    verdicts: dict[str, Ruling]


class TechnologyLine(Shape):
    """A family of technology in a list."""

    id: str
    name: str


class Technologies(Shape):
    """Every family of technology."""

    technologies: list[TechnologyLine]


class Worry(Shape):
    """One concern, and the questions that whoever uses such a system must be able to answer."""

    concern: str
    worry: str
    ask: list[str]


class Technology(Shape):
    """A family of technology in full. `rules`: per rulebook, the rules that speak of its purposes."""

    model_config = ConfigDict(extra="allow")

    habeas: str
    id: str
    name: str
    what: str
    purposes: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    worries: list[Worry]
    tested_by: str
    waits_for: str = ""
    examples: tuple[str, ...] = ()
    sources: tuple[Text, ...] = ()
    rules: dict[str, list[str]]


class BookLine(Shape):
    """A rulebook in a list. `binds_in`: ISO 3166 codes; empty: a standard, which binds nobody by itself."""

    id: str
    title: str
    short: str
    force: str
    version: str
    checked_on: Day
    binds_in: list[str]
    sha256: Digest
    rules: int


class Books(Shape):
    """Every rulebook, strictest first."""

    rulebooks: list[BookLine]


class RuleInFull(Shape):
    """A rule. `when`: its conditions; `applies`: its dates; `caught`, `passed`: its examples; all as rulebooks write them."""

    model_config = ConfigDict(extra="allow")

    id: str
    article: str
    title: str
    text: str
    outcome: str
    when: dict[str, Any]
    source: Text
    confidence: str
    applies: list[dict[str, Any]]
    exceptions: tuple[dict[str, Any], ...] = ()
    who: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    clears: dict[str, str] = Field(default_factory=dict)
    deadline: dict[str, Any] = Field(default_factory=dict)
    note: str = ""


class Rule(RuleInFull):
    """A rule with the book that it stands in."""

    habeas: str
    book: str
    book_version: str


class Book(Shape):
    """A rulebook in full. `sha256`: of what it says, which verdicts name."""

    model_config = ConfigDict(extra="allow")

    habeas: str
    sha256: Digest
    id: str
    title: str
    short: str
    force: str
    version: str
    checked_on: Day
    about: str
    source: Text
    binds_in: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = Field(default=(), description="what a lawyer must still read or decide")
    rules: list[RuleInFull]


class Choice(Shape):
    """One of the words that an answer may be."""

    id: str
    label: str


class ColumnOfField(Shape):
    """A column of a field that holds rows."""

    id: str
    label: str
    kind: str
    required: bool
    options: list[Choice]


class FieldOfEntry(Shape):
    """One thing that an entry says. `maps`: the field of each standard (atrs, nl, annex-viii) that says the same."""

    id: str
    topic: str
    label: str
    help: str
    kind: str
    tier: int
    need: str
    most_characters: int
    withholdable: bool
    options: list[Choice]
    columns: list[ColumnOfField]
    maps: dict[str, str]


class TopicOfEntry(Shape):
    """Fields that belong together."""

    id: str
    label: str
    help: str


class Fields(Shape):
    """Every topic and field of an entry, in order."""

    topics: list[TopicOfEntry]
    fields: list[FieldOfEntry]
