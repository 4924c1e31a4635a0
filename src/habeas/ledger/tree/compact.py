"""A whole tree in at most 63 hashes: all that is needed to tell its root and to go on appending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.ledger.tree.counts import require_count
from habeas.ledger.tree.hashing import joined_root, node_hash, require_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactRange:
    """The complete subtrees that a tree of `size` entries consists of, the largest first.

    There is one for every binary digit 1 of `size`; the empty tree has none.

    Raises:
        Malformed: the hashes are not as many as the size asks for, or one isn't 32 bytes.
    """

    size: int
    hashes: tuple[bytes, ...]

    def __post_init__(self) -> None:
        require_count(self.size, what="size of a tree")
        if len(self.hashes) != self.size.bit_count():
            wanted = f"expected {self.size.bit_count()} subtrees for a tree of {self.size} entries"
            raise Malformed(f"{wanted}; got {len(self.hashes)}: work them out from the tiles again")
        for value in self.hashes:
            require_hash(value, what="subtree")

    def root(self) -> bytes:
        """The root of the tree; `EMPTY_ROOT` where there is no entry."""
        return joined_root(self.hashes)

    def extended(self, leaf_hashes: Iterable[bytes]) -> CompactRange:
        """The same tree with leaves added at its end, in their order.

        Raises:
            Malformed: a leaf hash isn't 32 bytes.
        """
        hashes, size = list(self.hashes), self.size
        for leaf in leaf_hashes:
            require_hash(leaf, what="leaf hash")
            node = leaf
            for _ in range(_trailing_ones(size)):  # each 1 is a subtree as large as the one just completed
                node = node_hash(hashes.pop(), node)
            hashes.append(node)
            size += 1
        return CompactRange(size=size, hashes=tuple(hashes))


EMPTY_RANGE = CompactRange(size=0, hashes=())
"""The tree without entries."""


def _trailing_ones(number: int) -> int:
    """How many binary digits at the end of `number` are 1."""
    return (~number & (number + 1)).bit_length() - 1
