"""Hashes and proofs looked up in tiles, which come through a function and only those that are needed.

Nothing here trusts a tile more than its length: check the root (`check_root`), each tile (`verified`), or the proof made of them.
"""

from __future__ import annotations

from collections.abc import Callable

from habeas.errors import Malformed, NotFound, ProofFailed
from habeas.ledger.tree.compact import CompactRange
from habeas.ledger.tree.counts import require_count
from habeas.ledger.tree.hashing import HASH_BYTES, complete_root, joined_root
from habeas.ledger.tree.proofs import Node, Part, consistency_parts, inclusion_parts, subtrees
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Tile

FetchTile = Callable[[Tile], bytes]
"""Gives the hashes of a tile at the width asked for, if need be by cutting a wider one down to it; raises NotFound if there is none."""

MOST_KEPT = 1_024
"""Tiles that a reader keeps: 8 MiB. One proof in the largest tree needs 16."""


class TileReader:
    """Looks up hashes of the tree of `size` entries in its tiles, and keeps the last tiles it fetched. For one thread."""

    def __init__(self, fetch: FetchTile, size: int) -> None:
        require_count(size, what="size of a tree")
        self.size = size
        self.fetched = 0
        """How many tiles were fetched so far."""
        self._fetch = fetch
        self._kept: dict[tuple[int, int], bytes] = {}

    def hash_of(self, node: Node) -> bytes:
        """The hash of a complete subtree; what `fetch` raises goes through.

        Raises:
            NotFound: the tree has no such complete subtree.
            Malformed: a tile isn't as long as its width asks for.
        """
        if node.leaves().stop > self.size:
            got = f"leaves up to {node.leaves().stop}"
            raise NotFound(f"expected a complete subtree in a tree of {self.size} entries; got {got}: read a larger tree")
        level, height = divmod(node.level, TILE_HEIGHT)
        index, at = divmod(node.index << height, TILE_WIDTH)
        row = self.row(level, index)
        return complete_root(row[at * HASH_BYTES : (at + (1 << height)) * HASH_BYTES])

    def leaf(self, index: int) -> bytes:
        """The hash of one leaf; errors as for `hash_of`."""
        return self.hash_of(Node(level=0, index=index))

    def row(self, level: int, index: int) -> bytes:
        """All hashes of a tile that the tree has, one after another; errors as for `hash_of`."""
        place = level, index
        if place not in self._kept:
            row = self._fetched(self._tile(level, index))
            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[place] = row
        return self._kept[place]

    def _tile(self, level: int, index: int) -> Tile:
        width = min(TILE_WIDTH, (self.size >> TILE_HEIGHT * level) - index * TILE_WIDTH)
        if width <= 0:
            raise NotFound(f"a tree of {self.size} entries has no tile {index} of level {level}: read a larger tree")
        return Tile(level=level, index=index, width=width)

    def _fetched(self, tile: Tile) -> bytes:
        row = self._fetch(tile)
        self.fetched += 1
        if len(row) != tile.width * HASH_BYTES:
            raise Malformed(f"{tile.path()}: expected {tile.width * HASH_BYTES} bytes; got {len(row)}: fetch or make the tile anew")
        return row


def empty_reader() -> TileReader:
    """A reader of the tree without entries: what a tree grows from that is worked out anew."""
    return TileReader(_no_tile, 0)


def prove_inclusion(reader: TileReader, *, index: int, size: int | None = None) -> tuple[bytes, ...]:
    """The inclusion proof of an entry, for the whole tree or for how it stood at an earlier `size`.

    Raises:
        NotFound: the tree has no such entry, or never had that size.
        Malformed: a tile isn't as long as it should be.
    """
    size = _size_within(reader, size)
    return _looked_up(reader, inclusion_parts(index=index, size=size))


def prove_consistency(reader: TileReader, *, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
    """The proof that the tree of `old_size` is the beginning of the whole tree, or of how it stood at `new_size`.

    Raises:
        NotFound: the tree never had that new size.
        Malformed: the old tree is empty or the larger one, or a tile isn't as long as it should be.
    """
    new_size = _size_within(reader, new_size)
    return _looked_up(reader, consistency_parts(old_size=old_size, new_size=new_size))


def range_of(reader: TileReader, *, size: int | None = None) -> CompactRange:
    """The compact range of the whole tree, or of how it stood at an earlier `size`; errors as for `prove_inclusion`."""
    size = _size_within(reader, size)
    return CompactRange(size=size, hashes=tuple(map(reader.hash_of, subtrees(0, size))))


def root_of(reader: TileReader, *, size: int | None = None) -> bytes:
    """The root of the whole tree, or of how it stood at an earlier `size`; errors as for `prove_inclusion`."""
    return range_of(reader, size=size).root()


def check_root(reader: TileReader, *, root: bytes) -> CompactRange:
    """See that the tiles at the right edge give the root that was signed: what to do before growing a tree.

    These are the tiles that growing starts from, and the reader keeps them as they were checked. It says nothing of the tiles
    further left, which growing doesn't read.

    Raises:
        ProofFailed: they give another root.
        NotFound, Malformed: a tile is missing, or not as long as it should be.
    """
    found = range_of(reader)
    if found.root() != root:
        got = f"got {found.root().hex()} from the tiles at its right edge"
        raise ProofFailed(f"a tree of {reader.size} entries: expected the root {root.hex()}; {got}: check the log's files")
    return found


def _no_tile(tile: Tile) -> bytes:
    raise NotFound(f"{tile.path()}: an empty tree has no tiles")


def _looked_up(reader: TileReader, parts: tuple[Part, ...]) -> tuple[bytes, ...]:
    return tuple(joined_root([reader.hash_of(node) for node in part]) for part in parts)


def _size_within(reader: TileReader, size: int | None) -> int:
    if size is None:
        return reader.size
    if size > reader.size:
        raise NotFound(f"expected a size up to {reader.size}, the tree's; got {size}: ask for one that was published")
    return size
