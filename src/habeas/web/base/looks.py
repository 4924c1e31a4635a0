"""What every page knows: the site's name, who is signed in, and this page in other languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from habeas.web.base.access import acting


def site(request: HttpRequest) -> dict[str, Any]:
    """For templates: `site`, `actor` and `languages`: code, own name and address of this page in it."""
    here = request.get_full_path()
    return {
        "site": settings.SITE,
        "actor": acting(request) if hasattr(request, "actor") else None,
        "languages": [(code, name, translate_url(here, code)) for code, name in settings.LANGUAGES],
    }
