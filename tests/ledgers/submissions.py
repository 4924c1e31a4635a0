"""Entries that tests submit to a log."""

from __future__ import annotations

from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.rows import SealedGroup, Submission
from ledgers.trees import numbered

PERSON, OFFICER = "aa" * 16, "bb" * 16


def submission(entry: bytes, *groups: SealedGroup, deed: bool = False) -> Submission:
    """One entry."""
    return Submission(entry=entry, leaf=leaf_hash(entry), groups=groups, deed=deed)


def batch(first: int, stop: int) -> list[Submission]:
    """Entries that say which they are."""
    return [submission(entry) for entry in numbered(stop - first, first=first)]


def sealed(group: str, key: str = PERSON, *, wrapped: bytes = b"wrapped key", fields: bytes = b"sealed fields") -> SealedGroup:
    """A person's sealed fields."""
    return SealedGroup(group=group, key=key, wrapped=wrapped, sealed=fields)
