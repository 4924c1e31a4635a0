import pytest

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import Metric
from habeas.audit.sensitivity.unrecorded import bounds, breakdown_share, unrecorded_bounds
from habeas.terms.group import NOT_RECORDED, Group

PRECISION = Precision()
FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)
FPR, PPV = Metric.FALSE_POSITIVE_RATE, Metric.POSITIVE_PREDICTIVE_VALUE


def race(name):
    return Group((("race", name),))


def asked(one, reference, unrecorded, everyone, metric=FPR):
    return unrecorded_bounds(one, reference, unrecorded, everyone, cut=FIVE, metric=metric, precision=PRECISION)


def compas_without(missing):
    """ProPublica's counts with this share of all labels gone, the same of every kind of case."""
    kept = 1 - missing
    black = pieces.at_one_cut(tp=kept * 1369, fp=kept * 805, fn=kept * 532, tn=kept * 990, group=race("Black"))
    white = pieces.at_one_cut(tp=kept * 505, fp=kept * 349, fn=kept * 461, tn=kept * 1139, group=race("White"))
    gone = pieces.at_one_cut(tp=missing * 2035, fp=missing * 1282, fn=missing * 1216, tn=missing * 2681, group=race(NOT_RECORDED))
    return black, white, gone, pieces.at_one_cut(tp=2035, fp=1282, fn=1216, tn=2681)


def test_all_missing_hits_go_to_one_group_and_all_missing_misses_to_the_other():
    # the two hits to the other and the three misses to the one, then the other way round
    assert bounds((4, 6), (2, 8), (2, 3)) == pytest.approx((4 / 13 - 4 / 12, 6 / 12 - 2 / 13))


# first by hand as above; then what one random draw of missing labels in the same data gave elsewhere, to its rounding and noise
@pytest.mark.parametrize(
    ("missing", "by_hand", "drawn"),
    [
        (0.02, (0.18743, 0.23017), (0.184, 0.230)),
        (0.05, (0.14804, 0.25422), (0.149, 0.260)),
        (0.10, (0.08322, 0.29360), (0.089, 0.296)),
        (0.20, (-0.04366, 0.37032), (-0.050, 0.358)),
    ],
)
def test_the_bounds_of_the_compas_gap_widen_with_the_share_missing(missing, by_hand, drawn):
    found = asked(*compas_without(missing))

    assert (found.low, found.high) == pytest.approx(by_hand, abs=1e-5)
    assert (found.low, found.high) == pytest.approx(drawn, abs=0.013)
    assert found.low < 0.2139 < found.high
    assert found.share.value == pytest.approx(missing)


def test_the_breakdown_share_is_where_the_bounds_reach_nothing():
    black, white, gone, everyone = compas_without(0.05)
    found = asked(black, white, gone, everyone)

    # between the 10 % that keep the sign and the 20 % that lose it
    assert found.breakdown_share == pytest.approx(0.1653, abs=1e-4)
    labelled = 0.95 * 7214
    rows = labelled * found.breakdown_share / (1 - found.breakdown_share)
    like_gone = tuple(rows * cases / 7214 for cases in (1282, 2681))
    assert bounds((0.95 * 805, 0.95 * 990), (0.95 * 349, 0.95 * 1139), like_gone)[0] == pytest.approx(0, abs=1e-9)


def test_hiding_labels_never_puts_the_true_difference_outside_the_bounds():
    black, white, gone, everyone = compas_without(0.1)
    for metric, difference in ((FPR, 805 / 1795 - 349 / 1488), (PPV, 1369 / 2174 - 505 / 854)):
        found = asked(black, white, gone, everyone, metric)

        assert found.low <= difference <= found.high


def test_a_negative_difference_breaks_down_alike():
    black, white, gone, everyone = compas_without(0.05)

    forward, backward = asked(black, white, gone, everyone), asked(white, black, gone, everyone)

    assert (backward.low, backward.high) == pytest.approx((-forward.high, -forward.low))
    assert backward.breakdown_share == pytest.approx(forward.breakdown_share)


def test_no_difference_has_none_to_lose():
    alike = pieces.at_one_cut(tp=1, fp=2, fn=3, tn=4, group=race("a"))

    found = asked(alike, alike, alike, alike)

    assert found.breakdown_share is None
    assert found.low < 0 < found.high


def test_rows_that_never_bear_on_the_rate_break_nothing_down():
    assert breakdown_share((4, 6), (2, 8), (0, 0), labelled=20) is None


def test_where_the_unrecorded_are_no_such_cases_more_of_them_would_be_like_everyone():
    black, white, _, everyone = compas_without(0.0)
    gone = pieces.at_one_cut(tp=7, fp=0, fn=3, tn=0, group=race(NOT_RECORDED))

    found = asked(black, white, gone, everyone)

    assert (found.low, found.high) == pytest.approx((805 / 1795 - 349 / 1488,) * 2)
    assert found.breakdown_share is not None
    assert 0.1 < found.breakdown_share < 0.2


def test_a_group_without_such_cases_has_no_bounds():
    nobody = pieces.at_one_cut(tp=3, fp=0, fn=0, tn=0, group=race("a"))
    some = pieces.at_one_cut(tp=1, fp=2, fn=3, tn=4, group=race("b"))

    assert asked(nobody, some, some, some) is None


def test_one_unrecorded_person_moves_a_group_of_one_all_the_way():
    one, other = (pieces.at_one_cut(tp=0, fp=hits, fn=0, tn=1 - hits, group=race(name)) for hits, name in ((1, "a"), (0, "b")))
    gone = pieces.at_one_cut(tp=0, fp=1, fn=0, tn=0, group=race(NOT_RECORDED))

    found = asked(one, other, gone, pieces.at_one_cut(tp=0, fp=2, fn=0, tn=1))

    # the missing hit to the other: 1/1 - 1/2
    assert (found.low, found.high) == (0.5, 1)
    assert found.share.value == pytest.approx(1 / 3)
    assert found.attribute == "race"
