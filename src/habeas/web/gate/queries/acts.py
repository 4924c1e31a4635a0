"""What was asked and decided about a version at its stage, and what oversight did at any: as rows, and in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import Promise

from habeas.web.gate.models import DECIDED, OVERSEEN, Act
from habeas.web.gate.words import ACTS
from habeas.web.register.models import SystemVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class ActShown:
    """One act: who, as they were called then, when, why."""

    kind: str
    what: Promise
    by: str
    at: datetime
    reasons: str
    conditions: str
    until: date | None
    audits: tuple[int, ...]
    log_index: int | None


def acts_of(version: SystemVersion) -> tuple[Act, ...]:
    """Every act about the version that holds at the stage it is at, the earliest first."""
    holds = Q(stage=version.stage) | Q(kind__in=OVERSEEN)  # whoever moves a version to another stage opens nothing that oversight closed
    return tuple(Act.objects.filter(holds, version=version).select_related("log").order_by("id"))


def decision_in(acts: Sequence[Act]) -> Act | None:
    """What was decided last; None: nothing was."""
    return _last(acts, DECIDED)


def question_in(acts: Sequence[Act]) -> Act | None:
    """The question that nobody has decided yet; None: there is none."""
    last = _last(acts, ("asked", *DECIDED))
    return last if last is not None and last.kind == "asked" else None


def closed_in(acts: Sequence[Act]) -> Act | None:
    """The act by which oversight keeps the gate closed; None: it doesn't."""
    last = _last(acts, OVERSEEN)
    return last if last is not None and last.kind == "closed" else None


def pending(version: SystemVersion) -> Act | None:
    """The question about the version that nobody has decided yet; None: there is none."""
    return question_in(acts_of(version))


def history_of(version: SystemVersion) -> tuple[ActShown, ...]:
    """Everything asked and decided about a version that holds at its stage, the latest first."""
    return tuple(shown(act) for act in reversed(acts_of(version)))


def shown(act: Act) -> ActShown:
    """The row in the reader's language."""
    return ActShown(
        kind=act.kind,
        what=ACTS[act.kind],
        by=act.by_name,
        at=act.at,
        reasons=act.reasons,
        conditions=act.conditions,
        until=act.until,
        audits=tuple(act.audits),
        log_index=None if act.log is None else act.log.index,
    )


def _last(acts: Sequence[Act], kinds: tuple[str, ...]) -> Act | None:
    return next((act for act in reversed(acts) if act.kind in kinds), None)
