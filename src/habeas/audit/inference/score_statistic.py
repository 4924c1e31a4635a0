"""The score statistics of two proportions: how far the data lie from a supposed difference or ratio, in standard errors.

The standard error is that of the rates most likely *if the supposition held*, which is what keeps these statistics honest with
few cases and rates near 0 or 1. Counts may be fractional (effective counts) and arrays of any shape that broadcast.
Miettinen and Nurminen (1985), Statistics in Medicine 4, 213-226.
"""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from habeas.audit.cells import Floats


class Variance(Enum):
    """Which variance: times N/(N-1), our default, or plain as in Mee (1984, differences) and Koopman (1984, ratios)."""

    MIETTINEN_NURMINEN = "miettinen-nurminen"
    MEE_KOOPMAN = "mee-koopman"


DEFAULT = Variance.MIETTINEN_NURMINEN

POLISHES = 2

LEAST_FREEDOM = 1e-9
"""N - 1 of an effective total of one row or less: so little that nothing can be far from any supposition."""


def difference_statistic(
    hits: ArrayLike,
    trials: ArrayLike,
    reference_hits: ArrayLike,
    reference_trials: ArrayLike,
    *,
    at: ArrayLike,
    variance: Variance = DEFAULT,
) -> Floats:
    """Signed z of the group's rate minus the reference's against the supposition that it is `at` (from -1 to 1).

    Positive: the observed difference is larger. 0 where a side has no trials; infinite where the supposition is impossible.
    """
    x1, n1, x2, n2, supposed = _arrays(hits, trials, reference_hits, reference_trials, at)
    n1, n2, known = _with_stand_ins(n1, n2)
    p2 = _reference_rate_given_difference(x1, n1, x2, n2, supposed)
    p1 = np.clip(p2 + supposed, 0, 1)
    spread = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    return _z(x1 / n1 - x2 / n2 - supposed, spread * _correction(n1 + n2, variance), known)


def ratio_statistic(
    hits: ArrayLike,
    trials: ArrayLike,
    reference_hits: ArrayLike,
    reference_trials: ArrayLike,
    *,
    at: ArrayLike,
    variance: Variance = DEFAULT,
) -> Floats:
    """Signed z of the group's rate over the reference's against the supposition that it is `at` (above 0).

    Positive: the observed ratio is larger. 0 where a side has no trials, or neither has a hit.
    """
    x1, n1, x2, n2, supposed = _arrays(hits, trials, reference_hits, reference_trials, at)
    n1, n2, known = _with_stand_ins(n1, n2)
    p2 = _reference_rate_given_ratio(x1, n1, x2, n2, supposed)
    p1 = np.clip(supposed * p2, 0, 1)
    spread = p1 * (1 - p1) / n1 + np.square(supposed) * p2 * (1 - p2) / n2
    return _z(x1 / n1 - supposed * x2 / n2, spread * _correction(n1 + n2, variance), known)


def _reference_rate_given_difference(x1: Floats, n1: Floats, x2: Floats, n2: Floats, difference: Floats) -> Floats:
    """Likeliest reference rate where the group's is `difference` higher: the middle root of MN's cubic, by its cosines.

    Coefficients are divided by N, so that counts of any size keep their digits.
    """
    total, cases = n1 + n2, x1 + x2
    b = ((n1 + 2 * n2) * difference - total - cases) / total
    c = ((n2 * difference - total - 2 * x2) * difference + cases) / total
    d = x2 * difference * (1 - difference) / total
    q = (b / 3) ** 3 - b * c / 6 + d / 2
    p = np.where(q < 0, -1.0, 1.0) * np.sqrt(np.maximum(np.square(b / 3) - c / 3, 0))
    cubed = np.where(p == 0, 1.0, p**3)
    angle = (np.pi + np.arccos(np.clip(q / cubed, -1, 1))) / 3
    root = 2 * p * np.cos(angle) - b / 3
    for _ in range(POLISHES):  # cosines lose half the digits of rates near 0 or 1; Newton's steps bring them back
        slope = (3 * root + 2 * b) * root + c
        root = np.where(slope < 0, root - (((root + b) * root + c) * root + d) / np.where(slope < 0, slope, 1), root)
    return np.clip(root, np.maximum(0, -difference), np.minimum(1, 1 - difference))


def _reference_rate_given_ratio(x1: Floats, n1: Floats, x2: Floats, n2: Floats, ratio: Floats) -> Floats:
    """Likeliest reference rate where the group's is `ratio` times it: the smaller root of MN's quadratic, in its stable form."""
    a, c = (n1 + n2) * ratio, x1 + x2
    b = n1 * ratio + x1 + n2 + x2 * ratio
    root = np.sqrt(np.maximum(np.square(b) - 4 * a * c, 0))
    return np.clip(2 * c / (b + root), 0, np.minimum(1, 1 / ratio))


def _z(distance: Floats, squared_error: Floats, known: Floats) -> Floats:
    certain = squared_error <= 0
    z = distance / np.sqrt(np.where(certain, 1.0, squared_error))
    without_spread = np.where(distance == 0, 0.0, np.copysign(np.inf, distance))
    return np.where(known > 0, np.where(certain, without_spread, z), 0.0)


def _correction(total: Floats, variance: Variance) -> Floats:
    if variance is Variance.MEE_KOOPMAN:
        return np.ones_like(total)
    return total / np.maximum(total - 1, LEAST_FREEDOM)


def _arrays(*columns: ArrayLike) -> tuple[Floats, ...]:
    return np.broadcast_arrays(*(np.asarray(column, dtype=np.float64) for column in columns))


def _with_stand_ins(n1: Floats, n2: Floats) -> tuple[Floats, Floats, Floats]:
    """Both trials, 1 in place of none, and 1.0 where neither was missing."""
    known = (n1 > 0) & (n2 > 0)
    return np.where(n1 > 0, n1, 1.0), np.where(n2 > 0, n2, 1.0), known.astype(np.float64)
