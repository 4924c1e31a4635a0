"""Parts of a page that an upper app lends to a lower one: each app registers its own in `apps.py: ready()`.

`SYSTEM_PANELS` stand on the desk page of a system (screening, audits, gate), `DESK_PANELS` on the first page of the desk (what waits).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from habeas.web.base.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPanel:
    """A part of a system's desk page. `context`: of (actor, system, at), what `template` needs; None: nothing to show to this actor.

    `first`: it stands above all else on the page, as a refusal must.
    """

    order: int
    template: str
    context: Callable[[Actor, Any, datetime], Mapping[str, Any] | None]
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPanel:
    """A part of the desk's first page. `context`: of (actor, at), what `template` needs; None: nothing waits."""

    order: int
    template: str
    context: Callable[[Actor, datetime], Mapping[str, Any] | None]


SYSTEM_PANELS: list[SystemPanel] = []
DESK_PANELS: list[DeskPanel] = []


def system_panels(request: HttpRequest, system: object, *, at: datetime, first: bool = False) -> list[str]:
    """The panels of a system's desk page that whoever asks may see, drawn; each knows `system` beside what it brings.

    `first`: those that stand above all else instead.
    """
    actor = _asking(request)
    asked = sorted((one for one in SYSTEM_PANELS if one.first == first), key=lambda one: one.order)
    given = [(one.template, one.context(actor, system, at)) for one in asked]
    return [render_to_string(template, {"system": system, **said}, request) for template, said in given if said is not None]


def desk_panels(request: HttpRequest, *, at: datetime) -> list[str]:
    """The panels of the desk's first page that have something for whoever asks, drawn."""
    actor = _asking(request)
    given = [(one.template, one.context(actor, at)) for one in sorted(DESK_PANELS, key=lambda one: one.order)]
    return [render_to_string(template, dict(said), request) for template, said in given if said is not None]


def _asking(request: HttpRequest) -> Actor:
    from habeas.web.base.access import acting  # here: it needs Django's apps, and apps fill the lists above before they are there

    return acting(request)
