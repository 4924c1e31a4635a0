from __future__ import annotations

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.compact import EMPTY_RANGE, CompactRange
from habeas.ledger.tree.counts import MOST_ENTRIES
from habeas.ledger.tree.hashing import EMPTY_ROOT, node_hash
from habeas.ledger.tree.reference import tree_hash
from ledgers.trees import leaves_of, numbered

A, B, C = (bytes([byte]) * 32 for byte in b"abc")


def test_the_empty_range_has_the_empty_root() -> None:
    assert EMPTY_RANGE.root() == EMPTY_ROOT


def test_three_leaves_are_a_pair_and_a_single_one() -> None:
    three = EMPTY_RANGE.extended([A, B, C])

    assert three == CompactRange(size=3, hashes=(node_hash(A, B), C))
    assert three.root() == node_hash(node_hash(A, B), C)


def test_every_size_to_70_has_the_root_of_the_reference() -> None:
    entries = numbered(70)

    assert [EMPTY_RANGE.extended(leaves_of(entries[:size])).root() for size in range(71)] == [
        tree_hash(entries[:size]) for size in range(71)
    ]


def test_extending_twice_is_extending_once() -> None:
    leaves = leaves_of(numbered(21))

    assert EMPTY_RANGE.extended(leaves[:13]).extended(leaves[13:]) == EMPTY_RANGE.extended(leaves)


def test_extending_by_nothing_changes_nothing() -> None:
    assert EMPTY_RANGE.extended([A]).extended([]) == EMPTY_RANGE.extended([A])


@pytest.mark.parametrize(("size", "hashes"), [(0, (A,)), (1, ()), (3, (A,)), (4, (A, B)), (2, (A[:31],)), (-1, (A,)), (True, (A,))])
def test_a_range_that_does_not_add_up_is_refused(size: int, hashes: tuple[bytes, ...]) -> None:
    with pytest.raises(Malformed):
        CompactRange(size=size, hashes=hashes)


def test_a_leaf_of_31_bytes_is_refused() -> None:
    with pytest.raises(Malformed, match="31 bytes"):
        EMPTY_RANGE.extended([A, B[:31]])


def test_the_largest_tree_has_no_room_for_another_leaf() -> None:
    largest = CompactRange(size=MOST_ENTRIES, hashes=(A,) * 63)

    with pytest.raises(Malformed, match="size of a tree"):
        largest.extended([A])
