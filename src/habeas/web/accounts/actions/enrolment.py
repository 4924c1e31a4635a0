"""What only the site's own commands do, before anybody has an account: organisations founded, their first people enrolled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from habeas.errors import BadInput
from habeas.web.accounts.actions.invitations import new_person, write_invitation
from habeas.web.accounts.actions.roles import grant, held_without_end, one_at_a_time
from habeas.web.accounts.models import Invitation, Membership, Organisation, User
from habeas.web.accounts.queries.invitations import open_invitations
from habeas.web.base.actors import OrganisationKind, Role


def found(
    *, slug: str, name: str, kind: OrganisationKind, authority: str, place: str, made_up: bool = False, contact_email: str = ""
) -> Organisation:
    """A new organisation. `authority` is its name in the ledger, for good.

    Raises:
        BadInput: an organisation has that slug or that authority.
    """
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                slug=slug, name=name, kind=kind.value, authority=authority, place=place, made_up=made_up, contact_email=contact_email
            )
    except IntegrityError:  # the database alone knows what somebody else founds at this moment
        raise BadInput(f"expected a slug and an authority that are free; {slug} or {authority} is taken: choose another") from None


def invite_first(*, organisation: Organisation, email: str, language: str = "en", at: datetime) -> Invitation:
    """A letter to who will administer an organisation that nobody administers; an older letter of the site opens nothing any more.

    Whose account was closed administers nothing, so an organisation that lost its only administrator gets another.

    Raises:
        BadInput: somebody administers it: they invite.
    """
    with transaction.atomic():
        one_at_a_time(organisation)
        administering = Membership.objects.filter(organisation=organisation, role=Role.ADMINISTRATOR.value, until__isnull=True)
        if administering.filter(user__is_active=True).exists():
            raise BadInput(f"expected an organisation without administrator; {organisation.slug} has one: they invite")
        open_invitations(organisation, at).filter(by__isnull=True).update(withdrawn_at=at)
        return write_invitation(organisation=organisation, email=email, roles=(Role.ADMINISTRATOR,), language=language, by=None, at=at)


def enrol(*, organisation: Organisation, email: str, name: str, password: str | None, roles: Collection[Role], at: datetime) -> User:
    """An account without a letter, for demonstrations; the same address again gets the roles of these that it doesn't hold yet."""
    with transaction.atomic():
        person = User.objects.filter(email=email.strip().lower()).first() or new_person(email=email, name=name, password=password)
        for role in sorted(roles, key=lambda role: role.value):
            if not held_without_end(organisation=organisation, user=person, role=role):
                grant(organisation=organisation, user=person, role=role, since=at.date(), by=None, at=at)
        return person
