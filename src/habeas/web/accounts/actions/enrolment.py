"""What only the site's own commands do, before anybody has an account: organisations founded, their first people enrolled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from habeas.errors import BadInput
from habeas.web.accounts.actions.invitations import new_person, write_invitation
from habeas.web.accounts.actions.roles import grant
from habeas.web.accounts.models import Invitation, Membership, Organisation, User
from habeas.web.base.actors import OrganisationKind, Role


def found(
    *, slug: str, name: str, kind: OrganisationKind, authority: str, place: str, made_up: bool = False, contact_email: str = ""
) -> Organisation:
    """A new organisation. `authority` is its name in the ledger, for good.

    Raises:
        BadInput: an organisation has that slug or that authority.
    """
    with transaction.atomic():
        if Organisation.objects.filter(slug=slug).exists() or Organisation.objects.filter(authority=authority).exists():
            raise BadInput(f"expected a slug and an authority that are free; {slug} or {authority} is taken: choose another")
        return Organisation.objects.create(
            slug=slug, name=name, kind=kind.value, authority=authority, place=place, made_up=made_up, contact_email=contact_email
        )


def invite_first(*, organisation: Organisation, email: str, language: str = "en", at: datetime) -> Invitation:
    """A letter to who will administer an organisation that nobody administers yet.

    Raises:
        BadInput: somebody administers it: they invite.
    """
    if Membership.objects.filter(organisation=organisation, role=Role.ADMINISTRATOR.value, until__isnull=True).exists():
        raise BadInput(f"expected an organisation without administrator; {organisation.slug} has one: they invite")
    with transaction.atomic():
        return write_invitation(organisation=organisation, email=email, roles=(Role.ADMINISTRATOR,), language=language, by=None, at=at)


def enrol(*, organisation: Organisation, email: str, name: str, password: str | None, roles: Collection[Role], at: datetime) -> User:
    """An account without a letter, for demonstrations and for a site's first administrator; the same address again gets more roles."""
    with transaction.atomic():
        person = User.objects.filter(email=email.strip().lower()).first() or new_person(email=email, name=name, password=password)
        for role in sorted(roles, key=lambda role: role.value):
            grant(organisation=organisation, user=person, role=role, since=at.date(), by=None, at=at)
        return person
