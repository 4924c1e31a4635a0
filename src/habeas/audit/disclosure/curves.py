"""Curves: which score bins of everyone and of each one-attribute group may be shown by outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import inf

import numpy as np

from habeas.audit.cells import ABSENT, Cells
from habeas.audit.disclosure.parts import Closed, Extra, Layout
from habeas.audit.disclosure.small import Secret
from habeas.audit.disclosure.tables import Tables
from habeas.audit.disclosure.tallies import Tally
from habeas.audit.plan import Plan
from habeas.terms.group import EVERYONE, Group

MOST_BINS = 20

Edges = tuple[float, ...]
"""Ascending scores at which one bin ends and the next begins; the lowest and the highest bin are open. () is no curve."""

Bin = tuple[float, float]
"""From where to below where the scores of a bin lie."""


def grid(cells: Cells, plan: Plan) -> Edges:
    """The finest bins that are considered: every score if there are few, else about equally many rows in each.

    Declared thresholds are always edges. Without a score there are none.
    """
    if plan.columns.score is None or cells.grid is None:
        return ()
    scores, which = np.unique(cells.fine.score, return_inverse=True)
    thresholds = cells.grid.thresholds
    edges = scores
    if len(scores) > MOST_BINS:
        many = max(MOST_BINS - len(thresholds), 1)
        below = np.cumsum(np.concatenate([[0], np.bincount(which.ravel(), weights=cells.fine.n)]))
        edges = scores[np.searchsorted(below[:-1], below[-1] * np.arange(1, many) / many).clip(max=len(scores) - 1)]
    # a threshold between two scores begins the same bin as the score above it: of equal edges the threshold stays
    starts = {int(np.searchsorted(scores, edge)): float(edge) for edge in (*edges, *thresholds)}
    return tuple(edge for place, edge in sorted(starts.items()) if 0 < place < len(scores))


def curve(table: Tables, index: int, edges: Edges, asked: Layout, closed: Closed, *, minimum: int) -> Edges:
    """The bins of a group: neighbours among `edges` merged until each holds the minimum of both outcomes.

    A threshold at which the group is shown stays an edge; around one at which it is withheld there are no edges.
    """
    group = table.groups[index]
    shown = [cut.threshold for cut in asked.scored if cut.threshold is not None and closed.shows(group, (cut,))]
    if not any(closed.shows(group, (cut,)) for cut in asked.scored or asked.cuts):
        return ()
    told = (*asked.outcomes, *((ABSENT,) if asked.unknown and closed.shows(group, (Extra.UNKNOWN,)) else ()))
    withheld = {cut.threshold for cut in asked.scored} - set(shown)
    found: list[float] = []
    for segment in _segments(edges, shown):
        # bins around a threshold that is withheld would tell nearly what it would
        ends = _merged(table, index, [segment[0], segment[-1]] if withheld & {*segment} else segment, told, minimum)
        if not ends:
            return ()
        found += ends
    return tuple(found[:-1])


def _segments(edges: Sequence[float], thresholds: Sequence[float]) -> Iterator[list[float]]:
    """The edges from each shown threshold up to the next, both included."""
    stops = [-inf, *sorted(t for t in thresholds if t in edges), inf]
    for low, high in pairwise(stops):
        yield [low, *(edge for edge in edges if low < edge < high), high]


def _merged(table: Tables, index: int, segment: Sequence[float], outcomes: Sequence[int], minimum: int) -> list[float]:
    """Where the bins of a segment end, merged from its low end until each is large enough; [] if even the whole isn't.

    An outcome that nobody has in the whole segment, in any group, is not asked for.
    """
    low, *ends = segment
    needed = [code for code in outcomes if table.count(0, Tally(low=low, high=ends[-1], outcomes=(code,))) > 0]
    found = []
    for end in ends:
        if all(table.count(index, Tally(low=low, high=end, outcomes=(code,))) >= minimum for code in needed):
            found.append(end)
            low = end
    # what is left over at the high end joins the last bin
    return [*found[:-1], ends[-1]] if found else []


def curves(table: Tables, edges: Edges, asked: Layout, closed: Closed, *, minimum: int) -> Closed:
    """Closed, with the curves of everyone and of each one-attribute group that has at least two bins."""
    single = [i for i, group in enumerate(table.groups) if len(group.parts) <= 1]
    found = {table.groups[i]: curve(table, i, edges, asked, closed, minimum=minimum) for i in single} if edges else {}
    return replace(closed, curves={**closed.curves, **{group: ends for group, ends in found.items() if ends}})


def bin_secrets(table: Tables, edges: Edges, asked: Layout, *, minimum: int) -> Iterator[Secret]:
    """The counts of groups, other than everyone, in the finest bins that are too small to be known."""
    for (index, group), (low, high), code in product(enumerate(table.groups), _bins(edges), asked.outcomes):
        tally = Tally(low=low, high=high, outcomes=(code,))
        if group != EVERYONE and table.count(index, tally) < minimum and table.count(0, tally) > 0:
            yield Secret(group=group, index=index, part=Extra.CURVE, needs=(Extra.CURVE,), tally=tally)


def _bins(edges: Edges) -> list[Bin]:
    """From where to where the bins lie; none without a curve."""
    return list(pairwise((-inf, *edges, inf))) if edges else []


def without_edge(closed: Closed, group: Group, edge: float) -> Closed:
    """Closed, with two bins of a group made one; a curve of one bin is none."""
    left = tuple(one for one in closed.curves.get(group, ()) if one != edge)
    others = {other: edges for other, edges in closed.curves.items() if other != group}
    return replace(closed, curves={**others, group: left} if left else others)


def merge_bins(table: Tables, asked: Layout, closed: Closed, secrets: Sequence[Secret], *, minimum: int) -> Closed:
    """Merge bins of further levels of one attribute, so that a small count in a bin isn't what is left of everyone's.

    `table`: of that attribute alone. A bin that only one level merges is known by subtraction, and hides nothing.
    """
    levels = range(1, len(table.groups))
    before = None
    while before != closed:
        before = closed
        for bin_ in _bins(closed.curve(EVERYONE, asked)):
            hidden = [i for i in levels if bin_ not in _bins(closed.curve(table.groups[i], asked))]
            kept = [secret for secret in secrets if (secret.tally.low, secret.tally.high) == bin_ and secret.index in hidden]
            short = any(table.column(tally)[hidden].sum() < minimum for tally in {secret.tally for secret in kept})
            if short or len(hidden) == 1:
                closed = _merge_one_more(table, asked, closed, bin_, hidden)
    return closed


def _merge_one_more(table: Tables, asked: Layout, closed: Closed, bin_: Bin, hidden: Sequence[int]) -> Closed:
    """Merge this bin with its neighbour for the smallest group that may; everyone comes last."""
    for index in sorted(set(range(len(table.groups))) - {*hidden}, key=lambda i: (i == 0, table.size(i), i)):
        group = table.groups[index]
        fixed = {-inf, inf, *(cut.threshold for cut in asked.scored if closed.shows(group, (cut,)))}
        for edge in reversed(bin_):
            if edge not in fixed:
                return without_edge(closed, group, edge)
    return closed
