"""Systems of the register, their editions and what happened to them."""

from __future__ import annotations

from pydantic import Field

from habeas.web.api.shapes.base import Day, Digest, Moment, Paged, Shape


class SystemLine(Shape):
    """A system in a list. `system`: its name in addresses. `answered` of `asked` questions are answered, `withheld` are withheld."""

    system: str
    name: str
    organisation: str
    kind: str
    place: str
    summary: str
    status: str
    technology: str
    used_for: list[str]
    used_on: list[str]
    standing: str
    prohibited: bool = Field(description="whether a rulebook prohibits one of its newest versions")
    audited: bool
    answered: int
    asked: int
    withheld: int
    edition: int
    published: Moment
    changed: Moment
    documented_by_others: bool = Field(description="true: the organisation didn't write this entry itself")
    made_up: bool = Field(description="true: there is no such system; it shows how the site works")
    address: str


class Systems(Paged):
    """Systems that were found. `corrected`: the words searched instead, where nothing has the words as they were typed; else empty."""

    corrected: str
    near_organisations: list[str] | None = Field(description="who works where somebody lives; null: nobody asked")
    systems: list[SystemLine]


class EditionLine(Shape):
    """An edition that is or was published. `digest`: the one that the ledger names."""

    number: int
    published: Day
    note: str
    digest: Digest


class Editions(Shape):
    """Every edition of an entry, newest first."""

    system: str
    editions: list[EditionLine]


class PieceOfText(Shape):
    """A part of a text: same, added or removed."""

    turn: str
    text: str


class FieldChange(Shape):
    """A field whose answer was added, removed or changed, with both texts as one row of pieces."""

    field: str
    label: str
    turn: str
    pieces: list[PieceOfText]


class Comparison(Shape):
    """What differs between two editions of one entry, among what is shown of both today."""

    system: str
    before: int
    after: int
    changes: list[FieldChange]


class LedgerPlace(Shape):
    """Where the ledger has it: null until it is recorded, within about a second. `document`: the text whose digest the entry names."""

    index: int | None
    leaf_hash: Digest | None
    document: str


class ChangeLine(Shape):
    """One thing that happened to an entry."""

    system: str
    name: str
    organisation: str
    made_up: bool
    step: str
    at: Moment
    edition: int | None
    note: str
    ledger: LedgerPlace


class Changes(Paged):
    """What happened in the register, newest first."""

    changes: list[ChangeLine]


class ChangesOfSystem(Shape):
    """What happened to one entry, newest first."""

    system: str
    changes: list[ChangeLine]
