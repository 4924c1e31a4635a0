"""What every page knows: the site's name, who is signed in, where on the site it stands, and this page in other languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from habeas.web.base.access import acting
from habeas.web.site import LANGUAGES


def site(request: HttpRequest) -> dict[str, Any]:
    """For templates: `site`, `actor`, `languages` (code, own name and address of this page in it), `section` and `desk_section`.

    `section`: the first part of the address after the language, e.g. register; `desk_section`: what follows desk/.
    """
    here = request.get_full_path()
    first, second = _parts(request.path)
    return {
        "site": settings.SITE,
        "actor": acting(request) if hasattr(request, "actor") else None,
        "languages": [(code, name, translate_url(here, code)) for code, name in settings.LANGUAGES],
        "section": first,
        "desk_section": second if first == "desk" else None,
    }


def _parts(path: str) -> tuple[str, str]:
    parts = path.strip("/").split("/")
    if parts[0] in LANGUAGES:
        parts = parts[1:]
    first, second, *_ = (*parts, "", "")
    return first, second
