"""Two proportions compared, against published values."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.inference.score import (
    Variance,
    difference_interval,
    difference_statistic,
    newcombe_difference,
    p_different,
    p_reaches,
    ratio_interval,
    ratio_statistic,
)
from habeas.audit.plan import Tolerance


def columns(*pairs):
    """(hits, trials, reference hits, reference trials) of each pair, as four columns."""
    return [np.array(column, dtype=float) for column in zip(*pairs, strict=True)]


def test_newcombes_hybrid_limits_are_those_of_his_table():
    # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10
    tables = columns(
        (56, 70, 48, 80),
        (9, 10, 3, 10),
        (6, 7, 2, 7),
        (5, 56, 0, 29),
        (0, 10, 0, 20),
        (0, 10, 0, 10),
        (10, 10, 0, 20),
        (10, 10, 0, 10),
    )

    low, high = newcombe_difference(*tables, confidence=0.95)

    assert low == pytest.approx([0.0524, 0.1705, 0.0582, -0.0381, -0.1611, -0.2775, 0.6791, 0.6075], abs=5e-5)
    assert high == pytest.approx([0.3339, 0.8090, 0.8062, 0.1926, 0.2775, 0.2775, 1.0, 1.0], abs=5e-5)


def test_miettinen_nurminen_limits_of_a_difference_are_those_published():
    # tables of Newcombe (1998) and Laud (2017), Pharmaceutical Statistics 16, 334-348, as tested by the R package ratesci
    tables = columns((56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (5, 56, 0, 29))

    low, high = difference_interval(*tables, confidence=0.95)

    assert low == pytest.approx([0.0528, 0.1700, 0.7156, -0.0326], abs=5e-5)
    assert high == pytest.approx([0.3382, 0.8406, 1.0, 0.1933], abs=5e-5)


def test_mee_limits_of_a_difference_are_those_published():
    # Newcombe (1998), table II, method 5
    low, high = difference_interval(*columns((56, 70, 48, 80), (9, 10, 3, 10)), confidence=0.95, variance=Variance.MEE_KOOPMAN)

    assert low == pytest.approx([0.0533, 0.1821], abs=5e-5)
    assert high == pytest.approx([0.3377, 0.8370], abs=5e-5)


def test_miettinen_nurminen_limits_of_a_ratio_are_those_published():
    # Fagerland, Lydersen and Laake (2015), Statistical Methods in Medical Research 24, 224-254; 29/55 vs 11/11: ratesci's tests
    tables = columns((24, 73, 53, 65), (7, 18, 1, 18), (29, 55, 11, 11))

    low, high = ratio_interval(*tables, confidence=0.95)

    assert low == pytest.approx([0.280, 1.296, 0.397], abs=5e-4)
    assert high == pytest.approx([0.560, 42.544, 0.742], abs=5e-4)


def test_koopman_limits_of_a_ratio_are_those_of_his_paper():
    # Koopman (1984), Biometrics 40, 513-517
    low, high = ratio_interval(36, 40, 16, 80, confidence=0.95, variance=Variance.MEE_KOOPMAN)

    assert (float(low), float(high)) == pytest.approx((2.940, 7.152), abs=5e-4)


def test_false_positive_rates_of_compas_differ_as_another_implementation_found():
    # ProPublica's truth tables: 805 of 1795 Black and 349 of 1488 White people who were not charged again
    counts = (805, 1795, 349, 1488)

    difference, ratio = difference_interval(*counts, confidence=0.95), ratio_interval(*counts, confidence=0.95)

    assert [float(limit) for limit in difference] == pytest.approx([0.1822, 0.2452], abs=5e-5)
    assert [float(limit) for limit in ratio] == pytest.approx([1.723, 2.126], abs=5e-4)


def test_without_trials_on_a_side_every_disparity_is_possible():
    tables = columns((0, 0, 3, 10), (3, 10, 0, 0), (0, 0, 0, 0))

    assert [limits.tolist() for limits in difference_interval(*tables, confidence=0.95)] == [[-1, -1, -1], [1, 1, 1]]
    assert [limits.tolist() for limits in newcombe_difference(*tables, confidence=0.95)] == [[-1, -1, -1], [1, 1, 1]]
    assert [limits.tolist() for limits in ratio_interval(*tables, confidence=0.95)] == [[0, 0, 0], [np.inf] * 3]
    assert p_different(*tables).tolist() == [1, 1, 1]
    assert p_reaches(*tables, tolerance=Tolerance(difference=0.05)).tolist() == [1, 1, 1]
    assert p_reaches(*tables, tolerance=Tolerance(ratio=1.25)).tolist() == [1, 1, 1]


def test_a_reference_without_hits_leaves_the_ratio_without_an_upper_limit():
    low, high = ratio_interval([5, 0, 0], [10, 10, 10], [0, 5, 0], [10, 10, 10], confidence=0.95)

    assert low[0] > 1
    assert high[0] == np.inf
    assert low[1] == 0
    assert high[1] == pytest.approx(1 / low[0])
    assert (low[2], high[2]) == (0, np.inf)


def test_opposite_extremes_reach_the_end_and_no_further():
    low, high = difference_interval([10, 0], [10, 10], [0, 10], [10, 10], confidence=0.95)

    assert high[0] == 1
    assert low[1] == -1
    assert low[0] == pytest.approx(-high[1])


def test_equal_rates_of_zero_leave_room_on_both_sides():
    low, high = difference_interval(0, 10, 0, 20, confidence=0.95)

    assert -0.2 < low < 0 < high < 0.3


def test_less_than_one_effective_row_in_all_tells_nothing():
    low, high = difference_interval(0.2, 0.4, 0.1, 0.5, confidence=0.95)

    assert (float(low), float(high)) == pytest.approx((-1, 1), abs=1e-6)


def test_the_statistic_at_equality_is_the_pooled_z():
    # by hand: pooled 104/150; sqrt(150/149 * .69333 * .30667 * (1/70 + 1/80)) = .0757196; .2/.0757196 = 2.64132
    z = difference_statistic(56, 70, 48, 80, at=0)

    assert float(z) == pytest.approx(2.64132, abs=1e-5)
    assert float(ratio_statistic(56, 70, 48, 80, at=1)) == pytest.approx(2.64132, abs=1e-5)


def test_the_statistic_without_trials_is_zero_and_of_the_impossible_infinite():
    assert difference_statistic([0, 10], [0, 10], [3, 0], [10, 10], at=[0.1, -1]).tolist() == [0, np.inf]


def test_enough_cases_are_tested_by_score_and_few_exactly():
    # 56/70 vs 48/80: 2 * P(Z > 2.64132) = .008258. Fisher's tea: 3 of 4 vs 1 of 4, 34/70 = .485714.
    # 2/8 vs 349/1488: dhyper in R 4: fisher.test(matrix(c(2, 6, 349, 1139), 2))$p.value = 1
    p = p_different([56, 3, 2], [70, 4, 8], [48, 1, 349], [80, 4, 1488])

    assert p == pytest.approx([0.008258, 34 / 70, 1.0], abs=1e-6)


def test_a_group_of_one_cannot_raise_an_alarm_against_a_common_rate():
    assert float(p_different(1, 1, 349, 1488)) == pytest.approx(350 / 1489)  # the share of all who hit


def test_fishers_test_takes_fractional_counts_as_whole_ones():
    assert float(p_different(2.9, 4.2, 1.1, 3.8)) == pytest.approx(34 / 70)


def test_p_of_reaching_a_tolerance_at_the_limit_of_a_95_percent_interval_is_one_in_forty():
    # the published upper limits above: .3382 for a difference, .560 = 1/1.785 for a ratio
    difference = p_reaches(56, 70, 48, 80, tolerance=Tolerance(difference=0.3382), sure_below=0)
    ratio = p_reaches(53, 65, 24, 73, tolerance=Tolerance(ratio=1 / 0.2797), sure_below=0)

    assert float(difference) == pytest.approx(0.025, abs=1e-4)
    assert float(ratio) == pytest.approx(0.025, abs=1e-3)


def test_few_people_claim_equality_only_by_limits_that_hold_for_certain():
    # of 12, 4 hits; of 600, 200: Clopper-Pearson limits with half of 5 % each are (.0992, .6511) and (.2957, .3726), from R's
    # binom.test(4, 12) and binom.test(200, 600): a tolerance is excluded from .6511 - .2957 = .3554 on
    below, above = (float(p_reaches(4, 12, 200, 600, tolerance=Tolerance(difference=t))) for t in (0.354, 0.357))

    assert below > 0.05 > above


def test_few_people_claim_an_equal_ratio_only_by_limits_that_hold_for_certain():
    # the same limits: .6511 / .2957 = 2.202 and .3726 / .0992 = 3.755; the larger decides
    below, above = (float(p_reaches(4, 12, 200, 600, tolerance=Tolerance(ratio=t))) for t in (3.72, 3.79))

    assert below > 0.05 > above


def test_equality_is_shown_by_many_and_not_by_few():
    tolerance = Tolerance(difference=0.05)

    p = p_reaches([300, 3], [3000, 30], [310, 31], [3000, 300], tolerance=tolerance)

    assert p[0] < 1e-6
    assert p[1] > 0.1


def test_p_of_reaching_does_not_depend_on_who_is_the_reference():
    for tolerance in (Tolerance(difference=0.1), Tolerance(ratio=1.3)):
        one = p_reaches(30, 100, 50, 130, tolerance=tolerance)
        other = p_reaches(50, 130, 30, 100, tolerance=tolerance)
        assert float(one) == pytest.approx(float(other), rel=1e-9)


def test_rare_events_among_millions_keep_their_digits():
    # the limits solve |z| = 1.96 also at rates of one in a million
    low, high = difference_interval([3, 0], [5e6, 8e6], [9, 0], [4e6, 9e6], confidence=0.95)

    z = difference_statistic([3, 3], [5e6, 5e6], [9, 9], [4e6, 4e6], at=[low[0], high[0]])

    assert z == pytest.approx([1.959964, -1.959964], abs=1e-4)
    assert low[1] < 0 < high[1] < 1e-6


def test_a_rate_whose_likeliest_value_is_zero_is_taken_as_zero():
    # no hits in the reference: its likeliest rate is 0, the group's is d, and z = (5/N - d)/sqrt(d(1 - d)/N) with N = 86,804,873
    d, n = 2.6e-6, 86_804_873

    z = difference_statistic(5, n, 0, 90, at=d, variance=Variance.MEE_KOOPMAN)

    assert float(z) == pytest.approx((5 / n - d) / (d / n) ** 0.5, rel=1e-5)
