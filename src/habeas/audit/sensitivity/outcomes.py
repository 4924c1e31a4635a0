"""Unknown outcomes: how far a group's rate could be from what the known ones say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from habeas.audit.cuts import Cut
from habeas.audit.inference.clusters import interval
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import FN, FP, TN, TP, Case, Metric
from habeas.audit.result import UnknownOutcomes
from habeas.audit.sensitivity.cases import Weights, hits_and_misses, rate, weights_by_case
from habeas.audit.shares import of_cases, share
from habeas.audit.slices import Slice

UNKNOWN = (Case.FLAGGED_UNKNOWN, Case.CLEARED_UNKNOWN)


def unknown_outcomes(piece: Slice, cut: Cut, metric: Metric, *, precision: Precision) -> UnknownOutcomes | None:
    """The least and the greatest value the rate could have, whatever the unknown outcomes are; None where none is unknown.

    Worst cases without any assumption (Manski (1990), American Economic Review P&P 80, 319-323): those flagged, and those cleared,
    all had the outcome or all had not. A rate rises or falls throughout with either share, so its extremes are
    among these four. The selection rate rests on no outcome, and has no such bounds.
    """
    weights = weights_by_case(piece, cut)
    if metric is Metric.SELECTION_RATE or not sum(weights[case] for case in UNKNOWN) > 0:
        return None
    unknown = interval(
        share(piece, hits=of_cases(cut, UNKNOWN), trials=of_cases(cut, Case), precision=precision), confidence=precision.confidence
    )
    values = [value for value in (rate(*hits_and_misses(worst, metric)) for worst in _worst(weights)) if value is not None]
    if unknown is None or not values:
        return None
    return UnknownOutcomes(metric=metric, cut=cut, group=piece.group, unknown=unknown, low=min(values), high=max(values))


def _worst(weights: Weights) -> Iterator[dict[Case, float]]:
    flagged, cleared = (weights[case] for case in UNKNOWN)
    for flagged_become, cleared_become in product((TP, FP), (FN, TN)):
        moved = {**weights, **dict.fromkeys(UNKNOWN, 0.0)}
        moved[flagged_become] += flagged
        moved[cleared_become] += cleared
        yield moved
