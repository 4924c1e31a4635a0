"""Shares: a proportion of any selected cells of a slice, with what its uncertainty needs.

The named metrics are such shares too; this is for what they don't name: a case per person, an override, a missing label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import ABSENT, Floats
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.clusters import effective_trials, effective_weighted
from habeas.audit.inference.precision import Precision
from habeas.audit.inference.proportions import Proportion
from habeas.audit.metrics import Case
from habeas.audit.slices import Slice

Chosen = NDArray[np.bool_]
Selection = Callable[[Floats], Chosen]
"""Which cells count: from the scores of a table, (K,), to yes or no by score, decision and outcome, (K, 3, 3)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Totals:
    """What the selected cells of a slice add up to: rows, sums of w and w * w, and (128,) sums of w by hash bucket."""

    rows: float
    weight: float
    weight_squared: float
    by_bucket: Floats | None


def everything(scores: Floats) -> Chosen:
    """Every cell."""
    return np.ones((len(scores), 3, 3), dtype=bool)


def advised(scores: Floats, cut: Cut) -> NDArray[np.bool_]:
    """Which scores a cut flags, (K,); a cut at a decision flags none by score."""
    return np.asarray(scores >= (np.inf if cut.threshold is None else cut.threshold))


def of_cases(cut: Cut, cases: Iterable[Case]) -> Selection:
    """The cells of these kinds of case at a cut; at a decision, rows without one are in none of them."""
    wanted = tuple(cases)

    def select(scores: Floats) -> Chosen:
        chosen = np.zeros((len(scores), 3, 3), dtype=bool)
        for case in wanted:
            outcome = ABSENT if case.outcome is None else int(case.outcome)
            if cut.kind is CutKind.DECISION:
                chosen[:, int(case.flagged), outcome] = True
            else:
                chosen[advised(scores, cut) == case.flagged, :, outcome] = True
        return chosen

    return select


def totals(piece: Slice, selection: Selection) -> Totals:
    """What the selected cells add up to; by bucket too where rows name persons."""
    chosen = selection(piece.scores)
    return Totals(
        rows=float(piece.n[chosen].sum()),
        weight=float(piece.weight[chosen].sum()),
        weight_squared=float(piece.weight_squared[chosen].sum()),
        by_bucket=None if piece.buckets is None else np.asarray(piece.buckets[selection(piece.policy)].sum(axis=0)),
    )


def share(piece: Slice, *, hits: Selection, trials: Selection, precision: Precision) -> Proportion:
    """The share of the selected trials that hit; `hits` must select among the trials."""
    return proportion_of(totals(piece, hits), totals(piece, trials), precision=precision)


def proportion_of(hits: Totals, trials: Totals, *, precision: Precision) -> Proportion:
    """Hits out of trials, with the number of independent rows that the trials are worth."""
    if hits.by_bucket is not None and trials.by_bucket is not None:
        effective = effective_trials(
            hits_by_bucket=hits.by_bucket,
            trials_by_bucket=trials.by_bucket,
            rows=trials.rows,
            rows_per_person=precision.rows_per_person,
            confidence=precision.confidence,
        )
    else:
        effective = effective_weighted(
            hits=hits.weight,
            trials=trials.weight,
            hits_squared=hits.weight_squared,
            trials_squared=trials.weight_squared,
            rows=trials.rows,
        )
    return Proportion(
        hits=hits.weight,
        trials=trials.weight,
        rows=round(trials.rows),
        effective=float(effective),
        hits_by_bucket=hits.by_bucket,
        trials_by_bucket=trials.by_bucket,
    )
