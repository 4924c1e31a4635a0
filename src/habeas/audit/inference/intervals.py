"""Intervals of one proportion, over arrays of counts of any shape that broadcast together.

`hits` and `trials` may be fractional: an effective count of clustered or weighted rows is as good as a count. Without trials
nothing is known, and every interval here is from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from habeas.audit.cells import Floats

HALVINGS = 60


def critical_value(confidence: float) -> float:
    """How many standard errors a two-sided normal interval spans on each side, e.g. 1.96 at 0.95."""
    return float(special.ndtri((1 + confidence) / 2))


def wilson(hits: ArrayLike, trials: ArrayLike, *, confidence: float) -> tuple[Floats, Floats]:
    """The interval shown by default: close to its nominal confidence, never outside 0 and 1, defined at 0 hits.

    Wilson (1927), JASA 22, 209-212: the rates that a score test of the observed one does not refuse.
    """
    return wilson_at(hits, trials, z=critical_value(confidence))


def wilson_at(hits: ArrayLike, trials: ArrayLike, *, z: ArrayLike) -> tuple[Floats, Floats]:
    """Wilson's interval at a critical value that was found otherwise, e.g. one for many rates at once."""
    x, n = _counts(hits, trials)
    rate, per_trial = x / _some(n), np.square(z) / _some(n)
    centre = rate + per_trial / 2
    half = np.sqrt(rate * (1 - rate) * per_trial + np.square(per_trial) / 4)
    low = np.where(x == 0, 0.0, (centre - half) / (1 + per_trial))
    high = np.where(x == n, 1.0, (centre + half) / (1 + per_trial))
    return _unknown_without_trials(low, high, n)


def clopper_pearson(hits: ArrayLike, trials: ArrayLike, *, confidence: ArrayLike) -> tuple[Floats, Floats]:
    """The interval for statements that must hold at least this often whatever the rate; wider than Wilson's.

    Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    x, n = _counts(hits, trials)
    tail = (1 - np.asarray(confidence, dtype=np.float64)) / 2
    low = special.betaincinv(np.where(x > 0, x, 1.0), n - x + 1, tail)
    high = special.betaincinv(x + 1, np.where(x < n, n - x, 1.0), 1 - tail)
    return _unknown_without_trials(np.where(x > 0, low, 0.0), np.where(x < n, high, 1.0), n)


def jeffreys(hits: ArrayLike, trials: ArrayLike, *, confidence: float) -> tuple[Floats, Floats]:
    """The Bayesian reading: the rate lies here with this probability, knowing nothing before (Beta(1/2, 1/2) prior).

    The limit at 0 hits is 0, and at all hits 1: Brown, Cai and DasGupta (2001), Statistical Science 16, 101-133, section 3.1.
    """
    x, n = _counts(hits, trials)
    tail = (1 - confidence) / 2
    low = np.where(x > 0, special.betaincinv(x + 0.5, n - x + 0.5, tail), 0.0)
    high = np.where(x < n, special.betaincinv(x + 0.5, n - x + 0.5, 1 - tail), 1.0)
    return _unknown_without_trials(low, high, n)


def mid_p(hits: ArrayLike, trials: ArrayLike, *, confidence: float) -> tuple[Floats, Floats]:
    """Clopper and Pearson's interval with the observed count given half its weight: right on average, not at worst.

    Lancaster (1961), JASA 56, 223-234.
    """
    x, n = _counts(hits, trials)
    tail = (1 - confidence) / 2
    low = np.where(x > 0, _rate_at(lambda rate: _half_weighted_tail(x, n, rate) - tail, x), 0.0)
    high = np.where(x < n, _rate_at(lambda rate: _half_weighted_tail(x, n, rate) - (1 - tail), x), 1.0)
    return _unknown_without_trials(low, high, n)


def _half_weighted_tail(x: Floats, n: Floats, rate: Floats) -> Floats:
    """P(X > x) + P(X = x) / 2, which rises with the rate; both tails as incomplete beta functions, so that x may be fractional."""
    at_least = np.where(x > 0, special.betainc(np.where(x > 0, x, 1.0), n - x + 1, rate), 1.0)
    beyond = np.where(x < n, special.betainc(x + 1, np.where(x < n, n - x, 1.0), rate), 0.0)
    return np.asarray((at_least + beyond) / 2)


def _rate_at(excess: Callable[[Floats], Floats], like: Floats) -> Floats:
    """Where a function that rises with the rate crosses zero, by halving: 60 steps leave less than a double can tell."""
    low, high = np.zeros_like(like), np.ones_like(like)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        beyond = excess(middle) > 0
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return np.asarray((low + high) / 2)


def _counts(hits: ArrayLike, trials: ArrayLike) -> tuple[Floats, Floats]:
    x, n = np.broadcast_arrays(np.asarray(hits, dtype=np.float64), np.asarray(trials, dtype=np.float64))
    return x, n


def _some(trials: Floats) -> Floats:
    """The trials, with a stand-in where there are none: what is computed there is thrown away."""
    return np.where(trials > 0, trials, 1.0)


def _unknown_without_trials(low: Floats, high: Floats, trials: Floats) -> tuple[Floats, Floats]:
    known = trials > 0
    return np.where(known, np.clip(low, 0, 1), 0.0), np.where(known, np.clip(high, 0, 1), 1.0)
