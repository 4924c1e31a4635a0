"""Expected hashes: vectors that other implementations publish, and SHA-256 over bytes put together by hand."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.compact import EMPTY_RANGE
from habeas.ledger.tree.hashing import (
    EMPTY_ROOT,
    complete_root,
    is_hash,
    joined_root,
    leaf_hash,
    node_hash,
    require_hash,
    split_row,
)

A, B, C, D = (bytes([byte]) * 32 for byte in b"abcd")


def test_an_entry_of_no_bytes_has_the_published_hash() -> None:
    # printf '\\0' | sha256sum
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    # printf '' | sha256sum
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_two_hashes_cannot_be_passed_off_as_an_entry() -> None:
    assert leaf_hash(A + B) != node_hash(A, B)


def test_left_and_right_are_not_the_same() -> None:
    assert node_hash(A, B) == sha256(b"\x01" + A + B).digest() != node_hash(B, A)


def test_leaves_and_roots_of_the_published_vectors_come_out(shared_data: Path) -> None:
    vectors = json.loads((shared_data / "tlog/rfc6962/vectors.json").read_text())
    entries = [bytes.fromhex(entry) for entry in vectors["leaf_inputs_hex"]]
    leaves = [leaf_hash(entry) for entry in entries]

    assert [leaf.hex() for leaf in leaves] == vectors["leaf_hashes_hex"]
    assert [EMPTY_RANGE.extended(leaves[:size]).root().hex() for size in range(9)] == vectors["root_hashes_hex"]


def test_a_complete_subtree_is_hashed_pair_by_pair() -> None:
    assert complete_root(A) == A
    assert complete_root(A + B) == node_hash(A, B)
    assert complete_root(A + B + C + D) == node_hash(node_hash(A, B), node_hash(C, D))


def test_subtrees_side_by_side_are_joined_from_the_right() -> None:
    assert joined_root([]) == EMPTY_ROOT
    assert joined_root([A]) == A
    assert joined_root([A, B, C]) == node_hash(A, node_hash(B, C))


def test_a_row_is_cut_into_its_hashes() -> None:
    assert split_row(b"") == ()
    assert split_row(A + B) == (A, B)


@pytest.mark.parametrize("value", [b"", bytes(31), bytes(33), "0" * 32, bytearray(32), None])
def test_what_is_not_32_bytes_is_no_hash(value: object) -> None:
    assert not is_hash(value)
    with pytest.raises(Malformed, match=r"root: expected a hash of 32 bytes"):
        require_hash(value, what="root")


def test_32_bytes_are_a_hash() -> None:
    require_hash(A, what="root")
    assert is_hash(A)
