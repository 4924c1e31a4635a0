"""Changes as values: what two audits share, what differs, and what may be said of the difference."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from habeas.audit.estimates import Estimate
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, Comparison
from habeas.terms.group import Group


class ChangeVerdict(Enum):
    """What may be said of a change. There is no "shown unchanged": no tolerance was declared for it."""

    SHOWN_CHANGED = "shown-changed"
    CANNOT_TELL = "cannot-tell"
    NOT_TESTED = "not-tested"


class Obstacle(Enum):
    """Why changes can't be tested at all; each test here takes two samples of different people."""

    SAME_COUNTS = "same-counts"
    SHARED_FILE = "shared-file"
    OTHER_CONFIDENCE = "other-confidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field of the plan that differs, with both contents in words; None: it isn't there."""

    field: str
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Later minus earlier, its p-value adjusted over its family, and what may be said. No estimate: it wasn't tested."""

    estimate: Estimate | None
    p_adjusted: float | None
    verdict: ChangeVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange:
    """A declared question in both audits; None where one of them didn't ask it. `change`: of the difference between the groups."""

    metric: Metric
    group: Group
    reference: Group
    earlier: Comparison | None
    later: Comparison | None
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """A group's rate at the cut in use, in both audits."""

    metric: Metric
    group: Group
    earlier: Estimate
    later: Estimate
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything that differs between two audits. `obstacle`: why nothing was tested; None: it was."""

    earlier: AuditResult
    later: AuditResult
    plan: tuple[FieldChange, ...]
    obstacle: Obstacle | None
    questions: tuple[QuestionChange, ...]
    rates: tuple[RateChange, ...]
