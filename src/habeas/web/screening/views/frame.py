"""What every desk page of the screening shares: the system, who may do what, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from habeas.web.base.access import acting
from habeas.web.base.actors import Role
from habeas.web.register import frame as register_frame
from habeas.web.screening.queries.descriptions import desk_system, may_screen, screened_system

EDITS = Role.SYSTEM_OWNER


def framed(request: HttpRequest, system: Any, *crumbs: tuple[str, str], **context: Any) -> dict[str, Any]:
    """The context of a desk page about this system; `crumbs`: what lies between its screening and this page."""
    screening = (_("Screening"), reverse("desk_screening", args=[system.slug]))
    return register_frame.framed(request, system, screening, *crumbs, may_screen=may_screen(acting(request), system), **context)


def readable(request: HttpRequest, slug: str) -> Any:
    """The system, for whoever may read its screening. Raises `NotFound`."""
    return desk_system(acting(request), slug)


def owned(request: HttpRequest, slug: str) -> Any:
    """The system, for whoever screens it. Raises `NotFound`, `NotAllowed`."""
    return screened_system(acting(request), slug)


def status(form: Form, theirs: Sequence[object] = ()) -> int:
    """Of a page with a form: somebody else wrote meanwhile, what was sent can't be saved, or it is only asked for."""
    if theirs:
        return 409
    return 422 if form.is_bound else 200
