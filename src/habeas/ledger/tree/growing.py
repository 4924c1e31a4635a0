"""Adding leaves to a tree, however many, a tile at a time: memory does not grow with the tree or with what is added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from habeas.errors import Malformed
from habeas.ledger.tree.compact import CompactRange
from habeas.ledger.tree.counts import require_count
from habeas.ledger.tree.edge import edge_range, edge_rows
from habeas.ledger.tree.hashing import HASH_BYTES, complete_root
from habeas.ledger.tree.reading import TileReader
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Tile

TILE_BYTES = TILE_WIDTH * HASH_BYTES


class Growth:
    """The reader's tree, growing by these leaves: iterate over `tiles()`, then ask its root.

    `size`, `range` and `root` are those of the tree with the leaves that were taken in so far.

    It starts from the unfinished tiles of the reader's tree, so check these against the signed root first (`check_root`).

    Raises:
        NotFound, Malformed: such a tile is missing, or not as long as it should be.
    """

    def __init__(self, reader: TileReader, leaf_hashes: Iterable[bytes]) -> None:
        self.size = reader.size
        self._since = reader.size
        self._leaves = iter(leaf_hashes)
        self._rows = edge_rows(reader) or [b""]

    @property
    def range(self) -> CompactRange:
        """The compact range of the tree as it stands."""
        return edge_range(self._rows, size=self.size)

    @property
    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return self.range.root()

    def tiles(self) -> Iterator[tuple[Tile, bytes]]:
        """Take in all leaves and give each tile to write, with its bytes: those of `tiles_for`, full ones as they fill up.

        The unfinished tiles come last. Without a new leaf there is nothing to write.

        Raises:
            Malformed: a leaf hash isn't 32 bytes, or the tree is as large as a tree can be.
        """
        while leaves := tuple(islice(self._leaves, TILE_WIDTH - self.size % TILE_WIDTH)):
            yield from self._took(leaves)
        yield from self._unfinished()

    def _took(self, leaves: tuple[bytes, ...]) -> list[tuple[Tile, bytes]]:
        """Take in leaves that fit the unfinished tile; tell which tiles they finish, from level 0 up."""
        if set(map(len, leaves)) != {HASH_BYTES}:
            raise Malformed(f"expected leaf hashes of {HASH_BYTES} bytes after entry {self.size}; got another length: hash the entries")
        require_count(self.size + len(leaves), what="size of a tree")
        self.size += len(leaves)
        self._rows[0] += b"".join(leaves)
        finished: list[tuple[Tile, bytes]] = []
        while len(full := self._rows[len(finished)]) == TILE_BYTES:
            level = len(finished)
            finished.append((Tile(level=level, index=(self.size >> TILE_HEIGHT * (level + 1)) - 1), full))
            self._rows[level] = b""
            self._put_above(level, complete_root(full))
        return finished

    def _put_above(self, level: int, root: bytes) -> None:
        if level + 1 == len(self._rows):
            self._rows.append(b"")
        self._rows[level + 1] += root

    def _unfinished(self) -> Iterator[tuple[Tile, bytes]]:
        for level, row in enumerate(self._rows):
            if row and self.size >> TILE_HEIGHT * level > self._since >> TILE_HEIGHT * level:
                yield Tile(level=level, index=self.size >> TILE_HEIGHT * (level + 1), width=len(row) // HASH_BYTES), row
