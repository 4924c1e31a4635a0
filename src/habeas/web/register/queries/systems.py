"""Systems, their versions and editions: for the public what was published, for staff what is theirs to see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from habeas.errors import NotFound
from habeas.procedures.publication import Open, Standing, State
from habeas.web.accounts.permissions import allowed, organisations
from habeas.web.base.actors import Actor, Role
from habeas.web.register.models import Edition, System, SystemVersion

SHOWN_STATES = ("published", "superseded")
"""The states of an edition that everybody may read."""

OPEN_STATES = ("draft", "review")
"""The states of an edition that is being worked on."""


def system(slug: str) -> System:
    """A system that the public can see. Raises `NotFound`: there is none, or it was never published."""
    found = System.objects.select_related("organisation").filter(slug=slug).exclude(standing=Standing.UNPUBLISHED.value).first()
    if found is None:
        raise NotFound(_no_system(slug))
    return found


def systems_for(actor: Actor) -> QuerySet[System]:
    """The systems that this actor works with: those whose drafts they may read, and for auditors whatever is published too."""
    theirs = within(actor, "read_drafts", "organisation")
    if theirs and actor.has(Role.AUDITOR):  # an empty condition is every system; with another beside it, it would be that one alone
        theirs |= ~Q(standing=Standing.UNPUBLISHED.value)
    return System.objects.select_related("organisation").filter(theirs).order_by("slug")


def within(actor: Actor, permission: str, path: str) -> Q:
    """For queries that list: what belongs to an organisation with whose things the actor may do that; `path` leads to it."""
    held = organisations(actor, permission)
    return Q() if held is None else Q(**{f"{path}__in": list(held)})


def system_for(actor: Actor, slug: str) -> System:
    """A system on somebody's desk. Raises `NotFound`: there is none, or it isn't this actor's to see."""
    found = systems_for(actor).filter(slug=slug).first()
    if found is None:
        raise NotFound(_no_system(slug))
    return found


def may(actor: Actor, permission: str, system: System) -> bool:
    """Whether the actor may do that, by its name in the table of permissions, to this system."""
    return allowed(actor, permission, system.organisation_id)


def may_read_draft(actor: Actor, system: System) -> bool:
    """Whether the actor may read what isn't published yet: own organisation, oversight, and auditors to whom drafts were opened."""
    return may(actor, "read_drafts", system)


def versions(system: System) -> QuerySet[SystemVersion]:
    """The versions of the system, newest first."""
    return system.versions.order_by("-id")


def published(slug: str) -> Edition:
    """The edition that the public sees now. Raises `NotFound`: there is no such system, or it was never published."""
    found = _with_all_for_showing(Edition.objects.filter(system__slug=slug, state="published")).first()
    if found is None:
        raise NotFound(_no_system(slug))
    return found


def edition(slug: str, number: int) -> Edition:
    """An edition that is or was published. Raises `NotFound`."""
    found = _with_all_for_showing(Edition.objects.filter(system__slug=slug, number=number, state__in=SHOWN_STATES)).first()
    if found is None:
        raise NotFound(f"expected a published edition of {slug[:64]}; there is none of that number: see its history")
    return found


def editions(system: System) -> QuerySet[Edition]:
    """Every edition that is or was published, newest first."""
    return system.editions.filter(state__in=SHOWN_STATES).order_by("-number")


def draft(system: System) -> Edition | None:
    """The edition that is being worked on or in review, if there is one."""
    return _with_all_for_showing(system.editions.filter(state__in=OPEN_STATES)).first()


def draft_to_write(system: System) -> Edition:
    """The open draft, for its writers. Raises `NotFound`: there is none, or it is in review."""
    found = system.editions.filter(state="draft").first()
    if found is None:
        raise NotFound(f"expected a draft to write in; {system.slug} has none: begin a new edition, or have it returned from review")
    return found


def in_review(system: System) -> Edition:
    """What waits for the second person. Raises `NotFound`: nothing does."""
    found = system.editions.filter(state="review").select_related("submitted_by").first()
    if found is None:
        raise NotFound(f"expected a draft of {system.slug} in review; there is none: somebody published or returned it already")
    return found


def edition_now(system: System) -> Edition | None:
    """The published edition, if there is one."""
    return _with_all_for_showing(system.editions.filter(state="published")).first()


def version_numbered(system: System, number: int) -> SystemVersion:
    """The version of that row. Raises `NotFound`."""
    found = system.versions.filter(pk=number).first()
    if found is None:
        raise NotFound(f"expected a version of {system.slug}; it has none of that number: see the list of its versions")
    return found


def state_of(system: System) -> State:
    """Where the entry is in its life."""
    found = system.editions.filter(state__in=OPEN_STATES).values_list("state", flat=True).first()
    return State(standing=Standing(system.standing), open=Open(found or "nothing"))


def _with_all_for_showing(found: QuerySet[Edition]) -> QuerySet[Edition]:
    return found.select_related("system__organisation").prefetch_related("system__withholdings")


def _no_system(slug: str) -> str:
    return f"expected a system of this register; got {slug[:64]!r}, which isn't one that you can see: search the register for its name"
