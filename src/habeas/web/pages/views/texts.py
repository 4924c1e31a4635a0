"""Texts that programs ask for at fixed addresses: whom to tell of a weakness, and what a crawler may read."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from habeas.web.base.access import public
from habeas.web.base.clock import now

VALID = timedelta(days=180)  # RFC 9116, section 2.5.5: less than a year
PLAIN = "text/plain; charset=utf-8"


@public
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    page = f"{settings.SITE.address}{reverse('pages_security')}"
    contact = f"mailto:{settings.SITE.contact}" if settings.SITE.contact else page
    expires = (now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE.address}/.well-known/security.txt",
        f"Policy: {page}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@public
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """What a crawler may read: all that is public; the desk and accounts are of no use to it."""
    closed = ("/desk/", "/accounts/")
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in closed), *(f"Disallow: /*{place}" for place in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
