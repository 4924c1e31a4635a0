"""Roles given and ended. The record of each stays; nobody can take an organisation its last administrator."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from habeas.errors import BadInput
from habeas.web.accounts.models import Membership, Organisation, RoleChange, User
from habeas.web.accounts.permissions import require
from habeas.web.accounts.queries.days import not_over
from habeas.web.accounts.queries.invitations import open_invitations
from habeas.web.base.actors import Actor, OrganisationKind, Role


def give_role(*, organisation: Organisation, user: User, role: Role, since: date, by: Actor, at: datetime) -> Membership:
    """Let somebody hold a role from that day on. An administrator may take one too: that is recorded like any other.

    Raises:
        NotAllowed: `by` administers another organisation, or none.
        BadInput: the day is past, or the role is held already, or it ends and would begin again only later.
    """
    require(by, "members", organisation)
    with transaction.atomic():
        return grant(organisation=organisation, user=user, role=role, since=since, by=by.user, at=at)


def end_role(*, organisation: Organisation, user: User, role: Role, until: date, by: Actor, at: datetime) -> None:
    """End a role; `until` is the first day without it, and today ends it at once. A letter that still waits for them gives nothing back.

    Raises:
        NotAllowed: `by` administers another organisation, or none.
        BadInput: the day is past, the role isn't held, or nobody would administer the organisation any more.
    """
    require(by, "members", organisation)
    _refuse_past(until, at)
    with transaction.atomic():
        one_at_a_time(organisation)
        held = Membership.objects.filter(not_over(until), organisation=organisation, user=user, role=role.value)
        membership = held.first()
        if membership is None:
            raise BadInput(f"expected a role that is held on {until}; {role.value} isn't: choose one that is")
        if role is Role.ADMINISTRATOR and not _another_administrator(membership, until):
            raise BadInput("expected somebody who administers the organisation afterwards; nobody would: give that role to another first")
        membership.until = max(until, membership.since)
        membership.save(update_fields=["until"])
        open_invitations(organisation, at).filter(email=user.email).update(withdrawn_at=at)
        _record(membership, kind="ended", day=membership.until, by=by.user, at=at)


def grant(*, organisation: Organisation, user: User, role: Role, since: date, by: int | None, at: datetime) -> Membership:
    """Write a role and its record in the transaction that is open; who may is for the caller."""
    _refuse_past(since, at)
    refuse_misplaced(role, organisation)
    one_at_a_time(organisation)
    membership, new = Membership.objects.get_or_create(
        organisation=organisation, user=user, role=role.value, defaults={"since": since, "until": None}
    )
    if not new:
        _again(membership, since, today=at.date())
    _record(membership, kind="given", day=since, by=by, at=at)
    return membership


def refuse_misplaced(role: Role, organisation: Organisation) -> None:
    """See that whoever oversees everybody works for an oversight body: no force oversees the others, or itself.

    Raises:
        BadInput: oversight is a role that this kind of organisation doesn't have.
    """
    if role is Role.OVERSIGHT and organisation.kind != OrganisationKind.OVERSIGHT.value:
        raise BadInput(f"expected an oversight body for the role {role.value}; {organisation.name} is none: choose another role")


def held_without_end(*, organisation: Organisation, user: User, role: Role) -> bool:
    """Whether somebody holds that role, or will, and no day is set on which it ends."""
    return Membership.objects.filter(organisation=organisation, user=user, role=role.value, until__isnull=True).exists()


def _again(membership: Membership, since: date, *, today: date) -> None:
    """Let a role that has an end go on without one. A row holds one stretch of time: of that nothing is lost, and no gap is filled."""
    until = membership.until
    if until is None:
        raise BadInput(f"expected a role that isn't held yet; {membership.role} is, from {membership.since}: choose another")
    over = until <= today or until == membership.since  # held once, and then not, or never: what was stands in the record
    if not over and until < since:
        raise BadInput(f"expected {until} or an earlier day, since {membership.role} is held until then; got {since}: choose {until}")
    membership.since = since if until < since else min(since, membership.since)
    membership.until = None
    membership.save(update_fields=["since", "until"])


def _refuse_past(day: date, at: datetime) -> None:
    if day < at.date():
        raise BadInput(f"expected today or a later day; got {day}: what was done until now was done in the roles held then")


def one_at_a_time(organisation: Organisation) -> Organisation:
    """Have whoever changes who works there, or is asked to, wait for one another. Of two who end each other the second is refused."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _another_administrator(membership: Membership, until: date) -> bool:
    """Whether somebody else administers on that day already, without an end."""
    others = Membership.objects.filter(
        organisation=membership.organisation_id,
        role=Role.ADMINISTRATOR.value,
        since__lte=until,
        until__isnull=True,
        user__is_active=True,
    )
    return others.exclude(pk=membership.pk).exists()


def _record(membership: Membership, *, kind: str, day: date, by: int | None, at: datetime) -> None:
    RoleChange.objects.create(
        organisation=membership.organisation, user=membership.user, role=membership.role, kind=kind, day=day, by_id=by, at=at
    )
