"""What was asked to be withheld, what is, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from habeas.errors import NotFound
from habeas.procedures.withholding import LAW, Ground
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Value
from habeas.web.register.models import System, Withholding
from habeas.web.register.queries.shown import in_force


class Withheld(Enum):
    """How a withholding stands on a day."""

    ASKED = "asked"
    IN_FORCE = "in-force"
    ENDED = "ended"  # lifted early, or refused
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingShown:
    """A withholding as staff see it. `answered`: whether an edition answers the field still; a draft's answer may have gone with it."""

    id: int
    field: str
    answered: bool
    ground: Ground
    reason: str
    until: date
    state: Withheld
    asked_by: str
    asked_at: datetime
    approved_by: str
    ended_reason: str

    @property
    def law(self) -> str:
        """Where laws on access to documents know that ground."""
        return LAW[self.ground]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHeld:
    """What one edition answers to a field; None: nothing."""

    edition: int
    state: str
    value: Value | None


_ORDER = {"published": 0, "draft": 1, "review": 1, "superseded": 2}


def withholdings(system: System, *, on: date) -> tuple[WithholdingShown, ...]:
    """Everything that was ever asked to be withheld of this system, newest first."""
    rows, answered = system.withholdings.select_related("asked_by", "approved_by").order_by("-id"), answered_fields(system)
    return tuple(
        WithholdingShown(
            id=row.pk,
            field=row.field,
            answered=row.field in answered,
            ground=Ground(row.ground),
            reason=row.reason,
            until=row.until,
            state=_state(row, on),
            asked_by=row.asked_by.name,
            asked_at=row.asked_at,
            approved_by=row.approved_by.name if row.approved_by else "",
            ended_reason=row.ended_reason,
        )
        for row in rows
    )


def withholdable(system: System, *, on: date) -> tuple[tuple[str, str], ...]:
    """Id and label of every field that could be withheld now: answered, not one that the public needs most, not withheld or asked for."""
    taken = {one.field for one in system.withholdings.filter(ended_at=None, until__gt=on)}
    free = answered_fields(system) - taken
    return tuple((one.id, one.label) for one in field_set().fields if one.withholdable and one.id in free)


def answered_fields(system: System) -> set[str]:
    """The fields that some edition answers."""
    return {name for content in system.editions.values_list("content", flat=True) for name in content}


def answers_to(system: System, name: str) -> tuple[AnswerHeld, ...]:
    """Every answer to that field that a withholding hides: the published edition's, then a draft's and older ones', each where it differs.

    Where nothing is published, the draft's comes first. An edition that doesn't answer the field is told only as the published one or as
    the draft of the next.
    """
    held: list[AnswerHeld] = []
    for one in sorted(system.editions.exclude(state="discarded").order_by("-number"), key=lambda one: _ORDER[one.state]):
        answer = AnswerHeld(edition=one.number, state=one.state, value=one.content.get(name))
        told = answer.value is not None or one.state != "superseded"
        if told and answer.value not in [other.value for other in held]:
            held.append(answer)
    return tuple(held)


def withholding_for(system: System, number: int) -> Withholding:
    """One withholding of this system. Raises `NotFound`."""
    found = system.withholdings.filter(pk=number).first()
    if found is None:
        raise NotFound(f"expected something that is withheld of {system.slug}; there is none of that number: see its list")
    return found


def _state(row: Withholding, on: date) -> Withheld:
    if row.ended_at is not None:
        return Withheld.ENDED
    if on >= row.until:
        return Withheld.EXPIRED
    return Withheld.IN_FORCE if in_force(row, on) else Withheld.ASKED
