"""Tables: the rows of every group that an audit may show, laid out by kind of row and by finest cell of the groups' cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import Cells, Floats, Ints, distinct_rows
from habeas.audit.disclosure.tallies import Tally
from habeas.terms.group import Group

MOST_CELLS = 50_000
"""Up to this many combinations of levels the outsider is taken not to know which are empty; beyond, to know it."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A group and the groups that it divides into by one more attribute: their counts add up to its counts."""

    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """Counts by finest cell and kind of row.

    `groups`: everyone first, then by number of attributes. `members`: for each group, its finest cells. `lower`, `decision`,
    `outcome`: (K,) what the kinds of row are; `lower` is the score at which a kind begins, -inf for the lowest.
    `counts`: (cells, K). `totals`: (groups, K).
    """

    groups: tuple[Group, ...]
    members: tuple[Ints, ...]
    lines: tuple[Line, ...]
    lower: Floats
    decision: Ints
    outcome: Ints
    counts: Ints
    totals: Ints
    remembered: dict[Tally, tuple[Mask, Ints]] = field(default_factory=dict)

    def mask(self, tally: Tally) -> Mask:
        """Which kinds of row a tally counts, (K,)."""
        return self._remember(tally)[0]

    def count(self, group: int, tally: Tally) -> int:
        """How many rows of a group a tally counts."""
        return int(self.column(tally)[group])

    def column(self, tally: Tally) -> Ints:
        """How many rows of every group a tally counts, (groups,)."""
        return self._remember(tally)[1]

    def _remember(self, tally: Tally) -> tuple[Mask, Ints]:
        if tally not in self.remembered:
            mask = (self.lower >= tally.low) & (self.lower < tally.high) & np.isin(self.outcome, tally.outcomes)
            if tally.decision is not None:
                mask &= self.decision == tally.decision
            self.remembered[tally] = mask, self.totals @ mask
        return self.remembered[tally]

    def size(self, group: int) -> int:
        """How many rows a group has."""
        return int(self.totals[group].sum())

    @property
    def unknowns(self) -> int:
        """How many counts an outsider does not know to begin with."""
        return int(self.counts.size)


def tables(cells: Cells, attributes: Sequence[str], *, depth: int, edges: Floats, keep_decisions: bool) -> Tables:
    """The tables of every group of up to `depth` of the attributes.

    `edges`: ascending scores that begin a kind of row; what lies below the first is a kind too. `keep_decisions`: whether what
    was decided is published at all; if not, rows are not told apart by it.
    """
    names = [attribute.name for attribute in cells.attributes]
    levels = cells.fine.levels[:, [names.index(name) for name in attributes]]
    populated, which = distinct_rows(levels)
    cross = _cross(populated, depth)
    cell = _find(cross, populated)[which]
    reached = np.where(np.isnan(cells.fine.score), 0, np.searchsorted(edges, cells.fine.score, side="right"))
    decision = cells.fine.decision if keep_decisions else np.zeros_like(cells.fine.decision)
    sizes = np.array([len(edges) + 1, 3, 3])
    code = _codes(np.column_stack([reached, decision, cells.fine.outcome]), sizes)
    seen, kind = np.unique(code, return_inverse=True)
    lower, taken, outcome = np.unravel_index(seen, tuple(sizes))
    key = cell * len(seen) + kind
    counts = np.bincount(key, weights=cells.fine.n, minlength=len(cross) * len(seen)).astype(np.int64).reshape(len(cross), len(seen))
    groups, members = _groups(cells, attributes, cross, depth)
    return Tables(
        groups=groups,
        members=members,
        lines=_lines(groups),
        lower=np.concatenate([[-np.inf], edges])[lower],
        decision=taken,
        outcome=outcome,
        counts=counts,
        totals=np.array([counts[member].sum(axis=0) for member in members]),
    )


def _cross(populated: Ints, depth: int) -> Ints:
    """The finest cells, (cells, attributes), that could hold people as far as anyone can tell from which groups are listed.

    A combination of levels is possible if every published group it would belong to is listed. Where the cross is too large to
    write down, only populated cells are taken: an outsider who knows the empty ones knows more, so what is safe from them is safe.
    """
    sizes = populated.max(axis=0) + 1 if len(populated) else np.zeros(populated.shape[1], dtype=np.int64)
    if not len(populated) or depth >= populated.shape[1] or prod(int(size) for size in sizes) > MOST_CELLS:
        return populated
    grid = np.indices(tuple(int(size) for size in sizes)).reshape(len(sizes), -1).T
    possible = np.ones(len(grid), dtype=bool)
    for subset in combinations(range(len(sizes)), depth):
        listed = _codes(populated[:, subset], sizes[list(subset)])
        possible &= np.isin(_codes(grid[:, subset], sizes[list(subset)]), listed)
    return grid[possible].astype(np.int64)


def _codes(levels: Ints, sizes: Ints) -> Ints:
    code = np.zeros(len(levels), dtype=np.int64)
    for column, size in zip(levels.T, sizes, strict=True):
        code = code * size + column
    return code


def _find(cross: Ints, wanted: Ints) -> Ints:
    """Where each wanted cell stands in the cross; both in ascending order, so that one merge finds them."""
    _, inverse = np.unique(np.concatenate([cross, wanted]), axis=0, return_inverse=True)
    place = np.zeros(len(cross), dtype=np.int64)
    place[inverse.ravel()[: len(cross)]] = np.arange(len(cross))
    return np.asarray(place[inverse.ravel()[len(cross) :]])


def _groups(cells: Cells, attributes: Sequence[str], cross: Ints, depth: int) -> tuple[tuple[Group, ...], tuple[Ints, ...]]:
    by_name = {attribute.name: attribute.levels for attribute in cells.attributes}
    groups, members = [], []
    for size in range(depth + 1):
        for subset in combinations(range(len(attributes)), size):
            combos, which = np.unique(cross[:, subset], axis=0, return_inverse=True)
            order = np.argsort(which.ravel(), kind="stable")
            ends = np.cumsum(np.bincount(which.ravel(), minlength=len(combos)))
            for i, combo in enumerate(combos.tolist()):
                named = ((attributes[column], by_name[attributes[column]][code]) for column, code in zip(subset, combo, strict=True))
                groups.append(Group(tuple(named)))
                members.append(order[ends[i - 1] if i else 0 : ends[i]])
    return tuple(groups), tuple(members)


def _lines(groups: Sequence[Group]) -> tuple[Line, ...]:
    index = {group.parts: i for i, group in enumerate(groups)}
    found: dict[tuple[int, str], list[int]] = {}
    for i, group in enumerate(groups):
        for part in group.parts:
            whole = index[tuple(other for other in group.parts if other != part)]
            found.setdefault((whole, part[0]), []).append(i)
    return tuple(Line(whole=whole, parts=tuple(parts)) for (whole, _), parts in found.items())
