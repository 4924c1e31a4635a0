import numpy as np
import pytest

from habeas.audit.estimates import Estimate
from habeas.audit.result import Calibration, CalibrationPoint, Discrimination
from habeas.audit.sections.roughness import Steps, rough_calibration, rough_discrimination, steps, with_rounded_counts
from habeas.audit.slices import Slice
from habeas.terms.group import EVERYONE


def a_slice(by_score):
    """Scores with how many had the outcome and how many did not."""
    n = np.zeros((len(by_score), 3, 3))
    for row, (yes, no) in enumerate(by_score.values()):
        n[row, 2, 1], n[row, 2, 0] = yes, no
    scores = np.array(list(by_score), dtype=float)
    return Slice(group=EVERYONE, scores=scores, n=n, weight=n, weight_squared=n, policy=np.array([-np.inf]), buckets=None)


PIECE = a_slice({1.0: (20, 30), 2.0: (30, 20), 3.0: (47, 49), 4.0: (3, 1)})


def an_estimate(value, n=100):
    return Estimate(value=value, low=value - 0.1, high=value + 0.1, n=n, method="any")


def test_where_every_score_is_shown_nothing_is_rounded():
    assert steps(PIECE, (1.0, 2.0, 3.0, 4.0), maximum=4.0, minimum_cell=10) is None


def test_a_rule_that_withholds_nothing_rounds_nothing():
    assert steps(PIECE, (1.0, 3.0), maximum=4.0, minimum_cell=1) is None


def test_steps_are_what_ten_people_moved_within_their_bin_could_change():
    found = steps(PIECE, (1.0, 2.0, 3.0), maximum=5.0, minimum_cell=10)

    # 100 with and 100 without the outcome, half of either in the bin from 3 on, which is 2 wide and holds 100 of the 200
    assert found.area == pytest.approx(10 * 0.5 / 100)
    assert found.mean == pytest.approx(10 * 2 / 200)
    assert found.slope == pytest.approx(10 / 100)
    assert found.bin_means == pytest.approx((10 * 1 / 50, 10 * 1 / 50, 10 * 2 / 100))


def test_an_area_is_told_in_steps_and_its_bound_grows_by_half_a_step():
    step = Steps(area=0.004, mean=0.0, slope=0.0, bin_means=())
    found = Discrimination(group=EVERYONE, auc=an_estimate(0.7123), binning_bound=0.0, difference=an_estimate(0.0519))

    told = rough_discrimination(found, step, None)

    assert (told.auc.value, told.auc.low, told.auc.high) == pytest.approx((0.71, 0.61, 0.81))
    assert told.binning_bound == pytest.approx(0.0025)
    assert told.difference.value == pytest.approx(0.05)


def test_a_difference_is_as_rough_as_the_rougher_of_both():
    step = Steps(area=0.04, mean=0.0, slope=0.0, bin_means=())

    told = rough_discrimination(Discrimination(group=EVERYONE, auc=an_estimate(0.7123), difference=an_estimate(0.0519)), None, step)

    assert told.auc.value == 0.7123
    assert told.difference.value == pytest.approx(0.05)


def test_a_mean_score_stays_in_its_bin():
    point = CalibrationPoint(low=5.0, high=None, mean_score=7.1, observed=an_estimate(0.5))
    other = CalibrationPoint(low=1.0, high=2.0, mean_score=1.9, observed=an_estimate(0.5))

    told = rough_calibration(Calibration(group=EVERYONE, curve=(other, point)), Steps(area=0.0, mean=0.0, slope=0.0, bin_means=(6.0, 1.04)))

    assert [one.mean_score for one in told.curve] == [1.0, 8.0]


def test_counts_behind_an_area_are_rounded_with_the_others():
    told = with_rounded_counts(Discrimination(group=EVERYONE, auc=an_estimate(0.7, n=253)), multiple=10)

    assert told.auc.n == 250
