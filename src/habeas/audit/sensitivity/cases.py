"""Cases moved by thought: a group's weights by kind of case, and the rates they give."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.audit.cuts import Cut
from habeas.audit.metrics import DEFINITIONS, Case, Metric
from habeas.audit.slices import Slice, case_counts

Weights = Mapping[Case, float]


def weights_by_case(piece: Slice, cut: Cut) -> dict[Case, float]:
    """The weight of each kind of case of a group at a cut; rows where they have no weights."""
    return {case: float(case_counts(piece.weight, piece.scores, cut, case)) for case in Case}


def hits_and_misses(weights: Weights, metric: Metric) -> tuple[float, float]:
    """A metric's trials that hit, and those that don't."""
    definition = DEFINITIONS[metric]
    hits = sum(weights[case] for case in definition.hits)
    return hits, sum(weights[case] for case in definition.trials) - hits


def rate(hits: float, misses: float) -> float | None:
    """Hits out of both; None without any."""
    return None if hits + misses <= 0 else hits / (hits + misses)
