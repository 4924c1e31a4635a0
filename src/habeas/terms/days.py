"""Days of the calendar in their one spelling: year-month-day, such as 2026-11-22."""

from __future__ import annotations

import re
from datetime import date

SPELLING = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str) -> date | None:
    """The day that `text` says; None where it says none, or spells it otherwise: `date.fromisoformat` also takes 20261122 and weeks."""
    if not SPELLING.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
