"""Expected paths: tests/vectors/tlog/vectors.json, whose log Go's tile reader has read, and the example of tlog-tiles (70,000 entries)."""

from __future__ import annotations

import json
from ast import literal_eval
from collections import Counter
from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.tiles import MOST_INDEX, Bundle, Tile, bundles_for, parse_path, tiles_for


def test_paths_are_those_of_the_vectors_and_are_read_back(repository: Path) -> None:
    paths = json.loads((repository / "tests/vectors/tlog/vectors.json").read_text(encoding="utf-8"))["tile_paths"]

    for (level, index, width), path in ((literal_eval(key), path) for key, path in paths.items()):
        tile = Tile(level=level, index=index, width=width)
        assert tile.path() == path
        assert parse_path(path) == tile
    assert len(paths) == 9


@pytest.mark.parametrize(
    ("bundle", "path"),
    [
        (Bundle(index=0), "tile/entries/000"),
        (Bundle(index=1, width=44), "tile/entries/001.p/44"),
        (Bundle(index=1_000), "tile/entries/x001/000"),
        (Bundle(index=1_234_067, width=1), "tile/entries/x001/x234/067.p/1"),
    ],
)
def test_bundles_have_paths_of_the_same_form(bundle: Bundle, path: str) -> None:
    assert bundle.path() == path
    assert parse_path(path) == bundle


def test_the_last_tile_there_can_be_is_read_back() -> None:
    last = Tile(level=63, index=MOST_INDEX, width=255)

    assert parse_path(last.path()) == last


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/00/000",
        "tile/-1/000",
        "tile/64/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/+1",
        "tile/0/000.p",
        "tile/0/٠٠٠",
        "tile/٠/000",
        "tile/Entries/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x000/x000/x000/x000/x000/x000/x000/000",
        "tile/0/../checkpoint",
    ],
)
def test_another_spelling_or_another_path_is_refused(path: str) -> None:
    with pytest.raises(Malformed, match="expected"):
        parse_path(path)


@pytest.mark.parametrize(
    ("level", "index", "width"),
    [(-1, 0, 1), (64, 0, 1), (True, 0, 1), (0, -1, 1), (0, True, 1), (0, MOST_INDEX + 1, 1), (0, 0, 0), (0, 0, 257), (0, 0, True)],
)
def test_a_tile_that_no_tree_has_is_refused(level: int, index: int, width: int) -> None:
    with pytest.raises(Malformed):
        Tile(level=level, index=index, width=width)


@pytest.mark.parametrize(("index", "width"), [(-1, 1), (0, 0), (0, 257), (MOST_INDEX + 1, 1)])
def test_a_bundle_that_no_log_has_is_refused(index: int, width: int) -> None:
    with pytest.raises(Malformed):
        Bundle(index=index, width=width)


def test_a_bundle_names_its_entries() -> None:
    assert Bundle(index=1, width=44).entries() == range(256, 300)


def test_a_partial_tile_becomes_a_full_one_of_the_same_place() -> None:
    assert Tile(level=1, index=7, width=3).full() == Tile(level=1, index=7)
    assert Bundle(index=7, width=3).full() == Bundle(index=7)


def test_70000_entries_make_277_tiles_of_which_three_are_partial() -> None:
    tiles = list(tiles_for(70_000))

    assert len(tiles) == len(set(tiles)) == 277
    assert [tile.path() for tile in tiles if tile.width < 256] == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    assert Counter(tile.level for tile in tiles if tile.width == 256) == {0: 273, 1: 1}


def test_256_entries_make_one_full_tile_and_one_of_width_1_above() -> None:
    assert list(tiles_for(256)) == [Tile(level=0, index=0), Tile(level=1, index=0, width=1)]


def test_an_empty_tree_has_no_tiles_and_no_bundles() -> None:
    assert [*tiles_for(0), *bundles_for(0)] == []


def test_only_what_changed_is_published_again() -> None:
    assert list(tiles_for(300, since=300)) == []
    assert list(tiles_for(301, since=300)) == [Tile(level=0, index=1, width=45)]
    assert list(tiles_for(512, since=300)) == [Tile(level=0, index=1), Tile(level=1, index=0, width=2)]
    assert list(tiles_for(513, since=512)) == [Tile(level=0, index=2, width=1)]


def test_bundles_are_the_tiles_of_level_0() -> None:
    assert list(bundles_for(600, since=300)) == [Bundle(index=1), Bundle(index=2, width=88)]
    assert list(bundles_for(300, since=300)) == []
    assert list(bundles_for(256)) == [Bundle(index=0)]


@pytest.mark.parametrize(("size", "since"), [(299, 300), (-1, 0), (300, -1), (True, 0), (300, True), (2**63, 0)])
def test_a_tree_that_shrinks_or_has_no_size_is_refused(size: int, since: int) -> None:
    with pytest.raises(Malformed):
        list(tiles_for(size, since=since))
    with pytest.raises(Malformed):
        list(bundles_for(size, since=since))
