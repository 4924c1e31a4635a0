"""Swaps: how far secrets can range, found without a linear program, among the levels of one attribute.

Levels of which nothing shown tells some kinds of row apart may exchange rows of these kinds, as long as each level keeps its
sum over them and together they keep their count of every kind: a table with given margins. A level that has N of them can have,
of kinds of which there are R among T, anything from max(0, N + R - T) to min(N, R) (Frechet (1951), Annales de l'Universite de
Lyon A 14, 53-77). Everything else stays as it is, so an outsider can imagine at least as much: what ranges here ranges indeed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import Floats, Ints
from habeas.audit.disclosure.outsider import Ranges
from habeas.audit.disclosure.parts import Closed, Extra, Layout
from habeas.audit.disclosure.tables import Tables

FEWEST = 2
"""Of this many sizes that are not known at least, each could be anything up to their sum."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exchange:
    """`levels` (groups of the table) may swap rows of the kinds in `kinds`, (K,) yes or no."""

    levels: Ints
    kinds: NDArray[np.bool_]


def swap(table: Tables, asked: Layout, closed: Closed, seen: Ranges) -> None:
    """Take in how far secrets can range by swaps; nothing in a table of several attributes.

    Rows with an unknown outcome are left alone.
    """
    if any(len(group.parts) > 1 for group in table.groups):
        return
    within = np.array([table.mask(secret.tally) for secret in seen.secrets], dtype=bool).reshape(-1, len(table.lower))
    index = np.array([secret.index for secret in seen.secrets], dtype=np.int64)
    truth = (table.totals[index] * within).sum(axis=1)
    for exchange in (*_between_withheld(table, asked, closed), *_along_scores(table, asked, closed)):
        low, high = _range(table, exchange, index, within)
        seen.low, seen.high = np.minimum(seen.low, truth + low), np.maximum(seen.high, truth + high)
    _sizes(table, asked, closed, seen)


def _range(table: Tables, exchange: Exchange, index: Ints, within: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How much less and more than in truth each secret can be, (secrets,): 0 for those of other levels."""
    counts = table.totals * exchange.kinds
    column = counts[exchange.levels].sum(axis=0)
    own, wanted, whole = counts.sum(axis=1)[index], within @ column, column.sum()
    truth = (counts[index] * within).sum(axis=1)
    taking_part = np.isin(index, exchange.levels)
    low = np.maximum(0, own + wanted - whole) - truth
    high = np.minimum(own, wanted) - truth
    return np.where(taking_part, low, 0), np.where(taking_part, high, 0)


def _between_withheld(table: Tables, asked: Layout, closed: Closed) -> Iterator[Exchange]:
    """Levels of which no cut is shown: any kinds, within their size."""
    yield Exchange(levels=np.array(_dark(table, asked, closed), dtype=np.int64), kinds=np.isin(table.outcome, asked.outcomes))


def _dark(table: Tables, asked: Layout, closed: Closed) -> list[int]:
    return [i for i, group in enumerate(table.groups) if group.parts and not any(closed.shows(group, (cut,)) for cut in asked.cuts)]


def _along_scores(table: Tables, asked: Layout, closed: Closed) -> Iterator[Exchange]:
    """Levels that show no edge between two scores: kinds that differ by those scores alone."""
    starts = np.unique(table.lower)
    edges = [_edges(table, asked, closed, i) for i in range(len(table.groups))]
    for first, last in combinations(range(len(starts)), 2):
        inner = {*starts[first + 1 : last + 1].tolist()}
        levels = np.array([i for i in range(1, len(table.groups)) if not inner & edges[i]], dtype=np.int64)
        span = (table.lower >= starts[first]) & (table.lower <= starts[last])
        for decision, outcome in sorted({*zip(table.decision.tolist(), table.outcome.tolist(), strict=True)}):
            if len(levels) >= FEWEST and outcome in asked.outcomes:
                yield Exchange(levels=levels, kinds=span & (table.decision == decision) & (table.outcome == outcome))


def _edges(table: Tables, asked: Layout, closed: Closed, index: int) -> set[float | None]:
    group = table.groups[index]
    return {*closed.curve(group, asked), *(cut.threshold for cut in asked.scored if closed.shows(group, (cut,)))}


def _sizes(table: Tables, asked: Layout, closed: Closed, seen: Ranges) -> None:
    """Where no size is known of some levels of which nothing is shown, any of them could have all their rows, or none."""
    known = np.isin(table.outcome, asked.outcomes)
    free = [i for i in _dark(table, asked, closed) if not closed.shows(table.groups[i], (Extra.SIZE,))]
    if len(free) < FEWEST:
        return
    rows = int(table.totals[free][:, known].sum())
    column = table.totals[_dark(table, asked, closed)].sum(axis=0) * known
    for which, secret in enumerate(seen.secrets):
        if secret.index in free:
            mask = table.mask(secret.tally)
            fixed = int(table.totals[secret.index][mask & ~known].sum())
            seen.low[which] = min(seen.low[which], fixed)
            seen.high[which] = max(seen.high[which], fixed + min(rows, int(column[mask].sum())))
