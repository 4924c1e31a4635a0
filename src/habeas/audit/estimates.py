"""The only form in which a statistic leaves the audit: a value with its interval, its count and its method."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from habeas.errors import BadData


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number, how sure it is, how many rows it rests on, and how the interval was computed.

    `high` may be infinite for a ratio whose reference is near zero. What can't be computed at all (no trials) is None, not an
    Estimate.
    """

    value: float
    low: float
    high: float
    n: int
    method: str

    def __post_init__(self) -> None:
        if not isfinite(self.value) or self.n < 1:
            raise BadData(f"an estimate needs a finite value and at least one row; got {self.value} from {self.n}: give None instead")
