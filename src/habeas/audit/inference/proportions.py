"""A proportion with what its uncertainty needs: how many independent people its rows are worth."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.audit.cells import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proportion:
    """Hits out of trials (both weighted where rows have weights).

    `rows`: rows among the trials. `effective`: how many independent rows they are worth, from 0 to `rows`: equal to `rows` for
    unweighted rows of different people, less where people recur or weights vary. `hits_by_bucket`, `trials_by_bucket`: (128,)
    the same sums by hash bucket of the person; None where rows don't name persons.
    """

    hits: float
    trials: float
    rows: int
    effective: float
    hits_by_bucket: Floats | None = None
    trials_by_bucket: Floats | None = None

    @property
    def value(self) -> float:
        """The proportion; NaN without trials."""
        return self.hits / self.trials if self.trials > 0 else float("nan")
