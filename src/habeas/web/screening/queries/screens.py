"""Screens: the latest of a version, whether one still says what the books say, and one with all that it told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from habeas.errors import NotFound
from habeas.reports.screening.keeping.comparing import ScreenChanges, compare
from habeas.rules.plain import digest
from habeas.rules.screening import screen as screen_by
from habeas.runs.rulebooks import library
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening.describing import meant
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries.descriptions import names_its_version
from habeas.web.screening.queries.shown import ScreenShown, Stale, StandingScreen, shown

Rule = tuple[str, str]
"""A rule by its book and its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeScreen:
    """A screen with everything it told. `before`: the id of the one before it."""

    shown: ScreenShown
    version_name: str
    description: int
    told: Mapping[str, Any]
    before: int | None
    stale: tuple[Stale, ...]

    @property
    def newest(self) -> bool:
        """Whether it was made from the answers that were screened last: older ones can't be screened again."""
        return Stale.ANSWERS not in self.stale

    def book(self, name: str) -> Mapping[str, Any]:
        """What one book told. Raises `NotFound`."""
        return book_in(self.told, name)


def book_in(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What one book told in a screen. Raises `NotFound`: it wasn't asked."""
    found: Mapping[str, Any] | None = next((book for book in told["books"] if book["id"] == name), None)
    if found is None:
        raise NotFound("expected a book that this screen asked; got another: go back to the screen")
    return found


def latest_screen(version: SystemVersion) -> ScreenShown | None:
    """The latest screen of a version; None: it was never screened."""
    found = _latest(version)
    return None if found is None else shown(found)


def standing_screen(version: SystemVersion, *, on: date) -> StandingScreen | None:
    """The latest screen of a version, as it stands on that day; None: it was never screened."""
    found = _latest(version)
    return None if found is None else StandingScreen(shown=shown(found), stale=stale(found, on=on))


def stale(screen: Screen, *, on: date) -> tuple[Stale, ...]:
    """Why a screen no longer says what all books say of the version that day; empty: it still does."""
    books, then = _judged(screen.digest, screen.pk)
    newest = Description.objects.filter(version=screen.version_id, state="finished").order_by("-id").values_list("id", flat=True).first()
    found: tuple[Stale, ...] = () if newest == screen.description_id else (Stale.ANSWERS,)
    if not names_its_version(screen.description):
        found = (*found, Stale.VERSION)
    if books != _digests():
        return (*found, Stale.BOOKS)
    now = _bites(json.dumps(screen.description.said), on)
    return (*found, Stale.DAY) if any(bites != then.get(rule, "no") for rule, bites in now.items()) else found


@lru_cache(maxsize=256)
def _judged(sha256: str, screen: int) -> tuple[Mapping[str, str], Mapping[Rule, str]]:  # noqa: ARG001 - what is kept has that digest
    """By which books a screen was made, and how each rule bit: kept by the digest, since the text is long and never changes."""
    kept = json.loads(Screen.objects.values_list("kept", flat=True).get(pk=screen))
    bites = {(book["id"], one["rule"]): one["bites"] for book in kept["books"] for one in book["rulings"]}
    return {book["id"]: book["sha256"] for book in kept["books"]}, bites


@lru_cache(maxsize=256)
def _bites(said: str, on: date) -> Mapping[Rule, str]:
    """How each rule of each book bites that day on what was said: kept, since the page of an entry asks at every look."""
    verdicts = screen_by(meant(json.loads(said)), library.books(), on=on)
    return {(verdict.book.id, one.rule.id): one.bites.value for verdict in verdicts for one in verdict.rulings}


@cache
def _digests() -> dict[str, str]:
    return {book.id: digest(book) for book in library.books()}  # takes a while; the books never change while the site runs


def whole_screen(system: System, screen: int, *, on: date) -> WholeScreen:
    """One screen of a system, whole.

    Raises:
        NotFound: the system has no such screen.
    """
    return _whole(_one(system, screen), on=on)


def verdicts_text(system: System, screen: int) -> str:
    """The verdicts of one screen of a system, as JSON text. Raises `NotFound`."""
    return _one(system, screen).kept


def latest_whole(version: SystemVersion, *, on: date) -> WholeScreen | None:
    """The latest screen of a version, whole; None: it was never screened."""
    found = _latest(version)
    return None if found is None else _whole(found, on=on)


def _one(system: System, screen: int) -> Screen:
    rows = Screen.objects.select_related("version", "description__version").defer("kept")
    found = rows.filter(version__system=system, pk=screen).first()
    if found is None:
        raise NotFound("expected a screen of this system; there is none with that number: go back to its screens")
    return found


def _latest(version: SystemVersion) -> Screen | None:
    found = Screen.objects.select_related("description").defer("kept").filter(version=version).order_by("-id").first()
    if found is not None:
        found.version = found.description.version = version  # who asks has read it
    return found


def _whole(screen: Screen, *, on: date) -> WholeScreen:
    before = Screen.objects.filter(version=screen.version_id, pk__lt=screen.pk).order_by("-id").values_list("id", flat=True).first()
    return WholeScreen(
        shown=shown(screen),
        version_name=screen.version.name,
        description=screen.description_id,
        told=screen.told,
        before=before,
        stale=stale(screen, on=on),
    )


def changes(system: System, *, before: int, after: int) -> ScreenChanges:
    """What changed from one screen of a system to another.

    Raises:
        NotFound: one of them isn't the system's.
    """
    pair = {one.pk: one for one in Screen.objects.filter(version__system=system, pk__in=(before, after))}
    if len(pair) != len({before, after}):
        raise NotFound("expected two screens of this system; one of them isn't there: go back to its screens")
    return compare(json.loads(pair[before].kept), json.loads(pair[after].kept))
