"""The part about screens of a system's page on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from habeas.web.base.actors import Actor
from habeas.web.register.models import System
from habeas.web.register.queries import may, versions
from habeas.web.screening.queries import latest_screen, standing_screen


def context(actor: Actor, system: System, at: datetime) -> Mapping[str, Any] | None:
    """The latest screen of each version, for whoever may read what isn't published yet."""
    if not may(actor, "read_drafts", system):
        return None
    found = [{"name": version.name, "standing": standing_screen(version, on=at.date())} for version in versions(system)]
    return {"system": system, "versions": found}


def refused(actor: Actor, system: System, at: datetime) -> Mapping[str, Any] | None:  # noqa: ARG001 - what is prohibited is so on every day
    """The versions that a rulebook prohibits, with the rules; None: there is none, or it isn't this actor's to see."""
    if not may(actor, "read_drafts", system):
        return None
    found = [(version, latest_screen(version)) for version in versions(system)]
    forbidden = [{"name": version.name, "screen": screen} for version, screen in found if screen is not None and screen.prohibited]
    return {"system": system, "versions": forbidden} if forbidden else None
