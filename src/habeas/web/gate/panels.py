"""What the gate lends to the desk: a part of a system's page, and what waits for an approver."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from habeas.web.base.actors import Actor, Role
from habeas.web.base.panels import DESK_PANELS, SYSTEM_PANELS, DeskPanel, SystemPanel
from habeas.web.gate.queries import gates_of, waiting_for
from habeas.web.register.models import System


def register() -> None:
    """Put them on the desk."""
    SYSTEM_PANELS.append(SystemPanel(order=30, template="gate/desk/panel.html", context=_of_system))
    DESK_PANELS.append(DeskPanel(order=30, template="gate/desk/waiting.html", context=_waiting))


def _of_system(actor: Actor, system: System, at: datetime) -> Mapping[str, Any]:  # noqa: ARG001 - everybody on the desk sees it
    return {"slug": system.slug, "gates": gates_of(system, at.date())}


def _waiting(actor: Actor, at: datetime) -> Mapping[str, Any] | None:  # noqa: ARG001 - a panel may ask the time
    acts = waiting_for(actor) if actor.has(Role.APPROVER) else ()
    return {"acts": acts} if acts else None
