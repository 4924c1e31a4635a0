"""People invited, letters withdrawn, invitations accepted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from habeas.errors import BadInput, NotAllowed
from habeas.web.accounts.actions.roles import grant, held_without_end, one_at_a_time, refuse_misplaced
from habeas.web.accounts.models import Invitation, Organisation, User
from habeas.web.accounts.permissions import require
from habeas.web.accounts.queries.invitations import administers, open_invitations
from habeas.web.base.actors import Actor, Role
from habeas.web.base.outbox import enqueue

VALID_FOR = timedelta(days=7)


def invite(*, organisation: Organisation, email: str, roles: Collection[Role], language: str, by: Actor, at: datetime) -> Invitation:
    """Ask somebody to join, with a letter whose link is good for seven days; an older letter to the same address opens nothing any more.

    Raises:
        NotAllowed: `by` administers another organisation, or none.
        BadInput: no role is named.
    """
    require(by, "members", organisation)
    with transaction.atomic():
        return write_invitation(organisation=organisation, email=email, roles=roles, language=language, by=by.user, at=at)


def write_invitation(
    *, organisation: Organisation, email: str, roles: Collection[Role], language: str, by: int | None, at: datetime
) -> Invitation:
    """Write an invitation and have its letter sent, in the transaction that is open; who may is for the caller."""
    if not roles:
        raise BadInput("expected at least one role; got none: say what the person will do")
    for role in roles:
        refuse_misplaced(role, organisation)
    one_at_a_time(organisation)
    address = email.strip().lower()
    open_invitations(organisation, at).filter(email=address).update(withdrawn_at=at)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        roles=sorted(role.value for role in roles),
        language=language,
        by_id=by,
        at=at,
        until=at + VALID_FOR,
    )
    enqueue("accounts.invitation", payload={"invitation": str(invitation.uid)}, at=at, key=f"invitation {invitation.uid}")
    return invitation


def withdraw_invitation(*, invitation: Invitation, by: Actor, at: datetime) -> None:
    """Have the letter's link open nothing. One that has ended already stays as it is.

    Raises:
        NotAllowed: `by` administers another organisation, or none.
    """
    require(by, "members", invitation.organisation)
    open_invitations(invitation.organisation, at).filter(pk=invitation.pk).update(withdrawn_at=at)


def accept_invitation(*, invitation: Invitation, name: str, password: str | None, by: Actor, at: datetime) -> User:
    """Join: whoever has no account gets one, with that password or, without one, to add a passkey; whoever has one must be signed in.

    Raises:
        BadInput: the invitation has ended, whoever sent it doesn't administer the organisation any more, or the account was made meanwhile.
        NotAllowed: it is for somebody else's account.
    """
    with transaction.atomic():
        one_at_a_time(invitation.organisation)
        still = open_invitations(invitation.organisation, at).select_for_update().filter(pk=invitation.pk).first()
        if still is None or not administers(still.by_id, still.organisation_id, at.date()):
            raise BadInput("expected an invitation that is open; this one has ended: ask an administrator for a new one")
        person = _person(still, name=name, password=password, by=by)
        for role in still.roles:
            if not held_without_end(organisation=still.organisation, user=person, role=Role(role)):
                grant(organisation=still.organisation, user=person, role=Role(role), since=at.date(), by=still.by_id, at=at)
        still.accepted_at, still.accepted_by = at, person
        still.save(update_fields=["accepted_at", "accepted_by"])
        return person


def _person(invitation: Invitation, *, name: str, password: str | None, by: Actor) -> User:
    known = User.objects.filter(email=invitation.email).first()
    if known is None:
        return new_person(email=invitation.email, name=name, password=password)
    if known.pk != by.user:
        raise NotAllowed("expected the person whom this invitation is for; you are signed in as somebody else, or not at all: sign in")
    return known


def new_person(*, email: str, name: str, password: str | None) -> User:
    """An account whose address is known to be the person's: a letter went there, or the site's own command says so.

    Raises:
        BadInput: somebody has an account with that address.
    """
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, password, name=name.strip())
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    except IntegrityError:  # two links to one address, opened at the same moment
        raise BadInput("expected an address without an account; it has one by now: sign in with that, then open the link again") from None
    return person
