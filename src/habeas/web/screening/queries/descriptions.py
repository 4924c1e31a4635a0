"""Descriptions on the desk of whoever works with a system."""

from __future__ import annotations

from habeas.errors import NotFound
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.register.models import System, SystemVersion
from habeas.web.register.queries import may, system_for, versions
from habeas.web.screening.models import Description


def desk_system(actor: Actor, slug: str) -> System:
    """A system whose screening this actor may read. Raises `NotFound`: there is none, or it isn't this actor's to see."""
    found = system_for(actor, slug)
    if not may(actor, "read_drafts", found):
        raise NotFound("expected a system whose screening you can read; this one's isn't open to you: see its entry in the register")
    return found


def screened_system(actor: Actor, slug: str) -> System:
    """A system that this actor describes and screens.

    Raises:
        NotFound: as `desk_system`.
        NotAllowed: they may read its screening, and no more.
    """
    found = desk_system(actor, slug)
    require(actor, "screen", found.organisation_id)
    return found


def may_screen(actor: Actor, system: System) -> bool:
    """Whether the actor may describe and screen the system."""
    return may(actor, "screen", system)


def description_for(system: System, number: int) -> Description:
    """A description of a version of the system. Raises `NotFound`: it has none with that number."""
    rows = Description.objects.select_related("version__system__organisation")
    found = rows.filter(version__system=system, pk=number).first()
    if found is None:
        raise NotFound("expected a description of this system; there is none with that number: go back to its screening")
    return found


def superseded(description: Description) -> bool:
    """Whether others were screened since: answers that were given up don't come back as the latest, for a refusal could be hidden so."""
    later = Description.objects.filter(version=description.version_id, state="finished", pk__gt=description.pk)
    return description.state == "finished" and later.exists()


def names_its_version(description: Description) -> bool:
    """Whether the answers speak of the version for which they stand; those of long ago may name another."""
    return bool(description.said.get("version") == description.version.name)


def open_description(version: SystemVersion) -> Description | None:
    """The description that somebody is working on; None: nobody is."""
    return Description.objects.filter(version=version, state="open").first()


def version_for(system: System, number: int) -> SystemVersion:
    """A version of the system by its number. Raises `NotFound`."""
    found = versions(system).select_related("system__organisation").filter(pk=number).first()
    if found is None:
        raise NotFound("expected a version of this system; there is none with that number: go back to its screening")
    return found
