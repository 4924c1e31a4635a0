"""Invitations that are open, and the one that a letter's link means."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet

from habeas.errors import Gone, NotFound
from habeas.web.accounts.models import Invitation, Membership, Organisation, User
from habeas.web.accounts.queries.days import not_over
from habeas.web.base.actors import Actor, Role

_SIGNER = "habeas.accounts.invitation"


def open_invitations(organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Those that can still be accepted, the newest first."""
    ended = Q(accepted_at__isnull=False) | Q(withdrawn_at__isnull=False) | Q(until__lte=at)
    return Invitation.objects.filter(organisation=organisation).exclude(ended).order_by("-at", "-pk")


def invitation_of(organisation: Organisation, number: int) -> Invitation:
    """An invitation of that organisation.

    Raises:
        NotFound: it has none of that number.
    """
    found = Invitation.objects.select_related("organisation").filter(organisation=organisation, pk=number).first()
    if found is None:
        raise NotFound("expected an invitation of this organisation; it has none of that number: look at the list")
    return found


def token_of(invitation: Invitation) -> str:
    """What the letter's link ends with."""
    return Signer(salt=_SIGNER).sign(invitation.uid.hex)


def invitation_by_token(token: str, at: datetime) -> Invitation:
    """The open invitation that a letter's link means.

    Raises:
        NotFound: no letter of this site has that link.
        Gone: it was accepted, withdrawn or has run out, or who sent it doesn't administer the organisation any more.
    """
    try:
        uid = uuid.UUID(Signer(salt=_SIGNER).unsign(token))
    except (BadSignature, ValueError):
        raise NotFound("expected the link of an invitation; this is none: copy the whole link from the letter") from None
    found = Invitation.objects.select_related("organisation", "by").filter(uid=uid).first()
    if found is None:
        raise NotFound("expected the link of an invitation; this site knows none like it: ask for a new one")
    still = open_invitations(found.organisation, at).filter(pk=found.pk).exists()
    if not still or not administers(found.by_id, found.organisation_id, at.date()):
        raise Gone("expected an invitation that is open; this one was used, withdrawn or has run out: ask for a new one")
    return found


def administers(user: int | None, organisation: int, on: date) -> bool:
    """Whether somebody administers an organisation that day; None, the site's own command, always does."""
    if user is None:
        return True
    held = Membership.objects.filter(not_over(on), organisation=organisation, since__lte=on)
    return held.filter(user=user, role=Role.ADMINISTRATOR.value, user__is_active=True).exists()


def has_account(invitation: Invitation) -> bool:
    """Whether the invited person has an account already."""
    return User.objects.filter(email=invitation.email).exists()


def is_for(invitation: Invitation, actor: Actor) -> bool:
    """Whether the invitation is for who is signed in."""
    return actor.signed_in and User.objects.filter(email=invitation.email, pk=actor.person).exists()
