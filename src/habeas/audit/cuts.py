"""Cuts: what counts as flagged - a score at or above a threshold, an advice, or the decision that was taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from habeas.audit.plan import Plan

ADVISED = 1.0
"""A yes/no recommendation is kept as a score of 0 or 1, so that advice and scores are counted alike."""


class CutKind(Enum):
    """Who or what drew the line."""

    SCORE = "score"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One way of telling flagged from not flagged. `threshold` is None for a decision."""

    kind: CutKind
    threshold: float | None = None

    @property
    def label(self) -> str:
        """The cut in a few words, e.g. `score >= 5`."""
        return f"score >= {self.threshold:g}" if self.kind is CutKind.SCORE else self.kind.value


def thresholds(plan: Plan) -> tuple[float, ...]:
    """The thresholds that the counts must keep exact, lowest first; a recommendation counts as a score of 0 or 1."""
    return (ADVISED,) if plan.columns.recommendation is not None else tuple(sorted(plan.thresholds))


def cuts(plan: Plan) -> tuple[Cut, ...]:
    """Every cut of a plan; the first is the one in use, on which confirmatory questions are asked."""
    found = [Cut(kind=CutKind.SCORE, threshold=threshold) for threshold in plan.thresholds]
    if plan.columns.recommendation is not None:
        found.append(Cut(kind=CutKind.RECOMMENDATION, threshold=ADVISED))
    if plan.columns.decision is not None:
        found.append(Cut(kind=CutKind.DECISION))
    return tuple(found)
