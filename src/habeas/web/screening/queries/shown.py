"""Screens as other parts of the site see them: frozen, without rows behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from habeas.reports.screening.words import FINDINGS
from habeas.rules.verdicts import Finding
from habeas.web.screening.models import Screen


class Stale(Enum):
    """Why a screen no longer says what the books would say now."""

    ANSWERS = "answers"
    """Other answers were screened, or the description is older than the latest."""
    BOOKS = "books"
    """A book says something else than it did, or came since."""
    VERSION = "version"
    """It speaks of another version than the one it was made for."""
    DAY = "day"
    """The same rules bite otherwise now: one of them began or ended."""


class RuleShown(NamedTuple):
    """A rule that decided a book's finding."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookShown:
    """What one book finds. `rules`: those that decided it, where it prohibits or blocks; `text`: the finding in a sentence."""

    id: str
    short: str
    title: str
    finding: Finding
    rules: tuple[RuleShown, ...]
    text: str
    binds: str
    """`yes`, `no`, `unknown` (law) or `standard`."""

    @property
    def word(self) -> str:
        """The finding in words."""
        return FINDINGS[self.finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenShown:
    """One screen: the day, the strictest finding, and what each book said, strictest first."""

    id: int
    version: int
    on: date
    made_at: datetime
    digest: str
    strictest: Finding
    books: tuple[BookShown, ...]
    overall: str

    @property
    def prohibited(self) -> bool:
        """Whether a book prohibits the use, an exception still open or not."""
        return self.strictest.prohibits

    @property
    def blocked(self) -> bool:
        """Whether it hangs on an answer that is missing or not shown."""
        return self.strictest is Finding.BLOCKED

    @property
    def word(self) -> str:
        """The strictest finding in words."""
        return FINDINGS[self.strictest]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingScreen:
    """The latest screen of a version, and why it no longer says what the books say on a day (empty: it still does)."""

    shown: ScreenShown
    stale: tuple[Stale, ...]

    @property
    def current(self) -> bool:
        """Whether it says what a new one would say; if not, the version must be screened again."""
        return not self.stale


def shown(screen: Screen) -> ScreenShown:
    """The row as a value."""
    return ScreenShown(
        id=screen.pk,
        version=screen.version_id,
        on=screen.on,
        made_at=screen.made_at,
        digest=screen.digest,
        strictest=Finding(screen.finding),
        books=tuple(_book(book) for book in screen.told["books"]),
        overall=screen.told["overall"],
    )


def _book(told: Mapping[str, Any]) -> BookShown:
    finding = Finding(told["finding"])
    deciding = told["prohibits"] if finding.prohibits else [*told["blocks"], *told["only_purposes"]]
    return BookShown(
        id=told["id"],
        short=told["short"],
        title=told["title"],
        finding=finding,
        rules=tuple(RuleShown(rule["id"], rule["title"]) for rule in deciding),
        text=told["meaning"],
        binds=told["binds"],
    )
