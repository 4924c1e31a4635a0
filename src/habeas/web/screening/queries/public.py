"""Screens as everybody may read them: of published systems, with titles of evidence, without where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.errors import NotFound
from habeas.web.register.models import System
from habeas.web.register.queries import versions
from habeas.web.screening.queries.screens import book_in, latest_whole
from habeas.web.screening.queries.shown import ScreenShown


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicScreen:
    """The latest screen of a version. `told`: what it said in words, without notes; `current`: whether the books would say so now."""

    version: str
    shown: ScreenShown
    told: Mapping[str, Any]
    current: bool

    def book(self, name: str) -> Mapping[str, Any]:
        """What one book told. Raises `NotFound`."""
        return book_in(self.told, name)


def public_screens(system: System, *, on: date) -> tuple[PublicScreen, ...]:
    """The latest screen of each version that was screened, the newest version first."""
    found = ((version, latest_whole(version, on=on)) for version in versions(system))
    return tuple(
        PublicScreen(version=version.name, shown=one.shown, told=_without_notes(one.told), current=not one.stale)
        for version, one in found
        if one is not None
    )


def one_of(screens: tuple[PublicScreen, ...], version: str | None) -> PublicScreen | None:
    """The screen of the version that is asked for; of the newest where none is; None: nothing was screened.

    Raises:
        NotFound: that version wasn't screened, or there is none of that name.
    """
    if version is None:
        return screens[0] if screens else None
    found = next((one for one in screens if one.version == version), None)
    if found is None:
        raise NotFound("expected a version that was screened; there is no screen of that one: see those listed")
    return found


def _without_notes(told: Mapping[str, Any]) -> dict[str, Any]:
    """What people noted beside an answer is for their own house."""
    return {**told, "answers": [{name: one for name, one in each.items() if name != "note"} for each in told["answers"]]}
