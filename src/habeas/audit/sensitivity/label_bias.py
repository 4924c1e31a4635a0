"""Label bias: what becomes of a difference if some of the reference group's outcomes went unrecorded (arrest is not offending)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

from habeas.audit.cuts import Cut
from habeas.audit.inference.precision import Precision
from habeas.audit.metrics import FN, FP, TN, TP, Case, Metric
from habeas.audit.result import LabelBias, LabelBiasPoint
from habeas.audit.sensitivity.cases import Weights, hits_and_misses, rate, weights_by_case
from habeas.audit.slices import Slice

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)
STEPS = 100
"""Sign changes are looked for in steps of 0.005, then found exactly."""


def label_bias(one: Slice, reference: Slice, cut: Cut, metric: Metric, *, precision: Precision) -> LabelBias | None:
    """The difference as a function of the share of the reference group's apparent non-cases that were undetected cases.

    Hidden cases fall among flagged and cleared as the recorded outcomes suggest: with odds in proportion to the observed rate
    of the outcome there (TP/(TP + FP) and FN/(FN + TN)), so that recording misses cases alike whatever the score said. After
    Fogliato, G'Sell and Chouldechova (2020), AISTATS, who bound such errors; this follows one path between their bounds.
    None for the selection rate, which rests on no outcome, and where a rate has no cases. An assumption has no sampling
    error: `precision` isn't used, and the points carry no interval.
    """
    del precision  # taken so that all of this room's questions are asked alike
    own, others = weights_by_case(one, cut), weights_by_case(reference, cut)
    value = rate(*hits_and_misses(own, metric))
    if metric is Metric.SELECTION_RATE or value is None:
        return None

    def difference(hidden: float) -> float | None:
        corrected = rate(*hits_and_misses(reveal(others, hidden), metric))
        return None if corrected is None else value - corrected

    points = [(hidden, difference(hidden)) for hidden in SHARES]
    if points[0][1] is None:
        return None
    return LabelBias(
        metric=metric,
        cut=cut,
        group=one.group,
        reference=reference.group,
        points=tuple(LabelBiasPoint(hidden_share=h, difference=d) for h, d in points if d is not None),
        tipping_point=_tipping_point(difference),
    )


def reveal(weights: Weights, hidden: float) -> dict[Case, float]:
    """The kinds of case if this share of the apparent non-cases had the outcome; flagged or not stays as it was."""
    found = hidden * (weights[FP] + weights[TN])
    flagged, cleared = (_outcome_rate(weights, case, without) * weights[without] for case, without in ((TP, FP), (FN, TN)))
    likely = flagged + cleared
    # where no outcome was recorded at all, nothing tells where hidden ones are: evenly
    part = flagged / likely if likely > 0 else weights[FP] / max(weights[FP] + weights[TN], 1.0)
    # none beyond those there are: the rest is among the others
    among_flagged = float(np.clip(found * part, found - weights[TN], weights[FP]))
    among_cleared = found - among_flagged
    return {
        **weights,
        TP: weights[TP] + among_flagged,
        FP: weights[FP] - among_flagged,
        FN: weights[FN] + among_cleared,
        TN: weights[TN] - among_cleared,
    }


def _outcome_rate(weights: Weights, case: Case, without: Case) -> float:
    return rate(weights[case], weights[without]) or 0.0


def _tipping_point(difference: Callable[[float], float | None]) -> float | None:
    """The smallest hidden share at which the difference is 0."""
    shares = np.linspace(0, SHARES[-1], STEPS + 1)
    known = [(float(share), value) for share, value in ((share, difference(float(share))) for share in shares) if value is not None]
    for (before, one), (after, other) in pairwise(known):
        if one * other <= 0:
            return float(brentq(lambda share: difference(share) or 0.0, before, after))
    return None
