"""Screens: the latest of a version, all of them, whether one still says what the books say, and one with all that it told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from habeas.errors import NotFound
from habeas.reports.screening.keeping.comparing import ScreenChanges, compare
from habeas.rules.plain import digest
from habeas.rules.screening import screen as screen_by
from habeas.runs.rulebooks import library
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening.describing import meant
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries.shown import ScreenShown, Stale, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeScreen:
    """A screen with everything it told. `before`: the id of the one before it; `kept`: the verdicts, as JSON text."""

    shown: ScreenShown
    version_name: str
    description: int
    told: Mapping[str, Any]
    kept: str
    before: int | None
    stale: tuple[Stale, ...]

    @property
    def not_asked(self) -> tuple[str, ...]:
        """The books of habeas that weren't chosen."""
        return not_asked(self.told)

    def book(self, name: str) -> Mapping[str, Any]:
        """What one book told. Raises `NotFound`."""
        return book_in(self.told, name)


def not_asked(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The books of habeas that a screen didn't ask, by their short names: what they would say isn't known."""
    asked = {book["id"] for book in told["books"]}
    return tuple(book.short for book in library.books() if book.id not in asked)


def book_in(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What one book told in a screen. Raises `NotFound`: it wasn't asked."""
    found: Mapping[str, Any] | None = next((book for book in told["books"] if book["id"] == name), None)
    if found is None:
        raise NotFound("expected a book that this screen asked; got another: go back to the screen")
    return found


def latest_screen(version: SystemVersion) -> ScreenShown | None:
    """The latest screen of a version; None: it was never screened."""
    found = Screen.objects.filter(version=version).order_by("-id").first()
    return None if found is None else shown(found)


def screens_of(version: SystemVersion) -> tuple[ScreenShown, ...]:
    """Every screen of a version, the latest first."""
    return tuple(shown(one) for one in Screen.objects.filter(version=version).order_by("-id"))


def is_current(screen: ScreenShown, on: date) -> bool:
    """Whether the screen says what a new one would say that day; if not, the system must be screened again."""
    return not stale(Screen.objects.select_related("description").get(pk=screen.id), on=on)


def stale(screen: Screen, *, on: date) -> tuple[Stale, ...]:
    """Why a screen no longer says what the books say of the version that day; empty: it still does."""
    kept = json.loads(screen.kept)
    finished = Description.objects.filter(version=screen.version_id, state="finished").order_by("-id").values_list("id", flat=True)
    found = [Stale.ANSWERS] if finished.first() != screen.description_id else []
    if any(not _same_book(book) for book in kept["books"]):
        return (*found, Stale.BOOKS)
    now = screen_by(meant(screen.description.said), [_book(book["id"]) for book in kept["books"]], on=on)
    then = {(book["id"], one["rule"]): one["bites"] for book in kept["books"] for one in book["rulings"]}
    rulings = {(verdict.book.id, one.rule.id): one.bites.value for verdict in now for one in verdict.rulings}
    differs = any(bites != then.get(key, "no") for key, bites in rulings.items())
    return (*found, Stale.DAY) if differs else tuple(found)


def _same_book(kept: Mapping[str, Any]) -> bool:
    return library.brings_id(kept["id"]) and _digest_of(kept["id"]) == kept["sha256"]


@cache
def _digest_of(name: str) -> str:
    return digest(_book(name))  # of all that a book says, which takes a while; the books of habeas never change while it runs


def _book(name: str) -> Any:
    return library.books_named([name])[0]


def whole_screen(system: System, screen: int, *, on: date) -> WholeScreen:
    """One screen of a system, whole.

    Raises:
        NotFound: the system has no such screen.
    """
    found = Screen.objects.select_related("version", "description").filter(version__system=system, pk=screen).first()
    if found is None:
        raise NotFound("expected a screen of this system; there is none with that number: go back to its screens")
    return whole(found, on=on)


def latest_whole(version: SystemVersion, *, on: date) -> WholeScreen | None:
    """The latest screen of a version, whole; None: it was never screened."""
    found = Screen.objects.select_related("version", "description").filter(version=version).order_by("-id").first()
    return None if found is None else whole(found, on=on)


def whole(screen: Screen, *, on: date) -> WholeScreen:
    """A row with everything a page needs."""
    before = Screen.objects.filter(version=screen.version_id, pk__lt=screen.pk).order_by("-id").values_list("id", flat=True).first()
    return WholeScreen(
        shown=shown(screen),
        version_name=screen.version.name,
        description=screen.description_id,
        told=screen.told,
        kept=screen.kept,
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
