"""What the page on privacy shows of cookies: as the settings make them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SECONDS_A_DAY, SECONDS_AN_HOUR = 86_400, 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie, and how long it lasts, in words."""

    name: str
    purpose: str
    lasts: str


def cookies() -> tuple[Cookie, ...]:
    """The cookies of whoever is signed in."""
    session = None if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else settings.SESSION_COOKIE_AGE
    form = settings.CSRF_COOKIE_AGE
    return (
        Cookie(name=settings.SESSION_COOKIE_NAME, purpose=_("keeps you signed in"), lasts=_lasts(session)),
        Cookie(name=settings.CSRF_COOKIE_NAME, purpose=_("shows that a form comes from this site"), lasts=_lasts(form)),
    )


def _lasts(seconds: int | None) -> str:
    if seconds is None:
        return _("until you close the browser")
    days, hours = seconds // SECONDS_A_DAY, seconds // SECONDS_AN_HOUR
    if days:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
