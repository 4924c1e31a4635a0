import json
import math

import numpy as np
import pytest

import pieces
from habeas.audit.cells import ScoreGrid
from habeas.audit.inference.precision import Precision
from habeas.audit.measures import discrimination
from habeas.audit.measures.discrimination import auc, auc_difference, binning_bound, discriminate
from habeas.audit.result import Discrimination
from habeas.audit.slices import levels_with_outcome

PRECISION = Precision()
EXACT = ScoreGrid(minimum=1.0, maximum=10.0, thresholds=(5.0,), bins=None)
BINNED = ScoreGrid(minimum=0.0, maximum=4.0, thresholds=(2.0,), bins=4)
# of 16 pairs: the one with the outcome at 1 ties with two (1), the one at 2 beats two and ties with one (2.5), the two at 3
# beat three and tie with one (7 together): 10.5
SMALL = pieces.a_piece([1, 2, 3], yes=[1, 1, 2], no=[2, 1, 1])


def test_ties_count_half():
    found = auc(SMALL, precision=PRECISION)

    assert found is not None
    assert found.value == 10.5 / 16
    assert found.n == 8


def test_the_interval_is_delongs_on_the_logit_scale():
    # by hand: placements of those with the outcome .25 .625 .875 .875 (variance .087240 with n - 1), of those without the same
    # numbers; variance .087240/4 * 2 = .0436198; logit(.65625) = .646627, t with 6 degrees of
    # freedom: half width 2.446912 * .208854/.225586 = 2.265422
    found = auc(SMALL, precision=PRECISION)

    assert found is not None
    assert (found.low, found.high) == pytest.approx(
        (1 / (1 + math.exp(2.265422 - 0.646627)), 1 / (1 + math.exp(-2.265422 - 0.646627))), abs=1e-5
    )
    assert found.method == "DeLong on the logit scale"


def test_only_pairs_within_a_bin_can_be_out_of_order():
    # (1 * 2 + 1 * 1 + 2 * 1) pairs of 16 share a bin, and each was counted half
    assert binning_bound(SMALL, BINNED) == 5 / 32
    assert binning_bound(SMALL, EXACT) == 0


def test_a_score_that_tells_all_apart_is_no_more_sure_than_its_rarer_outcome():
    found = auc(pieces.a_piece([1, 2], yes=[0, 3], no=[5, 0]), precision=PRECISION)

    # Wilson 3/3: low = 3/(3 + 3.841459)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((1, 0.438503, 1), abs=1e-6)
    assert found.method == "Wilson score on independent pairs"


def test_a_constant_score_is_chance_and_not_sure_of_it():
    found = auc(pieces.a_piece([4], yes=[2], no=[3]), precision=PRECISION)

    # Wilson 1/2: (0.094531, 0.905469)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.094531, 0.905469), abs=1e-6)


@pytest.mark.parametrize(("yes", "no"), [([0], [0]), ([1], [0]), ([0], [1]), ([0], [9])])
def test_a_group_without_both_outcomes_has_no_auc_and_no_curve(yes, no):
    piece = pieces.a_piece([4], yes=yes, no=no)

    assert auc(piece, precision=PRECISION) is None
    assert auc_difference(piece, SMALL, precision=PRECISION) is None
    assert auc_difference(SMALL, piece, precision=PRECISION) is None
    assert discriminate(piece, grid=EXACT, precision=PRECISION, bins=(1.0,)) == Discrimination(group=piece.group)


def test_one_of_each_outcome_says_next_to_nothing():
    found = auc(pieces.a_piece([1, 2], yes=[0, 1], no=[1, 0]), precision=PRECISION)

    assert found is not None
    assert found.value == 1
    assert found.low < 0.21


def test_unknown_outcomes_are_left_out():
    piece = pieces.a_piece([1, 2, 3], yes=[1, 1, 2], no=[2, 1, 1], unknown=[5, 0, 7])

    assert auc(piece, precision=PRECISION) == auc(SMALL, precision=PRECISION)


def test_weights_that_are_all_alike_change_nothing():
    found, one = auc(pieces.weighted(SMALL, 3.0), precision=PRECISION), auc(SMALL, precision=PRECISION)

    assert found is not None
    assert one is not None
    assert (found.value, found.low, found.high) == pytest.approx((one.value, one.low, one.high))


def test_the_curve_starts_with_all_flagged_and_ends_with_none():
    found = discriminate(SMALL, grid=EXACT, precision=PRECISION, bins=(1.0, 3.0))

    points = [(point.threshold, point.false_positive_rate, point.true_positive_rate) for point in found.curve]
    assert points == [(1, 1, 1), (3, 0.25, 0.5), (math.inf, 0, 0)]
    assert found.auc == auc(SMALL, precision=PRECISION)
    assert found.binning_bound == 0


def test_the_auc_of_compas_and_its_error_are_those_of_the_reference(shared_data):
    # reference.json: Mann-Whitney and DeLong by hand from the csv, checked against fairlearn and scikit-learn
    known = json.loads((shared_data / "compas" / "reference.json").read_text())["exact"]["all_7214"]["auc_decile_score"]["by_race"]
    for race, expected in known.items():
        piece = pieces.of_race(race)
        found = auc(piece, precision=PRECISION)
        above, below = discrimination._placements(*levels_with_outcome(piece))
        parts = discrimination._delong(piece, above - expected["auc"], below - expected["auc"])

        assert found is not None
        assert found.value == pytest.approx(expected["auc"], abs=1e-12)
        assert parts is not None
        assert math.sqrt(sum(parts)) == pytest.approx(expected["se_delong"], rel=1e-9)


def test_the_aucs_of_two_groups_differ_by_about_delongs_interval():
    # statistics of the reference: Black .6918 (SE .008562), White .6931 (.010797): -.0013 -+ 1.96 * .013780 = (-.0283, .0257)
    found = auc_difference(pieces.of_race("African-American"), pieces.of_race("Caucasian"), precision=PRECISION)

    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((-0.0013, -0.0283, 0.0257), abs=3e-4)
    assert found.n == 3696 + 2454


def test_two_perfect_scores_differ_by_nothing_but_not_surely():
    perfect = pieces.a_piece([1, 2], yes=[0, 3], no=[5, 0])

    found = auc_difference(perfect, perfect, precision=PRECISION)

    # both intervals reach 1 - 0.438503 below: the difference that far on either side
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0, -0.561497, 0.561497), abs=1e-6)


def test_the_same_rows_twice_with_the_same_persons_are_no_more_sure():
    rng = np.random.default_rng(5)
    score, outcome, person = rng.integers(1, 11, 800), rng.integers(0, 2, 800), np.arange(800)
    once = auc(pieces.of_rows(score, outcome, person=person), precision=Precision())

    twice = auc(pieces.of_rows(np.tile(score, 2), np.tile(outcome, 2), person=np.tile(person, 2)), precision=Precision(rows_per_person=2.0))

    assert once is not None
    assert twice is not None
    assert twice.value == once.value
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high), abs=5e-5)  # (m - 1)/m in DeLong's variance


def test_the_same_rows_twice_as_new_persons_are_surer():
    twice = pieces.a_piece([1, 2, 3], yes=[2, 2, 4], no=[4, 2, 2])

    found, once = auc(twice, precision=PRECISION), auc(SMALL, precision=PRECISION)

    assert found is not None
    assert once is not None
    assert found.value == once.value
    assert found.high - found.low < once.high - once.low


@pytest.mark.parametrize("thresholds", [(6.0,), (4.0, 7.0), (3.0, 5.0, 7.0, 9.0)])
def test_recurring_people_widen_the_interval_as_leaving_out_persons_does(thresholds):
    rng = np.random.default_rng(11)
    person = np.repeat(np.arange(500), 4)
    risk = rng.standard_normal(500)[person]
    score = np.clip(np.round(5.5 + 2 * (risk * 0.8 + rng.standard_normal(2000) * 0.6)), 1, 10)
    outcome = (rng.standard_normal(2000) < 0.7 * risk + 0.5 * rng.standard_normal(500)[person]).astype(int)

    found = auc(pieces.of_rows(score, outcome, person=person, thresholds=thresholds), precision=Precision(rows_per_person=4.0))

    assert found is not None
    error = (_logit(found.high) - _logit(found.low)) / 2 / 1.959964 * found.value * (1 - found.value)
    # another way: leave out one person at a time (500 of them) and take the exact AUC of the rest
    left_out = [_auc_by_pairs(score[person != k], outcome[person != k]) for k in range(0, 500, 4)]
    expected = math.sqrt(499 / 500 * 4 * np.square(left_out - np.mean(left_out)).sum())
    assert error == pytest.approx(expected, rel=0.25)  # 6 % noise of 128 buckets, 6 % of the 125 persons left out here


def _auc_by_pairs(score, outcome):
    above = np.sign(score[outcome == 1][:, None] - score[outcome == 0][None, :])
    return (above.mean() + 1) / 2


def _logit(p):
    return math.log(p / (1 - p))
