"""What habeas brings, as of a day: books, questions, technologies, and documented systems put to every book once a day.

For pages and the API alike: both find one thing by its name here, and refuse what isn't there in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import TypeVar

from habeas.catalogue.families import Guidance
from habeas.errors import NotFound
from habeas.reports.rule_pages.shelf import Shelf
from habeas.reports.screening.table import Row
from habeas.rules.rulebook import Rule, Rulebook
from habeas.runs.rulebooks import library
from habeas.runs.screens.screening import catalogue_row

Thing = TypeVar("Thing")
DAYS_KEPT = 2  # around midnight, two days are asked for


@lru_cache(maxsize=DAYS_KEPT)
def shelf(on: date) -> Shelf:
    """Everything that the public may see of it on that day; what is described from memory alone isn't there."""
    rows = [catalogue_row(entry, on=on) for entry in library.catalogue() if entry.public]
    return Shelf(
        books=library.books(),
        vocabulary=library.vocabulary(),
        technologies=library.families(),
        documented=tuple(sorted(rows, key=lambda row: row.entry.name.casefold())),
        unverified=(),
        on=on,
    )


def row_of(known: Shelf, name: str) -> Row:
    """A documented system with what each book finds of it. Raises `NotFound`."""
    return _one(known.documented, lambda row: row.entry.id, name, "a documented system")


def book_of(known: Shelf, name: str) -> Rulebook:
    """A rulebook. Raises `NotFound`."""
    return _one(known.books, lambda book: book.id, name, "a rulebook")


def rule_of(book: Rulebook, name: str) -> Rule:
    """A rule of it. Raises `NotFound`."""
    return _one(book.rules, lambda rule: rule.id, name, f"a rule of {book.id}")


def technology_of(known: Shelf, name: str) -> Guidance:
    """A family of technology. Raises `NotFound`."""
    return _one(known.technologies, lambda one: one.id, name, "a family of technology")


def _one(things: Iterable[Thing], id_of: Callable[[Thing], str], name: str, what: str) -> Thing:
    found = next((one for one in things if id_of(one) == name), None)
    if found is None:
        raise NotFound(f"expected {what}; got {name[:80]!r}, which isn't one: look for it in the list")
    return found
