"""Logs that others made (see PROVENANCE beside them), and a log of identical leaves whose tiles are worked out when asked for."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from habeas.errors import Malformed, NotFound, ProofFailed
from habeas.ledger.tree.bundles import parse_bundle
from habeas.ledger.tree.compact import EMPTY_RANGE
from habeas.ledger.tree.hashing import EMPTY_ROOT, leaf_hash, split_row
from habeas.ledger.tree.proofs import Node, verify_consistency, verify_inclusion
from habeas.ledger.tree.reading import MOST_KEPT, TileReader, check_root, prove_consistency, prove_inclusion, range_of, root_of
from habeas.ledger.tree.reference import consistency_path, inclusion_path, tree_hash
from habeas.ledger.tree.tiles import Tile, bundles_for, tiles_for
from ledgers.trees import identical_leaves, leaves_of, numbered, one_bit_flipped, tiles_in, tiles_of

TEN_MILLION = 10_000_000
LEAF = leaf_hash(b"the same entry every time")


def signed(checkpoint: Path) -> tuple[int, bytes]:
    """Size and root as a checkpoint states them: its second and third line."""
    lines = checkpoint.read_text(encoding="utf-8").split("\n")
    return int(lines[1]), b64decode(lines[2])


def test_roots_of_a_growing_log_come_from_its_tiles_and_bundles(shared_data: Path) -> None:
    log = shared_data / "tlog/tessera_testdata_log"
    heads = [signed(log / f"checkpoint.{size}") for size in range(16)]

    for size, root in heads:
        entries = [entry for bundle in bundles_for(size) for entry in parse_bundle((log / bundle.path()).read_bytes(), width=bundle.width)]
        tiles = [split_row((log / tile.path()).read_bytes()) for tile in tiles_for(size)]
        assert root_of(TileReader(tiles_in(log), size)) == root == tree_hash(entries)
        assert [leaf for tile in tiles for leaf in tile] == leaves_of(entries)
    assert [size for size, _ in heads] == list(range(16))


def test_all_120_pairs_of_a_growing_log_are_shown_consistent(shared_data: Path) -> None:
    log = shared_data / "tlog/tessera_testdata_log"
    roots = [signed(log / f"checkpoint.{size}")[1] for size in range(16)]
    pairs = [(old, new) for new in range(1, 16) for old in range(1, new + 1)]

    for old, new in pairs:
        path = prove_consistency(TileReader(tiles_in(log), new), old_size=old)
        verify_consistency(old_size=old, old_root=roots[old], new_size=new, new_root=roots[new], path=path)
    assert len(pairs) == 120


def test_a_mirrored_log_of_300_entries_gives_its_root(shared_data: Path) -> None:
    log = shared_data / "tlog/sunlight_witness/mirror"
    size, root = signed(log / "checkpoint")
    reader = TileReader(tiles_in(log), size)

    assert check_root(reader, root=root).size == size == 300
    verify_inclusion(leaf=reader.leaf(7), index=7, size=300, path=prove_inclusion(reader, index=7), root=root)


def test_every_entry_of_a_checked_log_is_in_it(repository: Path) -> None:
    log = repository / "tests/vectors/tlog/log300"
    size, root = signed(log / "checkpoint")
    reader = TileReader(tiles_in(log), size)
    entries = [entry for bundle in bundles_for(300) for entry in parse_bundle((log / bundle.path()).read_bytes(), width=bundle.width)]

    assert root_of(reader) == root == tree_hash(entries)
    for index, entry in enumerate(entries):
        verify_inclusion(leaf=leaf_hash(entry), index=index, size=300, path=prove_inclusion(reader, index=index), root=root)


def test_a_proof_that_another_program_checked_is_made_again(repository: Path) -> None:
    log = repository / "tests/vectors/tlog/log300"
    lines = (log / "entry.tlog-proof").read_text(encoding="utf-8").split("\n")  # version, extra, index, hashes, an empty line, checkpoint
    index = int(lines[2].removeprefix("index "))

    path = prove_inclusion(TileReader(tiles_in(log), 300), index=index)

    assert path == tuple(map(b64decode, lines[3 : lines.index("")]))


def test_a_consistency_proof_that_another_program_checked_is_made_again(repository: Path) -> None:
    log = repository / "tests/vectors/tlog/log300"
    lines = (log / "add-checkpoint.req").read_text(encoding="utf-8").split("\n")  # old size, hashes, an empty line, checkpoint
    old_size = int(lines[0].removeprefix("old "))

    path = prove_consistency(TileReader(tiles_in(log), 300), old_size=old_size)

    assert path == tuple(map(b64decode, lines[1 : lines.index("")]))


@pytest.mark.parametrize("index", [0, 255, 256, 5_000_000, 9_999_999])
def test_a_proof_in_ten_million_entries_reads_fewer_than_30_tiles(index: int) -> None:
    root = root_of(TileReader(identical_leaves(LEAF), TEN_MILLION))
    reader = TileReader(identical_leaves(LEAF), TEN_MILLION)

    path = prove_inclusion(reader, index=index)

    verify_inclusion(leaf=LEAF, index=index, size=TEN_MILLION, path=path, root=root)
    assert reader.fetched < 10


@pytest.mark.parametrize("old_size", [1, 256, 300, 9_999_999, 10_000_000])
def test_a_consistency_proof_to_ten_million_entries_reads_fewer_than_30_tiles(old_size: int) -> None:
    fetch = identical_leaves(LEAF)
    reader = TileReader(fetch, TEN_MILLION)

    path = prove_consistency(reader, old_size=old_size)

    old_root, new_root = root_of(TileReader(fetch, old_size)), root_of(TileReader(fetch, TEN_MILLION))
    verify_consistency(old_size=old_size, old_root=old_root, new_size=TEN_MILLION, new_root=new_root, path=path)
    assert reader.fetched < 10


def test_proofs_for_an_earlier_size_come_from_the_tiles_of_today() -> None:
    entries = numbered(600)
    reader = tiles_of(leaves_of(entries)).reader(600)

    assert prove_inclusion(reader, index=7, size=258) == tuple(inclusion_path(7, entries[:258]))
    assert prove_consistency(reader, old_size=7, new_size=258) == tuple(consistency_path(7, entries[:258]))
    assert root_of(reader, size=258) == tree_hash(entries[:258])
    assert root_of(reader, size=0) == EMPTY_ROOT


def test_a_size_the_tree_never_had_is_not_found() -> None:
    reader = tiles_of(leaves_of(numbered(3))).reader(3)

    with pytest.raises(NotFound, match="size up to 3, the tree's; got 4"):
        prove_inclusion(reader, index=0, size=4)
    with pytest.raises(NotFound):
        prove_consistency(reader, old_size=1, new_size=4)
    with pytest.raises(Malformed):
        root_of(reader, size=-1)


def test_the_range_is_that_of_the_leaves() -> None:
    leaves = leaves_of(numbered(300))

    assert range_of(tiles_of(leaves).reader(300)) == EMPTY_RANGE.extended(leaves)


def test_an_empty_tree_needs_no_tile() -> None:
    reader = TileReader(identical_leaves(LEAF), 0)

    assert root_of(reader) == EMPTY_ROOT
    assert reader.fetched == 0
    with pytest.raises(NotFound):
        prove_inclusion(reader, index=0)


def test_a_tile_is_fetched_once() -> None:
    reader = TileReader(identical_leaves(LEAF), 300)

    assert [reader.leaf(index) for index in (0, 1, 255, 256, 299, 0)] == [LEAF] * 6
    assert reader.fetched == 2


def test_what_is_kept_is_bounded() -> None:
    tiles = MOST_KEPT + 1
    reader = TileReader(identical_leaves(LEAF), tiles * 256)

    for index in range(tiles):
        reader.leaf(index * 256)
    reader.leaf(256)  # the second tile is still here
    assert reader.fetched == tiles
    reader.leaf(0)  # the first had to go
    assert reader.fetched == tiles + 1


@pytest.mark.parametrize("length", [0, 31, 299 * 32, 44 * 32 - 1, 44 * 32 + 1, 256 * 32])
def test_a_tile_of_another_length_is_refused(length: int) -> None:
    reader = TileReader(lambda _: bytes(length), 300)

    with pytest.raises(Malformed, match=r"tile/0/001\.p/44: expected 1408 bytes"):
        reader.leaf(299)


@pytest.mark.parametrize("node", [Node(level=0, index=300), Node(level=2, index=75), Node(level=9, index=0), Node(level=63, index=0)])
def test_a_node_that_is_not_complete_in_the_tree_is_not_found(node: Node) -> None:
    with pytest.raises(NotFound, match="complete subtree in a tree of 300 entries"):
        TileReader(identical_leaves(LEAF), 300).hash_of(node)


@pytest.mark.parametrize(("level", "index"), [(0, 2), (1, 1), (2, 0)])
def test_a_row_that_the_tree_does_not_have_is_not_found(level: int, index: int) -> None:
    with pytest.raises(NotFound, match="a tree of 300 entries has no tile"):
        TileReader(identical_leaves(LEAF), 300).row(level, index)


@pytest.mark.parametrize("size", [-1, True, 2**63])
def test_a_reader_of_no_size_is_refused(size: int) -> None:
    with pytest.raises(Malformed):
        TileReader(identical_leaves(LEAF), size)


def test_what_the_fetcher_raises_goes_through() -> None:
    tiles = tiles_of(leaves_of(numbered(300)))
    del tiles.kept["tile/0/000"]

    with pytest.raises(NotFound, match="tile/0/000"):
        prove_inclusion(tiles.reader(300), index=0)


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_changed_tile_at_the_right_edge_gives_another_root(path: str) -> None:
    entries = numbered(300)
    tiles = tiles_of(leaves_of(entries))
    check_root(tiles.reader(300), root=tree_hash(entries))
    tiles.kept[path] = one_bit_flipped(tiles.kept[path], 3)

    with pytest.raises(ProofFailed, match=f"expected the root {tree_hash(entries).hex()}"):
        check_root(tiles.reader(300), root=tree_hash(entries))


def test_a_fetcher_is_asked_for_the_width_that_the_tree_has() -> None:
    asked: list[Tile] = []

    def fetch(tile: Tile) -> bytes:
        asked.append(tile)
        return bytes(tile.width * 32)

    root_of(TileReader(fetch, 70_000))

    assert [tile.path() for tile in asked] == ["tile/2/000.p/1", "tile/1/001.p/17", "tile/0/273.p/112"]
