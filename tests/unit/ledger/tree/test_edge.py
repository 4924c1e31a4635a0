from __future__ import annotations

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.compact import EMPTY_RANGE
from habeas.ledger.tree.edge import edge_range, edge_rows
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.reading import TileReader
from ledgers.trees import identical_leaves, leaves_of, numbered, tiles_of

LEAF = leaf_hash(b"the same entry every time")


@pytest.mark.parametrize("size", [0, 1, 3, 255, 256, 257, 300, 512, 700])
def test_the_unfinished_tiles_tell_the_whole_tree(size: int) -> None:
    leaves = leaves_of(numbered(size))

    assert edge_range(edge_rows(tiles_of(leaves).reader(size)), size=size) == EMPTY_RANGE.extended(leaves)


def test_there_is_one_row_per_level_and_none_where_the_last_tile_is_full() -> None:
    rows = edge_rows(TileReader(identical_leaves(LEAF), 70_000 - 112))

    assert [len(row) // 32 for row in rows] == [0, 17, 1]


def test_rows_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(Malformed, match="subtrees"):
        edge_range([LEAF], size=2 + 1)
