from __future__ import annotations

import numpy as np

from cells import some_cells
from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.disclosure.tables import Line, tables
from habeas.audit.disclosure.tallies import Tally
from habeas.terms.group import EVERYONE, Group

ROWS = [
    (("A", "f"), 3.0, ABSENT, YES, 4),
    (("A", "m"), 5.0, ABSENT, YES, 5),
    (("B", "m"), 7.0, ABSENT, NO, 6),
]


def test_everyone_comes_first_and_each_group_is_the_sum_of_its_parts() -> None:
    table = tables(some_cells(("race", "sex"), ROWS), ("race", "sex"), depth=1, edges=np.array([5.0]), keep_decisions=False)

    assert [group.label for group in table.groups] == ["everyone", "A", "B", "f", "m"]
    assert [table.size(i) for i in range(5)] == [15, 9, 6, 4, 11]
    assert table.lines == (Line(whole=0, parts=(1, 2)), Line(whole=0, parts=(3, 4)))


def test_a_tally_counts_scores_at_its_low_end_and_not_at_its_high_end() -> None:
    table = tables(some_cells(("race", "sex"), ROWS), ("race",), depth=1, edges=np.array([5.0, 7.0]), keep_decisions=False)

    assert [table.count(0, Tally(low=5.0)), table.count(0, Tally(high=5.0)), table.count(0, Tally(low=5.0, high=7.0))] == [11, 4, 5]
    assert table.count(0, Tally(low=5.0, outcomes=(YES,))) == 5


def test_a_combination_that_nobody_has_is_possible_only_where_the_published_groups_do_not_show_that_it_is_empty() -> None:
    cells = some_cells(("race", "sex"), ROWS)

    apart = tables(cells, ("race", "sex"), depth=1, edges=np.array([]), keep_decisions=False)
    crossed = tables(cells, ("race", "sex"), depth=2, edges=np.array([]), keep_decisions=False)

    # B f: nobody, which shows only where race by sex is published
    assert (len(apart.counts), len(crossed.counts)) == (4, 3)
    assert Group((("race", "B"), ("sex", "f"))) not in crossed.groups


def test_without_attributes_there_is_everyone_alone() -> None:
    table = tables(some_cells(("race", "sex"), ROWS), (), depth=0, edges=np.array([]), keep_decisions=False)

    assert table.groups == (EVERYONE,)
    assert table.lines == ()
    assert table.size(0) == 15
