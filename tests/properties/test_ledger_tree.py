"""The tree against the RFC's own words (`reference`): fast equals slow, proofs made are proofs verified, nothing changed gets through."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.tree.bundles import encode_bundle, parse_bundle
from habeas.ledger.tree.compact import EMPTY_RANGE
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import verify_consistency, verify_inclusion
from habeas.ledger.tree.reading import TileReader, prove_consistency, prove_inclusion, range_of, root_of
from habeas.ledger.tree.reference import consistency_holds, consistency_path, inclusion_holds, inclusion_path, tree_hash
from habeas.ledger.tree.tiles import MOST_INDEX, Bundle, Tile, parse_path, tiles_for
from habeas.ledger.tree.verified import VerifiedTiles
from ledgers.trees import Tiles, leaves_of, numbered, one_bit_flipped, tiles_of

ENTRIES = numbered(700)
LEAVES = leaves_of(ENTRIES)
TILES = tiles_of(LEAVES)
"""Holds full tiles and the last partial ones; smaller trees are read by cutting these down."""

ALL = TileReader(TILES, 700)
SIZES = st.integers(1, 700)
INDICES = st.integers(0, 2**20)
PATHS = st.from_regex(r"tile/(entries|\d{1,2})/(x\d{3}/){0,7}\d{3}(\.p/\d{1,3})?", fullmatch=True)


def whether(holds: Any, **arguments: Any) -> bool:
    """Whether a check that raises lets something pass."""
    try:
        holds(**arguments)
    except ProofFailed:
        return False
    return True


@given(SIZES)
def test_roots_equal_the_reference(size: int) -> None:
    assert root_of(ALL, size=size) == EMPTY_RANGE.extended(LEAVES[:size]).root() == tree_hash(ENTRIES[:size])


@given(SIZES, INDICES)
def test_inclusion_proofs_from_tiles_equal_the_reference_and_verify(size: int, index: int) -> None:
    index %= size

    path = prove_inclusion(ALL, index=index, size=size)

    assert list(path) == inclusion_path(index, ENTRIES[:size])
    verify_inclusion(leaf=LEAVES[index], index=index, size=size, path=path, root=root_of(ALL, size=size))


@given(SIZES, INDICES)
def test_consistency_proofs_from_tiles_equal_the_reference_and_verify(new_size: int, old_size: int) -> None:
    old_size = 1 + old_size % new_size

    path = prove_consistency(ALL, old_size=old_size, new_size=new_size)

    assert list(path) == consistency_path(old_size, ENTRIES[:new_size])
    verify_consistency(
        old_size=old_size,
        old_root=root_of(ALL, size=old_size),
        new_size=new_size,
        new_root=root_of(ALL, size=new_size),
        path=path,
    )


@given(st.integers(1, 40), st.integers(0, 45), st.integers(0, 45), st.lists(st.sampled_from(LEAVES[:6]), max_size=8))
def test_whatever_path_is_offered_fast_and_slow_agree_on_inclusion(size: int, index: int, claimed: int, noise: list[bytes]) -> None:
    genuine = inclusion_path(index % size, ENTRIES[:size])
    for path in (genuine, noise, [*genuine, *noise], genuine[1:], genuine[:-1]):
        arguments: dict[str, Any] = {
            "leaf": LEAVES[index % size],
            "index": index,
            "size": claimed,
            "path": path,
            "root": tree_hash(ENTRIES[:size]),
        }
        assert whether(verify_inclusion, **arguments) == inclusion_holds(**arguments)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(2, 45))
def test_whatever_path_is_offered_fast_and_slow_agree_on_consistency(size: int, old: int, claimed_old: int, claimed: int) -> None:
    old, claimed_old = 1 + old % size, min(claimed_old, claimed - 1)
    genuine = consistency_path(old, ENTRIES[:size])
    for path in (genuine, genuine[1:], genuine[:-1], [*genuine, LEAVES[0]], genuine[::-1]):
        arguments: dict[str, Any] = {
            "old_size": claimed_old,
            "old_root": tree_hash(ENTRIES[:old]),
            "new_size": claimed,
            "new_root": tree_hash(ENTRIES[:size]),
            "path": path,
        }
        assert whether(verify_consistency, **arguments) == consistency_holds(**arguments)


def damaged(path: tuple[bytes, ...], at: int, bit: int) -> list[list[bytes]]:
    """A path with one bit flipped, one hash dropped, doubled, cut or swapped with its neighbour."""
    if not path:
        return [[LEAVES[0]]]
    at %= len(path)
    before, one, after = list(path[:at]), path[at], list(path[at + 1 :])
    swapped = [[*before, after[0], one, *after[1:]]] if after else []
    return [
        [*before, one_bit_flipped(one, bit), *after],
        [*before, *after],
        [*before, one, one, *after],
        [*before, one[:31], *after],
        [*before, one + b"\0", *after],
        *swapped,
    ]


@given(SIZES, INDICES, st.integers(0, 63), st.integers(0, 255))
def test_no_change_to_an_inclusion_proof_passes(size: int, index: int, at: int, bit: int) -> None:
    index %= size
    path = prove_inclusion(ALL, index=index, size=size)
    root = root_of(ALL, size=size)
    claim: dict[str, Any] = {"leaf": LEAVES[index], "index": index, "size": size, "path": path, "root": root}

    changes: list[dict[str, Any]] = [{"path": bad} for bad in damaged(path, at, bit)]
    changes += [{"leaf": one_bit_flipped(LEAVES[index], bit)}, {"root": one_bit_flipped(root, bit)}, {"index": index ^ 1 << at}]
    changes += [{"index": size}, {"size": index}, {"size": 2 * size * 2 ** len(path)}]
    for change in changes:
        with pytest.raises(ProofFailed):
            verify_inclusion(**claim | change)


@given(SIZES, INDICES, st.integers(0, 63), st.integers(0, 255))
def test_no_change_to_a_consistency_proof_passes(new_size: int, old_size: int, at: int, bit: int) -> None:
    old_size = 1 + old_size % new_size
    path = prove_consistency(ALL, old_size=old_size, new_size=new_size)
    old_root, new_root = root_of(ALL, size=old_size), root_of(ALL, size=new_size)
    claim: dict[str, Any] = {"old_size": old_size, "old_root": old_root, "new_size": new_size, "new_root": new_root, "path": path}

    changes: list[dict[str, Any]] = [{"path": bad} for bad in damaged(path, at, bit)]
    changes += [{"old_root": one_bit_flipped(old_root, bit)}, {"new_root": one_bit_flipped(new_root, bit)}]
    changes += [{"old_size": 0}, {"old_size": new_size + 1}, {"new_size": old_size - 1}]
    for change in changes:
        with pytest.raises(ProofFailed):
            verify_consistency(**claim | change)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_growing_in_any_steps_writes_the_tiles_of_growing_at_once(steps: list[int]) -> None:
    tiles, size = Tiles(), 0

    for step in steps:
        added = LEAVES[size : size + step]
        root = tiles.grown(size, added)
        size += len(added)
        assert root == root_of(ALL, size=size)
    assert {tile.path(): tiles(tile) for tile in tiles_for(size)} == tiles_of(LEAVES[:size]).kept
    assert range_of(tiles.reader(size)) == EMPTY_RANGE.extended(LEAVES[:size])


@given(st.sampled_from(list(tiles_for(700))), st.integers(0, 8_192 * 8 - 1))
def test_no_flipped_bit_of_any_tile_gets_past_verified_reading(tile: Tile, bit: int) -> None:
    tiles = Tiles()
    tiles.kept = TILES.kept | {tile.path(): one_bit_flipped(TILES.kept[tile.path()], bit)}

    with pytest.raises(ProofFailed):
        VerifiedTiles(tiles, size=700, root=root_of(ALL))(tile)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    assert parse_bundle(encode_bundle(entries), width=len(entries)) == tuple(entries)


@given(st.binary(max_size=600), st.integers(-1, 257))
@example(b"\xff\xff", 1)
def test_a_bundle_of_any_bytes_is_refused_or_written_back_the_same(content: bytes, width: int) -> None:
    try:
        entries = parse_bundle(content, width=width)
    except Malformed:
        return
    assert b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries) == content
    assert len(entries) == width


@given(st.one_of(PATHS, st.text(max_size=60)))
@example("tile/0/\ud800")
def test_a_path_of_any_text_is_refused_or_written_back_the_same(text: str) -> None:
    try:
        named = parse_path(text)
    except Malformed:
        return
    assert named.path() == text


@given(st.integers(0, 63), st.integers(0, MOST_INDEX), st.integers(1, 256))
def test_every_tile_and_bundle_is_read_back_from_its_path(level: int, index: int, width: int) -> None:
    for named in (Tile(level=level, index=index, width=width), Bundle(index=index, width=width)):
        assert parse_path(named.path()) == named


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_two_entries_share_a_hash_only_when_they_are_the_same(one: bytes, other: bytes) -> None:
    assert (leaf_hash(one) == leaf_hash(other)) == (one == other)
