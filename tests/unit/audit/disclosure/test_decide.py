"""Hand-worked tables; `quarters(n)` puts n rows into each of flagged/cleared x happened/did not."""

from __future__ import annotations

import numpy as np
import pytest

from cells import Row, some_cells
from cells import scored_plan as plan
from habeas.audit.cells import ABSENT, NO, YES, Cells
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.disclosure import Publication, publication, rounded
from habeas.audit.plan import Columns, Plan, PublicationRule
from habeas.terms.group import EVERYONE, Group
from plain_outsider import Outsider

AT_5 = Cut(kind=CutKind.SCORE, threshold=5.0)
AT_8 = Cut(kind=CutKind.SCORE, threshold=8.0)
DECIDED = Cut(kind=CutKind.DECISION)


def quarters(labels: tuple[str, ...], n: int) -> list[Row]:
    return [(labels, score, ABSENT, outcome, n) for score in (1.0, 9.0) for outcome in (NO, YES)]


def level(name: str, attribute: str = "race") -> Group:
    return Group(((attribute, name),))


def decided(cells: Cells, asked: Plan) -> Publication:
    """The decision, once an independent outsider has looked for anything too narrow."""
    found = publication(cells, asked)
    outsider = Outsider(cells, asked, found)
    assert outsider.leaks() == []
    assert [hidden for hidden in outsider.hidden() if hidden.width < asked.publication.minimum_cell - 1e-6] == []
    return found


def test_a_second_group_is_withheld_where_the_total_would_tell_the_small_one() -> None:
    cells = some_cells(("race",), [*quarters(("A",), 25), *quarters(("B",), 15), *quarters(("C",), 3)])

    found = decided(cells, plan("race"))

    # C has 3 of each kind, fewer than 10; everyone's 43 less A's 25 and B's 15 would be C's 3, so the smaller of A and B goes too
    assert found.withheld == {(level("C"), AT_5), (level("B"), AT_5)}
    assert (found.primary, found.secondary) == (1, 1)
    # both have 10 rows or more
    assert found.sizes_withheld == frozenset()
    assert found.narrowest_width is not None
    assert found.narrowest_width >= 10 - 1e-5
    # B and C together have 18 of each kind: each of C's 3 could be anything from 0 to all of its 12 rows
    ranges = {(hidden.low, hidden.high) for hidden in Outsider(cells, plan("race"), found).hidden() if "score" in hidden.what}
    assert {(round(low), round(high)) for low, high in ranges} == {(0, 12)}


def test_two_small_groups_that_hide_each_other_need_no_third() -> None:
    rows = [*quarters(("A",), 25), *quarters(("B",), 6), *quarters(("C",), 5)]

    found = decided(some_cells(("race",), rows), plan("race"))

    # what is left of everyone without A is 11 of each kind, which is 10 or more
    assert found.withheld == {(level("B"), AT_5), (level("C"), AT_5)}
    assert (found.primary, found.secondary) == (2, 0)


def test_a_third_group_is_withheld_where_two_small_ones_add_up_to_too_little() -> None:
    rows = [*quarters(("A",), 25), *quarters(("B",), 20), *quarters(("C",), 4), *quarters(("D",), 5)]

    found = decided(some_cells(("race",), rows), plan("race"))

    # C and D are 9 of each kind together
    assert found.withheld == {(level(name), AT_5) for name in "BCD"}


def test_in_a_table_of_two_attributes_a_small_count_is_hidden_along_its_row_and_its_column() -> None:
    sizes = {("A", "f"): 3, ("A", "m"): 20, ("B", "f"): 21, ("B", "m"): 22, ("C", "f"): 30, ("C", "m"): 40}
    rows = [row for labels, n in sizes.items() for row in quarters(labels, n)]

    found = decided(some_cells(("race", "sex"), rows), plan("race", "sex", intersect=2))

    # A f is small; A m is all that is left of A; B f is the smallest other f; and B m closes the rectangle
    groups = {Group((("race", race), ("sex", sex))) for race, sex in (("A", "f"), ("A", "m"), ("B", "f"), ("B", "m"))}
    assert found.withheld == {(group, AT_5) for group in groups}
    assert (found.primary, found.secondary) == (1, 3)


def test_a_group_of_one_person_shows_neither_numbers_nor_size_and_takes_another_with_it() -> None:
    rows = [*quarters(("A",), 25), *quarters(("B",), 15), (("C",), 9.0, ABSENT, YES, 1)]

    found = decided(some_cells(("race",), rows), plan("race"))

    assert found.withheld == {(level("C"), AT_5), (level("B"), AT_5)}
    assert found.sizes_withheld == {level("C"), level("B")}
    assert found.bins[level("B")] == found.bins[level("C")] == ()


def test_with_one_group_only_everyone_and_the_group_are_shown() -> None:
    found = decided(some_cells(("race",), quarters(("A",), 25)), plan("race"))

    assert (found.withheld, found.sizes_withheld) == (frozenset(), frozenset())
    assert found.bins == {EVERYONE: (1.0, 5.0), level("A"): (1.0, 5.0)}
    assert (found.primary, found.secondary, found.narrowest_width) == (0, 0, None)


def test_with_one_small_group_only_nothing_is_shown() -> None:
    found = publication(some_cells(("race",), quarters(("A",), 2)), plan("race"))

    assert found.withheld == {(EVERYONE, AT_5), (level("A"), AT_5)}
    assert found.sizes_withheld == {EVERYONE, level("A")}
    assert found.bins == {EVERYONE: (), level("A"): ()}


def test_where_all_groups_are_small_everyone_is_still_shown() -> None:
    rows = [row for name in "ABCDE" for row in quarters((name,), 3)]

    found = decided(some_cells(("race",), rows), plan("race"))

    assert found.withheld == {(level(name), AT_5) for name in "ABCDE"}
    assert (found.primary, found.secondary) == (5, 0)
    assert found.bins[EVERYONE] == (1.0, 5.0)


def test_a_minimum_of_one_publishes_everything() -> None:
    rows = [*quarters(("A",), 25), (("B",), 9.0, ABSENT, YES, 1)]

    found = publication(some_cells(("race",), rows), plan("race", minimum=1))

    assert (found.withheld, found.sizes_withheld) == (frozenset(), frozenset())
    assert found.bins == dict.fromkeys((EVERYONE, level("A"), level("B")), (1.0, 5.0))
    assert (found.primary, found.secondary, found.narrowest_width) == (0, 0, None)


def test_a_zero_tells_about_everybody_in_the_group_so_it_is_small() -> None:
    rows = [*quarters(("A",), 25), *quarters(("B",), 15), *quarters(("C",), 30)[1:]]

    found = decided(some_cells(("race",), rows), plan("race"))

    # of C nobody was cleared without the outcome; B is smaller than A
    assert found.withheld == {(level("C"), AT_5), (level("B"), AT_5)}


def test_a_kind_that_nobody_is_of_withholds_nothing() -> None:
    rows = [row for name in "AB" for row in quarters((name,), 25) if row[3] == NO]

    found = decided(some_cells(("race",), rows), plan("race"))

    assert found.withheld == frozenset()


def test_two_cuts_that_differ_by_few_people_are_not_both_shown() -> None:
    few = [(("A",), 6.0, ABSENT, outcome, 4) for outcome in (NO, YES)]
    many = [(("B",), 6.0, ABSENT, outcome, 40) for outcome in (NO, YES)]
    rows = [*quarters(("A",), 25), *quarters(("B",), 60), *quarters(("C",), 80), *few, *many]
    rows += [(("C",), 6.0, ABSENT, outcome, 50) for outcome in (NO, YES)]

    found = decided(some_cells(("race",), rows, thresholds=(5.0, 8.0)), plan("race", thresholds=(5.0, 8.0)))

    # each cut of A alone has 25 or 29 of each kind, but the first less the second is 4; the cut in use stays
    assert found.withheld == {(level("A"), AT_8), (level("B"), AT_8)}


def test_intersections_that_differ_by_few_people_between_two_cuts_show_the_cut_in_use_only() -> None:
    pairs = [(race, sex) for race in "ABC" for sex in "fm"]
    between = [(pair, 6.0, ABSENT, outcome, 4 if pair == ("A", "f") else 40) for pair in pairs for outcome in (NO, YES)]
    rows = [*between, *(row for pair in pairs for row in quarters(pair, 40))]
    asked = plan("race", "sex", thresholds=(5.0, 8.0), intersect=2)

    found = decided(some_cells(("race", "sex"), rows, thresholds=(5.0, 8.0)), asked)

    # the rectangle of A and B by f and m hides A f's 4; nothing else has fewer than 40 of any kind
    groups = {Group((("race", race), ("sex", sex))) for race in "AB" for sex in "fm"}
    assert found.withheld == {(group, AT_8) for group in groups}


def test_few_unknown_outcomes_are_left_out_of_a_group_and_do_not_silence_it() -> None:
    unknown = [((name,), 9.0, ABSENT, ABSENT, n) for name, n in (("A", 40), ("B", 30), ("C", 2))]
    unknown += [((name,), 1.0, ABSENT, ABSENT, n) for name, n in (("A", 40), ("B", 30), ("C", 2))]
    rows = [*quarters(("A",), 60), *quarters(("B",), 40), *quarters(("C",), 20), *unknown]

    found = decided(some_cells(("race",), rows), plan("race"))

    # C has 2 flagged with an unknown outcome; everyone's 72 less A's 40 and B's 30 would tell them
    assert found.withheld == frozenset()
    assert found.known_only == {level("C"), level("B")}


def test_where_hardly_any_outcome_is_unknown_those_rows_are_left_out_everywhere() -> None:
    rows = [*quarters(("A",), 60), *quarters(("B",), 40), (("A",), 9.0, ABSENT, ABSENT, 3)]

    found = decided(some_cells(("race",), rows), plan("race"))

    assert found.withheld == frozenset()
    assert found.known_only == {EVERYONE, level("A"), level("B")}


def test_rare_overrides_withhold_the_table_of_advice_by_decision_only() -> None:
    rows: list[Row] = []
    for name, followed, overruled in (("A", 60, 20), ("B", 50, 30), ("C", 40, 4)):
        for score, decision in ((9.0, YES), (1.0, NO)):
            rows += [((name,), score, decision, outcome, followed) for outcome in (NO, YES)]
            rows += [((name,), score, 1 - decision, outcome, overruled) for outcome in (NO, YES)]

    found = decided(some_cells(("race",), rows), plan("race", decision=True))

    # C was overruled 4 times in each way; of everyone's 54, A's 20 and B's 30 are known unless one is withheld as well
    assert found.withheld == frozenset()
    assert found.oversight_withheld == {level("A"), level("C")}


def test_a_curve_merges_bins_until_each_has_enough_of_both_outcomes() -> None:
    per_score = {1.0: (30, 12), 2.0: (20, 4), 3.0: (20, 9), 4.0: (12, 12), 5.0: (4, 11), 6.0: (12, 12), 7.0: (3, 12)}
    rows = [((name,), score, ABSENT, code, n) for name in "AB" for score, both in per_score.items() for code, n in enumerate(both)]

    found = decided(some_cells(("race",), rows), plan("race"))

    # per group: 2 and 3 together have 13 with the outcome; 5 joins 6; what is left at 7 joins them: 5 is a threshold and stays an edge
    assert found.bins[level("A")] == (1.0, 2.0, 4.0, 5.0)
    # everyone has twice as many: 8 with the outcome at 2, and 8 and 6 without it at 5 and 7
    assert found.bins[EVERYONE] == (1.0, 2.0, 4.0, 5.0)


def test_many_scores_are_reduced_to_at_most_twenty_bins_that_keep_the_thresholds() -> None:
    rows = [((name,), score / 100, ABSENT, code, 20) for name in "AB" for score in range(100, 1000, 7) for code in (NO, YES)]
    cells = some_cells(("race",), rows, thresholds=(5.0, 8.0))

    found = publication(cells, plan("race", thresholds=(5.0, 8.0)))

    bins = found.bins[EVERYONE]
    # 20 at most; one fewer where an equal share ends at a threshold
    assert len(bins) in {19, 20}
    assert {5.0, 8.0} <= set(bins)
    assert list(bins) == sorted(set(bins))
    assert bins[0] == 1.0


def test_without_a_score_there_are_no_curves() -> None:
    rows = [((name,), float("nan"), decision, outcome, 30) for name in "AB" for decision in (NO, YES) for outcome in (NO, YES)]
    base = plan("race", decision=True)
    asked = Plan(
        title=base.title,
        system=base.system,
        technology=base.technology,
        stage=base.stage,
        auditor=base.auditor,
        source=base.source,
        columns=Columns(decision="decision", outcome="outcome"),
        groups=base.groups,
    )

    found = publication(some_cells(("race",), rows), asked)

    assert found.withheld == frozenset()
    assert found.bins == dict.fromkeys((EVERYONE, level("A"), level("B")), ())


def test_in_a_large_random_table_no_withheld_count_is_left_exposed() -> None:
    rng = np.random.default_rng(1)
    means = np.outer(rng.gamma(2.0, 1.0, 20), rng.gamma(2.0, 1.0, 12)) * 12
    rows = [((f"r{r:02d}", f"c{c:02d}"), 1.0, ABSENT, NO, int(n)) for (r, c), n in np.ndenumerate(rng.poisson(means)) if n]
    # one kind of row only: the counts that are shown are the sizes of rows, columns and cells of the 20 x 12 table
    cells, asked = some_cells(("row", "column"), rows), plan("row", "column", intersect=2)

    found = publication(cells, asked)

    outsider = Outsider(cells, asked, found)
    assert outsider.leaks() == []
    assert found.primary > 20
    assert sum(hidden.width < 10 - 1e-6 for hidden in outsider.hidden()) == 0


@pytest.mark.parametrize(
    ("count", "multiple", "expected"), [(0, 5, 0), (2, 5, 0), (3, 5, 5), (5, 10, 10), (15, 10, 20), (-5, 10, -10), (7, 1, 7)]
)
def test_counts_are_rounded_to_the_nearest_multiple_halves_away_from_zero(count: int, multiple: int, expected: int) -> None:
    assert rounded(count, PublicationRule(round_to=multiple)) == expected


def test_without_rows_there_is_nothing_to_withhold() -> None:
    cells = some_cells(("race",), [])

    found = publication(cells, plan("race"))

    assert (found.withheld, found.sizes_withheld, found.bins) == (frozenset(), frozenset(), {EVERYONE: ()})


def test_an_attribute_of_very_many_levels_gets_no_curves_but_everyone_does() -> None:
    rows = [row for number in range(70) for row in quarters((f"{number:02d}",), 15)]

    found = publication(some_cells(("area",), rows), plan("area"))

    assert found.withheld == frozenset()
    assert {group: edges for group, edges in found.bins.items() if edges} == {EVERYONE: (1.0, 5.0)}
