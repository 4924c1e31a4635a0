"""What every desk page about a system shares, in every app: the system, what it is called, and the way to the page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from habeas.web.base.access import acting
from habeas.web.register.queries import called


def framed(request: HttpRequest, system: Any, *crumbs: tuple[str, str], **context: Any) -> dict[str, Any]:
    """The context of a desk page about this system; `crumbs`: what lies between the system's own page and this one."""
    name = called(system, acting(request))
    way = [
        (_("Desk"), reverse("desk_home")),
        (_("Systems"), reverse("desk_systems")),
        (name, reverse("desk_system", args=[system.slug])),
        *crumbs,
    ]
    return {"desk_section": "systems", "system": system, "called": name, "crumbs": way, **context}
