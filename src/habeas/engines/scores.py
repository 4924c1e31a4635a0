"""Scores into cells: kept exactly, or binned by comparing with explicit edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import Floats, ScoreGrid
from habeas.audit.cuts import ADVISED, thresholds
from habeas.audit.plan import Plan
from habeas.engines.sql import number

NOT_ADVISED = 0.0
_GUESS_LOWER_BY = 1e-6  # of a bin; far above the rounding error of a division, far below a bin


def grid_for(plan: Plan, *, bins: int | None) -> ScoreGrid | None:
    """The grid of a plan; None where it has neither score nor recommendation."""
    if plan.columns.recommendation is not None:
        return ScoreGrid(minimum=NOT_ADVISED, maximum=ADVISED, thresholds=thresholds(plan), bins=None)
    if plan.score is None:
        return None
    return ScoreGrid(minimum=plan.score.minimum, maximum=plan.score.maximum, thresholds=thresholds(plan), bins=bins)


def in_range(score: str, grid: ScoreGrid) -> str:
    """Whether a score is a number within the declared range; not so for NULL, NaN and infinities."""
    return f"({score} >= {number(grid.minimum)} AND {score} <= {number(grid.maximum)})"


def cell_of(score: str, grid: ScoreGrid) -> str:
    """The key of a score's fine cell: the score itself, or the number of its lower edge among `grid.edges()`.

    The bin is guessed by division, low by a little so that it can only be one too low, and then corrected by comparing with the
    next edge; division alone would put 0.29 * 100 = 28.999999999999996 into bin 28. The last bin holds the maximum. Thresholds
    that aren't edges of bins add one for each that the score reaches.
    """
    if grid.bins is None:
        return score
    width = number(grid.width)
    above = score if grid.minimum == 0 else f"({score} - {number(grid.minimum)})"
    guess = f"floor({above} / {width} - {number(_GUESS_LOWER_BY)})"
    next_edge = f"({guess} + {number(1)}) * {width}"
    next_edge = next_edge if grid.minimum == 0 else f"{number(grid.minimum)} + {next_edge}"  # 0 + x is x, and takes time
    at_bin = f"least(CAST({guess} AS SMALLINT) + CAST({score} >= {next_edge} AS SMALLINT), CAST({grid.bins - 1} AS SMALLINT))"
    return " + ".join([at_bin, *_reached(score, between_edges(grid))])


def policy_of(score: str, grid: ScoreGrid) -> str:
    """How many thresholds a score reaches."""
    return f"CAST({' + '.join(['0', *_reached(score, grid.thresholds)])} AS TINYINT)"


def between_edges(grid: ScoreGrid) -> tuple[float, ...]:
    """The thresholds that aren't edges of bins anyway."""
    uniform = grid.minimum + np.arange(grid.bins or 0) * grid.width
    return tuple(threshold for threshold in grid.thresholds if threshold not in uniform)


def named(keys: NDArray[np.generic], grid: ScoreGrid | None) -> Floats:
    """The scores that name fine cells, from their keys."""
    if grid is None:
        return np.full(len(keys), np.nan)
    # adding 0.0 makes -0.0 the 0.0 that it equals
    return np.asarray(keys, dtype=np.float64) + 0.0 if grid.bins is None else grid.edges()[np.asarray(keys, dtype=np.int64)]


def policy_named(keys: NDArray[np.generic], grid: ScoreGrid | None) -> Floats:
    """The scores that name coarse cells: the highest threshold reached, -inf for none."""
    reached = np.array([-np.inf, *(() if grid is None else grid.thresholds)])
    return reached[np.asarray(keys, dtype=np.int64)]


def _reached(score: str, values: tuple[float, ...]) -> list[str]:
    return [f"CAST({score} >= {number(value)} AS SMALLINT)" for value in values]
