"""What organisations there are, and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from habeas.errors import NotFound
from habeas.web.accounts.models import Area, Membership, Organisation, Reader, ReaderChange, RoleChange, User
from habeas.web.accounts.permissions import require
from habeas.web.accounts.queries.days import not_over
from habeas.web.base.actors import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody with the roles they hold or will hold in one organisation."""

    user: User
    memberships: tuple[Membership, ...]


def independent(auditor: Organisation, owner: Organisation) -> bool:
    """Whether what the one finds about a system of the other counts as independent: no organisation audits itself.

    One authority in the ledger is one organisation, whatever its names are here.
    """
    return auditor.pk != owner.pk and auditor.authority != owner.authority


def own_organisations(actor: Actor) -> tuple[tuple[Organisation, tuple[Role, ...]], ...]:
    """The organisations in which the actor holds roles today, with these roles."""
    found = Organisation.objects.filter(pk__in=actor.roles).order_by("name", "pk")
    return tuple((one, tuple(sorted(actor.roles[one.pk], key=lambda role: role.value))) for one in found)


def organisation_for(actor: Actor, slug: str, permission: str | None = None) -> Organisation:
    """An organisation for who works there, or oversees; with a permission, for who may do that there.

    Raises:
        NotFound: there is none, or the actor has nothing to do with it.
        NotAllowed: the actor works there, but not in that.
    """
    found = Organisation.objects.filter(slug=slug).first()
    if found is None or not (found.pk in actor.roles or actor.has(Role.OVERSIGHT)):
        raise NotFound(f"expected an organisation of yours; {slug} isn't: look at the list of your organisations")
    if permission is not None:
        require(actor, permission, found)
    return found


def areas(organisation: Organisation) -> tuple[Area, ...]:
    """Where it works, by country and the beginning of the postcode."""
    return tuple(organisation.areas.order_by("country", "prefix"))


def members(organisation: Organisation, on: date) -> tuple[Member, ...]:
    """Who holds a role there on that day or will later, by name."""
    held = Membership.objects.filter(not_over(on), organisation=organisation)
    by_user: dict[int, list[Membership]] = {}
    for membership in held.select_related("user").order_by("user__name", "user_id", "role"):
        by_user.setdefault(membership.user_id, []).append(membership)
    return tuple(Member(user=some[0].user, memberships=tuple(some)) for some in by_user.values())


def member(organisation: Organisation, person: int, on: date) -> Member:
    """Somebody who holds, will hold or held a role there, with the roles that go on.

    Raises:
        NotFound: nobody of that number ever did.
    """
    user = User.objects.filter(pk=person, memberships__organisation=organisation).distinct().first()
    if user is None:
        raise NotFound("expected somebody of this organisation; nobody here has that number: look at the list of its members")
    held = Membership.objects.filter(not_over(on), organisation=organisation, user=user)
    return Member(user=user, memberships=tuple(held.order_by("role")))


def role_changes(organisation: Organisation) -> QuerySet[RoleChange]:
    """Every role given and ended there, the newest first."""
    return RoleChange.objects.filter(organisation=organisation).select_related("user", "by").order_by("-pk")


def reader_changes(organisation: Organisation) -> QuerySet[ReaderChange]:
    """Every time that its drafts were opened to another organisation's auditors or closed to them, the newest first."""
    return ReaderChange.objects.filter(owner=organisation).select_related("reader", "by").order_by("-pk")


def readers(organisation: Organisation, on: date) -> tuple[Reader, ...]:
    """Whose auditors may read its drafts on that day."""
    opened = Reader.objects.filter(not_over(on), owner=organisation, since__lte=on)
    return tuple(opened.select_related("reader").order_by("reader__name", "pk"))


def possible_readers(organisation: Organisation, on: date) -> tuple[Organisation, ...]:
    """The organisations that may be let read its drafts and don't yet: those that have, or had, auditors here."""
    already = {organisation.pk, *(one.reader_id for one in readers(organisation, on))}
    others = Organisation.objects.exclude(pk__in=already).filter(memberships__role=Role.AUDITOR.value)
    return tuple(others.distinct().order_by("name", "pk"))


def reader_of(organisation: Organisation, slug: str, on: date) -> Reader:
    """The organisation of that slug, as one whose auditors may read the drafts on that day.

    Raises:
        NotFound: its auditors may not.
    """
    found = next((one for one in readers(organisation, on) if one.reader.slug == slug), None)
    if found is None:
        raise NotFound(f"expected an organisation whose auditors may read the drafts; {slug} isn't one: look at the list")
    return found
