"""Recalibration: how the outcome's odds rise with the odds that a score claims."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import expit, logit

from habeas.audit.cells import NO, YES, Floats
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import t_value
from habeas.audit.inference.precision import Precision
from habeas.audit.means import clustering_note, design_effect, known_outcomes, people_with
from habeas.audit.slices import Slice, levels_with_outcome

NEAREST_TO_CERTAIN = 0.001
"""Scores nearer to 0 or 1 than this count as this: the odds of a claim of certainty are infinite."""

COEFFICIENTS = 2
MOST_STEPS = 50
CLOSE_ENOUGH = 1e-10
STEEPEST = 100.0
"""A slope beyond this is no estimate: the outcome changes from never to always at one score (separation)."""


def recalibration_slope(piece: Slice, middle: Floats, *, precision: Precision) -> Estimate | None:
    """Slope of the outcome's log odds on the score's: 1 perfect, below 1 the scores are too extreme, 0 they say nothing.

    Cox (1958), Biometrika 45, 562-565; fitted by iteratively reweighted least squares on counts by score, with the sandwich
    variance and t with as many degrees of freedom as the rarer outcome has people, less the two coefficients. None where
    it can't be fitted: one score only, one outcome only, or outcomes that a score tells apart perfectly.
    """
    claims = logit(np.clip(middle, NEAREST_TO_CERTAIN, 1 - NEAREST_TO_CERTAIN))
    happened, not_happened = levels_with_outcome(piece)
    used = happened + not_happened > 0
    if not happened.sum() > 0 or not not_happened.sum() > 0 or np.ptp(claims[used]) <= 0:
        return None
    fit = _fit(claims, happened, happened + not_happened)
    if fit is None:
        return None
    intercept, slope, inverse = fit
    expected = expit(intercept + slope * claims)
    leverage = inverse[1, 0] + inverse[1, 1] * claims
    pull = np.zeros_like(piece.n)
    pull[:, :, YES], pull[:, :, NO] = (leverage * (1 - expected))[:, None], (-leverage * expected)[:, None]
    variance = float((piece.weight_squared * pull**2).sum())
    effect = design_effect(piece, pull, counted=known_outcomes(piece), precision=precision)
    freedom = min(people_with(piece, outcome) for outcome in (NO, YES)) - COEFFICIENTS
    half = float(t_value(freedom, confidence=precision.confidence)) * math.sqrt(variance * effect)
    rows = round(float(piece.n[:, :, [NO, YES]].sum()))
    method = f"logistic recalibration, sandwich variance{clustering_note(piece)}"
    return Estimate(value=slope, low=slope - half, high=slope + half, n=rows, method=method)


def _fit(claims: Floats, happened: Floats, total: Floats) -> tuple[float, float, Floats] | None:
    """(intercept, slope, inverse information) of the logistic regression; None without a finite one."""
    design = np.stack([np.ones_like(claims), claims], axis=1)
    coefficients = np.array([logit(happened.sum() / total.sum()), 0.0])
    for _ in range(MOST_STEPS):
        expected = expit(design @ coefficients)
        information = design.T @ (design * (total * expected * (1 - expected))[:, None])
        if not np.linalg.cond(information) < 1 / np.finfo(float).eps:
            return None
        step = np.linalg.solve(information, design.T @ (happened - total * expected))
        coefficients = coefficients + step
        if np.abs(coefficients).max() > STEEPEST:
            return None
        if np.abs(step).max() < CLOSE_ENOUGH:
            return float(coefficients[0]), float(coefficients[1]), np.linalg.inv(information)
    return None
