"""Bands that hold along all thresholds at once."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.cells import BUCKETS
from habeas.audit.inference.bands import band
from habeas.audit.inference.intervals import wilson

RNG_SEED = 11


def banded(hits, trials, *, effective=None, **more):
    hits, trials = np.asarray(hits, dtype=float), np.asarray(trials, dtype=float)
    return band(
        hits=hits,
        trials=trials,
        effective=trials if effective is None else np.asarray(effective, dtype=float),
        rng=np.random.default_rng(RNG_SEED),
        confidence=0.95,
        **more,
    )


def half_width(limits, rate, n):
    """Of the first threshold's interval on the logit scale, in standard errors 1/sqrt(n p (1 - p))."""
    low, high = (np.log(limit[0] / (1 - limit[0])) for limit in limits)
    return (high - low) / 2 * np.sqrt(n * rate * (1 - rate))


def test_no_thresholds_no_band():
    assert [limits.shape for limits in banded([], [])] == [(0,), (0,)]


def test_at_one_threshold_the_band_is_a_logit_interval():
    limits = banded([300], [1000])

    # by hand: the logit of .3 is -.847298; 1.959964 over the root of 1000 * .3 * .7 is .135250
    assert (limits[0][0], limits[1][0]) == pytest.approx((0.27239, 0.32916), abs=2e-5)


def test_the_same_rate_at_every_threshold_needs_no_more_than_one():
    assert half_width(banded([300] * 6, [1000] * 6), 0.3, 1000) == pytest.approx(1.96, abs=1e-2)


def test_two_thresholds_far_apart_need_what_two_independent_ones_need():
    # rates .9 and .0009 have odds 9 and .0009, correlation .01: both within c with probability .95 = (1 - 2 tail)^2, c = 2.2365
    found = half_width(banded([900_000, 900], [1_000_000] * 2), 0.9, 1_000_000)

    assert found == pytest.approx(2.2365, abs=0.04)


def test_neighbouring_thresholds_need_less_than_bonferroni():
    hits = np.arange(500, 300, -10)

    found = half_width(banded(hits, [1000] * 20), 0.5, 1000)

    assert 1.96 < found < 2.6  # Bonferroni over 20: 3.02


def test_trials_that_change_along_the_thresholds_get_bonferroni():
    # 1 - .05/2/2 quantile of the normal: 2.241403
    assert half_width(banded([500, 300], [1000, 700]), 0.5, 1000) == pytest.approx(2.2414, abs=1e-4)


@pytest.mark.parametrize(("hits", "trials"), [(0, 0), (0, 5), (5, 5), (2, 5), (0, 1), (1, 1)])
def test_a_band_is_never_narrower_than_wilsons_interval(hits, trials):
    low, high = banded([hits] * 3, [trials] * 3)

    wilson_low, wilson_high = wilson([hits] * 3, [trials] * 3, confidence=0.95)
    assert np.all(low <= wilson_low)
    assert np.all(high >= wilson_high)


def test_rates_of_zero_and_one_have_finite_limits_beside_others():
    low, high = banded([40, 20, 0], [40, 40, 40])

    assert (low[2], high[0]) == (0, 1)
    assert 0 < low[0] < 1
    assert 0 < high[2] < 1


def test_buckets_that_move_together_need_no_more_than_one_threshold():
    rng = np.random.default_rng(1)
    trials = np.full(BUCKETS, 50.0)
    hits = rng.binomial(50, rng.beta(3, 7, size=BUCKETS)).astype(float)
    together = {"hits_by_bucket": np.stack([hits, hits]), "trials_by_bucket": np.stack([trials, trials])}

    one = banded([hits.sum()], [6400.0], hits_by_bucket=hits[None], trials_by_bucket=trials[None])
    two = banded([hits.sum()] * 2, [6400.0] * 2, **together)

    assert two[0][0] == pytest.approx(one[0][0], abs=7e-4)
    assert two[1][0] == pytest.approx(one[1][0], abs=7e-4)


def test_with_buckets_one_threshold_needs_no_more_than_its_effective_count_already_carries():
    trials = np.zeros((1, BUCKETS))
    trials[:, :6] = 40
    hits = trials * np.linspace(0.1, 0.7, BUCKETS)

    assert half_width(banded([400], [1000], hits_by_bucket=hits, trials_by_bucket=trials), 0.4, 1000) == pytest.approx(1.96, abs=1e-3)


def test_few_people_make_the_band_wider_by_the_tails_of_students_t():
    rng = np.random.default_rng(2)

    def found(filled):
        trials = np.zeros((4, BUCKETS))
        trials[:, :filled] = 40
        hits = np.sort(rng.binomial(40, 0.4, size=(4, BUCKETS)), axis=0)[::-1] * (trials > 0)
        rates = np.array([0.5, 0.4, 0.3, 0.2])
        return half_width(banded(rates * 1000, [1000] * 4, hits_by_bucket=hits.astype(float), trials_by_bucket=trials), 0.5, 1000)

    assert found(6) > found(128) > 2.0


def test_the_same_seed_gives_the_same_band():
    one, other = banded([60, 30, 10], [100] * 3), banded([60, 30, 10], [100] * 3)

    assert [limits.tolist() for limits in one] == [limits.tolist() for limits in other]
