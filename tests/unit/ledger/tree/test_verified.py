from __future__ import annotations

import pytest

from habeas.errors import Malformed, NotFound, ProofFailed
from habeas.ledger.tree.hashing import EMPTY_ROOT, leaf_hash
from habeas.ledger.tree.reading import TileReader, prove_inclusion, root_of
from habeas.ledger.tree.reference import tree_hash
from habeas.ledger.tree.tiles import Tile, tiles_for
from habeas.ledger.tree.verified import VerifiedTiles
from ledgers.trees import Tiles, identical_leaves, leaves_of, numbered, one_bit_flipped, tiles_of

ENTRIES = numbered(600)
ROOT = tree_hash(ENTRIES)
LEAF = leaf_hash(b"the same entry every time")


def verified(tiles: Tiles) -> VerifiedTiles:
    return VerifiedTiles(tiles, size=600, root=ROOT)


def test_every_tile_of_an_untouched_tree_is_given() -> None:
    tiles = tiles_of(leaves_of(ENTRIES))
    checked = verified(tiles)

    assert {tile.path(): checked(tile) for tile in tiles_for(600)} == tiles.kept


@pytest.mark.parametrize("tile", list(tiles_for(600)), ids=Tile.path)
@pytest.mark.parametrize("bit", [0, 255, 10_000])
def test_a_flipped_bit_in_any_tile_is_seen(tile: Tile, bit: int) -> None:
    tiles = tiles_of(leaves_of(ENTRIES))
    tiles.kept[tile.path()] = one_bit_flipped(tiles.kept[tile.path()], bit)

    with pytest.raises(ProofFailed):
        verified(tiles)(tile)


def test_a_tile_that_changes_after_it_was_checked_is_not_used() -> None:
    tiles = tiles_of(leaves_of(ENTRIES))
    reader = TileReader(verified(tiles), 600)
    tiles.kept["tile/0/002.p/88"] = tiles.kept["tile/1/000.p/2"] = b""

    assert prove_inclusion(reader, index=599)
    assert root_of(reader) == ROOT


@pytest.mark.parametrize("length", [0, 31, 8_191, 8_193])
def test_a_full_tile_of_another_length_is_refused(length: int) -> None:
    tiles = tiles_of(leaves_of(ENTRIES))
    tiles.kept["tile/0/000"] = bytes(length)

    with pytest.raises(ProofFailed, match="tile/0/000"):
        verified(tiles)(Tile(level=0, index=0))


def test_an_unfinished_tile_of_another_length_is_refused() -> None:
    tiles = tiles_of(leaves_of(ENTRIES))
    tiles.kept["tile/1/000.p/2"] = bytes(63)

    with pytest.raises(Malformed, match=r"tile/1/000\.p/2"):
        verified(tiles)


@pytest.mark.parametrize(
    "tile",
    [
        Tile(level=0, index=2),
        Tile(level=0, index=3),
        Tile(level=0, index=0, width=88),
        Tile(level=0, index=2, width=87),
        Tile(level=1, index=0),
        Tile(level=1, index=0, width=3),
        Tile(level=2, index=0, width=1),
        Tile(level=7, index=0),
        Tile(level=63, index=0),
    ],
)
def test_a_tile_that_the_tree_does_not_have_is_not_found(tile: Tile) -> None:
    with pytest.raises(NotFound, match="a tree of 600 entries has no such tile"):
        verified(tiles_of(leaves_of(ENTRIES)))(tile)


def test_the_empty_tree_has_the_empty_root_and_no_tiles() -> None:
    checked = VerifiedTiles(Tiles(), size=0, root=EMPTY_ROOT)

    with pytest.raises(NotFound):
        checked(Tile(level=0, index=0, width=1))
    with pytest.raises(ProofFailed):
        VerifiedTiles(Tiles(), size=0, root=ROOT)


def test_a_verified_proof_in_ten_million_entries_still_reads_few_tiles() -> None:
    size, fetched = 10_000_000, 0
    fetch = identical_leaves(LEAF)

    def counted(tile: Tile) -> bytes:
        nonlocal fetched
        fetched += 1
        return fetch(tile)

    checked = VerifiedTiles(counted, size=size, root=root_of(TileReader(fetch, size)))

    assert len(prove_inclusion(TileReader(checked, size), index=5_000_000)) == 24
    assert fetched < 30
