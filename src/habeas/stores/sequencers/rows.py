"""What a sequencer keeps: an entry with what belongs to it, a person's sealed fields, a signed head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import GROUP
from habeas.ledger.tree.bundles import MAX_ENTRY_BYTES
from habeas.ledger.tree.hashing import HASH_BYTES, leaf_hash

_HANDLE = re.compile(r"(?:[0-9a-f]{2}){1,64}")


class State(Enum):
    """What may be done with a group of sealed fields; the values are stored."""

    ACTIVE = "active"
    RESTRICTED = "restricted"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedGroup:
    """One person's fields in one record, unreadable without that person's key.

    `group` says in which role (person, officer, victim ...); `key` is the random handle of the person's key, in hexadecimal;
    `wrapped` is the record's own key, sealed by the person's; `sealed` holds the fields, sealed by the record's key.
    """

    group: str
    key: str
    wrapped: bytes
    sealed: bytes

    def __post_init__(self) -> None:
        _expect_group(self.group)
        _expect(_HANDLE.fullmatch(self.key) is not None, "the handle of a person's key: 1 to 64 bytes in lower-case hexadecimal")
        _expect(len(self.wrapped) > 0 and len(self.sealed) > 0, "a wrapped key and sealed fields, neither of them empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGroup:
    """What is kept of a sealed group of the entry `index`. Once erased, only the entry and the role are left: the rest is empty."""

    index: int
    group: str
    key: str
    wrapped: bytes
    sealed: bytes
    state: State = State.ACTIVE

    def __post_init__(self) -> None:
        _expect(self.index >= 0, "an index of 0 or more")
        if self.state is State.ERASED:
            _expect_group(self.group)
            _expect(not (self.key or self.wrapped or self.sealed), "nothing but the group's name once it is erased")
        else:
            SealedGroup(group=self.group, key=self.key, wrapped=self.wrapped, sealed=self.sealed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An entry to be given the next index, with all that must become durable in the same moment.

    `leaf` is the entry's RFC 6962 leaf hash: whoever submits computes it, outside the one thread that commits.
    `deed`: an erasure or restriction, to be done again when an older backup is restored.
    """

    entry: bytes
    leaf: bytes
    groups: tuple[SealedGroup, ...] = ()
    deed: bool = False

    def __post_init__(self) -> None:
        if len(self.entry) > MAX_ENTRY_BYTES:
            raise Malformed(f"expected an entry of at most {MAX_ENTRY_BYTES} bytes; it has {len(self.entry)}: keep long contents elsewhere")
        # a wrong leaf could never be mended once it is in the tree; hashing again costs a few microseconds
        _expect(leaf_hash(self.entry) == self.leaf, "the entry's own leaf hash, SHA-256 of 0x00 and the entry")
        _expect(len({group.group for group in self.groups}) == len(self.groups), "each group of fields once in an entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """A tree that was signed: its size, its root, and the signed note."""

    size: int
    root: bytes
    note: bytes

    def __post_init__(self) -> None:
        _expect(self.size >= 0, "a size of 0 or more")
        _expect(len(self.root) == HASH_BYTES, "a root of 32 bytes")
        _expect(len(self.note) > 0, "a signed note")


def _expect_group(name: str) -> None:
    _expect(GROUP.fullmatch(name) is not None, "the name of a group: a lower-case letter, then up to 31 letters, digits or hyphens")


def _expect(holds: bool, what: str) -> None:  # noqa: FBT001 - a guard reads best with its condition first
    if not holds:
        raise Malformed(f"expected {what}; something else came: mend what is submitted")
