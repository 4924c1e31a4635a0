"""The proportions an audit reports, each as hits out of trials over the four kinds of case.

A case is flagged or not, and the outcome happened, did not happen or is unknown. Every metric is then two sets of kinds of
case: those that are counted (trials) and, of those, those that hit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Case(Enum):
    """One kind of case: (flagged?, outcome?), where an outcome of None is unknown."""

    TRUE_POSITIVE = (True, True)
    FALSE_POSITIVE = (True, False)
    FALSE_NEGATIVE = (False, True)
    TRUE_NEGATIVE = (False, False)
    FLAGGED_UNKNOWN = (True, None)
    CLEARED_UNKNOWN = (False, None)

    @property
    def flagged(self) -> bool:
        """Whether the system (or the person deciding) flagged the case."""
        flagged: bool = self.value[0]
        return flagged

    @property
    def outcome(self) -> bool | None:
        """Whether the outcome happened; None where it is unknown."""
        outcome: bool | None = self.value[1]
        return outcome


TP, FP, FN, TN = Case.TRUE_POSITIVE, Case.FALSE_POSITIVE, Case.FALSE_NEGATIVE, Case.TRUE_NEGATIVE
FLAGGED, CLEARED = frozenset({TP, FP, Case.FLAGGED_UNKNOWN}), frozenset({FN, TN, Case.CLEARED_UNKNOWN})


class Metric(Enum):
    """The field's names of the proportions; the stored value is the word used in plans and results."""

    BASE_RATE = "base_rate"
    SELECTION_RATE = "selection_rate"
    TRUE_POSITIVE_RATE = "true_positive_rate"
    FALSE_POSITIVE_RATE = "false_positive_rate"
    FALSE_NEGATIVE_RATE = "false_negative_rate"
    POSITIVE_PREDICTIVE_VALUE = "positive_predictive_value"
    NEGATIVE_PREDICTIVE_VALUE = "negative_predictive_value"
    ACCURACY = "accuracy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Which kinds of case hit, out of which."""

    hits: frozenset[Case]
    trials: frozenset[Case]


KNOWN = frozenset({TP, FP, FN, TN})
DEFINITIONS: dict[Metric, Definition] = {
    Metric.BASE_RATE: Definition(hits=frozenset({TP, FN}), trials=KNOWN),
    Metric.SELECTION_RATE: Definition(hits=FLAGGED, trials=FLAGGED | CLEARED),
    Metric.TRUE_POSITIVE_RATE: Definition(hits=frozenset({TP}), trials=frozenset({TP, FN})),
    Metric.FALSE_POSITIVE_RATE: Definition(hits=frozenset({FP}), trials=frozenset({FP, TN})),
    Metric.FALSE_NEGATIVE_RATE: Definition(hits=frozenset({FN}), trials=frozenset({TP, FN})),
    Metric.POSITIVE_PREDICTIVE_VALUE: Definition(hits=frozenset({TP}), trials=frozenset({TP, FP})),
    Metric.NEGATIVE_PREDICTIVE_VALUE: Definition(hits=frozenset({TN}), trials=frozenset({TN, FN})),
    Metric.ACCURACY: Definition(hits=frozenset({TP, TN}), trials=KNOWN),
}
