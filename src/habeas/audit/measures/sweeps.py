"""Sweeps: one rate of one group at every threshold that may be shown, with an interval at each and a band along all."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from habeas.audit.cells import ABSENT, Floats
from habeas.audit.estimates import Estimate
from habeas.audit.inference.bands import band
from habeas.audit.inference.clusters import effective_trials, effective_weighted
from habeas.audit.inference.intervals import wilson
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import DEFINITIONS, Case, Metric
from habeas.audit.result import Sweep, SweepPoint
from habeas.audit.slices import Slice

NESTED = frozenset({Metric.SELECTION_RATE, Metric.TRUE_POSITIVE_RATE, Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE})
"""Rates of the same people at every threshold, of whom fewer and fewer are flagged: those that have a band."""

METHOD = "Wilson score"
CLUSTERED_METHOD = "Wilson score on effective counts (design effect interpolated between the declared thresholds)"


def sweep(piece: Slice, metric: Metric, *, thresholds: tuple[float, ...], precision: Precision, rng: np.random.Generator) -> Sweep:
    """What the rate would be at each of the ascending thresholds: everyone at or above it flagged.

    Where people recur, buckets of persons are known at the declared thresholds only; between them the design effect (rows per
    independent row) is interpolated, and beyond them that of the nearest holds. A rate whose trials change with the
    threshold (predictive values, accuracy) has no band; one without trials has no estimate.
    """
    at = np.array(thresholds, dtype=np.float64)
    hits, trials = _hits_and_trials(piece.weight, piece.scores, at, metric)
    rows = _hits_and_trials(piece.n, piece.scores, at, metric)[1]
    effective = _effective(piece, metric, at, hits=hits, trials=trials, rows=rows, precision=precision)
    rate = hits / np.where(trials > 0, trials, 1)
    low, high = wilson(rate * effective, np.where(trials > 0, effective, 0), confidence=precision.confidence)
    estimates = [
        None
        if not trials[i] > 0
        else Estimate(value=rate[i].item(), low=low[i].item(), high=high[i].item(), n=round(rows[i].item()), method=_method(piece))
        for i in range(len(at))
    ]
    bands: Iterable[tuple[float | None, float | None]] = [(None, None)] * len(at)
    if metric in NESTED and len(at):
        limits = band(hits=hits, trials=trials, effective=effective, rng=rng, confidence=precision.confidence)
        bands = zip(*(limit.tolist() for limit in limits), strict=True)
    points = zip(thresholds, estimates, bands, strict=True)
    return Sweep(
        group=piece.group,
        metric=metric,
        points=tuple(
            SweepPoint(threshold=threshold, estimate=estimate, band_low=low if estimate else None, band_high=high if estimate else None)
            for threshold, estimate, (low, high) in points
        ),
    )


def _method(piece: Slice) -> str:
    if piece.buckets is not None:
        return CLUSTERED_METHOD
    weighted = piece.weight is not piece.n and not np.array_equal(piece.weight, piece.n)
    return f"{METHOD} on effective counts (linearised variance of weights)" if weighted else METHOD


def _hits_and_trials(table: Floats, scores: Floats, at: Floats, metric: Metric) -> tuple[Floats, Floats]:
    """Numerators and denominators at every threshold, (M, ...), from a table (K, 3, 3, ...)."""
    by_outcome = table.sum(axis=1)
    # from the top: what scores at or above each level; nothing lies above the last
    reached = np.concatenate([np.cumsum(by_outcome[::-1], axis=0)[::-1], np.zeros_like(by_outcome[:1])])
    flagged = reached[np.searchsorted(scores, at)]
    cleared = reached[0] - flagged
    definition = DEFINITIONS[metric]
    return _total(flagged, cleared, definition.hits), _total(flagged, cleared, definition.trials)


def _total(flagged: Floats, cleared: Floats, cases: Iterable[Case]) -> Floats:
    columns = ((flagged if case.flagged else cleared)[:, ABSENT if case.outcome is None else int(case.outcome)] for case in cases)
    return np.asarray(sum(columns, start=np.zeros_like(flagged[:, 0])))


def _effective(piece: Slice, metric: Metric, at: Floats, *, hits: Floats, trials: Floats, rows: Floats, precision: Precision) -> Floats:
    """How many independent rows the trials at each threshold are worth."""
    if piece.buckets is not None:
        return rows / _design_effects(piece, metric, at, precision)
    squared = _hits_and_trials(piece.weight_squared, piece.scores, at, metric)
    return effective_weighted(hits=hits, trials=trials, hits_squared=squared[0], trials_squared=squared[1], rows=rows)


def _design_effects(piece: Slice, metric: Metric, at: Floats, precision: Precision) -> Floats:
    """Rows per independent row at each threshold, from the declared ones; without any, every row of a person counts as alike."""
    declared = piece.policy[1:]
    if piece.buckets is None or not len(declared):
        return np.full(len(at), precision.rows_per_person)
    hits, trials = _hits_and_trials(piece.buckets, piece.policy, declared, metric)
    rows = _hits_and_trials(piece.n, piece.scores, declared, metric)[1]
    effective = effective_trials(
        hits_by_bucket=hits, trials_by_bucket=trials, rows=rows, rows_per_person=precision.rows_per_person, confidence=precision.confidence
    )
    known = (rows > 0) & (effective > 0)
    if not known.any():
        return np.full(len(at), precision.rows_per_person)
    return np.interp(at, declared[known], rows[known] / effective[known])
