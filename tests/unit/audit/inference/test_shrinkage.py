"""Rates of small groups pulled towards the rest, against a likelihood tabulated with scipy.stats."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from habeas.audit.inference.shrinkage import shrink

HITS, TRIALS = np.array([1, 5, 30, 2, 0, 40, 9, 60]), np.array([14, 20, 100, 5, 20, 80, 60, 75])


def test_values_are_posterior_means_under_the_likeliest_beta():
    means, sizes = np.meshgrid(np.linspace(0.2, 0.6, 161), np.geomspace(0.5, 30, 161))
    likelihood = stats.betabinom.logpmf(HITS, TRIALS, (means * sizes)[..., None], ((1 - means) * sizes)[..., None]).sum(axis=-1)
    best = np.unravel_index(likelihood.argmax(), likelihood.shape)
    a, b = means[best] * sizes[best], (1 - means[best]) * sizes[best]

    value, low, high = shrink(HITS, TRIALS, confidence=0.9)

    posterior = stats.beta(HITS + a, TRIALS - HITS + b)
    assert value == pytest.approx(posterior.mean(), abs=0.004)
    assert low == pytest.approx(posterior.ppf(0.05), abs=0.004)
    assert high == pytest.approx(posterior.ppf(0.95), abs=0.004)


def test_small_groups_are_pulled_further_than_large_ones():
    value, _, _ = shrink([1, 10, 50, 400], [10, 100, 100, 800], confidence=0.95)

    raw = np.array([0.1, 0.1, 0.5, 0.5])
    assert abs(value - raw)[0] > abs(value - raw)[1]
    assert abs(value - raw)[2] > abs(value - raw)[3]


def test_groups_that_do_not_differ_beyond_chance_are_pooled():
    value, low, high = shrink([10, 10, 10], [30, 30, 30], confidence=0.95)

    assert value.tolist() == [1 / 3] * 3
    # Wilson's limits of 30/90: (30 + z^2/2 -+ z sqrt(30 * 60/90 + z^2/4))/(90 + z^2), z = 1.959964
    assert low == pytest.approx([0.24454] * 3, abs=1e-5)
    assert high == pytest.approx([0.43578] * 3, abs=1e-5)


def test_a_single_group_stays_as_it_is():
    value, low, high = shrink([1], [3], confidence=0.95)

    assert value.tolist() == [1 / 3]
    assert low[0] < 1 / 3 < high[0]


def test_a_group_without_trials_gets_what_is_known_of_the_rest():
    value, low, high = shrink([*HITS, 0], [*TRIALS, 0], confidence=0.95)

    assert low[-1] < value[-1] < high[-1]
    assert value[:-1] == pytest.approx(shrink(HITS, TRIALS, confidence=0.95)[0])


@pytest.mark.parametrize(("hits", "trials", "value"), [([0, 0], [0, 0], 0.5), ([0, 0], [3, 5], 0.0), ([3, 5], [3, 5], 1.0)])
def test_all_or_nothing_is_pooled(hits, trials, value):
    assert shrink(hits, trials, confidence=0.95)[0].tolist() == [value, value]


def test_no_groups_no_values():
    assert [column.shape for column in shrink([], [], confidence=0.95)] == [(0,), (0,), (0,)]
