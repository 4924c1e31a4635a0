"""What every desk page below a system's audits shares, and the way to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from habeas.web.register import frame as register_frame


def framed(request: HttpRequest, system: Any, *crumbs: tuple[str, str], **context: Any) -> dict[str, Any]:
    """The context of such a page; `crumbs`: what lies between the list of audits and this page."""
    return register_frame.framed(request, system, (_("Audits"), reverse("desk_audits", args=[system.slug])), *crumbs, **context)
