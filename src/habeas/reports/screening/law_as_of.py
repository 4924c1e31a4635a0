"""Days on which a book may not know the law: after it was last checked, or before the first day that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from habeas.reports.language.phrases import listed
from habeas.rules.rulebook import Rulebook

WITHOUT_DAYS = timedelta(days=365)
"""How far before its check a book that names no day is taken to know the law."""


def law_as_of(books: Sequence[Rulebook], *, on: date) -> Iterator[str]:
    """A sentence for all books that say the same of that day; none where each book knows the law of it."""
    said = {book.short: _said(book, on) for book in books}
    for message in dict.fromkeys(message for message in said.values() if message is not None):
        alike = [name for name, other in said.items() if other == message]
        one = len(alike) == 1
        yield f"{listed(alike)} {'states' if one else 'state'} {message} {'it' if one else 'they'} may not know."


def _said(book: Rulebook, on: date) -> str | None:
    if on > book.checked_on:
        return f"the law as of {book.checked_on}; what changes later"
    if on < _first_day(book):
        return f"the law as of {book.checked_on}; what the law was on {on}"
    return None


def _first_day(book: Rulebook) -> date:
    """The first day on which one of its rules begins; where none has such a day, a year before it was checked."""
    starts = [window.start for rule in book.rules for window in rule.windows if window.start is not None]
    return min(starts, default=book.checked_on - WITHOUT_DAYS)
