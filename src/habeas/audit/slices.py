"""Slices: the cells of one group laid out as a dense table, from which every statistic of that group is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from habeas.audit.cells import BUCKETS, WEIGHT_UNIT, YES, Cells, Counts, Floats, Ints, distinct_rows
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.metrics import Case
from habeas.terms.group import Group

BELOW_ALL = -np.inf
"""The policy interval below every threshold."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slice:
    """One group's counts.

    `scores`: (K,) ascending lower edges or exact scores (one NaN where there is no score).
    `n`: (K, 3, 3) rows by score, decision and outcome (codes NO, YES, ABSENT). `weight`, `weight_squared`: the same shape,
    sums of w and w * w; equal to `n` where rows have no weights.
    `policy`: (T + 1,) the policy intervals, `BELOW_ALL` first. `buckets`: (T + 1, 3, 3, 128) weights by policy interval, decision,
    outcome and hash bucket of the person; None where rows don't name persons.
    """

    group: Group
    scores: Floats
    n: Floats
    weight: Floats
    weight_squared: Floats
    policy: Floats
    buckets: Floats | None

    @property
    def rows(self) -> int:
        """How many rows the group has."""
        return int(self.n.sum())


def fine_slices(cells: Cells, attributes: Sequence[str]) -> tuple[Slice, ...]:
    """A slice per populated combination of the attributes' levels, with every score kept; no attribute: everyone."""
    scores = np.unique(cells.fine.score)
    return _slices(cells, attributes, scores=scores, score_of_cell=cells.fine.score)


def policy_slices(cells: Cells, attributes: Sequence[str]) -> tuple[Slice, ...]:
    """The same with scores reduced to the policy intervals between thresholds: enough for rates, small for many groups."""
    policy = _policy(cells)
    reached = np.searchsorted(policy, cells.fine.score, side="right") - 1
    score = cells.fine.score if cells.grid is None else policy[reached]
    return _slices(cells, attributes, scores=np.unique(score) if cells.grid is None else policy, score_of_cell=score)


def case_counts(table: Floats, scores: Floats, cut: Cut, case: Case) -> Floats:
    """How many cases of one kind a table (K, 3, 3, ...) holds at a cut; further axes (buckets) are kept."""
    outcome = 2 if case.outcome is None else int(case.outcome)
    if cut.kind is CutKind.DECISION:
        return np.asarray(table[:, int(case.flagged), outcome].sum(axis=0))
    flagged = scores >= (cut.threshold if cut.threshold is not None else np.inf)
    rows = flagged if case.flagged else ~flagged
    return np.asarray(table[rows][:, :, outcome].sum(axis=(0, 1)))


def confusion(piece: Slice, cut: Cut) -> dict[Case, int]:
    """Rows of each kind of case at a cut."""
    return {case: int(case_counts(piece.n, piece.scores, cut, case)) for case in Case}


def _policy(cells: Cells) -> Floats:
    thresholds = () if cells.grid is None else cells.grid.thresholds
    return np.array([BELOW_ALL, *sorted(thresholds)])


def _slices(cells: Cells, attributes: Sequence[str], *, scores: Floats, score_of_cell: Floats) -> tuple[Slice, ...]:
    names = [attribute.name for attribute in cells.attributes]
    columns = [names.index(attribute) for attribute in attributes]
    combos, which = distinct_rows(cells.fine.levels[:, columns])
    row = np.searchsorted(scores, score_of_cell)  # NaN sorts last, where np.unique put it
    shape = (len(combos), len(scores), 3, 3)
    key = ((which * len(scores) + row) * 3 + cells.fine.decision) * 3 + cells.fine.outcome
    n = _dense(key, cells.fine.n.astype(np.float64), shape)
    weight, squared = (n, n) if cells.fine.weight is None else (_dense(key, column, shape) for column in _weights(cells.fine))
    policy, buckets = _policy(cells), _buckets(cells, columns, combos)
    return tuple(
        Slice(
            group=_group(cells, columns, combo),
            scores=scores,
            n=n[i],
            weight=weight[i],
            weight_squared=squared[i],
            policy=policy,
            buckets=None if buckets is None else buckets[i],
        )
        for i, combo in enumerate(combos)
    )


def _weights(table: Counts) -> tuple[Floats, Floats]:
    """Sums of w and of w * w; without weights each row weighs 1."""
    if table.weight is None or table.weight_squared is None:
        n = table.n.astype(np.float64)
        return n, n
    return table.weight.astype(np.float64) * WEIGHT_UNIT, table.weight_squared.astype(np.float64) * WEIGHT_UNIT


def _dense(key: Ints, values: Floats, shape: tuple[int, ...]) -> Floats:
    return np.bincount(key, weights=values, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)


def _buckets(cells: Cells, columns: list[int], combos: Ints) -> Floats | None:
    table = cells.coarse
    if table is None:
        return None
    policy = _policy(cells)
    code = {tuple(combo): i for i, combo in enumerate(combos.tolist())}
    distinct, place = distinct_rows(table.levels[:, columns])
    which = np.array([code[tuple(combo)] for combo in distinct.tolist()], dtype=np.int64)[place]
    row = np.searchsorted(policy, table.score)
    key = (((which * len(policy) + row) * 3 + table.decision) * 3 + table.outcome) * BUCKETS + table.bucket
    return _dense(key, _weights(table)[0], (len(combos), len(policy), 3, 3, BUCKETS))


def _group(cells: Cells, columns: list[int], combo: Ints) -> Group:
    parts = ((cells.attributes[column], int(code)) for column, code in zip(columns, combo, strict=True))
    return Group(tuple((attribute.name, attribute.levels[code]) for attribute, code in parts))


def levels_with_outcome(piece: Slice) -> tuple[Floats, Floats]:
    """Weights by score of those for whom the outcome happened and did not: ((K,), (K,)); unknown outcomes are left out."""
    by_outcome = piece.weight.sum(axis=1)
    return by_outcome[:, YES], by_outcome[:, 0]
