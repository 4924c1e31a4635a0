"""What the gate lends to the desk: a part of a system's page, what waits for an approver, and what closed, for the systems' owners."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from habeas.web.base.actors import Actor
from habeas.web.base.panels import DESK_PANELS, SYSTEM_PANELS, DeskPanel, SystemPanel
from habeas.web.gate.queries import closed_for, gates_of, waiting_for
from habeas.web.register.models import System


def register() -> None:
    """Put them on the desk."""
    SYSTEM_PANELS.append(SystemPanel(order=30, template="gate/desk/panel.html", context=_of_system))
    DESK_PANELS.append(DeskPanel(order=20, template="gate/desk/closed.html", context=_closed))
    DESK_PANELS.append(DeskPanel(order=30, template="gate/desk/waiting.html", context=_waiting))


def _of_system(actor: Actor, system: System, at: datetime) -> Mapping[str, Any]:  # noqa: ARG001 - everybody on the desk sees it
    return {"slug": system.slug, "gates": gates_of(system, at.date())}


def _closed(actor: Actor, at: datetime) -> Mapping[str, Any] | None:
    closed = closed_for(actor, at.date())
    return {"closed": closed} if closed else None


def _waiting(actor: Actor, at: datetime) -> Mapping[str, Any] | None:  # noqa: ARG001 - a panel may ask the time
    acts = waiting_for(actor)
    return {"acts": acts} if acts else None
