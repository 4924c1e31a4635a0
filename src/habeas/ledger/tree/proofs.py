"""Proofs that an entry is in a tree, and that one tree is the beginning of another (RFC 9162, sections 2.1.3 and 2.1.4).

The first half says which hashes a proof consists of, by their place in the tree; `reading` looks them up. The second half
checks proofs, with nothing but the proof and what it should lead to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from habeas.errors import Malformed, NotFound, ProofFailed
from habeas.ledger.tree.counts import is_count, require_count
from habeas.ledger.tree.hashing import is_hash, node_hash

Part = tuple["Node", ...]
"""The complete subtrees that one hash of a proof is made of, the largest first: several only at the right edge of the tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A complete subtree: the `index`-th of those with 2 ** `level` leaves; level 0 is a leaf.

    Raises:
        Malformed: it lies beyond any tree.
    """

    level: int
    index: int

    def __post_init__(self) -> None:
        require_count(self.level, what="level of a node", most=63)
        require_count(self.index, what="index of a node")

    def leaves(self) -> range:
        """The indices of the leaves below it."""
        return range(self.index << self.level, (self.index + 1) << self.level)


def subtrees(start: int, stop: int) -> Part:
    """The complete subtrees of the leaves from `start` to before `stop`, where these are one side of a split of the tree."""
    return tuple(_subtrees(start, stop))


def inclusion_parts(*, index: int, size: int) -> tuple[Part, ...]:
    """What the hashes of an inclusion proof are made of, the leaf's sibling first (RFC 9162, section 2.1.3.1).

    Raises:
        NotFound: no entry of that index is in the tree.
        Malformed: a number isn't one.
    """
    require_count(index, what="index of an entry")
    require_count(size, what="size of a tree")
    if index >= size:
        raise NotFound(f"expected an entry of a tree of {size} entries, numbered from 0; got index {index}: ask for a smaller index")
    parts: list[Part] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = _split(start, stop)
        parts.append(subtrees(middle, stop) if index < middle else subtrees(start, middle))
        start, stop = (start, middle) if index < middle else (middle, stop)
    return tuple(reversed(parts))


def consistency_parts(*, old_size: int, new_size: int) -> tuple[Part, ...]:
    """What the hashes of a consistency proof are made of, in their order (RFC 9162, section 2.1.4.1).

    Two trees of one size need none. From an empty tree there is no proof: every tree begins with it.

    Raises:
        Malformed: the old tree is empty or larger than the new one, or a number isn't one.
    """
    require_count(old_size, what="old size of a tree")
    require_count(new_size, what="new size of a tree")
    if not 0 < old_size <= new_size:
        raise Malformed(f"expected an old size from 1 to the new size, {new_size}; got {old_size}: ask for another pair of sizes")
    parts: list[Part] = []
    start, stop = 0, new_size
    while stop != old_size:
        middle = _split(start, stop)
        parts.append(subtrees(middle, stop) if old_size <= middle else subtrees(start, middle))
        start, stop = (start, middle) if old_size <= middle else (middle, stop)
    if start > 0:  # otherwise this is the old tree itself, whose root the verifier knows
        parts.append(subtrees(start, stop))
    return tuple(reversed(parts))


def root_from_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to from the hash of a leaf.

    It says nothing by itself: compare it with a root that is signed, for the size signed with it. The proof does not show the
    size, for it leads to the same root under several sizes.

    Raises:
        ProofFailed: no proof for that index and size has this form.
    """
    _require_numbers(index=index, size=size)
    if index >= size:
        raise ProofFailed(f"expected the index of an entry in a tree of {size} entries; got {index}: the proof is for another tree")
    # Below the level where the entry and the last entry part, siblings stand on either side; above, on the left only.
    inner = (index ^ (size - 1)).bit_length()
    _require_hashes((leaf, *path), expected=1 + inner + (index >> inner).bit_count())
    return _climbed(leaf, path, inner=inner, sides=index)


def verify_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """See that the leaf is in the tree of that size and root, at that index (RFC 9162, section 2.1.3.2).

    Raises:
        ProofFailed: it isn't shown to be.
    """
    _require_equal(root_from_inclusion(leaf=leaf, index=index, size=size, path=path), root, what="the inclusion proof")


def verify_consistency(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]) -> None:
    """See that the old tree is the beginning of the new one: nothing altered, nothing dropped (RFC 9162, section 2.1.4.2).

    Two trees of one size must have one root, and the proof must be empty. Every tree begins with the empty one, which leaves
    nothing to prove: that case is the caller's.

    Raises:
        ProofFailed: it isn't shown to be, or the old tree is empty.
    """
    _require_numbers(old_size=old_size, new_size=new_size)
    if not 0 < old_size <= new_size:
        raise ProofFailed(f"expected an old size from 1 to the new size, {new_size}; got {old_size}: no proof can show that")
    if old_size == new_size:
        # no hashing here, so whatever the two are, being equal is all there is to show; checkpoints see to their length
        _require_no_hashes(path)
        _require_equal(old_root, new_root, what="a tree of the same size")
    else:
        _verify_growth(old_size, old_root, new_size, new_root, tuple(path))


def _verify_growth(old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: tuple[bytes, ...]) -> None:
    # Start from the largest complete subtree that ends where the old tree ends: the tree itself where its size is a power of 2.
    level = (old_size & -old_size).bit_length() - 1
    hashes = (old_root, *path) if old_size == 1 << level else path
    last = old_size - 1 >> level
    inner = (last ^ (new_size - 1 >> level)).bit_length()
    _require_hashes((old_root, *hashes), expected=2 + inner + (last >> inner).bit_count())
    seed, siblings = hashes[0], hashes[1:]
    lefts = [sibling for at, sibling in enumerate(siblings) if at >= inner or last >> at & 1]
    _require_equal(_climbed(seed, lefts, inner=0, sides=0), old_root, what="the consistency proof, for the old tree,")
    _require_equal(_climbed(seed, siblings, inner=inner, sides=last), new_root, what="the consistency proof, for the new tree,")


def _climbed(node: bytes, path: Sequence[bytes], *, inner: int, sides: int) -> bytes:
    """Hash upwards: binary digit i of `sides` says whether sibling i, below `inner`, stands on the left; the others do."""
    for at, sibling in enumerate(path):
        node = node_hash(sibling, node) if at >= inner or sides >> at & 1 else node_hash(node, sibling)
    return node


def _split(start: int, stop: int) -> int:
    """Where a tree divides: after the largest power of 2 leaves that leaves some over."""
    return start + (1 << (stop - start - 1).bit_length() - 1)


def _subtrees(start: int, stop: int) -> Iterator[Node]:
    while start < stop:
        level = (stop - start).bit_length() - 1
        yield Node(level=level, index=start >> level)
        start += 1 << level


def _require_numbers(**numbers: int) -> None:
    for name, value in numbers.items():
        if not is_count(value):
            raise ProofFailed(f"{name.replace('_', ' ')}: expected a whole number from 0 to 2 ** 63 - 1; got {str(value)[:40]}")


def _require_hashes(hashes: Sequence[bytes], *, expected: int) -> None:
    if len(hashes) != expected or not all(map(is_hash, hashes)):
        lengths = sorted({len(one) for one in hashes})
        got = f"{len(hashes)} of {', '.join(map(str, lengths))} bytes"
        raise ProofFailed(f"expected {expected} hashes of 32 bytes, the starting one among them; got {got}: the proof is for another tree")


def _require_no_hashes(path: Sequence[bytes]) -> None:
    if path:
        raise ProofFailed(f"expected an empty proof between two trees of one size; got {len(path)} hashes: the proof is for another pair")


def _require_equal(found: bytes, expected: bytes, *, what: str) -> None:
    if found != expected:
        raise ProofFailed(
            f"{what} leads to the root {found.hex()}; expected {expected.hex()}: one of leaf, proof, size and root is not genuine"
        )
