"""One thing, or those that are asked for, of what habeas brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from habeas.catalogue.entries import Entry
from habeas.catalogue.families import Guidance
from habeas.catalogue.finding import find
from habeas.errors import NotFound
from habeas.reports.rule_pages.shelf import Shelf
from habeas.reports.screening.table import Row
from habeas.rules.rulebook import Rule, Rulebook
from habeas.web.pages.shown.systems import countries_of

Thing = TypeVar("Thing")


def matching(known: Shelf, *, q: str, family: str, country: str, status: str) -> tuple[Row, ...]:
    """The documented systems that are called so, of that family, country and state; empty words ask for nothing."""
    rows = [row for row in known.documented if _is(row.entry, family=family, country=country, status=status)]
    called = {entry.id for entry in find(q, [row.entry for row in rows])} if q.strip() else {row.entry.id for row in rows}
    return tuple(row for row in rows if row.entry.id in called)


def _is(entry: Entry, *, family: str, country: str, status: str) -> bool:
    of_country = not country or country in countries_of(entry)
    return of_country and family in ("", entry.family.value) and status in ("", entry.status.value)


def row_of(known: Shelf, name: str) -> Row:
    """A documented system with what each book finds of it. Raises `NotFound`."""
    return _one(known.documented, lambda row: row.entry.id == name, f"documented system {name}")


def book_of(known: Shelf, name: str) -> Rulebook:
    """A rulebook. Raises `NotFound`."""
    return _one(known.books, lambda book: book.id == name, f"rulebook {name}")


def rule_of(book: Rulebook, name: str) -> Rule:
    """A rule of it. Raises `NotFound`."""
    return _one(book.rules, lambda rule: rule.id == name, f"rule {name} in {book.id}")


def technology_of(known: Shelf, name: str) -> Guidance:
    """A family of technology. Raises `NotFound`."""
    return _one(known.technologies, lambda one: one.id == name, f"family of technology {name}")


def _one(things: Sequence[Thing], fits: Callable[[Thing], bool], what: str) -> Thing:
    found = next((thing for thing in things if fits(thing)), None)
    if found is None:
        raise NotFound(f"there is no {what}: look for it in the list")
    return found
