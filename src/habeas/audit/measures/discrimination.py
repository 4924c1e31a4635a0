"""Discrimination: how well a score puts those with the outcome above those without, in one group and against another."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import expit, logit

from habeas.audit.cells import NO, YES, Floats, ScoreGrid
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import t_value
from habeas.audit.inference.intervals import wilson
from habeas.audit.inference.precision import Precision
from habeas.audit.means import NEGLIGIBLE, clustering_note, design_effect, known_outcomes, people_with
from habeas.audit.result import Discrimination, RocPoint
from habeas.audit.slices import Slice, levels_with_outcome


def discriminate(piece: Slice, *, grid: ScoreGrid, precision: Precision, bins: tuple[float, ...]) -> Discrimination:
    """How often someone with the outcome scores above someone without: 1 always, 0.5 by chance; ties count half.

    `bins`: ascending lower edges of the bins that may be published; the curve has a point at each and ends where no one is
    flagged (threshold: infinity). A group in which the outcome happened to everyone, or to no one, has neither AUC nor curve.
    """
    estimate = auc(piece, precision=precision)
    if estimate is None:
        return Discrimination(group=piece.group)
    return Discrimination(group=piece.group, auc=estimate, binning_bound=binning_bound(piece, grid), curve=_curve(piece, bins))


def auc_difference(one: Slice, reference: Slice, *, precision: Precision) -> Estimate | None:
    """A group's AUC minus its reference group's, taken to be different people; None where either has no AUC.

    The interval joins those of the two (square-and-add: Zou and Donner (2008), Statistics in Medicine 27, 1693-1702, eq. 6), so
    that it stays within -1 and 1 and has width where an AUC is 1.
    """
    first, second = auc(one, precision=precision), auc(reference, precision=precision)
    if first is None or second is None:
        return None
    value = first.value - second.value
    return Estimate(
        value=value,
        low=value - math.hypot(first.value - first.low, second.high - second.value),
        high=value + math.hypot(first.high - first.value, second.value - second.low),
        n=first.n + second.n,
        method=f"square-and-add of {first.method}",
    )


def auc(piece: Slice, *, precision: Precision) -> Estimate | None:
    """The area under the ROC curve with its interval on the logit scale; None without both outcomes.

    Variance: DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44, 837-845, from counts by score, times the design effect of
    recurring people; t with the degrees of freedom of Brunner and Munzel (2000), Biometrical Journal 42, 17-25. Where it can't be
    seen (AUC of 0 or 1, all scores alike, a single case), the interval is Wilson's for as many independent pairs as the
    rarer outcome has people: pairs without a person in common, which can't know more.
    """
    happened, not_happened = levels_with_outcome(piece)
    if not happened.sum() > 0 or not not_happened.sum() > 0:
        return None
    above, below = _placements(happened, not_happened)
    value = float(happened @ above / happened.sum())
    effect = design_effect(piece, _pull(piece, above - value, below - value), counted=known_outcomes(piece), precision=precision)
    parts = _delong(piece, above - value, below - value)
    rows = [float(piece.n[:, :, outcome].sum()) for outcome in (NO, YES)]
    if parts is None or not NEGLIGIBLE < value < 1 - NEGLIGIBLE:
        pairs = min(rows) / effect
        low, high = (float(limit) for limit in wilson(value * pairs, pairs, confidence=precision.confidence))
        method = "Wilson score on independent pairs"
    else:
        error = math.sqrt(sum(parts) * effect) / (value * (1 - value))
        half = float(t_value(_freedom(piece, parts), confidence=precision.confidence)) * error
        low, high = (float(expit(logit(value) + side * half)) for side in (-1, 1))
        method = "DeLong on the logit scale"
    return Estimate(value=value, low=low, high=high, n=round(sum(rows)), method=method + clustering_note(piece))


def binning_bound(piece: Slice, grid: ScoreGrid) -> float:
    """The largest error that binning can have put in the AUC; 0 where every score is kept exactly.

    Only pairs within a bin can be out of order, and each was counted half: at most half the share of such pairs.
    """
    happened, not_happened = levels_with_outcome(piece)
    if grid.bins is None:
        return 0.0
    return float(happened @ not_happened / (happened.sum() * not_happened.sum()) / 2)


def _placements(happened: Floats, not_happened: Floats) -> tuple[Floats, Floats]:
    """By score: share of those without the outcome who score below it, and of those with it who score above; ties half."""
    above = (np.cumsum(not_happened) - not_happened / 2) / not_happened.sum()
    below = 1 - (np.cumsum(happened) - happened / 2) / happened.sum()
    return above, below


def _delong(piece: Slice, above: Floats, below: Floats) -> tuple[float, float] | None:
    """DeLong's variance from centred placements, were all rows different people; None where it can't be seen.

    In two parts: what those with the outcome contribute, and those without.
    """
    parts = []
    for outcome, placement in ((YES, above), (NO, below)):
        rows, weight = float(piece.n[:, :, outcome].sum()), float(piece.weight[:, :, outcome].sum())
        if people_with(piece, outcome) <= 1:
            return None
        squares = piece.weight_squared[:, :, outcome].sum(axis=1)
        parts.append(float(squares @ placement**2) / weight**2 * rows / (rows - 1))
    return (parts[0], parts[1]) if sum(parts) > NEGLIGIBLE**2 else None


def _freedom(piece: Slice, parts: tuple[float, float]) -> float:
    """Degrees of freedom of a variance in two parts (Welch 1947, Biometrika 34, 28-35)."""
    doubt = sum(part**2 / (people_with(piece, outcome) - 1) for part, outcome in zip(parts, (YES, NO), strict=True))
    return sum(parts) ** 2 / doubt


def _pull(piece: Slice, above: Floats, below: Floats) -> Floats:
    """(K, 3, 3): what a row of each cell adds to the AUC's distance from its value."""
    pull = np.zeros_like(piece.weight)
    pull[:, :, YES] = above[:, None] / piece.weight[:, :, YES].sum()
    pull[:, :, NO] = below[:, None] / piece.weight[:, :, NO].sum()
    return pull


def _curve(piece: Slice, bins: tuple[float, ...]) -> tuple[RocPoint, ...]:
    happened, not_happened = levels_with_outcome(piece)
    start = np.searchsorted(piece.scores, np.array(bins))
    rates = [np.append(np.cumsum(column[::-1])[::-1], 0.0)[start] / column.sum() for column in (not_happened, happened)]
    points = zip(bins, *rates, strict=True)
    flagged = tuple(RocPoint(threshold=t, false_positive_rate=float(f), true_positive_rate=float(h)) for t, f, h in points)
    return (*flagged, RocPoint(threshold=math.inf, false_positive_rate=0.0, true_positive_rate=0.0))
