"""Cells: the counts that every number of an audit is computed from, and that anyone can add up.

Two tables. *Fine*: group x score x decision x outcome. *Coarse*: group x policy interval x decision x outcome x hash bucket
of the person; it exists where rows name persons, and carries what clustered intervals need. Both add: cells of two parts of
the data, merged, equal the cells of the whole. All counts are integers, so neither order nor machine changes a digit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from habeas.errors import BadData

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NO, YES, ABSENT = 0, 1, 2
"""Codes of a decision or an outcome; ABSENT: not taken, not known or no such column."""

BUCKETS = 128
"""Hash buckets of persons; the noise of a jackknife standard error over them is 1/sqrt(2*127) = 6 %."""

WEIGHT_UNIT = 1e-6
"""Weights are added as whole multiples of this, so that sums don't depend on their order."""

MOST_EXACT_SCORES = 4096
"""Up to this many distinct scores each is kept as it is; beyond, scores are binned between explicit edges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A column of labels: its name and its levels in sorted order (`NOT_RECORDED` among them where labels are missing)."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGrid:
    """How scores became cells: `bins` equal bins from minimum to maximum, or, where None, every score kept exactly.

    A bin is named by its lower edge; thresholds are edges too, so that `edge >= threshold` equals `score >= threshold`.
    """

    minimum: float
    maximum: float
    thresholds: tuple[float, ...]
    bins: int | None

    def edges(self) -> Floats:
        """Lower edges of the bins, thresholds included, ascending; computed as engines compute them: minimum + i * width."""
        if self.bins is None:
            raise BadData("scores that are kept exactly have no edges; expected binned scores: ask the cells for their scores")
        uniform = self.minimum + np.arange(self.bins) * self.width
        return np.unique(np.concatenate([uniform, np.asarray(self.thresholds, dtype=np.float64)]))

    @property
    def width(self) -> float:
        """Width of a bin."""
        return (self.maximum - self.minimum) / (self.bins or 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """One table of cells: key columns and what was added up, one entry per non-empty cell, in ascending order of the key.

    `levels`: (cells, attributes) level codes. `score`: lower edge or exact score, NaN without a score; in the coarse table
    the highest threshold reached, -inf for none. `bucket`: hash bucket of the person, 0 in the fine table. `n`: rows.
    `weight`, `weight_squared`: sums in units of `WEIGHT_UNIT` and `WEIGHT_UNIT` (of w and of w * w); None where rows have no weights.
    """

    levels: Ints
    score: Floats
    decision: Ints
    outcome: Ints
    bucket: Ints
    n: Ints
    weight: Ints | None = None
    weight_squared: Ints | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Everything an audit keeps of the rows. `coarse` is None where rows don't name persons (each row stands for itself)."""

    attributes: tuple[Attribute, ...]
    grid: ScoreGrid | None
    fine: Counts
    coarse: Counts | None = None

    def __add__(self, other: Self) -> Cells:
        """The cells of both parts together.

        Raises:
            BadData: the two were counted by different plans (attributes, score grid or persons differ).
        """
        if [a.name for a in self.attributes] != [a.name for a in other.attributes] or self.grid != other.grid:
            raise BadData("cells of two different plans don't add up: expected the same groups and score grid; count both with one plan")
        if (self.coarse is None) != (other.coarse is None):
            raise BadData("cells with and without persons don't add up: count both parts with the person column, or neither")
        attributes = tuple(_merged(a, b) for a, b in zip(self.attributes, other.attributes, strict=True))
        parts = [(part.attributes, part) for part in (self, other)]
        fine = merge([_recoded(part.fine, had, attributes) for had, part in parts])
        coarse = [_recoded(part.coarse, had, attributes) for had, part in parts if part.coarse is not None]
        return Cells(attributes=attributes, grid=self.grid, fine=fine, coarse=merge(coarse) if coarse else None)

    def digest(self) -> str:
        """SHA-256 (hex) over a canonical form of both tables; equal counts have equal digests, whatever machine counted."""
        header = {"attributes": [[a.name, list(a.levels)] for a in self.attributes], "grid": _grid_as_json(self.grid)}
        hasher = hashlib.sha256(b"habeas cells/1\n" + json.dumps(header, sort_keys=True).encode())
        for table in (self.fine, self.coarse):
            hasher.update(b"\n-\n" if table is None else b"\n+\n")
            for column in () if table is None else _columns(table):
                hasher.update(np.ascontiguousarray(column, dtype="<i8" if column.dtype.kind == "i" else "<f8").tobytes())
        return hasher.hexdigest()


def merge(tables: list[Counts]) -> Counts:
    """Add tables of cells with the same level codes into one, in canonical order; empty cells are dropped."""
    weighted = all(table.weight is not None for table in tables)
    joined = [np.concatenate(parts) for parts in zip(*(_columns(table) for table in tables), strict=True)]
    keys, sums = joined[:5], joined[5:]
    # -0.0 and 0.0, and any NaN, must be one key
    keys[1] = np.where(np.isnan(keys[1]), np.nan, keys[1] + 0.0)
    order = np.lexsort((keys[4], keys[3], keys[2], keys[1], *keys[0].T[::-1]))
    keys, sums = [key[order] for key in keys], [column[order] for column in sums]
    starts = np.flatnonzero(_differs_from_previous(keys))
    summed = [np.add.reduceat(column, starts) if len(starts) else column for column in sums]
    kept = summed[0] != 0
    levels, score, decision, outcome, bucket = (key[starts][kept] for key in keys)
    rest = [column[kept] for column in summed]
    weight, squared = (rest[1], rest[2]) if weighted else (None, None)
    return Counts(
        levels=levels, score=score, decision=decision, outcome=outcome, bucket=bucket, n=rest[0], weight=weight, weight_squared=squared
    )


def distinct_rows(codes: Ints) -> tuple[Ints, Ints]:
    """The distinct rows of a table of codes (n, k) in ascending order, and for each row which of them it is, (n,).

    Far quicker than sorting where equal rows stand together, as they do in cells: only the first of each run is sorted.
    """
    first = np.ones(len(codes), dtype=bool)
    first[1:] = (codes[1:] != codes[:-1]).any(axis=1)
    starts = np.flatnonzero(first)
    distinct, which = np.unique(codes[starts], axis=0, return_inverse=True)
    return distinct, np.repeat(which.ravel(), np.diff([*starts, len(codes)]))


def _columns(table: Counts) -> list[Ints | Floats]:
    columns: list[Ints | Floats] = [table.levels, table.score, table.decision, table.outcome, table.bucket, table.n]
    return [*columns, *(column for column in (table.weight, table.weight_squared) if column is not None)]


def _differs_from_previous(keys: list[Ints | Floats]) -> NDArray[np.bool_]:
    levels, *rest = keys
    differs = np.ones(len(levels), dtype=bool)
    differs[1:] = (levels[1:] != levels[:-1]).any(axis=1)
    for key in rest:
        differs[1:] |= (key[1:] != key[:-1]) & ~(np.isnan(key[1:]) & np.isnan(key[:-1]))
    return differs


def _merged(one: Attribute, other: Attribute) -> Attribute:
    return Attribute(name=one.name, levels=tuple(sorted({*one.levels, *other.levels})))


def _recoded(table: Counts, had: tuple[Attribute, ...], wanted: tuple[Attribute, ...]) -> Counts:
    levels = np.empty_like(table.levels)
    for column, (old, new) in enumerate(zip(had, wanted, strict=True)):
        code_of = np.array([new.levels.index(level) for level in old.levels], dtype=np.int64)
        levels[:, column] = code_of[table.levels[:, column]] if len(code_of) else table.levels[:, column]
    return Counts(
        levels=levels,
        score=table.score,
        decision=table.decision,
        outcome=table.outcome,
        bucket=table.bucket,
        n=table.n,
        weight=table.weight,
        weight_squared=table.weight_squared,
    )


def _grid_as_json(grid: ScoreGrid | None) -> list[object] | None:
    return None if grid is None else [grid.minimum, grid.maximum, list(grid.thresholds), grid.bins]
