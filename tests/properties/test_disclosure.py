"""Whatever the table, an independent outsider finds no withheld small count more narrowly than the minimum, and sees none."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cells import Row, scored_plan, some_cells
from habeas.audit.cells import ABSENT, NO, YES, Cells
from habeas.audit.disclosure import publication
from habeas.audit.plan import Plan
from plain_outsider import Outsider

COUNTS = st.one_of(st.just(0), st.integers(0, 6), st.integers(4, 40))


@st.composite
def audits(draw: st.DrawFn) -> tuple[Cells, Plan]:
    sizes = draw(st.sampled_from([(2,), (4,), (2, 2), (3, 2), (2, 4), (2, 2, 2)]))
    decided = draw(st.booleans())
    outcomes = draw(st.sampled_from([(NO, YES), (NO, YES, ABSENT)]))
    scores = draw(st.sampled_from([(1.0, 9.0), (1.0, 6.0, 9.0), (1.0, 2.0, 6.0, 9.0)]))
    decisions = (NO, YES) if decided else (ABSENT,)
    labels = product(*([f"{name}{i}" for i in range(size)] for name, size in zip("abc", sizes, strict=False)))
    rows: list[Row] = [
        (cell, score, decision, outcome, n)
        for cell, score, decision, outcome in product(labels, scores, decisions, outcomes)
        if (n := draw(COUNTS))
    ]
    rows = rows or [(("a0", "b0", "c0")[: len(sizes)], 1.0, decisions[0], NO, 3)]
    thresholds = draw(st.sampled_from([(5.0,), (5.0, 8.0), (8.0, 5.0)]))
    asked = scored_plan(
        *("a", "b", "c")[: len(sizes)],
        thresholds=thresholds,
        intersect=draw(st.integers(1, len(sizes))),
        minimum=5,
        decision=decided,
    )
    return some_cells(asked.groups, rows, thresholds=tuple(sorted(thresholds))), asked


@settings(max_examples=25)
@given(audits())
def test_no_withheld_count_can_be_inferred_more_narrowly_than_the_minimum(audit: tuple[Cells, Plan]) -> None:
    cells, asked = audit

    found = publication(cells, asked)

    outsider = Outsider(cells, asked, found)
    hidden = outsider.hidden()
    assert outsider.leaks() == []
    assert [one for one in hidden if one.width < asked.publication.minimum_cell - 1e-6] == []
    assert found.narrowest_width is None or min((one.width for one in hidden), default=1e9) >= found.narrowest_width - 1e-5
    assert found.narrowest_width is not None or not hidden


@settings(max_examples=10)
@given(audits())
def test_the_same_cells_give_the_same_decision(audit: tuple[Cells, Plan]) -> None:
    cells, asked = audit

    assert publication(cells, asked) == publication(cells, asked)
