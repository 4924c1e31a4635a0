"""Many small groups, each rate pulled towards the rest as far as its size warrants: where to look next, never a finding."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from habeas.audit.cells import Floats
from habeas.audit.inference.intervals import wilson

MOST_ALIKE = 1e6
"""A prior worth more rows than this says that the groups don't differ; so they are pooled."""


def shrink(hits: ArrayLike, trials: ArrayLike, *, confidence: float) -> tuple[Floats, Floats, Floats]:
    """Value, low and high, (G,) each, by empirical Bayes: a beta distribution of rates fitted to all groups, updated by each.

    Carlin and Louis (2000), Bayes and Empirical Bayes Methods, 3.4. The limits leave out the doubt about the fitted distribution and
    cover about 90 % where 95 % was asked for: for screening only. With fewer than two groups, or no variation beyond chance
    between them, every group gets the pooled rate and its Wilson interval.
    """
    x, n = np.broadcast_arrays(np.atleast_1d(np.asarray(hits, dtype=np.float64)), np.atleast_1d(np.asarray(trials, dtype=np.float64)))
    some = n > 0
    prior = _fitted(x[some], n[some]) if some.sum() > 1 else None
    if prior is None:
        return _pooled(x, n, confidence=confidence)
    a, b = x + prior[0], n - x + prior[1]
    tail = (1 - confidence) / 2
    return a / (a + b), special.betaincinv(a, b, tail), special.betaincinv(a, b, 1 - tail)


def _pooled(x: Floats, n: Floats, *, confidence: float) -> tuple[Floats, Floats, Floats]:
    hits, trials = float(x.sum()), float(n.sum())
    low, high = wilson(hits, trials, confidence=confidence)
    value = hits / trials if trials > 0 else 0.5
    return np.full_like(x, value), np.full_like(x, low), np.full_like(x, high)


def _fitted(x: Floats, n: Floats) -> tuple[float, float] | None:
    """Parameters (a, b) of the likeliest beta distribution of rates; None where the groups are likeliest to be all alike."""
    from scipy.optimize import minimize

    mean = float(x.sum() / n.sum())
    if mean in {0.0, 1.0}:
        return None

    def against(parameters: Floats) -> float:
        share, size = special.expit(parameters[0]), np.exp(parameters[1])
        a, b = share * size, (1 - share) * size
        return -float((special.betaln(x + a, n - x + b) - special.betaln(a, b)).sum())

    highest = np.log(MOST_ALIKE)
    bounds = [(-20.0, 20.0), (-5.0, highest)]
    fit = minimize(against, np.array([special.logit(mean), np.log(10.0)]), method="Nelder-Mead", bounds=bounds)
    if fit.x[1] > highest - 1:
        return None
    share, size = float(special.expit(fit.x[0])), float(np.exp(fit.x[1]))
    return share * size, (1 - share) * size
