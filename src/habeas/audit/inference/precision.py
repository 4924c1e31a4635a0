"""How sure an audit wants to be, and how far its rows are from being different people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """`confidence`: of every interval, e.g. 0.95. `rows_per_person`: mean number of rows a person has; 1 where rows are people."""

    confidence: float = 0.95
    rows_per_person: float = 1.0
