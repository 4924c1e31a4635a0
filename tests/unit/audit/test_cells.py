import numpy as np
import pytest

from cells import some_cells
from habeas.audit.cells import ABSENT, NO, YES, Attribute, ScoreGrid
from habeas.errors import BadData


def test_cells_of_two_parts_add_up_to_the_cells_of_the_whole():
    one = [(("a",), 4.0, ABSENT, NO, 3), (("b",), 7.0, ABSENT, YES, 2)]
    two = [(("c",), 4.0, ABSENT, NO, 1), (("b",), 7.0, ABSENT, YES, 5)]

    merged = some_cells(("race",), one) + some_cells(("race",), two)

    whole = some_cells(("race",), [*one, *two])
    assert merged.digest() == whole.digest()
    assert merged.attributes == (Attribute(name="race", levels=("a", "b", "c")),)
    assert merged.fine.n.tolist() == [3, 7, 1]


def test_the_order_of_rows_changes_no_digest():
    rows = [(("a",), 4.0, ABSENT, NO, 3), (("b",), 7.0, ABSENT, YES, 2), (("a",), 1.0, YES, NO, 9)]

    assert some_cells(("race",), rows).digest() == some_cells(("race",), rows[::-1]).digest()


def test_one_more_row_changes_the_digest():
    rows = [(("a",), 4.0, ABSENT, NO, 3)]

    assert some_cells(("race",), rows).digest() != some_cells(("race",), [(("a",), 4.0, ABSENT, NO, 4)]).digest()


def test_a_level_of_another_name_changes_the_digest():
    assert some_cells(("race",), [(("a",), 4.0, 2, 0, 3)]).digest() != some_cells(("race",), [(("b",), 4.0, 2, 0, 3)]).digest()


def test_empty_cells_are_dropped():
    found = some_cells(("race",), [(("a",), 4.0, ABSENT, NO, 0), (("a",), 5.0, ABSENT, NO, 1)])

    assert found.fine.score.tolist() == [5.0]


def test_missing_scores_are_one_key():
    found = some_cells(("race",), [(("a",), np.nan, YES, NO, 1), (("a",), np.nan, YES, NO, 2)])

    assert found.fine.n.tolist() == [3]


def test_cells_of_different_plans_do_not_add_up():
    one = some_cells(("race",), [(("a",), 4.0, ABSENT, NO, 3)])
    other = some_cells(("race",), [(("a",), 4.0, ABSENT, NO, 3)], thresholds=(6.0,))

    with pytest.raises(BadData) as refused:
        one + other

    assert str(refused.value) == (
        "cells of two different plans don't add up: expected the same groups and score grid; count both with one plan"
    )


def test_thresholds_are_edges_of_the_bins():
    grid = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.29,), bins=4)

    assert grid.edges().tolist() == [0.0, 0.25, 0.29, 0.5, 0.75]


def test_exact_scores_have_no_edges():
    with pytest.raises(BadData, match="have no edges"):
        ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(), bins=None).edges()
