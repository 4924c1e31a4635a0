"""Intervals of one proportion, against published values."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.inference.intervals import clopper_pearson, jeffreys, mid_p, wilson, wilson_at

# Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81/263, 15/148, 0/20, 1/29 with their 95 % limits
HITS, TRIALS = [81, 15, 0, 1], [263, 148, 20, 29]


def test_wilson_limits_are_those_published():
    low, high = wilson([81, 15, 0, 1, 0], [263, 148, 20, 29, 10], confidence=0.95)

    assert low == pytest.approx([0.2553, 0.0624, 0.0, 0.0061, 0.0], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718, 0.2775], abs=5e-5)


def test_clopper_pearson_limits_are_those_published():
    low, high = clopper_pearson(HITS[1:], TRIALS[1:], confidence=0.95)

    assert low == pytest.approx([0.0578, 0.0, 0.0009], abs=5e-5)
    assert high == pytest.approx([0.1617, 0.1684, 0.1776], abs=5e-5)


def test_mid_p_limits_are_those_published():
    low, high = mid_p(HITS[1:], TRIALS[1:], confidence=0.95)

    assert low == pytest.approx([0.0601, 0.0, 0.0017], abs=5e-5)
    assert high == pytest.approx([0.1581, 0.1391, 0.1585], abs=5e-5)


def test_jeffreys_limits_are_beta_quantiles_and_reach_the_end_where_all_or_none_hit():
    low, high = jeffreys([0, 20, 7], [20, 20, 20], confidence=0.95)

    # 0/20: statsmodels 0.15 proportion_confint(method="jeffreys"); 7/20: scipy.stats.beta(7.5, 13.5).ppf([.025, .975])
    assert low == pytest.approx([0.0, 1 - 0.1166, 0.172], abs=5e-4)
    assert high == pytest.approx([0.1166, 1.0, 0.568], abs=5e-4)


@pytest.mark.parametrize("method", [wilson, clopper_pearson, jeffreys, mid_p])
def test_without_trials_nothing_is_known(method):
    low, high = method([0, 0.0], [0, 0.0], confidence=0.95)

    assert low.tolist() == [0.0, 0.0]
    assert high.tolist() == [1.0, 1.0]


def test_without_hits_the_lower_limit_is_zero_and_not_nearly():
    trials = np.arange(1, 400)

    assert np.all(wilson(0, trials, confidence=0.95)[0] == 0)
    assert np.all(wilson(trials, trials, confidence=0.95)[1] == 1)


@pytest.mark.parametrize("method", [wilson, clopper_pearson, jeffreys, mid_p])
def test_one_trial_leaves_the_other_end_open(method):
    low, high = method([0, 1], [1, 1], confidence=0.95)

    assert low[0] == 0.0
    assert high[1] == 1.0
    assert high[0] == pytest.approx(1 - low[1])
    assert high[0] > 0.7


@pytest.mark.parametrize("method", [wilson, clopper_pearson, jeffreys, mid_p])
def test_a_fractional_count_lies_between_its_neighbours(method):
    low, high = method([2, 2.5, 3], [10, 10, 10], confidence=0.95)

    assert np.all(np.diff(low) > 0)
    assert np.all(np.diff(high) > 0)


def test_wilson_at_a_critical_value_of_zero_is_the_rate_itself():
    low, high = wilson_at([3], [12], z=0.0)

    assert (low.tolist(), high.tolist()) == ([0.25], [0.25])


def test_arrays_of_any_shape_broadcast():
    low, high = wilson(np.ones((3, 1)), np.full(4, 10.0), confidence=0.9)

    assert low.shape == high.shape == (3, 4)
