"""Tiles from a place that nobody has to trust: each is checked, up to the signed root, before it is used.

1. The unfinished tiles at the right edge must together give the root.
2. A full tile must give the hash that stands for it in the tile above, which is checked in the same way.
"""

from __future__ import annotations

from habeas.errors import NotFound, ProofFailed
from habeas.ledger.tree.edge import edge_range, edge_rows
from habeas.ledger.tree.hashing import complete_root
from habeas.ledger.tree.proofs import Node
from habeas.ledger.tree.reading import FetchTile, TileReader
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Tile


class VerifiedTiles:
    """Fetches tiles of the tree with that size and root, and gives only those that belong to it: itself a `FetchTile`.

    Give it to a `TileReader` of the same size, e.g. `TileReader(VerifiedTiles(fetch, size=size, root=root), size)`.

    Raises:
        ProofFailed: the tiles at the right edge don't give the root.
        NotFound, Malformed: such a tile is missing, or not as long as it should be.
    """

    def __init__(self, fetch: FetchTile, *, size: int, root: bytes) -> None:
        self.size = size
        self._fetch = fetch
        # (1) kept from here on, for fetched again they might differ
        self._edge = edge_rows(TileReader(fetch, size))
        found = edge_range(self._edge, size=size).root()
        if found != root:
            raise ProofFailed(f"expected tiles that give the root {root.hex()}; got {found.hex()}: fetch them from another place")
        self._checked = TileReader(self, size)

    def __call__(self, tile: Tile) -> bytes:
        """The hashes of a tile of the tree, which may be relied upon as far as its root may.

        Raises:
            ProofFailed: what was fetched isn't part of the tree.
            NotFound: the tree has no such tile, or it wasn't to be had.
            Malformed: a tile isn't as long as it should be.
        """
        self._require_part(tile)
        if tile.width < TILE_WIDTH:
            return self._edge[tile.level]
        # (2) the reader asks here again for the tile above, and keeps what it gets
        expected = self._checked.hash_of(Node(level=TILE_HEIGHT * (tile.level + 1), index=tile.index))
        row = self._fetch(tile)
        found = complete_root(row) if len(row) == TILE_WIDTH * len(expected) else b""
        if found != expected:
            raise ProofFailed(f"{tile.path()}: expected a tile that gives {expected.hex()}; got another: fetch it from another place")
        return row

    def _require_part(self, tile: Tile) -> None:
        full, over = divmod(self.size >> TILE_HEIGHT * tile.level, TILE_WIDTH)
        known = tile.index < full if tile.width == TILE_WIDTH else (tile.index, tile.width) == (full, over)
        if not known:
            raise NotFound(f"{tile.path()}: a tree of {self.size} entries has no such tile: ask for one of this tree")
