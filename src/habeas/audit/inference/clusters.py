"""Rows are not people: what a proportion's rows are worth where people recur or rows have weights, and its intervals.

Every person falls into one of 128 hash buckets. Leaving out one bucket at a time shows how much a statistic depends on which people
happen to be in the data, whatever their rows have in common: the delete-a-group jackknife of Kott (2001), Journal of Official
Statistics 17, 521-526. A proportion's variance is then put as a number of independent rows that would have the same variance
(Korn and Graubard 1998, Survey Methodology 24, 193-201), to which score intervals apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import expm1, isfinite

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from habeas.audit.cells import BUCKETS, Floats
from habeas.audit.estimates import Estimate
from habeas.audit.inference.intervals import critical_value, wilson
from habeas.audit.inference.proportions import Proportion
from habeas.audit.inference.score import FEW, difference_interval, p_different, p_reaches, ratio_interval
from habeas.audit.plan import Tolerance

CLUSTERED = f"effective counts (delete-a-group jackknife over {BUCKETS} buckets)"
WEIGHTED = "effective counts (linearised variance of weights)"

NO_VARIANCE = 1e-12
"""A variance below this share of that of a single row is rounding, not evidence."""

WORST = 0.5
"""Weight, in buckets, of the worst case beside the observed variance: without it, 30 groups of 50 people with 8 rows each raise a
false alarm in 16 % of families where 5 % was promised, and intervals of rare rates cover 93 % (tests/validity); more is too wide.
"""


def effective_trials(
    *, hits_by_bucket: Floats, trials_by_bucket: Floats, rows: ArrayLike, rows_per_person: ArrayLike, confidence: float
) -> Floats:
    """How many independent rows a proportion's rows are worth where people recur; never more than `rows`.

    n_eff = p(1 - p)/V times (z/t)^2, so that a normal interval on it has the width of a t interval with (buckets filled - 1)
    degrees of freedom. V says little where few buckets hold a hit (or few a miss), so it counts as if half a bucket more had shown
    the worst: that the rows of a person are all alike. Where nothing varies (rates of 0 or 1, one person) only the worst is left.

    `hits_by_bucket`, `trials_by_bucket`: (..., 128). `rows`, `rows_per_person`: (...), the latter over all people of the audit.
    """
    hits, trials = np.asarray(hits_by_bucket.sum(axis=-1)), np.asarray(trials_by_bucket.sum(axis=-1))
    filled = np.count_nonzero(trials_by_bucket, axis=-1)
    rate = hits / np.where(trials > 0, trials, 1)
    variance, binomial = _variance(hits_by_bucket, trials_by_bucket), rate * (1 - rate)
    varies = (filled > 1) & (variance > NO_VARIANCE * binomial)
    n = np.asarray(rows, dtype=np.float64)
    at_worst = n / np.maximum(_persons(n, rows_per_person, filled), NO_VARIANCE)
    observed = np.where(varies, n * variance / np.where(varies, binomial, 1), at_worst)
    telling = np.minimum(np.count_nonzero(hits_by_bucket, axis=-1), np.count_nonzero(trials_by_bucket - hits_by_bucket, axis=-1))
    rows_for_one = np.maximum(observed, (telling * observed + WORST * at_worst) / (telling + WORST))
    factor = np.square(critical_value(confidence) / t_value(filled - 1, confidence=confidence))
    return np.asarray(np.minimum(n, n / np.maximum(rows_for_one, NO_VARIANCE) * np.where(varies, factor, 1)))


def _variance(hits_by_bucket: Floats, trials_by_bucket: Floats) -> Floats:
    """Jackknife variance of hits / trials over the filled buckets; 0 where fewer than two are filled."""
    hits_left = hits_by_bucket.sum(axis=-1, keepdims=True) - hits_by_bucket
    left = trials_by_bucket.sum(axis=-1, keepdims=True) - trials_by_bucket
    without = np.where((trials_by_bucket > 0) & (left > 0), hits_left / np.where(left > 0, left, 1), np.nan)
    return np.square(standard_error(without))


def _persons(rows: Floats, rows_per_person: ArrayLike, filled: ArrayLike) -> Floats:
    """About how many people the rows belong to: by the mean number of rows, but as many as fill so many buckets and no more.

    N people fill 128 (1 - exp(-N/128)) buckets on average.
    """
    mean, buckets = np.asarray(rows_per_person, dtype=np.float64), np.asarray(filled, dtype=np.float64)
    share = buckets / BUCKETS
    most = np.where(share < 1, -BUCKETS * np.log1p(-np.where(share < 1, share, 0)), np.inf)
    return np.where(mean > 1, np.clip(rows / mean, buckets, most), rows)


def effective_weighted(
    *, hits: ArrayLike, trials: ArrayLike, hits_squared: ArrayLike, trials_squared: ArrayLike, rows: ArrayLike
) -> Floats:
    """How many unweighted rows weighted rows of different people are worth: `rows` where all weights are alike, else fewer.

    p(1 - p)/V with V the linearised variance of the weighted mean (Hajek's ratio; Saerndal, Swensson and Wretman 1992, Model Assisted
    Survey Sampling, 5.7); at rates 0 and 1 Kish's (sum of w)^2 / sum of w^2, which V then tends to.

    `hits`, `trials`: sums of w; `hits_squared`, `trials_squared`: sums of w * w; all of any shape that broadcast.
    """
    x, n, x2, n2 = (np.asarray(column, dtype=np.float64) for column in (hits, trials, hits_squared, trials_squared))
    rate = x / np.where(n > 0, n, 1)
    spread = x2 * np.square(1 - rate) + (n2 - x2) * np.square(rate)
    varies = spread > NO_VARIANCE * n2
    by_kish = np.square(n) / np.where(n2 > 0, n2, 1)
    by_variance = rate * (1 - rate) * np.square(n) / np.where(varies, spread, 1)
    found = np.where(varies, by_variance, by_kish)
    # rows without weights are worth exactly themselves, whatever the last bit of the arithmetic says
    return np.asarray(np.where(found > np.asarray(rows) * (1 - NO_VARIANCE), rows, found))


def standard_error(replicates: Floats) -> Floats:
    """Delete-a-group standard error from (..., B) replicates of a statistic, each without one bucket; NaN: an empty bucket.

    sqrt((B - 1)/B * sum of squares about their mean) over the filled buckets; 0 where fewer than two are filled.
    """
    there = ~np.isnan(replicates)
    filled = there.sum(axis=-1)
    some = np.maximum(filled, 1)
    mean = np.where(there, replicates, 0).sum(axis=-1) / some
    squares = np.square(np.where(there, replicates - mean[..., None], 0)).sum(axis=-1)
    return np.asarray(np.sqrt((some - 1) / some * squares))


def jackknife(replicates: Floats, value: ArrayLike, *, confidence: float) -> tuple[Floats, Floats, Floats]:
    """Standard error and limits of any statistic whose (..., B) delete-one-bucket replicates are known, around its `value`.

    Student's t with (filled buckets - 1) degrees of freedom. With fewer than two filled buckets all three are infinite.
    """
    filled = np.count_nonzero(~np.isnan(replicates), axis=-1)
    error = np.where(filled > 1, standard_error(replicates), np.inf)
    half = t_value(filled - 1, confidence=confidence) * error
    centre = np.asarray(value, dtype=np.float64)
    return error, centre - half, centre + half


def t_value(freedom: ArrayLike, *, confidence: float) -> Floats:
    """Two-sided critical value of Student's t; that of one degree of freedom where there is none."""
    return np.asarray(special.stdtrit(np.maximum(freedom, 1), (1 + confidence) / 2))


def effective_counts(proportions: Sequence[Proportion]) -> tuple[Floats, Floats]:
    """Hits and trials, as arrays, in independent rows: what score intervals and tests take; 0 of 0 without trials."""
    trials = np.array([proportion.effective if proportion.trials > 0 else 0.0 for proportion in proportions])
    rates = np.array([proportion.value if proportion.trials > 0 else 0.0 for proportion in proportions])
    return rates * trials, trials


def intervals(proportions: Sequence[Proportion], *, confidence: float) -> tuple[Estimate | None, ...]:
    """Each proportion with its Wilson interval on effective counts; None without trials."""
    low, high = wilson(*effective_counts(proportions), confidence=confidence)
    return tuple(
        Estimate(value=one.value, low=float(low[i]), high=float(high[i]), n=one.rows, method=_method("Wilson score", one))
        if _any(one)
        else None
        for i, one in enumerate(proportions)
    )


def interval(proportion: Proportion, *, confidence: float) -> Estimate | None:
    """One proportion with its interval; for many, `intervals` is faster."""
    return intervals([proportion], confidence=confidence)[0]


def comparisons(
    pairs: Sequence[tuple[Proportion, Proportion]], *, confidence: float
) -> tuple[tuple[Estimate | None, Estimate | None], ...]:
    """Difference and ratio of each (group, reference) pair with their Miettinen-Nurminen intervals on effective counts.

    None without trials on a side; the ratio is None too where the reference's rate is 0.
    """
    counts = *effective_counts([one for one, _ in pairs]), *effective_counts([reference for _, reference in pairs])
    differences = difference_interval(*counts, confidence=confidence)
    ratios = ratio_interval(*counts, confidence=confidence)
    return tuple(
        (
            _compared(pair, pair[0].value - pair[1].value, float(differences[0][i]), float(differences[1][i])),
            _compared(pair, _ratio(*pair), float(ratios[0][i]), float(ratios[1][i])),
        )
        for i, pair in enumerate(pairs)
    )


def compare(one: Proportion, reference: Proportion, *, confidence: float) -> tuple[Estimate | None, Estimate | None]:
    """Difference and ratio of one group to its reference; for many pairs, `comparisons` is far faster."""
    return comparisons([(one, reference)], confidence=confidence)[0]


def p_values_of_equality(pairs: Sequence[tuple[Proportion, Proportion]], *, confidence: float, exact_below: float = FEW) -> Floats:
    """Two-sided p-values (N,) that each (group, reference) pair has equal rates, with the tails of Student's t where people recur.

    `score.p_different` on effective counts, which are made for one interval at `confidence`; smaller p-values, which families of
    tests ask for, need the heavier tails of a standard error that was itself estimated.
    """
    counts = *effective_counts([one for one, _ in pairs]), *effective_counts([reference for _, reference in pairs])
    p = p_different(*counts, exact_below=exact_below)
    return np.asarray(np.minimum(1, 2 * _t_tail(p / 2, pairs, confidence=confidence)))


def p_values_of_disparity(pairs: Sequence[tuple[Proportion, Proportion]], *, tolerance: Tolerance, confidence: float) -> Floats:
    """P-values (N,) that each pair's disparity reaches the tolerance (small: equality within it is shown), with such tails too."""
    counts = *effective_counts([one for one, _ in pairs]), *effective_counts([reference for _, reference in pairs])
    return _t_tail(p_reaches(*counts, tolerance=tolerance), pairs, confidence=confidence)


def _t_tail(tail: Floats, pairs: Sequence[tuple[Proportion, Proportion]], *, confidence: float) -> Floats:
    """The tail of Student's t in place of a normal one, alike at the tail that `confidence` leaves.

    Degrees of freedom of both groups together after Welch (1947), Biometrika 34, 28-35.
    """
    shares = np.array([[1 / side.effective if side.effective > 0 else 1.0 for side in pair] for pair in pairs]).reshape(-1, 2)
    unsure = np.array([[1 / _freedom(side, rate=_pooled(*pair)) for side in pair] for pair in pairs]).reshape(-1, 2)
    doubt = (np.square(shares) * unsure).sum(axis=1) / np.square(shares.sum(axis=1))
    freedom = 1 / np.where(doubt > 0, doubt, 1)
    t = special.ndtri(tail) * t_value(freedom, confidence=confidence) / critical_value(confidence)
    return np.where(doubt > 0, special.stdtr(freedom, t), tail)


def _freedom(proportion: Proportion, *, rate: float) -> float:
    """Buckets expected to hold a hit (or a miss, if rarer) at a rate, less 1: how much is known of a variance; infinite without buckets.

    A rare rate's variance is known only from the few buckets that hold a hit.
    """
    if proportion.trials_by_bucket is None:
        return float("inf")
    filled = max(int(np.count_nonzero(proportion.trials_by_bucket)), 1)
    telling = filled * -expm1(-proportion.effective * min(rate, 1 - rate) / filled)
    return max(telling - 1, 1.0)


def _pooled(one: Proportion, reference: Proportion) -> float:
    sides = [side for side in (one, reference) if _any(side)]
    total = sum(side.effective for side in sides)
    return sum(side.value * side.effective for side in sides) / total if total > 0 else 0.5


def _compared(pair: tuple[Proportion, Proportion], value: float, low: float, high: float) -> Estimate | None:
    if not (_any(pair[0]) and _any(pair[1]) and isfinite(value)):
        return None
    rows = pair[0].rows + pair[1].rows
    return Estimate(value=value, low=low, high=high, n=rows, method=_method("Miettinen-Nurminen score", *pair))


def _ratio(one: Proportion, reference: Proportion) -> float:
    return one.value / reference.value if reference.value > 0 else float("nan")


def _any(proportion: Proportion) -> bool:
    return proportion.trials > 0 and proportion.rows > 0


def _method(name: str, *proportions: Proportion) -> str:
    if any(proportion.trials_by_bucket is not None for proportion in proportions):
        return f"{name} on {CLUSTERED}"
    if any(proportion.effective != proportion.rows for proportion in proportions):
        return f"{name} on {WEIGHTED}"
    return name
