"""What habeas brings, as of a day: documented systems put to every book once a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from habeas.reports.screening.table import Row
from habeas.runs.rulebooks import library
from habeas.runs.screens.screening import catalogue_row

DAYS_KEPT = 2  # around midnight, two days are asked for


@lru_cache(maxsize=DAYS_KEPT)
def documented(on: date) -> tuple[Row, ...]:
    """Every documented system that may be shown, by id, with what each book finds of it; what is known from memory alone isn't there."""
    rows = (catalogue_row(entry, on=on) for entry in library.catalogue() if entry.public)
    return tuple(sorted(rows, key=lambda row: row.entry.id))
