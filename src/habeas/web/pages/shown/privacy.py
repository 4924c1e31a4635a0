"""What the page on privacy shows: cookies as the settings make them, and every kind of row that the database keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SECONDS_A_DAY, SECONDS_AN_HOUR = 86_400, 3_600
OURS = "habeas.web."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie, and how long it lasts, in words."""

    name: str
    purpose: str
    lasts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kind of row, what it is, and who may see it."""

    name: str
    about: str
    seen_by: str


def cookies() -> tuple[Cookie, ...]:
    """The cookies of whoever is signed in."""
    session = None if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else settings.SESSION_COOKIE_AGE
    form = settings.CSRF_COOKIE_AGE
    return (
        Cookie(name=settings.SESSION_COOKIE_NAME, purpose=_("keeps you signed in"), lasts=_lasts(session)),
        Cookie(name=settings.CSRF_COOKIE_NAME, purpose=_("shows that a form comes from this site"), lasts=_lasts(form)),
    )


def kept() -> Iterator[Kept]:
    """Every kind of row of our own, in the order of the apps."""
    seen_by = {"public": _("everybody"), "restricted": _("staff with a role"), "personal": _("the person and administrators")}
    for model in apps.get_models():
        if model.__module__.startswith(OURS):
            about = (model.__doc__ or "").strip().split("\n")[0]
            yield Kept(name=model.__name__, about=about, seen_by=seen_by[getattr(model, "PRIVACY", "restricted")])


def _lasts(seconds: int | None) -> str:
    if seconds is None:
        return _("until you close the browser")
    days, hours = seconds // SECONDS_A_DAY, seconds // SECONDS_AN_HOUR
    if days:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
