"""What audits lend to the desk: a part of a system's page, and what waits for an auditor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from habeas.web.audits.queries import audits_for, open_audits
from habeas.web.audits.words import STATES
from habeas.web.base.actors import Actor
from habeas.web.base.panels import DESK_PANELS, SYSTEM_PANELS, DeskPanel, SystemPanel
from habeas.web.register.models import System

MOST = 10


def register() -> None:
    """Put them on the desk."""
    SYSTEM_PANELS.append(SystemPanel(order=20, template="audits/desk/panel.html", context=_of_system))
    DESK_PANELS.append(DeskPanel(order=20, template="audits/desk/waiting.html", context=_waiting))


def _of_system(actor: Actor, system: System, at: datetime) -> Mapping[str, Any]:  # noqa: ARG001 - a panel may ask the time
    return {"slug": system.slug, "rows": [(audit, STATES[audit.state]) for audit in audits_for(actor, system)[:MOST]]}


def _waiting(actor: Actor, at: datetime) -> Mapping[str, Any] | None:  # noqa: ARG001 - the same
    rows = [(audit, STATES[audit.state]) for audit in open_audits(actor)[:MOST]]
    return {"rows": rows} if rows else None
