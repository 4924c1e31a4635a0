"""What a sample could have shown: the smallest difference it would have found, and how many rows would find a given one.

Normal approximation with the pooled variance where both rates are equal and the separate variances where they differ
(Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, 4.1). Arrays of any shape that broadcast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from habeas.audit.cells import Floats
from habeas.audit.inference.intervals import critical_value

HALVINGS = 50


def detectable_difference(
    *, reference_rate: ArrayLike, trials: ArrayLike, reference_trials: ArrayLike, confidence: float, power: float = 0.8
) -> Floats:
    """The smallest difference upward from the reference's rate that so many trials would have shown with this power.

    Where even a rate of 1 would not have been shown (or a side has no trials), it is 1 minus the reference's rate.
    """
    rate, n1, n2 = np.broadcast_arrays(*(np.asarray(a, dtype=np.float64) for a in (reference_rate, trials, reference_trials)))
    known = (n1 > 0) & (n2 > 0) & np.isfinite(rate)
    rate, n1, n2 = np.where(np.isfinite(rate), rate, 0.0), np.where(known, n1, 1.0), np.where(known, n2, 1.0)
    low, high = np.zeros_like(rate), 1 - rate
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        shown = known & (middle >= _needed(rate + middle, rate, n1, n2, confidence=confidence, power=power))
        low, high = np.where(shown, low, middle), np.where(shown, middle, high)
    return np.asarray(high)


def rows_needed(*, rate: ArrayLike, reference_rate: ArrayLike, ratio_of_sizes: ArrayLike, confidence: float, power: float = 0.8) -> Floats:
    """How many rows the group would need for this difference of rates to be shown with this power; infinite for none.

    `ratio_of_sizes`: the reference's rows per row of the group. Rows of different people: multiply by the rows that one
    independent row takes where people recur.
    """
    p1, p2, ratio = np.broadcast_arrays(*(np.asarray(a, dtype=np.float64) for a in (rate, reference_rate, ratio_of_sizes)))
    needed = _needed(p1, p2, np.ones_like(p1), ratio, confidence=confidence, power=power)
    difference = np.abs(p1 - p2)
    rows = np.square(needed / np.where(difference > 0, difference, 1))
    return np.where(difference > 0, np.ceil(np.maximum(rows, 1)), np.inf)


def _needed(p1: Floats, p2: Floats, n1: Floats, n2: Floats, *, confidence: float, power: float) -> Floats:
    """The difference that the test must see: critical value times error if equal, plus power's quantile times error if not."""
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    if_equal = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / n1 + 1 / n2))
    if_different = np.sqrt(np.maximum(p1 * (1 - p1), 0) / n1 + np.maximum(p2 * (1 - p2), 0) / n2)
    return np.asarray(critical_value(confidence) * if_equal + special.ndtri(power) * if_different)
