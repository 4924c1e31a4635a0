"""What habeas brings, as of a day: books, questions, technologies, and documented systems put to every book once a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from habeas.reports.rule_pages.shelf import Shelf
from habeas.runs.rulebooks import library
from habeas.runs.screens.screening import catalogue_row

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
