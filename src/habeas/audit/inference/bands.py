"""A band around one group's rate along all thresholds: it holds everywhere at once, not only at the threshold one looks at.

Rates at neighbouring thresholds rest on much the same people, so a band needs less width than as many separate intervals. How much
less is found by drawing the errors of all thresholds together many times and taking the largest of each draw (max-T; Hothorn, Bretz
and Westfall 2008, Biometrical Journal 50, 346-363). On the logit scale, where small groups keep the promised confidence.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from habeas.audit.cells import Floats
from habeas.audit.inference.clusters import t_value
from habeas.audit.inference.intervals import critical_value, wilson_at

DRAWS = 4000
"""Draws of the largest error: the critical value is then known to about one part in a hundred."""


def band(
    *,
    hits: Floats,
    trials: Floats,
    effective: Floats,
    rng: np.random.Generator,
    confidence: float,
    hits_by_bucket: Floats | None = None,
    trials_by_bucket: Floats | None = None,
) -> tuple[Floats, Floats]:
    """Low and high limits, (K,) each, that hold all K rates at once; nowhere narrower than Wilson's interval there.

    `hits`, `trials`, `effective`: (K,), thresholds in ascending order; cases flagged at a threshold are among those flagged at any
    lower one. `hits_by_bucket`, `trials_by_bucket`: (K, 128), where rows name persons. Without them, and with trials that change
    along the thresholds, the correlation is unknown and Bonferroni's critical value serves.
    """
    rate = hits / np.where(trials > 0, trials, 1)
    counted = np.where(trials > 0, effective, 0.0)
    inner = (counted > 0) & (rate > 0) & (rate < 1)
    z = _critical(rate, trials, inner, hits_by_bucket, trials_by_bucket, rng=rng, confidence=confidence)
    low, high = wilson_at(rate * counted, counted, z=critical_value(confidence))
    wide_low, wide_high = _logit_limits(rate, counted, inner, z)
    edge_low, edge_high = wilson_at(rate * counted, counted, z=z)
    return np.minimum(low, np.where(inner, wide_low, edge_low)), np.maximum(high, np.where(inner, wide_high, edge_high))


def _logit_limits(rate: Floats, effective: Floats, inner: np.ndarray, z: float) -> tuple[Floats, Floats]:
    rate, effective = np.where(inner, rate, 0.5), np.where(inner, effective, 1.0)
    half = z / np.sqrt(effective * rate * (1 - rate))
    return special.expit(special.logit(rate) - half), special.expit(special.logit(rate) + half)


def _critical(
    rate: Floats,
    trials: Floats,
    inner: np.ndarray,
    hits_by_bucket: Floats | None,
    trials_by_bucket: Floats | None,
    *,
    rng: np.random.Generator,
    confidence: float,
) -> float:
    """Critical value, in standard errors as `effective` has them, for the largest error over the thresholds."""
    if not inner.any():
        return _bonferroni(len(rate), confidence)
    if hits_by_bucket is not None and trials_by_bucket is not None:
        filled = int(np.count_nonzero(trials_by_bucket.sum(axis=0)))
        errors = _clustered_errors(hits_by_bucket[inner], trials_by_bucket[inner], rng=rng)
        return _calibrated(_largest(errors, confidence), freedom=filled - 1, confidence=confidence)
    if not np.allclose(trials, trials[0]):
        return _bonferroni(len(rate), confidence)
    return _largest(_nested_errors(rate[inner], rng=rng), confidence)


def _bonferroni(thresholds: int, confidence: float) -> float:
    return critical_value(1 - (1 - confidence) / max(thresholds, 1))


def _largest(errors: Floats, confidence: float) -> float:
    """The value that the largest of the (draws, K) standardised errors exceeds with probability 1 - confidence."""
    found = float(np.quantile(np.abs(errors).max(axis=1), confidence))
    return min(max(found, critical_value(confidence)), _bonferroni(errors.shape[1], confidence))


def _calibrated(z: float, *, freedom: int, confidence: float) -> float:
    """The same tail of Student's t; over the factor that `effective` already carries for one interval alone."""
    tail = float(special.ndtr(-z))
    already = float(t_value(freedom, confidence=confidence)) / critical_value(confidence)
    return float(-special.stdtrit(max(freedom, 1), tail)) / already


def _nested_errors(rate: Floats, *, rng: np.random.Generator) -> Floats:
    """(draws, K) joint errors of nested shares of the same trials, each of variance 1.

    Multinomial counts: corr = sqrt(o_small / o_large) with o the odds of either share, which is Brownian motion in the odds.
    """
    order = np.argsort(rate)
    odds = (rate / (1 - rate))[order]
    steps = np.sqrt(np.diff(odds, prepend=0.0))
    walk = np.cumsum(rng.standard_normal((DRAWS, len(rate))) * steps, axis=1)
    return np.asarray(walk / np.sqrt(odds))


def _clustered_errors(hits_by_bucket: Floats, trials_by_bucket: Floats, *, rng: np.random.Generator) -> Floats:
    """(draws, K) joint errors, correlated as the buckets' influences on the rates are (Gaussian multipliers)."""
    trials = trials_by_bucket.sum(axis=1, keepdims=True)
    rate = hits_by_bucket.sum(axis=1, keepdims=True) / trials
    influence = hits_by_bucket - rate * trials_by_bucket
    size = np.sqrt(np.square(influence).sum(axis=1, keepdims=True))
    unit = influence / np.where(size > 0, size, 1)
    # 128 multipliers a draw, or as many as there are thresholds: the same law, since only the K x K correlation matters
    factor = np.asarray(np.linalg.qr(unit.T, mode="r"))
    return np.asarray(rng.standard_normal((DRAWS, factor.shape[0])) @ factor)
