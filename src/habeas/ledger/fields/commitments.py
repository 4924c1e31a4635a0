"""Commitments to the fields of one record: what the public entry binds without showing it.

Each field is hashed with 32 random bytes of its own, so that nobody can guess a name or a date of birth back from the hash, and so
that one field can be shown, or forgotten, alone. The hashes stand, shuffled and among random decoys, as the leaves of a small RFC 6962
tree; the entry holds only its root. Whoever is shown one field learns neither the others nor how many there are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.tree.hashing import HASH_BYTES, leaf_hash, node_hash
from habeas.ledger.tree.proofs import verify_inclusion

SALT_BYTES = 32
"""As many random bytes per field as the hash is long: nobody can try all salts."""

LEAVES = 32
"""How many leaves a record's tree has; the next power of two when there are more fields."""

MOST_LEAVES = 65_536
MOST_VALUE_BYTES = 1_048_576
"""A field is a fact, not a file: of a photo, record its digest."""

GROUP = re.compile(r"[a-z][a-z0-9-]{0,31}", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}", re.ASCII)

_TAG = b"habeas/field/v1\0"
_DRAW_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact about one person (or case) in a record. `value` is bytes; which bytes a text or a number becomes is the writer's affair."""

    group: str
    name: str
    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_names(group=self.group, name=self.name)
        if len(self.value) > MOST_VALUE_BYTES:
            raise Malformed(
                f"field: expected a value of at most {MOST_VALUE_BYTES:,} bytes; got {len(self.value):,}: "
                "record a digest of it, and keep the file itself elsewhere"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One field with all that ties it to its record's commitment: `path` are the sibling hashes from the leaf up.

    Whoever holds it can prove the field, so it is as personal as the field itself. `size` is the power of two of leaves.
    """

    group: str
    name: str
    value: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    index: int
    size: int
    path: tuple[bytes, ...]

    def __post_init__(self) -> None:
        self.field()
        if len(self.salt) != SALT_BYTES:
            raise Malformed(f"opening: expected a salt of {SALT_BYTES} bytes; got {len(self.salt)}: take the opening as it was made")
        if not LEAVES <= self.size <= MOST_LEAVES or self.size & (self.size - 1):
            raise Malformed(f"opening: expected a size that is a power of two from {LEAVES} to {MOST_LEAVES:,}; got {self.size}")
        if not 0 <= self.index < self.size:
            raise Malformed(f"opening: expected an index below the size of {self.size}; got {self.index}")
        if len(self.path) != self.size.bit_length() - 1 or any(len(step) != HASH_BYTES for step in self.path):
            raise Malformed(f"opening: expected {self.size.bit_length() - 1} hashes of {HASH_BYTES} bytes as its path; got something else")

    def field(self) -> Field:
        """The field alone."""
        return Field(group=self.group, name=self.name, value=self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What was committed to: `root` goes into the public entry, `openings` (in the order of the fields) are kept sealed."""

    root: bytes
    openings: tuple[Opening, ...]


def check_names(*, group: str, name: str) -> None:
    """Refuse names that aren't plain words of ASCII, since they are hashed and must be spelt one way only.

    Raises:
        Malformed: the group or the name doesn't fit; neither is repeated in the message, for a mistaken name may be about a person.
    """
    if not GROUP.fullmatch(group):
        raise Malformed(f"field: expected a group such as person or expert-witness ({GROUP.pattern}); got something else")
    if not NAME.fullmatch(name):
        raise Malformed(f"field: expected a name such as date_of_birth ({NAME.pattern}); got something else")


def field_commitment(field: Field, salt: bytes) -> bytes:
    """The salted hash of a field; every length is hashed too, so that no two fields share the bytes that are hashed.

    Raises:
        Malformed: the salt isn't 32 bytes long.
    """
    if len(salt) != SALT_BYTES:
        raise Malformed(f"field: expected a salt of {SALT_BYTES} bytes; got {len(salt)}: draw it anew")
    group, name = field.group.encode("ascii"), field.name.encode("ascii")
    parts = (_TAG, salt, _length(group, 2), group, _length(name, 2), name, _length(field.value, 4), field.value)
    return hashlib.sha256(b"".join(parts)).digest()


def leaves_for(fields: int) -> int:
    """How many leaves the tree of a record with that many fields has.

    Raises:
        Malformed: more fields than any record may have.
    """
    leaves = max(LEAVES, 1 << (fields - 1).bit_length() if fields > 1 else 1)
    if leaves > MOST_LEAVES:
        raise Malformed(f"record: expected at most {MOST_LEAVES:,} fields; got {fields:,}: divide it into several records")
    return leaves


def random_bytes_needed(fields: int) -> int:
    """How many random bytes `commit_from` wants for a record with that many fields."""
    leaves = leaves_for(fields)
    return leaves * (SALT_BYTES + _DRAW_BYTES)


def commit_from(fields: Sequence[Field], *, randomness: bytes) -> Committed:
    """Commit to the fields with `random_bytes_needed(len(fields))` bytes from a source fit for keys; no byte is used twice.

    Raises:
        Malformed: too few or too many random bytes, or what `commit` refuses.
    """
    leaves, needed = leaves_for(len(fields)), random_bytes_needed(len(fields))
    if len(randomness) != needed:
        raise Malformed(f"record: expected {needed} random bytes for {len(fields)} fields; got {len(randomness)}")
    salts_and_decoys = [randomness[start : start + SALT_BYTES] for start in range(0, leaves * SALT_BYTES, SALT_BYTES)]
    draws = [randomness[start : start + _DRAW_BYTES] for start in range(leaves * SALT_BYTES, needed, _DRAW_BYTES)]
    order = sorted(range(leaves), key=lambda place: draws[place])  # a shuffle: equal draws of 16 bytes don't happen
    return commit(fields, salts=salts_and_decoys[: len(fields)], decoys=salts_and_decoys[len(fields) :], order=order)


def commit(fields: Sequence[Field], *, salts: Sequence[bytes], decoys: Sequence[bytes], order: Sequence[int]) -> Committed:
    """Commit to the fields: field i, hashed with `salts[i]`, becomes leaf `order[i]`; the decoys take the other leaves.

    A record without fields is a tree of decoys alone. `decoys` are 32 random bytes each, as many as leaves are left over.

    Raises:
        Malformed: a group has a name twice, or the counts of salts, decoys and places don't fit the number of fields.
    """
    leaves = leaves_for(len(fields))
    if len({(field.group, field.name) for field in fields}) != len(fields):
        raise Malformed("record: expected each name once per group; one stands there twice: drop the repetition")
    if len(salts) != len(fields) or len(decoys) != leaves - len(fields) or any(len(decoy) != HASH_BYTES for decoy in decoys):
        raise Malformed(f"record: expected {len(fields)} salts and {leaves - len(fields)} decoys of {HASH_BYTES} bytes; got something else")
    if sorted(order) != list(range(leaves)):
        raise Malformed(f"record: expected an order that names each place from 0 to {leaves - 1} once; got something else")
    commitments = [*(field_commitment(field, salt) for field, salt in zip(fields, salts, strict=True)), *decoys]
    entries = [b""] * leaves
    for place, commitment in zip(order, commitments, strict=True):
        entries[place] = commitment
    levels = _levels(entries)
    openings = (_opening(field, salt, place, levels) for field, salt, place in zip(fields, salts, order, strict=False))
    return Committed(root=levels[-1][0], openings=tuple(openings))


def verify_opening(opening: Opening, *, root: bytes) -> None:
    """See that the opened field is one that the record committed to; `root` is what the record's entry holds.

    Raises:
        ProofFailed: it isn't: value, name, group or salt was changed, or it belongs to another record.
    """
    leaf = leaf_hash(field_commitment(opening.field(), opening.salt))
    try:
        verify_inclusion(leaf=leaf, index=opening.index, size=opening.size, path=opening.path, root=root)
    except ProofFailed:
        raise ProofFailed(
            "opening: expected a field that this record committed to; it leads to another commitment: "
            "the value, its name or its salt was changed, or it is another record's"
        ) from None


def _levels(entries: Sequence[bytes]) -> list[list[bytes]]:
    """Every level of a tree with a power of two of leaves, from the leaf hashes to the root."""
    levels = [[leaf_hash(entry) for entry in entries]]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[left], below[left + 1]) for left in range(0, len(below), 2)])
    return levels


def _opening(field: Field, salt: bytes, place: int, levels: Sequence[Sequence[bytes]]) -> Opening:
    path = tuple(level[(place >> height) ^ 1] for height, level in enumerate(levels[:-1]))
    return Opening(group=field.group, name=field.name, value=field.value, salt=salt, index=place, size=len(levels[0]), path=path)


def _length(part: bytes, width: int) -> bytes:
    return len(part).to_bytes(width, "big")
