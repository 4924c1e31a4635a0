"""Growth equals the tree built at once, tile for tile; which tiles there must be is said by `tiles_for`, tested by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from habeas.errors import Malformed, NotFound
from habeas.ledger.tree.bundles import parse_bundle
from habeas.ledger.tree.compact import EMPTY_RANGE
from habeas.ledger.tree.counts import MOST_ENTRIES
from habeas.ledger.tree.growing import Growth
from habeas.ledger.tree.hashing import EMPTY_ROOT, leaf_hash
from habeas.ledger.tree.reading import TileReader
from habeas.ledger.tree.reference import tree_hash
from habeas.ledger.tree.tiles import bundles_for, tiles_for
from ledgers.trees import Tiles, identical_leaves, leaves_of, numbered, tiles_of

LEAF = leaf_hash(b"the same entry every time")


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 300, 511, 512, 513])
def test_a_tree_grown_from_nothing_has_the_tiles_and_the_root_it_should(size: int) -> None:
    entries = numbered(size)
    growth = Growth(Tiles().reader(0), leaves_of(entries))

    written = dict(growth.tiles())

    assert set(written) == set(tiles_for(size))
    assert (growth.size, growth.root) == (size, tree_hash(entries))
    assert all(len(row) == tile.width * 32 for tile, row in written.items())


@pytest.mark.parametrize("since", [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 65_792, 65_793, 69_999, 70_000])
def test_a_tree_grown_from_any_size_is_the_tree_grown_from_nothing(since: int) -> None:
    fetch = identical_leaves(LEAF)
    growth = Growth(TileReader(fetch, since), repeat(LEAF, 70_000 - since))

    written = dict(growth.tiles())

    assert set(written) == set(tiles_for(70_000, since=since))
    assert all(row == fetch(tile) for tile, row in written.items())
    assert growth.range == EMPTY_RANGE.extended(repeat(LEAF, 70_000))


def test_the_tiles_of_a_checked_log_come_out_byte_for_byte(repository: Path) -> None:
    log = repository / "tests/vectors/tlog/log300"
    entries = [entry for bundle in bundles_for(300) for entry in parse_bundle((log / bundle.path()).read_bytes(), width=bundle.width)]

    tiles = tiles_of(leaves_of(entries))

    assert tiles.kept == {path: (log / path).read_bytes() for path in ("tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1")}


def test_a_tree_grows_one_leaf_at_a_time() -> None:
    tiles, entries = Tiles(), numbered(520)

    for size, leaf in enumerate(leaves_of(entries)):
        root = tiles.grown(size, [leaf])
        if size % 37 == 0:
            assert root == tree_hash(entries[: size + 1])
    assert {path: row for path, row in tiles.kept.items() if ".p/" not in path} == {
        path: row for path, row in tiles_of(leaves_of(entries)).kept.items() if ".p/" not in path
    }


def test_without_a_new_leaf_there_is_nothing_to_write() -> None:
    growth = Growth(tiles_of(leaves_of(numbered(300))).reader(300), [])

    assert list(growth.tiles()) == []
    assert (growth.size, growth.root) == (300, tree_hash(numbered(300)))


def test_nothing_added_to_nothing_is_the_empty_tree() -> None:
    growth = Growth(Tiles().reader(0), [])

    assert (list(growth.tiles()), growth.size, growth.root) == ([], 0, EMPTY_ROOT)


def test_size_and_root_are_those_of_what_was_taken_in_so_far() -> None:
    entries = numbered(600)
    growth = Growth(Tiles().reader(0), leaves_of(entries))

    seen = [(growth.size, growth.root) for _ in growth.tiles()]

    assert (growth.size, growth.root) == (600, tree_hash(entries))
    assert seen[0] == (256, tree_hash(entries[:256]))


def test_leaves_are_taken_a_tile_at_a_time() -> None:
    taken: list[int] = []

    def leaves() -> Iterator[bytes]:
        for index in range(10_000):
            taken.append(index)
            yield LEAF

    growth = Growth(Tiles().reader(0), leaves())
    for written, _ in enumerate(growth.tiles()):
        assert len(taken) <= (written + 1) * 256


def test_growth_starts_from_at_most_one_tile_per_level() -> None:
    reader = TileReader(identical_leaves(LEAF), 70_000)

    Growth(reader, [])

    assert reader.fetched == 3


@pytest.mark.parametrize("wrong", [b"", LEAF[:31], LEAF + b"\0"])
def test_a_leaf_of_another_length_is_refused_and_named_by_its_tile(wrong: bytes) -> None:
    growth = Growth(Tiles().reader(0), [*repeat(LEAF, 300), wrong, *repeat(LEAF, 300)])

    with pytest.raises(Malformed, match="leaf hashes of 32 bytes after entry 256"):
        list(growth.tiles())
    assert growth.size == 256


def test_two_wrong_lengths_that_add_up_are_refused() -> None:
    with pytest.raises(Malformed):
        list(Growth(Tiles().reader(0), [LEAF[:31], LEAF + b"\0"]).tiles())


def test_a_missing_unfinished_tile_is_said_before_anything_is_written() -> None:
    tiles = tiles_of(leaves_of(numbered(300)))
    del tiles.kept["tile/1/000.p/1"]

    with pytest.raises(NotFound, match="tile/1/000"):
        Growth(tiles.reader(300), [LEAF])


def test_the_largest_tree_does_not_grow() -> None:
    growth = Growth(TileReader(identical_leaves(LEAF), MOST_ENTRIES), [LEAF])

    with pytest.raises(Malformed, match="size of a tree"):
        list(growth.tiles())
