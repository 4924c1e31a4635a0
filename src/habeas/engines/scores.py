"""Scores into cells: kept exactly, or binned by comparing with explicit edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import Floats, Ints, ScoreGrid
from habeas.audit.cuts import ADVISED, thresholds
from habeas.audit.plan import Plan
from habeas.engines.sql import number

NOT_ADVISED = 0.0


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

    The bin is guessed by division and then corrected by comparing with the edges, because floor((0.29 - 0) * 100) is 28.
    Thresholds that aren't edges of bins add one for each that the score reaches.
    """
    if grid.bins is None:
        return score
    low, width = number(grid.minimum), number(grid.width)
    guess = f"floor(({score} - {low}) / {width})"
    too_high = f"CAST({score} < {low} + {guess} * {width} AS INTEGER)"
    too_low = f"CAST({score} >= {low} + ({guess} + 1) * {width} AS INTEGER)"
    at_bin = f"least(CAST({guess} AS INTEGER) - {too_high} + {too_low}, {grid.bins - 1})"
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
    return np.asarray(keys, dtype=np.float64) if grid.bins is None else grid.edges()[np.asarray(keys, dtype=np.int64)]


def policy_named(keys: Ints, grid: ScoreGrid | None) -> Floats:
    """The scores that name coarse cells: the highest threshold reached, -inf for none."""
    reached = np.array([-np.inf, *(() if grid is None else grid.thresholds)])
    return reached[np.asarray(keys, dtype=np.int64)]


def _reached(score: str, values: tuple[float, ...]) -> list[str]:
    return [f"CAST({score} >= {number(value)} AS INTEGER)" for value in values]
