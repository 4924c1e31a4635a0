"""What one rule says of every documented system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from habeas.catalogue.entries import Entry
from habeas.reports.screening.table import Row
from habeas.rules.rulebook import Rule, Rulebook
from habeas.rules.verdicts import Ruling
from habeas.terms.answers import Ternary


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingOn:
    """What the rule says of a system, and whether its book is law where that is used (None: a standard, which is law nowhere)."""

    entry: Entry
    ruling: Ruling
    binding: Ternary | None


def rulings_of(rule: Rule, book: Rulebook, rows: Iterable[Row]) -> tuple[RulingOn, ...]:
    """What a rule of a book says of each system, in the order of the rows."""
    return tuple(_ruling(rule, book, row) for row in rows)


def _ruling(rule: Rule, book: Rulebook, row: Row) -> RulingOn:
    of_book = next(verdict for verdict in row.verdicts if verdict.book.id == book.id)
    found = next(ruling for ruling in of_book.rulings if ruling.rule.id == rule.id)
    return RulingOn(entry=row.entry, ruling=found, binding=of_book.binding)
