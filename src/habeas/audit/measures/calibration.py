"""Calibration: what a score of so much meant in a group - for how many who had it did the outcome happen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from habeas.audit.cells import NO, YES, Floats, ScoreGrid
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import effective_weighted
from habeas.audit.inference.intervals import wilson
from habeas.audit.inference.precision import Precision
from habeas.audit.means import clustering_note, design_effect, known_outcomes, mean, tail_factor
from habeas.audit.measures.recalibration import recalibration_slope
from habeas.audit.plan import ScoreRange
from habeas.audit.result import Calibration, CalibrationPoint, ExpectedCalibrationError
from habeas.audit.slices import Slice, levels_with_outcome

ECE_BINS = 10


def calibrate(piece: Slice, *, score: ScoreRange, grid: ScoreGrid | None, precision: Precision, bins: tuple[float, ...]) -> Calibration:
    """The reliability curve of a group over publishable bins and, for a score that claims to be a probability, its summaries.

    `bins`: ascending lower edges of the bins. A binned score counts as the middle of its bin. Where people recur, every interval
    is widened: on the curve by the design effect of the group's base rate. What has no rows is left out or None.
    """
    claims = claimed(piece, score, grid)
    curve = _curve(piece, claims.middle, bins, precision)
    if not score.probability or not levels_with_outcome(piece)[0].sum() + levels_with_outcome(piece)[1].sum() > 0:
        return Calibration(group=piece.group, curve=curve)
    return Calibration(
        group=piece.group,
        curve=curve,
        in_the_large=in_the_large(piece, claims.middle, precision=precision),
        slope=recalibration_slope(piece, claims.middle, precision=precision),
        brier=brier(piece, claims.middle, precision=precision),
        binning_bound=_brier_bound(piece, claims),
        expected_calibration_error=_expected_error(piece, claims.middle, score, precision),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claims:
    """What each level of the score stands for, (K,): from `low` to `high`, counted as `middle`; all alike where kept exactly."""

    low: Floats
    middle: Floats
    high: Floats


def claimed(piece: Slice, score: ScoreRange, grid: ScoreGrid | None) -> Claims:
    """The scores themselves where they were kept exactly, else the bins they fell into."""
    if grid is None or grid.bins is None:
        return Claims(low=piece.scores, middle=piece.scores, high=piece.scores)
    edges = np.append(grid.edges(), score.maximum)
    high = np.minimum(edges[np.searchsorted(edges, piece.scores, side="right").clip(max=len(edges) - 1)], score.maximum)
    return Claims(low=piece.scores, middle=(piece.scores + high) / 2, high=high)


def in_the_large(piece: Slice, middle: Floats, *, precision: Precision) -> Estimate | None:
    """Observed share minus mean score: above 0 the score understates the risk, below 0 it overstates it."""
    happened, not_happened = levels_with_outcome(piece)
    expected = float((happened + not_happened) @ middle / (happened + not_happened).sum())
    values = np.zeros_like(piece.n) - middle[:, None, None]
    values[:, :, YES] += 1
    return mean(piece, values, counted=known_outcomes(piece), ends=(-expected, 1 - expected), precision=precision)


def brier(piece: Slice, middle: Floats, *, precision: Precision) -> Estimate | None:
    """Mean squared distance of score and outcome: 0 perfect, 1 always certain and wrong (Brier (1950), Monthly Weather Review 78)."""
    values = np.zeros_like(piece.n) + (middle**2)[:, None, None]
    values[:, :, YES] = ((1 - middle) ** 2)[:, None]
    return mean(piece, values, counted=known_outcomes(piece), ends=(0.0, 1.0), precision=precision)


def _brier_bound(piece: Slice, claims: Claims) -> float:
    """Largest change of the Brier score when each score moves anywhere within its bin."""
    happened, not_happened = levels_with_outcome(piece)
    misses = claims.high**2 - claims.middle**2
    hits = (1 - claims.low) ** 2 - (1 - claims.middle) ** 2
    return float((happened @ hits + not_happened @ misses) / (happened.sum() + not_happened.sum()))


def _curve(piece: Slice, middle: Floats, bins: tuple[float, ...], precision: Precision) -> tuple[CalibrationPoint, ...]:
    columns = _by_bin(piece, middle, np.searchsorted(np.array(bins), piece.scores, side="right") - 1, len(bins))
    effective = _effective(piece, columns, precision)
    rate = columns.happened / np.where(columns.total > 0, columns.total, 1)
    low, high = wilson(rate * effective, effective, confidence=precision.confidence)
    method = f"Wilson score{clustering_note(piece)}"
    return tuple(
        CalibrationPoint(
            low=edge,
            high=bins[i + 1] if i + 1 < len(bins) else None,
            mean_score=float(columns.score[i]),
            observed=Estimate(value=float(rate[i]), low=float(low[i]), high=float(high[i]), n=round(float(columns.rows[i])), method=method),
        )
        for i, edge in enumerate(bins)
        if columns.total[i] > 0
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Columns:
    """Rows with a known outcome by bin, (M,) each: rows, weights, those with the outcome, mean score; sums of w * w."""

    rows: Floats
    total: Floats
    happened: Floats
    score: Floats
    total_squared: Floats
    happened_squared: Floats


def _by_bin(piece: Slice, middle: Floats, which: np.ndarray[tuple[int], np.dtype[np.intp]], bins: int) -> _Columns:
    def add(column: Floats) -> Floats:
        return np.asarray(np.bincount(which.clip(min=0), weights=column, minlength=bins), dtype=np.float64)

    n, weight, squared = (table.sum(axis=1) for table in (piece.n, piece.weight, piece.weight_squared))
    known = weight[:, NO] + weight[:, YES]
    total = add(known)
    return _Columns(
        rows=add(n[:, NO] + n[:, YES]),
        total=total,
        happened=add(weight[:, YES]),
        score=add(known * middle) / np.where(total > 0, total, 1),
        total_squared=add(squared[:, NO] + squared[:, YES]),
        happened_squared=add(squared[:, YES]),
    )


def _effective(piece: Slice, columns: _Columns, precision: Precision) -> Floats:
    """How many independent rows each bin is worth: for its weights, and for people who recur as far as they move the base rate."""
    known = known_outcomes(piece)
    happened, not_happened = levels_with_outcome(piece)
    total = happened.sum() + not_happened.sum()
    pull = np.zeros_like(piece.n) - happened.sum() / max(total, 1.0)
    pull[:, :, YES] += 1
    effect = design_effect(piece, np.where(known, pull, 0.0), counted=known, precision=precision)
    apart = effective_weighted(
        hits=columns.happened,
        trials=columns.total,
        hits_squared=columns.happened_squared,
        trials_squared=columns.total_squared,
        rows=columns.rows,
    )
    return apart / effect / tail_factor(piece, known, precision) ** 2


def _expected_error(piece: Slice, middle: Floats, score: ScoreRange, precision: Precision) -> ExpectedCalibrationError:
    """ECE over ten equal bins, beside what chance alone gives: sum of n_b/N sqrt(2 f(1 - f)/(pi n_b)).

    That is the mean of |observed - f| for a normal error of variance f(1 - f)/n_b around f, the mean score of the bin.
    """
    edges = score.minimum + (score.maximum - score.minimum) * np.arange(1, ECE_BINS) / ECE_BINS
    columns = _by_bin(piece, middle, np.searchsorted(edges, middle, side="right"), ECE_BINS)
    share = columns.total / columns.total.sum()
    total = np.where(columns.total > 0, columns.total, 1)
    rows = np.maximum(_effective(piece, columns, precision), 1e-9)
    chance = np.sqrt(2 * np.clip(columns.score * (1 - columns.score), 0, None) / (math.pi * rows))
    return ExpectedCalibrationError(
        value=float(share @ np.abs(columns.happened / total - columns.score)),
        expected_by_chance=float(share @ chance),
        bins=ECE_BINS,
        n=round(float(columns.rows.sum())),
    )
