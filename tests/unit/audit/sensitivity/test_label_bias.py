import pytest

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import FN, FP, TN, TP, Case, Metric
from habeas.audit.sensitivity.cases import weights_by_case
from habeas.audit.sensitivity.label_bias import label_bias, reveal

PRECISION = Precision()
FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)
BLACK, WHITE = pieces.of_race("African-American"), pieces.of_race("Caucasian")


def asked(one, reference, metric):
    return label_bias(one, reference, FIVE, metric, precision=PRECISION)


# by hand: of the hidden White reoffenders a * 1488, .386 fall among the flagged (349 * .5913 to 1139 * .2881); the figures are
# those of the reference, which were computed elsewhere
@pytest.mark.parametrize(("hidden", "fpr", "ppv"), [(0.0, 0.235, 0.591), (0.05, 0.227, 0.625), (0.10, 0.218, 0.659), (0.20, 0.197, 0.726)])
def test_hidden_reoffending_of_white_people_in_compas(hidden, fpr, ppv):
    found = reveal(weights_by_case(WHITE, FIVE), hidden)

    assert round(found[FP] / (found[FP] + found[TN]), 3) == fpr
    assert round(found[TP] / (found[TP] + found[FP]), 3) == ppv


def test_the_gap_in_false_positive_rates_widens_and_never_vanishes():
    found = asked(BLACK, WHITE, Metric.FALSE_POSITIVE_RATE)

    differences = [point.difference for point in found.points]
    assert [point.hidden_share for point in found.points] == [0, 0.05, 0.1, 0.2, 0.3, 0.5]
    assert differences[0] == pytest.approx(805 / 1795 - 349 / 1488)
    assert differences == sorted(differences)
    assert found.tipping_point is None


def test_the_order_of_predictive_values_reverses_at_six_in_a_hundred():
    found = asked(BLACK, WHITE, Metric.POSITIVE_PREDICTIVE_VALUE)

    # 505 + .386 * 1488 a = 854 * 1369/2174 at a = .057; the reference says about .056
    assert found.tipping_point == pytest.approx(0.057, abs=5e-4)
    assert found.points[1].difference > 0 > found.points[2].difference
    assert (found.group, found.reference) == (BLACK.group, WHITE.group)


def test_revealing_moves_people_between_outcomes_only():
    before = {**dict.fromkeys(Case, 0.0), TP: 10.0, FP: 5.0, FN: 4.0, TN: 40.0, Case.FLAGGED_UNKNOWN: 3.0}

    after = reveal(before, 0.2)

    # 9 of 45: 5 * 10/15 to 40 * 4/44, so .478261 of them among the flagged
    assert after[FP] == pytest.approx(5 - 9 * 0.478261, abs=1e-5)
    assert after[TP] + after[FP] == pytest.approx(15)
    assert after[FN] + after[TN] == pytest.approx(44)
    assert after[FN] == pytest.approx(4 + 9 * 0.521739, abs=1e-5)
    assert after[Case.FLAGGED_UNKNOWN] == 3


def test_no_more_are_revealed_than_there_are():
    before = {**dict.fromkeys(Case, 0.0), TP: 10.0, FP: 1.0, FN: 1.0, TN: 99.0}

    after = reveal(before, 0.5)

    # half of 100; .48 of them would be flagged, but only one is
    assert (after[FP], after[TN], after[TP], after[FN]) == (0, 50, 11, 50)


def test_where_no_outcome_was_recorded_hidden_ones_are_anywhere():
    before = {**dict.fromkeys(Case, 0.0), FP: 10.0, TN: 30.0}

    after = reveal(before, 0.1)

    assert (after[TP], after[FN]) == (1, 3)


def test_no_difference_vanishes_at_once():
    assert asked(WHITE, WHITE, Metric.FALSE_NEGATIVE_RATE).tipping_point == 0


def test_the_selection_rate_rests_on_no_outcome():
    assert asked(BLACK, WHITE, Metric.SELECTION_RATE) is None


@pytest.mark.parametrize("swapped", [False, True])
def test_a_group_without_such_cases_has_no_label_bias(swapped):
    pair = [pieces.at_one_cut(tp=3, fp=0, fn=0, tn=0), WHITE]
    one, reference = reversed(pair) if swapped else pair

    assert asked(one, reference, Metric.FALSE_POSITIVE_RATE) is None


def test_a_reference_group_of_one():
    lone = pieces.at_one_cut(tp=0, fp=1, fn=0, tn=0)

    found = asked(BLACK, lone, Metric.FALSE_POSITIVE_RATE)

    assert found.points[0].difference == pytest.approx(805 / 1795 - 1)
    assert found.points[-1].difference == found.points[0].difference
    assert found.tipping_point is None
