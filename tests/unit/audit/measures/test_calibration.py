import json
import warnings

import numpy as np
import pytest

import pieces
from habeas.audit.cells import ScoreGrid
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.calibration import brier, calibrate, claimed, in_the_large
from habeas.audit.plan import ScoreRange

PRECISION = Precision()
PROBABILITY = ScoreRange(minimum=0.0, maximum=1.0, probability=True)
DECILES = ScoreRange(minimum=1.0, maximum=10.0)
EXACT = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.5,), bins=None)
FOUR_BINS = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.5,), bins=4)
# ten with a score of .2, of whom one had the outcome; ten with .8, of whom nine
SHARP = pieces.a_piece([0.2, 0.8], yes=[1, 9], no=[9, 1], thresholds=(0.5,))


def test_the_curve_gives_the_observed_share_of_each_bin():
    found = calibrate(SHARP, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0, 0.5)).curve

    assert [(point.low, point.high, point.mean_score) for point in found] == [(0.0, 0.5, pytest.approx(0.2)), (0.5, None, 0.8)]
    assert [point.observed.value for point in found] == [0.1, 0.9]
    # Wilson 1/10 and 9/10: statsmodels proportion_confint(1, 10, method="wilson")
    assert (found[0].observed.low, found[0].observed.high) == pytest.approx((0.017876, 0.404150), abs=1e-6)
    assert (found[1].observed.low, found[1].observed.high) == pytest.approx((0.595850, 0.982124), abs=1e-6)


def test_a_bin_without_a_known_outcome_is_left_out():
    piece = pieces.a_piece([0.2, 0.8], yes=[0, 2], no=[0, 1], unknown=[4, 0], thresholds=(0.5,))

    found = calibrate(piece, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0, 0.5)).curve

    assert [(point.low, point.observed.n) for point in found] == [(0.5, 3)]


def test_a_score_that_is_no_probability_has_only_a_curve():
    found = calibrate(pieces.of_race("Asian"), score=DECILES, grid=None, precision=PRECISION, bins=(1.0, 5.0))

    assert len(found.curve) == 2
    assert (found.in_the_large, found.slope, found.brier, found.expected_calibration_error) == (None, None, None, None)
    assert found.binning_bound == 0


def test_the_curve_of_compas_is_that_of_the_reference(shared_data):
    # reference.json: counted by hand from the csv
    known = json.loads((shared_data / "compas" / "reference.json").read_text())["exact"]["all_7214"]["calibration_recid_rate_by_decile"]
    for race, by_decile in known.items():
        bins = tuple(float(decile) for decile in by_decile)
        found = calibrate(pieces.of_race(race), score=DECILES, grid=None, precision=PRECISION, bins=bins).curve

        assert [[round(point.observed.value * point.observed.n), point.observed.n] for point in found] == list(by_decile.values())


def test_in_the_large_is_the_observed_share_minus_the_mean_score():
    piece = pieces.a_piece([0.2, 0.6], yes=[3, 9], no=[7, 1], thresholds=(0.5,))

    found = in_the_large(piece, piece.scores, precision=PRECISION)

    # .6 observed, .4 claimed; of 20 rows with y - s of .8 (3), -.2 (7), .4 (9), -.6 (1): variance .16; with 3.841459 rows half
    # at -.4 and half at .6 the middle is (20 * .2 + 3.841459 * .1)/23.841459 = .183887
    assert found is not None
    assert found.value == pytest.approx(0.2)
    assert (found.low + found.high) / 2 == pytest.approx(0.183887, abs=1e-6)
    assert found.n == 20


def test_the_brier_score_is_the_mean_squared_error():
    found = brier(SHARP, SHARP.scores, precision=PRECISION)

    # 18 rows off by .2 and 2 by .8: (18 * .04 + 2 * .64)/20
    assert found is not None
    assert found.value == pytest.approx(0.1)
    assert 0 < found.low < 0.1 < found.high


def test_a_binned_score_counts_as_the_middle_of_its_bin():
    piece = pieces.a_piece([0.0, 0.75], yes=[0, 1], no=[1, 0], thresholds=(0.5,))

    found = claimed(piece, PROBABILITY, FOUR_BINS)

    assert found.middle.tolist() == [0.125, 0.875]
    assert found.high.tolist() == [0.25, 1.0]


def test_a_bin_that_a_threshold_divides_has_its_own_middle():
    grid = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.6,), bins=4)

    found = claimed(pieces.a_piece([0.5, 0.6], yes=[0, 1], no=[1, 0], thresholds=(0.6,)), PROBABILITY, grid)

    assert found.middle.tolist() == pytest.approx([0.55, 0.675])


def test_the_brier_bound_is_the_worst_place_within_each_bin():
    piece = pieces.a_piece([0.0, 0.75], yes=[0, 1], no=[1, 0], thresholds=(0.5,))

    found = calibrate(piece, score=PROBABILITY, grid=FOUR_BINS, precision=PRECISION, bins=(0.0,))

    # one without the outcome at .25 rather than .125: .0625 - .015625; one with it at .75 rather than .875: the same
    assert found.brier is not None
    assert found.brier.value == 0.015625
    assert found.binning_bound == 0.046875


def test_the_calibration_error_stands_beside_what_chance_gives():
    piece = pieces.a_piece([0.25, 0.75], yes=[4, 6], no=[6, 4], thresholds=(0.5,))

    found = calibrate(piece, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0,)).expected_calibration_error

    # |.4 - .25| and |.6 - .75|; chance: sqrt(2 * .1875/(pi * 10)) = .109255 in both
    assert found is not None
    assert found.value == pytest.approx(0.15)
    assert found.expected_by_chance == pytest.approx(0.109255, abs=1e-6)
    assert (found.bins, found.n) == (10, 20)


def test_chance_gives_the_calibration_error_that_is_foreseen():
    rng = np.random.default_rng(4)
    scores = np.linspace(0.05, 0.95, 10)
    values, foreseen = [], 0.0
    for _ in range(200):
        yes = rng.binomial(20, scores)
        piece = pieces.a_piece(scores, yes=yes, no=20 - yes, thresholds=(0.5,))
        found = calibrate(piece, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=()).expected_calibration_error
        assert found is not None
        values.append(found.value)
        foreseen = found.expected_by_chance

    assert np.mean(values) == pytest.approx(foreseen, rel=0.05)


def test_an_empty_group_has_no_calibration():
    piece = pieces.a_piece([0.2], yes=[0], no=[0], unknown=[2], thresholds=(0.5,))

    found = calibrate(piece, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0,))

    assert found.curve == ()
    assert (found.in_the_large, found.brier, found.slope, found.expected_calibration_error) == (None, None, None, None)


def test_the_calibration_of_one_person_is_hardly_known():
    piece = pieces.a_piece([0.2], yes=[0], no=[1], thresholds=(0.5,))

    found = calibrate(piece, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0,))

    assert found.in_the_large is not None
    assert found.in_the_large.value == pytest.approx(-0.2)
    assert found.in_the_large.high > 0.5
    assert found.slope is None


def test_recurring_people_widen_every_interval():
    rng = np.random.default_rng(9)
    score = np.round(rng.uniform(0.1, 0.9, 400), 2)
    outcome = (rng.uniform(size=400) < score).astype(int)
    rows = {"score": np.tile(score, 4), "outcome": np.tile(outcome, 4), "thresholds": (0.5,)}
    apart = calibrate(pieces.of_rows(**rows), score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0,))

    found = calibrate(
        pieces.of_rows(**rows, person=np.tile(np.arange(400), 4)),
        score=PROBABILITY,
        grid=EXACT,
        precision=Precision(rows_per_person=4.0),
        bins=(0.0,),
    )

    # four equal rows of each person: twice the width
    for name in ("in_the_large", "brier", "slope"):
        one, other = getattr(found, name), getattr(apart, name)
        assert one.value == pytest.approx(other.value)
        assert (one.high - one.low) / (other.high - other.low) == pytest.approx(2, rel=0.2)
    assert found.curve[0].observed.high - found.curve[0].observed.low > 1.6 * (apart.curve[0].observed.high - apart.curve[0].observed.low)


def test_nothing_warns_of_a_score_at_its_limits():
    piece = pieces.a_piece([0.0, 1.0], yes=[0, 1], no=[1, 0], thresholds=(0.5,))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = calibrate(piece, score=PROBABILITY, grid=EXACT, precision=PRECISION, bins=(0.0,))

    assert found.expected_calibration_error is not None
    assert found.expected_calibration_error.expected_by_chance == 0
