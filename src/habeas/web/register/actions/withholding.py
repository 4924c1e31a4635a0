"""Withholding a field from the public: asked for by one person, approved by another, ended by a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import transaction

from habeas.errors import BadInput
from habeas.procedures.publication import Step, check_four_eyes
from habeas.procedures.withholding import Ground, Term, check_withholdable
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.base.outbox import enqueue
from habeas.web.register.actions.changes import check, locked, record
from habeas.web.register.models import Edition, System, Withholding
from habeas.web.register.queries.systems import OPEN_STATES, SHOWN_STATES
from habeas.web.register.queries.withholdings import answered_fields

SHOWN_AGAIN = "register.shown-again"
"""The job that has the lists of the public made anew on the day on which something is shown again."""


def withhold(*, by: Actor, at: datetime, system: System, field: str, ground: Ground, reason: str, until: date) -> Withholding:
    """Ask that a field isn't shown until that day. Nothing is hidden before somebody else approves.

    Raises:
        NotAllowed: the actor doesn't ask this for this organisation.
        BadInput: the field isn't one, may not be withheld or isn't answered, is withheld already, the day is past or too far, no reason.
    """
    require(by, "withhold_ask", system.organisation_id)
    Term(asked=at.date(), until=until)
    if not reason.strip():
        raise BadInput(
            "expected a reason that everybody can read; got none: write one or two sentences that don't give away what is withheld"
        )
    with transaction.atomic():
        held = locked(system)
        _check_field(held, field, on=at.date())
        return Withholding.objects.create(
            system=held, field=field, ground=ground.value, reason=reason.strip(), asked_by_id=by.person, asked_at=at, until=until
        )


def approve_withholding(*, by: Actor, at: datetime, withholding: Withholding) -> None:
    """Approve what somebody else asked: from now the field isn't shown.

    Raises:
        NotAllowed: the actor doesn't approve this for this organisation, or asked for it.
        BadInput: it was approved or ended before, its day has come, or there is no such answer any more.
    """
    with transaction.atomic():
        system, row = locked(withholding.system), _open(withholding, on=at.date())
        after = check(Step.WITHHELD, by=by, system=system, reason=row.reason)
        check_four_eyes(by.person, others=[row.asked_by_id])
        if row.approved_at is not None:
            raise BadInput("expected something that waits for approval; this was approved before")
        _check_answered(system, row.field)
        row.approved_by_id, row.approved_at = by.user, at
        row.save(update_fields=["approved_by", "approved_at"])
        more = {"field": row.field, "ground": row.ground, "until": row.until.isoformat()}
        draft = _draft_that_alone_answers(system, row.field)
        record(Step.WITHHELD, by=by, at=at, system=system, standing=after.standing, edition=draft, reason=row.reason, more=more)
        due = datetime.combine(row.until, time(), tzinfo=UTC)
        enqueue(SHOWN_AGAIN, payload={"system": system.slug, "on": row.until.isoformat()}, at=at, due_at=due, key=f"{SHOWN_AGAIN}-{row.pk}")


def refuse_withholding(*, by: Actor, at: datetime, withholding: Withholding, reason: str) -> None:
    """Refuse what was asked: the field stays shown. Raises `NotAllowed`; `BadInput`: it isn't waiting, or no reason."""
    require(by, "withhold_approve", withholding.system.organisation_id)
    with transaction.atomic():
        locked(withholding.system)
        row = _open(withholding, on=at.date())
        if row.approved_at is not None:
            raise BadInput("expected something that waits for approval; this was approved before: release it instead")
        _end(row, by=by, at=at, reason=reason)


def release_withholding(*, by: Actor, at: datetime, withholding: Withholding, reason: str) -> None:
    """Show a withheld field before its day. Raises `NotAllowed`; `BadInput`: it isn't withheld, or no reason."""
    with transaction.atomic():
        system, row = locked(withholding.system), _open(withholding, on=at.date())
        check(Step.RELEASED, by=by, system=system, reason=reason)
        if row.approved_at is None:
            raise BadInput("expected something that is withheld; this was never approved: refuse it instead")
        _end(row, by=by, at=at, reason=reason)
        more = {"field": row.field, "ground": row.ground}
        draft = _draft_that_alone_answers(system, row.field)
        record(Step.RELEASED, by=by, at=at, system=system, edition=draft, reason=reason.strip(), more=more)


def _check_field(system: System, name: str, *, on: date) -> None:
    try:
        field = field_set().field(name)
    except KeyError:
        raise BadInput("expected a field of the register; got something else: choose one from the list") from None
    check_withholdable(field)
    _check_answered(system, name)
    if system.withholdings.filter(field=name, ended_at=None, until__gt=on).exists():
        raise BadInput(f"{field.label} is withheld, or somebody asked for it already: see the list")


def _check_answered(system: System, name: str) -> None:
    if name not in answered_fields(system):
        label = field_set().field(name).label
        raise BadInput(f"expected a field that is answered; {label} isn't: what isn't answered is shown as missing, not as withheld")


def _draft_that_alone_answers(system: System, name: str) -> Edition | None:
    """The open draft, if no edition that the public sees answers that field: what happens to its answer is public once the draft is."""
    if any(name in content for content in system.editions.filter(state__in=SHOWN_STATES).values_list("content", flat=True)):
        return None
    return system.editions.filter(state__in=OPEN_STATES).first()


def _open(withholding: Withholding, *, on: date) -> Withholding:
    row = Withholding.objects.get(pk=withholding.pk)
    if row.ended_at is not None or on >= row.until:
        raise BadInput("expected something that is withheld or waits for approval; this has ended: ask again if it is still needed")
    return row


def _end(row: Withholding, *, by: Actor, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise BadInput("expected a reason; got none: write one or two sentences")
    row.ended_at, row.ended_by_id, row.ended_reason = at, by.user, reason.strip()
    row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
