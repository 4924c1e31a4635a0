"""The right edge of a tree: its unfinished tiles, at most one per level, which together tell its root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.ledger.tree.compact import CompactRange
from habeas.ledger.tree.hashing import HASH_BYTES, complete_root
from habeas.ledger.tree.reading import TileReader
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH

Rows = Sequence[bytes]
"""The hashes of the unfinished tile of each level, one after another, from level 0 up; empty where the last tile is full."""


def edge_rows(reader: TileReader) -> list[bytes]:
    """The hashes at the right edge of the reader's tree.

    Raises:
        NotFound, Malformed: a tile is missing, or not as long as it should be.
    """
    rows: list[bytes] = []
    while count := reader.size >> TILE_HEIGHT * len(rows):
        rows.append(reader.row(len(rows), count // TILE_WIDTH) if count % TILE_WIDTH else b"")
    return rows


def edge_range(rows: Rows, *, size: int) -> CompactRange:
    """The compact range of the tree of `size` entries that has these hashes at its right edge.

    Raises:
        Malformed: they are not as many as that size asks for.
    """
    return CompactRange(size=size, hashes=tuple(root for row in reversed(rows) for root in _complete_roots(row)))


def _complete_roots(row: bytes) -> Iterator[bytes]:
    """The complete subtrees of an unfinished tile, the largest first."""
    at = 0
    while at < len(row):
        count = (len(row) - at) // HASH_BYTES
        stop = at + (1 << count.bit_length() - 1) * HASH_BYTES
        yield complete_root(row[at:stop])
        at = stop
