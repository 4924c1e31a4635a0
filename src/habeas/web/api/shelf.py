"""Documented systems in the order in which programs are given them."""

from __future__ import annotations

from datetime import date

from habeas.reports.screening.table import Row
from habeas.web.explore.shelf import shelf


def documented(on: date) -> tuple[Row, ...]:
    """Every documented system that may be shown, by id, with what each book finds of it; what is known from memory alone isn't there."""
    return tuple(sorted(shelf(on).documented, key=lambda row: row.entry.id))
