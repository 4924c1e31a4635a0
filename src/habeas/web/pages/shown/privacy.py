"""What the page on privacy shows: cookies as the settings make them, and every kind of row that the database keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

SECONDS_A_DAY = 86_400
OURS = "habeas.web."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie; `days`: how long it lasts, None: until the browser is closed."""

    name: str
    purpose: str
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A kind of row, what it is, and who may see it."""

    name: str
    about: str
    seen_by: str


def cookies() -> tuple[Cookie, ...]:
    """The cookies of whoever is signed in."""
    session = None if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE else settings.SESSION_COOKIE_AGE // SECONDS_A_DAY
    return (
        Cookie(name=settings.SESSION_COOKIE_NAME, purpose=_("keeps you signed in"), days=session),
        Cookie(name=settings.CSRF_COOKIE_NAME, purpose=_("shows that a form comes from this site"), days=_days(settings.CSRF_COOKIE_AGE)),
    )


def kept() -> Iterator[Kept]:
    """Every kind of row of our own, in the order of the apps."""
    seen_by = {"public": _("everybody"), "restricted": _("staff with a role"), "personal": _("the person and administrators")}
    for model in apps.get_models():
        if model.__module__.startswith(OURS):
            about = (model.__doc__ or "").strip().split("\n")[0]
            yield Kept(name=model.__name__, about=about, seen_by=seen_by[getattr(model, "PRIVACY", "restricted")])


def _days(seconds: int | None) -> int | None:
    return None if seconds is None else seconds // SECONDS_A_DAY
