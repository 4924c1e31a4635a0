import pytest

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import Metric
from habeas.audit.sensitivity.outcomes import unknown_outcomes

PRECISION = Precision()
FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)
SOME = pieces.at_one_cut(tp=10, fp=20, fn=30, tn=40, flagged_unknown=5, cleared_unknown=7)


def asked(piece, metric):
    return unknown_outcomes(piece, FIVE, metric, precision=PRECISION)


# by hand: the five flagged become tp or fp, the seven cleared fn or tn, whichever is worse
@pytest.mark.parametrize(
    ("metric", "low", "high"),
    [
        (Metric.BASE_RATE, 40 / 112, 52 / 112),
        (Metric.TRUE_POSITIVE_RATE, 10 / 47, 15 / 45),
        (Metric.FALSE_POSITIVE_RATE, 20 / 67, 25 / 65),
        (Metric.FALSE_NEGATIVE_RATE, 30 / 45, 37 / 47),
        (Metric.POSITIVE_PREDICTIVE_VALUE, 10 / 35, 15 / 35),
        (Metric.NEGATIVE_PREDICTIVE_VALUE, 40 / 77, 47 / 77),
        (Metric.ACCURACY, 50 / 112, 62 / 112),
    ],
)
def test_each_unknown_case_moves_as_is_worst_for_the_rate(metric, low, high):
    found = asked(SOME, metric)

    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.unknown.value, found.unknown.n) == (12 / 112, 112)


# a fifth, then two fifths, of the flagged of ProPublica's counts unobserved: by hand, and what a random draw gave elsewhere
@pytest.mark.parametrize(
    ("counts", "gone", "by_hand", "drawn"),
    [
        ((1369, 805, 532, 990), 0.2, (644 / 1634, 1078.8 / 2068.8), (0.392, 0.518)),
        ((505, 349, 461, 1139), 0.2, (279.2 / 1418.2, 450 / 1589), (0.191, 0.282)),
        ((1369, 805, 532, 990), 0.4, (483 / 1473, 1352.6 / 2342.6), (0.324, 0.576)),
        ((505, 349, 461, 1139), 0.4, (209.4 / 1348.4, 551 / 1690), (0.153, 0.334)),
    ],
    ids=["Black, a fifth", "White, a fifth", "Black, two fifths", "White, two fifths"],
)
def test_outcomes_unknown_for_the_flagged_only(counts, gone, by_hand, drawn):
    tp, fp, fn, tn = counts
    kept = 1 - gone
    piece = pieces.at_one_cut(tp=kept * tp, fp=kept * fp, fn=fn, tn=tn, flagged_unknown=gone * (tp + fp))

    found = asked(piece, Metric.FALSE_POSITIVE_RATE)

    assert (found.low, found.high) == pytest.approx(by_hand)
    assert (found.low, found.high) == pytest.approx(drawn, abs=0.009)


def test_where_every_outcome_is_known_there_are_no_bounds():
    assert asked(pieces.at_one_cut(tp=1, fp=2, fn=3, tn=4), Metric.FALSE_POSITIVE_RATE) is None


def test_the_selection_rate_rests_on_no_outcome():
    assert asked(SOME, Metric.SELECTION_RATE) is None


def test_where_no_outcome_is_known_anything_is_possible():
    found = asked(pieces.at_one_cut(tp=0, fp=0, fn=0, tn=0, flagged_unknown=1, cleared_unknown=1), Metric.FALSE_POSITIVE_RATE)

    assert (found.low, found.high) == (0, 1)
    assert found.unknown.value == 1


def test_a_group_of_one_with_its_outcome_unknown():
    found = asked(pieces.at_one_cut(tp=0, fp=0, fn=0, tn=0, flagged_unknown=1), Metric.POSITIVE_PREDICTIVE_VALUE)

    assert (found.low, found.high) == (0, 1)


def test_an_empty_group_has_no_bounds():
    assert asked(pieces.at_one_cut(tp=0, fp=0, fn=0, tn=0), Metric.BASE_RATE) is None
