"""What every page knows: the site's name, who is signed in, where on the site it stands, and this page in other languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html

from habeas.errors import HabeasError
from habeas.web.base.access import acting
from habeas.web.site import LANGUAGES


def site(request: HttpRequest) -> dict[str, Any]:
    """For templates: `site`, `actor`, `languages` (code, own name and address of this page in it), `section` and `desk_section`.

    `section`: the first part of the address after the language, e.g. register; `desk_section`: what follows desk/.
    """
    first, second = _parts(request.path)
    here = without_language(request.get_full_path())
    return {
        "site": settings.SITE,
        "actor": acting(request) if hasattr(request, "actor") else None,
        "languages": [(code, name, here if code == LANGUAGES[0] else f"/{code}{here}") for code, name in settings.LANGUAGES],
        "section": first,
        "desk_section": second if first == "desk" else None,
    }


def in_english(said: HabeasError | str) -> str:
    """What an error of ours says, marked as English for pages and forms in whatever language."""
    return format_html('<span lang="en" dir="ltr">{}</span>', str(said))


def without_language(address: str) -> str:
    """The address as it is in English, which has no language in front: /ar/rules/?page=2 is /rules/?page=2."""
    for code in LANGUAGES[1:]:
        if address.startswith(f"/{code}/"):
            # two slashes would begin an address on another site: /ar//elsewhere.example/ stays on this one
            return "/" + address.removeprefix(f"/{code}").lstrip("/\\")
    return address


def _parts(path: str) -> tuple[str, str]:
    first, second, *_ = (*without_language(path).strip("/").split("/"), "", "")
    return first, second
