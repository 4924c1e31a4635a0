"""What rows are worth where people recur, by hand and against an exact calculation by person."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.cells import BUCKETS
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import (
    compare,
    comparisons,
    effective_counts,
    effective_trials,
    effective_weighted,
    interval,
    intervals,
    jackknife,
    p_values_of_disparity,
    p_values_of_equality,
    standard_error,
)
from habeas.audit.inference.proportions import Proportion
from habeas.audit.inference.score import p_different, p_reaches
from habeas.audit.plan import Tolerance

Z, T2 = 1.959964, 4.302653  # 97.5 % quantiles of the normal and of Student's t with 2 degrees of freedom, from tables


def buckets(*counts):
    """(128,) with these counts in the first buckets."""
    return np.array([*counts, *[0] * (BUCKETS - len(counts))], dtype=float)


def worth(hits, trials, *, rows_per_person=2.0):
    trials = np.asarray(trials, dtype=float)
    found = effective_trials(
        hits_by_bucket=hits, trials_by_bucket=trials, rows=trials.sum(axis=-1), rows_per_person=rows_per_person, confidence=0.95
    )
    return found.tolist()


def plain(hits, trials):
    return Proportion(hits=hits, trials=trials, rows=int(trials), effective=float(trials))


def of_people(hits, trials, effective):
    return Proportion(
        hits=float(hits.sum()),
        trials=float(trials.sum()),
        rows=int(trials.sum()),
        effective=effective,
        hits_by_bucket=hits,
        trials_by_bucket=trials,
    )


def test_three_buckets_are_worth_what_they_are_by_hand():
    # rates without each bucket 2/4, 3/4, 1/4: V = 2/3 * .125 = .08333, p(1 - p)/V = 3 rows of 6; two rows for one is also the
    # worst (six rows, three people), so the worst case changes nothing; times (z/t)^2 with 2 degrees of freedom
    assert worth(buckets(1, 0, 2), buckets(2, 2, 2)) == pytest.approx(3 * (Z / T2) ** 2, abs=1e-6)


def test_where_few_buckets_hold_a_hit_the_worst_case_weighs_in():
    # one hit in ten buckets of ten rows: p = .01; without its bucket 0, without another 1/90, mean .01; V = .9 * (9 * (1/900)^2 + .01^2)
    # = 1e-4, so 100 * 1e-4/.0099 = 1.010101 rows for one; ten filled buckets are -128 ln(1 - 10/128) = 10.412 people, so at worst
    # 100/10.412 = 9.604 rows for one; one bucket tells: (1 * 1.010101 + .5 * 9.604)/1.5 = 3.8748; t with 9 degrees of freedom 2.262157
    found = worth(buckets(1), buckets(*[10] * 10), rows_per_person=3.0)

    assert found == pytest.approx(100 / 3.8748 * (Z / 2.262157) ** 2, rel=1e-4)


def test_at_rates_of_zero_and_one_all_rows_of_a_person_count_as_one():
    assert worth(np.stack([buckets(0), buckets(2, 2, 2)]), np.stack([buckets(2, 2, 2)] * 2)) == [3.0, 3.0]


def test_rows_that_fill_a_single_bucket_are_about_one_person():
    assert worth(buckets(25), buckets(50), rows_per_person=3.0) == pytest.approx(-128 * np.log(1 - 1 / 128))


def test_people_are_no_fewer_than_the_buckets_they_fill():
    assert worth(buckets(0, 0, 0), buckets(1, 1, 1), rows_per_person=10.0) == 3.0


def test_rows_of_different_people_without_hits_are_worth_themselves():
    assert worth(buckets(0), buckets(*[7] * 128), rows_per_person=1.0) == 7 * 128


def test_no_rows_are_worth_nothing():
    assert worth(buckets(0), buckets(0)) == 0.0


def test_one_row_is_worth_one():
    assert worth(buckets(1), buckets(1)) == 1.0


def test_rows_are_never_worth_more_than_their_number():
    # four or six hits of ten in turn: buckets differ by less than chance would have it; or not at all
    assert worth(buckets(*[4, 6] * 64), buckets(*[10] * 128), rows_per_person=1.0) == 1280.0
    assert worth(buckets(*[5] * 128), buckets(*[10] * 128), rows_per_person=1.0) == 1280.0


def test_leading_axes_are_kept():
    hits, trials = np.zeros((2, 3, BUCKETS)), np.ones((2, 3, BUCKETS))
    hits[..., :40] = 1

    found = effective_trials(
        hits_by_bucket=hits, trials_by_bucket=trials, rows=np.full((2, 3), BUCKETS), rows_per_person=1.5, confidence=0.95
    )

    assert found.shape == (2, 3)
    assert np.ptp(found) == 0


@pytest.mark.parametrize("times", [2, 5])
def test_repeating_every_row_of_every_person_changes_nothing(times):
    rng = np.random.default_rng(7)
    trials = rng.integers(1, 30, size=BUCKETS).astype(float)
    hits = rng.binomial(trials.astype(int), rng.beta(2, 5, size=BUCKETS)).astype(float)

    once = worth(hits, trials, rows_per_person=3.0)
    repeated = worth(hits * times, trials * times, rows_per_person=3.0 * times)

    assert repeated == pytest.approx(once, rel=1e-12)
    assert once < trials.sum() / 2


def test_new_people_are_worth_more():
    rng = np.random.default_rng(7)
    trials = rng.integers(1, 30, size=BUCKETS).astype(float)
    hits = rng.binomial(trials.astype(int), rng.beta(2, 5, size=BUCKETS)).astype(float)
    more = np.roll(hits, 1) + hits, np.roll(trials, 1) + trials

    assert worth(*more, rows_per_person=3.0) > 1.5 * worth(hits, trials, rows_per_person=3.0)


def test_its_standard_error_is_that_of_a_sandwich_by_person_within_its_noise():
    # exact linearised variance by person, for 60 groups of 3,000 people; the noise of 128 buckets is 1/sqrt(2 * 127) = 6.3 %
    rng = np.random.default_rng(3)
    ratios = []
    for _ in range(60):
        rows = 1 + rng.poisson(2, size=3000)
        hits = rng.binomial(rows, rng.beta(0.5, 1.5, size=3000))
        rate = hits.sum() / rows.sum()
        exact = np.sqrt(np.square(hits - rate * rows).sum()) / rows.sum()
        bucket = rng.integers(0, BUCKETS, size=3000)
        x, n = (np.bincount(bucket, weights=column, minlength=BUCKETS) for column in (hits, rows))
        ratios.append(float(standard_error((x.sum() - x) / (n.sum() - n))) / exact)

    assert np.mean(ratios) == pytest.approx(1, abs=0.025)
    assert np.std(ratios) == pytest.approx(0.063, abs=0.02)


def test_weighted_rows_are_worth_what_they_are_by_hand():
    # weights 2 (a hit), 1, 1: p = .5, V = (4 * .25 + 2 * .25)/16 = .09375, p(1 - p)/V = 2.6667
    assert float(effective_weighted(hits=2, trials=4, hits_squared=4, trials_squared=6, rows=3)) == pytest.approx(8 / 3)


def test_equal_weights_change_nothing():
    found = effective_weighted(
        hits=[30, 0, 100, 0],
        trials=[100, 100, 100, 0],
        hits_squared=[30, 0, 100, 0],
        trials_squared=[100, 100, 100, 0],
        rows=[100, 100, 100, 0],
    )

    assert found == pytest.approx([100, 100, 100, 0])


def test_unequal_weights_without_hits_are_worth_kishs_number():
    # weights 3 and 1: (3 + 1)^2/(9 + 1)
    assert float(effective_weighted(hits=0, trials=4, hits_squared=0, trials_squared=10, rows=2)) == pytest.approx(1.6)


def test_the_jackknife_leaves_empty_buckets_out():
    # replicates 1, 2, 4: mean 7/3, squares 16/9 + 1/9 + 25/9 = 14/3; sqrt(2/3 * 14/3) = 1.763834
    error, low, high = jackknife(np.array([1.0, np.nan, 2.0, 4.0]), 2.0, confidence=0.95)

    assert float(error) == pytest.approx(1.763834, abs=1e-6)
    assert (float(low), float(high)) == pytest.approx((2 - T2 * 1.763834, 2 + T2 * 1.763834), abs=1e-5)


def test_the_jackknife_of_one_bucket_knows_no_limits():
    found = jackknife(np.array([[1.0, np.nan], [np.nan, np.nan]]), np.array([2.0, 0.0]), confidence=0.95)

    assert [column.tolist() for column in found] == [[np.inf] * 2, [-np.inf] * 2, [np.inf] * 2]


def test_a_proportion_comes_with_its_interval_and_method():
    found = interval(plain(15, 148), confidence=0.95)

    assert found is not None
    assert (found.value, found.n, found.method) == (15 / 148, 148, "Wilson score")
    assert (found.low, found.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_an_interval_on_people_says_so_and_is_wider():
    trials = buckets(*[3] * 100)
    people = of_people(trials / 3, trials, 150.0)
    weighted = Proportion(hits=100.0, trials=300.0, rows=300, effective=200.0)

    by_people, by_weights, by_rows = intervals([people, weighted, plain(100, 300)], confidence=0.95)

    assert by_people is not None
    assert by_weights is not None
    assert by_rows is not None
    assert by_people.method == "Wilson score on effective counts (delete-a-group jackknife over 128 buckets)"
    assert by_weights.method == "Wilson score on effective counts (linearised variance of weights)"
    assert by_people.high - by_people.low > by_weights.high - by_weights.low > by_rows.high - by_rows.low
    assert by_people.n == 300


def test_a_proportion_without_trials_has_no_interval():
    assert interval(plain(0, 0), confidence=0.95) is None
    assert intervals([], confidence=0.95) == ()


def test_a_comparison_gives_difference_and_ratio():
    # ProPublica's truth tables of COMPAS: false positives among those not charged again
    difference, ratio = compare(plain(805, 1795), plain(349, 1488), confidence=0.95)

    assert difference == Estimate(
        value=805 / 1795 - 349 / 1488,
        low=pytest.approx(0.1822, abs=5e-5),
        high=pytest.approx(0.2452, abs=5e-5),
        n=3283,
        method="Miettinen-Nurminen score",
    )
    assert ratio is not None
    assert (ratio.low, ratio.value, ratio.high) == pytest.approx((1.723, 1.912, 2.126), abs=5e-4)


def test_a_comparison_with_nobody_is_none_and_with_a_rate_of_zero_has_no_ratio():
    assert compare(plain(0, 0), plain(1, 3), confidence=0.95) == (None, None)
    assert compare(plain(1, 3), plain(0, 0), confidence=0.95) == (None, None)

    difference, ratio = compare(plain(1, 3), plain(0, 3), confidence=0.95)

    assert difference is not None
    assert ratio is None


def test_many_comparisons_are_those_made_one_by_one():
    pairs = [(plain(i % 7, 20 + i), plain(50, 200)) for i in range(9)]

    together = comparisons(pairs, confidence=0.9)
    alone = [compare(*pair, confidence=0.9) for pair in pairs]

    for found, expected in zip(together, alone, strict=True):
        for one, other in zip(found, expected, strict=True):
            assert one is not None
            assert other is not None
            assert (one.value, one.n, one.method) == (other.value, other.n, other.method)
            assert (one.low, one.high) == pytest.approx((other.low, other.high), rel=1e-9)
    assert comparisons([], confidence=0.9) == ()


def test_effective_counts_keep_the_rate():
    hits, trials = effective_counts([Proportion(hits=30.0, trials=90.0, rows=90, effective=45.0), plain(0, 0)])

    assert hits.tolist() == pytest.approx([15.0, 0.0])
    assert trials.tolist() == [45.0, 0.0]


def test_rows_of_different_people_are_tested_as_counts():
    pairs = [(plain(56, 70), plain(48, 80)), (plain(3, 4), plain(1, 4)), (plain(0, 0), plain(1, 4))]
    tolerance = Tolerance(difference=0.3)

    assert p_values_of_equality(pairs, confidence=0.95) == pytest.approx(p_different([56, 3, 0], [70, 4, 0], [48, 1, 1], [80, 4, 4]))
    assert p_values_of_disparity(pairs, tolerance=tolerance, confidence=0.95) == pytest.approx(
        p_reaches([56, 3, 0], [70, 4, 0], [48, 1, 1], [80, 4, 4], tolerance=tolerance)
    )
    assert p_values_of_equality([], confidence=0.95).shape == (0,)


def test_where_people_recur_small_p_values_need_more_and_that_of_the_interval_stays():
    few = buckets(*[4] * 30)
    one, reference = of_people(few / 2, few, 60.0), plain(300, 1000)
    edge = of_people(few * 0.434, few, 60.0)

    p = p_values_of_equality([(one, reference), (edge, reference)], confidence=0.95)
    normal = p_different([30.0, 26.04], [60.0, 60.0], [300.0] * 2, [1000.0] * 2)

    assert p[0] > 2 * normal[0]
    assert normal[1] == pytest.approx(0.0285, abs=0.003)
    assert 0.0285 < p[1] < 0.05


def test_a_p_value_at_the_interval_s_own_level_is_left_alone():
    few = buckets(*[4] * 30)
    pairs = [(of_people(few * share, few, 60.0), plain(300, 1000)) for share in np.linspace(0.3, 0.6, 61)]

    p = p_values_of_equality(pairs, confidence=0.95)
    normal = p_different(*effective_counts([one for one, _ in pairs]), np.full(61, 300.0), np.full(61, 1000.0))

    assert ((p <= 0.05) == (normal <= 0.05)).all()
