"""The first person of an organisation, who invites all others: only the site's own command makes one."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from habeas.errors import NotFound
from habeas.web.accounts.actions.enrolment import found, invite_first
from habeas.web.accounts.models import Organisation
from habeas.web.accounts.queries.invitations import token_of
from habeas.web.base.actors import OrganisationKind
from habeas.web.site import Site


def found_organisation(*, slug: str, name: str, kind: OrganisationKind, authority: str, place: str) -> None:
    """A new organisation, unless there is one of that slug already.

    Raises:
        BadInput: another organisation has that authority.
    """
    if not Organisation.objects.filter(slug=slug).exists():
        found(slug=slug, name=name, kind=kind, authority=authority, place=place)


def first_administrator(site: Site, *, organisation: str, email: str, at: datetime) -> str:
    """A link with which that person makes an account and administers the organisation; good once, for seven days.

    The worker sends it by letter too.

    Raises:
        NotFound: there is no such organisation. BadInput: somebody administers it already.
    """
    body = Organisation.objects.filter(slug=organisation).first()
    if body is None:
        known = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "none yet"
        raise NotFound(f"expected the slug of an organisation of this site ({known}); got {organisation}: make it with --name and --kind")
    invitation = invite_first(organisation=body, email=email, at=at)
    return site.address + reverse("accounts_invitation", args=[token_of(invitation)])
