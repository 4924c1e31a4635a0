"""Rates: the proportions of one group at one cut, with the sureness that its rows can bear."""

from __future__ import annotations

from collections.abc import Iterable

from habeas.audit.cuts import Cut
from habeas.audit.inference.clusters import effective_trials, effective_weighted, intervals
from habeas.audit.inference.precision import Precision
from habeas.audit.inference.proportions import Proportion
from habeas.audit.metrics import DEFINITIONS, Case, Metric
from habeas.audit.result import Confusion, GroupRates, Rate
from habeas.audit.slices import Slice, confusion, hits_and_trials


def proportion(piece: Slice, cut: Cut, metric: Metric, *, precision: Precision) -> Proportion:
    """A metric of a group at a cut as hits out of trials, with the number of independent rows that the trials are worth."""
    definition = DEFINITIONS[metric]
    rows = float(hits_and_trials(piece.n, piece.scores, cut, definition)[1])
    hits, trials = (float(total) for total in hits_and_trials(piece.weight, piece.scores, cut, definition))
    if piece.buckets is not None:
        by_bucket = hits_and_trials(piece.buckets, piece.policy, cut, definition)
        effective = effective_trials(
            hits_by_bucket=by_bucket[0],
            trials_by_bucket=by_bucket[1],
            rows=rows,
            rows_per_person=precision.rows_per_person,
            confidence=precision.confidence,
        )
        return Proportion(
            hits=hits,
            trials=trials,
            rows=round(rows),
            effective=float(effective),
            hits_by_bucket=by_bucket[0],
            trials_by_bucket=by_bucket[1],
        )
    squared = hits_and_trials(piece.weight_squared, piece.scores, cut, definition)
    effective = effective_weighted(hits=hits, trials=trials, hits_squared=squared[0], trials_squared=squared[1], rows=rows)
    return Proportion(hits=hits, trials=trials, rows=round(rows), effective=float(effective))


def group_rates(piece: Slice, cut: Cut, *, metrics: Iterable[Metric], precision: Precision) -> GroupRates:
    """Every rate of a group at a cut, with the counts they come from."""
    found, asked = confusion(piece, cut), tuple(metrics)
    estimates = intervals([proportion(piece, cut, metric, precision=precision) for metric in asked], confidence=precision.confidence)
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
        rates=tuple(Rate(metric=metric, estimate=estimate) for metric, estimate in zip(asked, estimates, strict=True)),
    )
