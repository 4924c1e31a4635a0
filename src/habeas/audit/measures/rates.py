"""Rates: the proportions of one group at one cut, with the sureness that its rows can bear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from habeas.audit.cells import Floats
from habeas.audit.cuts import Cut
from habeas.audit.inference.clusters import effective_trials, effective_weighted, intervals
from habeas.audit.inference.precision import Precision
from habeas.audit.inference.proportions import Proportion
from habeas.audit.metrics import DEFINITIONS, Case, Metric
from habeas.audit.result import Confusion, GroupRates, Rate
from habeas.audit.slices import Slice, case_counts, confusion


def proportions(piece: Slice, cut: Cut, *, metrics: Iterable[Metric] = Metric, precision: Precision) -> Mapping[Metric, Proportion]:
    """Metrics of a group at a cut as hits out of trials, each with the number of independent rows that its trials are worth."""
    asked = tuple(metrics)
    rows = _hits_and_trials(piece.n, piece.scores, cut, asked)[1]
    hits, trials = _hits_and_trials(piece.weight, piece.scores, cut, asked)
    by_bucket = None if piece.buckets is None else _hits_and_trials(piece.buckets, piece.policy, cut, asked)
    if by_bucket is None:
        squared = _hits_and_trials(piece.weight_squared, piece.scores, cut, asked)
        effective = effective_weighted(hits=hits, trials=trials, hits_squared=squared[0], trials_squared=squared[1], rows=rows)
    else:
        effective = effective_trials(
            hits_by_bucket=by_bucket[0],
            trials_by_bucket=by_bucket[1],
            rows=rows,
            rows_per_person=precision.rows_per_person,
            confidence=precision.confidence,
        )
    return {
        metric: Proportion(
            hits=float(hits[i]),
            trials=float(trials[i]),
            rows=round(float(rows[i])),
            effective=float(effective[i]),
            hits_by_bucket=None if by_bucket is None else by_bucket[0][i],
            trials_by_bucket=None if by_bucket is None else by_bucket[1][i],
        )
        for i, metric in enumerate(asked)
    }


def group_rates(piece: Slice, cut: Cut, *, rates: Mapping[Metric, Proportion], confidence: float) -> GroupRates:
    """A group's rates at a cut as they are published, with the counts they come from."""
    found = confusion(piece, cut)
    estimates = intervals(list(rates.values()), confidence=confidence)
    return GroupRates(
        group=piece.group,
        cut=cut,
        rows=sum(found.values()),
        confusion=Confusion(
            true_positives=found[Case.TRUE_POSITIVE],
            false_positives=found[Case.FALSE_POSITIVE],
            false_negatives=found[Case.FALSE_NEGATIVE],
            true_negatives=found[Case.TRUE_NEGATIVE],
            flagged_unknown=found[Case.FLAGGED_UNKNOWN],
            cleared_unknown=found[Case.CLEARED_UNKNOWN],
        ),
        rates=tuple(Rate(metric=metric, estimate=estimate) for metric, estimate in zip(rates, estimates, strict=True)),
    )


def _hits_and_trials(table: Floats, scores: Floats, cut: Cut, metrics: tuple[Metric, ...]) -> tuple[Floats, Floats]:
    """(metrics, ...) numerators and denominators; the further axes of the table (buckets) are kept."""
    by_case = np.stack([case_counts(table, scores, cut, case) for case in Case])
    hits, trials = _matrices(metrics)
    return hits @ by_case, trials @ by_case


@cache
def _matrices(metrics: tuple[Metric, ...]) -> tuple[Floats, Floats]:
    """(metrics, kinds of case): 1 where a kind of case is a hit, and where it is a trial."""
    definitions = [DEFINITIONS[metric] for metric in metrics]
    hits = np.array([[case in definition.hits for case in Case] for definition in definitions], dtype=np.float64)
    return hits, np.array([[case in definition.trials for case in Case] for definition in definitions], dtype=np.float64)
