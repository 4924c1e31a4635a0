"""Those that are asked for, of the documented systems."""

from __future__ import annotations

from habeas.catalogue.entries import Entry
from habeas.catalogue.finding import find
from habeas.reports.rule_pages.shelf import Shelf
from habeas.reports.screening.table import Row
from habeas.web.pages.shown.systems import countries_of


def matching(known: Shelf, *, q: str, family: str, country: str, status: str) -> tuple[Row, ...]:
    """The documented systems that are called so, of that family, country and state; empty words ask for nothing."""
    rows = [row for row in known.documented if _is(row.entry, family=family, country=country, status=status)]
    called = {entry.id for entry in find(q, [row.entry for row in rows])} if q.strip() else {row.entry.id for row in rows}
    return tuple(row for row in rows if row.entry.id in called)


def _is(entry: Entry, *, family: str, country: str, status: str) -> bool:
    of_country = not country or country in countries_of(entry)
    return of_country and family in ("", entry.family.value) and status in ("", entry.status.value)
