"""Trees to test with: numbered entries, their tiles in a dictionary, and vectors read from files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from habeas.errors import NotFound
from habeas.ledger.tree.growing import Growth
from habeas.ledger.tree.hashing import HASH_BYTES, leaf_hash, node_hash
from habeas.ledger.tree.reading import FetchTile, TileReader
from habeas.ledger.tree.tiles import Tile


def numbered(count: int, *, first: int = 0) -> list[bytes]:
    """Entries `entry 0`, `entry 1` …"""
    return [b"entry %d" % index for index in range(first, first + count)]


def leaves_of(entries: Iterable[bytes]) -> list[bytes]:
    return [leaf_hash(entry) for entry in entries]


class Tiles:
    """Tiles in memory, as a log keeps them: full ones are cut down when a narrower one is asked for."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def __call__(self, tile: Tile) -> bytes:
        for path in (tile.path(), tile.full().path()):
            if path in self.kept:
                return self.kept[path][: tile.width * HASH_BYTES]
        raise NotFound(tile.path())

    def reader(self, size: int) -> TileReader:
        return TileReader(self, size)

    def grown(self, since: int, leaves: Iterable[bytes]) -> bytes:
        """Add leaves to the tree of `since` entries; gives the root."""
        growth = Growth(self.reader(since), leaves)
        self.kept.update((tile.path(), row) for tile, row in growth.tiles())
        return growth.root


def tiles_of(leaves: Iterable[bytes]) -> Tiles:
    tiles = Tiles()
    tiles.grown(0, leaves)
    return tiles


def tiles_in(folder: Path) -> FetchTile:
    """Tiles of a log that somebody else made."""
    return lambda tile: (folder / tile.path()).read_bytes()


def one_bit_flipped(value: bytes, bit: int) -> bytes:
    bit %= len(value) * 8
    return bytes([*value[: bit // 8], value[bit // 8] ^ 1 << bit % 8, *value[bit // 8 + 1 :]])


def identical_leaves(leaf: bytes) -> FetchTile:
    """The tiles of a log of any size whose leaves are all the same, worked out when asked for."""
    rows: list[bytes] = [leaf]

    def fetch(tile: Tile) -> bytes:
        while len(rows) <= tile.level:
            rows.append(_doubled(rows[-1], times=8))
        return rows[tile.level] * tile.width

    return fetch


def _doubled(node: bytes, *, times: int) -> bytes:
    for _ in range(times):
        node = node_hash(node, node)
    return node
