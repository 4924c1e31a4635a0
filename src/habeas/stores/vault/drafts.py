"""What somebody wants to have recorded, checked before anything is kept: a line of a file is refused before the first is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from habeas.errors import NotAllowed
from habeas.stores.vault.sealed import Person, fields_in
from habeas.terms.records import Entry, RecordType, encode_entry

ORDERED = frozenset({RecordType.ERASURE, RecordType.RESTRICTION})
"""Types that only a deed may append: an order on record that nobody carries out would be a lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record before it is kept: what everyone may know, and per group a person with the fields to seal.

    Raises:
        BadInput: something that isn't public was to become so, or fields can't be recorded; no value is repeated.
        NotAllowed: an erasure or a restriction, which have methods and commands of their own that also do them.
    """

    kind: RecordType
    authority: str
    day: date
    public: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind in ORDERED:
            raise NotAllowed(f"expected a record of something that happened; got {self.kind.value}: order it, so that it is also done")
        encode_entry(self.entry)
        fields_in(self.personal)

    @property
    def entry(self) -> Entry:
        """The entry, before it commits to the fields."""
        return Entry(type=self.kind, authority=self.authority, day=self.day, public=self.public)

    @property
    def refs(self) -> frozenset[str]:
        """Whom it is about, as the authority calls them."""
        return frozenset(person.ref for person in self.personal.values())
