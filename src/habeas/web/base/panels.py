"""Parts of a page that an upper app lends to a lower one: each app registers its own in `apps.py: ready()`.

`SYSTEM_PANELS` stand on the desk page of a system (screening, audits, gate), `DESK_PANELS` on the first page of the desk (what waits).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from habeas.web.base.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPanel:
    """A part of a system's desk page. `context`: of (actor, system, at), what `template` needs; None: nothing to show to this actor."""

    order: int
    template: str
    context: Callable[[Actor, Any, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPanel:
    """A part of the desk's first page. `context`: of (actor, at), what `template` needs; None: nothing waits."""

    order: int
    template: str
    context: Callable[[Actor, datetime], Mapping[str, Any] | None]


SYSTEM_PANELS: list[SystemPanel] = []
DESK_PANELS: list[DeskPanel] = []

Drawn = list[tuple[str, Mapping[str, Any]]]
"""Templates in their order, each with its context."""


def system_panels(actor: Actor, system: object, *, at: datetime) -> Drawn:
    """The panels of a system's desk page that this actor may see."""
    panels = sorted(SYSTEM_PANELS, key=lambda panel: panel.order)
    return [(panel.template, given) for panel in panels if (given := panel.context(actor, system, at)) is not None]


def desk_panels(actor: Actor, *, at: datetime) -> Drawn:
    """The panels of the desk's first page that have something for this actor."""
    panels = sorted(DESK_PANELS, key=lambda panel: panel.order)
    return [(panel.template, given) for panel in panels if (given := panel.context(actor, at)) is not None]
