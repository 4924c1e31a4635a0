"""What somebody wants to have recorded, checked before anything is kept: one line of a file can be refused before its first is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from habeas.errors import NotAllowed
from habeas.stores.vault.sealed import Person
from habeas.terms.records import Entry, RecordType, encode_entry

ORDERED = frozenset({RecordType.ERASURE, RecordType.RESTRICTION})
"""Types that only a deed may append: an order on record that nobody carries out would be a lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record before it is kept: what may be public, and what is sealed per group.

    Raises:
        Malformed: something that isn't public was to become so.
        NotAllowed: an erasure or a restriction, which have commands of their own that also do them.
    """

    kind: RecordType
    authority: str
    day: date
    public: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind in ORDERED:
            raise NotAllowed(f"expected a record of something that happened; got {self.kind.value}: use the command that also does it")
        encode_entry(self.entry)

    @property
    def entry(self) -> Entry:
        """The entry, before it commits to the fields."""
        return Entry(type=self.kind, authority=self.authority, day=self.day, public=self.public)
