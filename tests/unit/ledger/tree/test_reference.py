"""The transcription of the RFC against vectors that others made; the trees of 7 leaves are RFC 9162's own example, section 2.1.5."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from habeas.ledger.tree.hashing import leaf_hash, node_hash
from habeas.ledger.tree.reference import (
    consistency_holds,
    consistency_path,
    inclusion_holds,
    inclusion_path,
    largest_power_below,
    tree_hash,
)

SEVEN = [b"d0", b"d1", b"d2", b"d3", b"d4", b"d5", b"d6"]
A, B, C, D, E, F, J = map(leaf_hash, SEVEN)
AB, CD, EF = node_hash(A, B), node_hash(C, D), node_hash(E, F)
ABCD, EFJ = node_hash(AB, CD), node_hash(EF, J)


@pytest.mark.parametrize(("index", "path"), [(0, [B, CD, EFJ]), (3, [C, AB, EFJ]), (4, [F, J, ABCD]), (6, [EF, ABCD])])
def test_inclusion_paths_are_those_of_the_example(index: int, path: list[bytes]) -> None:
    assert inclusion_path(index, SEVEN) == path


@pytest.mark.parametrize(("old_size", "path"), [(3, [C, D, AB, EFJ]), (4, [EFJ]), (6, [EF, J, ABCD]), (7, [])])
def test_consistency_paths_are_those_of_the_example(old_size: int, path: list[bytes]) -> None:
    assert consistency_path(old_size, SEVEN) == path


def test_the_root_is_that_of_the_example() -> None:
    assert tree_hash(SEVEN) == node_hash(ABCD, EFJ)


def test_roots_are_those_of_the_published_vectors(shared_data: Path) -> None:
    vectors = json.loads((shared_data / "tlog/rfc6962/vectors.json").read_text())
    entries = [bytes.fromhex(entry) for entry in vectors["leaf_inputs_hex"]]

    assert [tree_hash(entries[:size]).hex() for size in range(9)] == vectors["root_hashes_hex"]


def test_every_proof_to_33_entries_holds() -> None:
    entries = [bytes([index]) for index in range(33)]
    roots = [tree_hash(entries[:size]) for size in range(34)]

    for size in range(1, 34):
        for index in range(size):
            path = inclusion_path(index, entries[:size])
            assert inclusion_holds(leaf=leaf_hash(entries[index]), index=index, size=size, path=path, root=roots[size])
        for old in range(1, size):
            path = consistency_path(old, entries[:size])
            assert consistency_holds(old_size=old, old_root=roots[old], new_size=size, new_root=roots[size], path=path)


@pytest.mark.parametrize(("n", "k"), [(2, 1), (3, 2), (4, 2), (5, 4), (256, 128), (257, 256)])
def test_a_tree_divides_at_the_largest_power_of_two_below_its_size(n: int, k: int) -> None:
    assert largest_power_below(n) == k
