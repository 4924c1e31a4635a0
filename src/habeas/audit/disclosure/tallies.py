"""Tallies: what a published number counts, whoever's it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows that score from `low` to below `high`, with this decision (None: any) and one of these outcomes.

    Codes of decisions and outcomes are those of cells. `Tally()` counts everyone.
    """

    low: float = -inf
    high: float = inf
    decision: int | None = None
    outcomes: tuple[int, ...] = (0, 1, 2)
