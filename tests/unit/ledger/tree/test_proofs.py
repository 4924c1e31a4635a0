"""Probes: 98 + 98 cases of another implementation, each with what is expected of a verifier."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import Malformed, NotFound, ProofFailed
from habeas.ledger.tree.hashing import EMPTY_ROOT, leaf_hash
from habeas.ledger.tree.proofs import (
    Node,
    consistency_parts,
    inclusion_parts,
    root_from_inclusion,
    subtrees,
    verify_consistency,
    verify_inclusion,
)
from habeas.ledger.tree.reference import consistency_path, inclusion_path, tree_hash
from ledgers.trees import numbered, one_bit_flipped

SEVEN = numbered(7)
ROOT = tree_hash(SEVEN)


def included(index: int = 3, size: int = 7, /, **changes: Any) -> dict[str, Any]:
    """What to give `verify_inclusion`: a proof that holds, but for the changes."""
    entries = SEVEN[:size]
    return {
        "leaf": leaf_hash(entries[index]),
        "index": index,
        "size": size,
        "path": inclusion_path(index, entries),
        "root": tree_hash(entries),
        **changes,
    }


def consistent(old_size: int = 3, new_size: int = 7, /, **changes: Any) -> dict[str, Any]:
    """What to give `verify_consistency`: a proof that holds, but for the changes."""
    return {
        "old_size": old_size,
        "old_root": tree_hash(SEVEN[:old_size]),
        "new_size": new_size,
        "new_root": tree_hash(SEVEN[:new_size]),
        "path": consistency_path(old_size, SEVEN[:new_size]),
        **changes,
    }


def probes(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in sorted(folder.rglob("*.json"))]


def refused(check: Callable[..., None], **arguments: Any) -> bool:
    try:
        check(**arguments)
    except ProofFailed:
        return True
    return False


def hash_in(text: str | None) -> bytes:
    return b64decode(text or "")


def test_the_98_inclusion_probes_give_what_is_expected(shared_data: Path) -> None:
    cases = probes(shared_data / "tlog/merkle_probes/inclusion")

    results = [
        refused(
            verify_inclusion,
            leaf=hash_in(case["leafHash"]),
            index=case["leafIdx"],
            size=case["treeSize"],
            path=[hash_in(one) for one in case["proof"] or ()],
            root=hash_in(case["root"]),
        )
        for case in cases
    ]

    assert len(cases) == 98
    assert [case["desc"] for case, result in zip(cases, results, strict=True) if result != case["wantErr"]] == []


def test_the_98_consistency_probes_give_what_is_expected(shared_data: Path) -> None:
    cases = probes(shared_data / "tlog/merkle_probes/consistency")

    results = [
        refused(
            verify_consistency,
            old_size=case["size1"],
            new_size=case["size2"],
            path=[hash_in(one) for one in case["proof"] or ()],
            old_root=hash_in(case["root1"]),
            new_root=hash_in(case["root2"]),
        )
        for case in cases
    ]

    assert len(cases) == 98
    assert [case["desc"] for case, result in zip(cases, results, strict=True) if result != case["wantErr"]] == []


@pytest.mark.parametrize("size", range(1, 8))
def test_proofs_of_the_reference_hold_for_every_small_tree(size: int) -> None:
    for index in range(size):
        verify_inclusion(**included(index, size))
    for old_size in range(1, size + 1):
        verify_consistency(**consistent(old_size, size))


@pytest.mark.parametrize(
    "changes",
    [
        {"index": 7},
        {"index": -1},
        {"index": 2},
        {"index": True},
        {"size": 0},
        {"size": 3},
        {"size": 16},
        {"size": 2**63},
        {"leaf": leaf_hash(b"another")},
        {"leaf": leaf_hash(SEVEN[3])[:31]},
        {"root": ROOT[:31]},
        {"root": EMPTY_ROOT},
        {"root": b""},
        {"path": []},
        {"path": inclusion_path(3, SEVEN)[:-1]},
        {"path": [*inclusion_path(3, SEVEN), ROOT]},
        {"path": inclusion_path(3, SEVEN)[::-1]},
        {"path": [inclusion_path(3, SEVEN)[0][:31], *inclusion_path(3, SEVEN)[1:]]},
    ],
)
def test_an_inclusion_proof_with_anything_wrong_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ProofFailed):
        verify_inclusion(**included(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"old_size": 0},
        {"old_size": 2},
        {"old_size": 8},
        {"old_size": True},
        {"new_size": 2},
        {"new_size": 9},
        {"new_size": -7},
        {"new_size": 2**64},
        {"old_root": ROOT},
        {"old_root": tree_hash(SEVEN[:3])[:31]},
        {"new_root": tree_hash(SEVEN[:6])},
        {"new_root": ROOT[:31]},
        {"path": []},
        {"path": consistency_path(3, SEVEN)[1:]},
        {"path": consistency_path(3, SEVEN)[:-1]},
        {"path": [*consistency_path(3, SEVEN), ROOT]},
        {"path": consistency_path(3, SEVEN)[::-1]},
        {"path": [*consistency_path(3, SEVEN)[:-1], ROOT[:31]]},
    ],
)
def test_a_consistency_proof_with_anything_wrong_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ProofFailed):
        verify_consistency(**consistent(**changes))


def test_from_the_empty_tree_there_is_no_proof_to_check() -> None:
    with pytest.raises(ProofFailed, match="old size from 1"):
        verify_consistency(old_size=0, old_root=EMPTY_ROOT, new_size=7, new_root=ROOT, path=[])


def test_one_size_has_one_root_and_no_proof() -> None:
    verify_consistency(**consistent(7, 7))
    with pytest.raises(ProofFailed, match="a tree of the same size"):
        verify_consistency(**consistent(7, 7, new_root=EMPTY_ROOT))
    with pytest.raises(ProofFailed, match="empty proof"):
        verify_consistency(**consistent(7, 7, path=[ROOT]))


def test_true_is_not_the_number_one_even_where_one_is_right() -> None:
    with pytest.raises(ProofFailed, match=r"^index: expected a whole number"):
        verify_inclusion(**included(1, 7, index=True))
    with pytest.raises(ProofFailed, match=r"^size: expected a whole number"):
        verify_inclusion(**included(0, 1, size=True))
    with pytest.raises(ProofFailed, match=r"^old size: expected a whole number"):
        verify_consistency(**consistent(1, 7, old_size=True))


def test_each_flipped_bit_of_a_proof_is_seen() -> None:
    for at in range(3):
        for bit in range(256):
            proof = inclusion_path(3, SEVEN)
            proof[at] = one_bit_flipped(proof[at], bit)
            with pytest.raises(ProofFailed):
                verify_inclusion(**included(path=proof))


def test_the_message_names_both_roots_and_what_to_look_for() -> None:
    with pytest.raises(ProofFailed, match=f"leads to the root {ROOT.hex()}; expected {EMPTY_ROOT.hex()}: one of leaf, proof, size"):
        verify_inclusion(**included(root=EMPTY_ROOT))


def test_a_proof_leads_to_the_root_by_itself() -> None:
    arguments = included()
    del arguments["root"]

    assert root_from_inclusion(**arguments) == ROOT


def test_the_only_entry_is_its_own_root() -> None:
    leaf = leaf_hash(b"only")

    assert root_from_inclusion(leaf=leaf, index=0, size=1, path=[]) == leaf


def test_the_parts_of_a_proof_are_the_places_of_the_example() -> None:
    # RFC 9162, section 2.1.5: for the first leaf of seven, the second leaf, the second pair, and the root over the last three
    assert inclusion_parts(index=0, size=7) == (
        (Node(level=0, index=1),),
        (Node(level=1, index=1),),
        (Node(level=1, index=2), Node(level=0, index=6)),
    )
    assert consistency_parts(old_size=3, new_size=7) == (
        (Node(level=0, index=2),),
        (Node(level=0, index=3),),
        (Node(level=1, index=0),),
        (Node(level=1, index=2), Node(level=0, index=6)),
    )


def test_no_proof_is_longer_than_63_hashes_and_one_more_for_consistency() -> None:
    size = 2**63 - 1

    assert len(inclusion_parts(index=0, size=size)) == 63
    assert len(consistency_parts(old_size=1, new_size=size)) == 63
    assert max(len(consistency_parts(old_size=2**k + 1, new_size=size)) for k in range(62)) <= 64


def test_the_subtrees_of_a_tree_are_its_binary_digits() -> None:
    assert subtrees(0, 7) == (Node(level=2, index=0), Node(level=1, index=2), Node(level=0, index=6))
    assert [node.leaves() for node in subtrees(0, 7)] == [range(4), range(4, 6), range(6, 7)]
    assert subtrees(0, 0) == ()


def test_an_entry_that_is_not_in_the_tree_has_no_proof() -> None:
    with pytest.raises(NotFound, match="tree of 7 entries, numbered from 0; got index 7"):
        inclusion_parts(index=7, size=7)
    with pytest.raises(NotFound):
        inclusion_parts(index=0, size=0)


@pytest.mark.parametrize(("index", "size"), [(-1, 7), (True, 7), (0, True), (0, 2**63)])
def test_an_index_or_a_size_that_is_no_number_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(Malformed):
        inclusion_parts(index=index, size=size)


@pytest.mark.parametrize(("old_size", "new_size"), [(0, 7), (8, 7), (-1, 7), (True, 7), (1, True), (1, 2**63)])
def test_a_pair_of_sizes_without_a_proof_is_refused(old_size: int, new_size: int) -> None:
    with pytest.raises(Malformed):
        consistency_parts(old_size=old_size, new_size=new_size)


@pytest.mark.parametrize(("level", "index"), [(-1, 0), (64, 0), (True, 0), (0, -1), (0, 2**63)])
def test_a_node_beyond_any_tree_is_refused(level: int, index: int) -> None:
    with pytest.raises(Malformed):
        Node(level=level, index=index)
