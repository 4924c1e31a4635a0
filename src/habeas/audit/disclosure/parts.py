"""Parts: what an audit would show of each group, and which counts each part gives away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise, product
from math import inf

import numpy as np

from habeas.audit.cells import ABSENT, NO, YES, Counts
from habeas.audit.cuts import Cut, CutKind, cuts
from habeas.audit.disclosure.tallies import Tally
from habeas.audit.plan import Plan
from habeas.terms.group import Group


class Extra(Enum):
    """What is shown of a group besides its cuts."""

    SIZE = "number of rows"
    UNKNOWN = "rows whose outcome is unknown"
    OVERSIGHT = "advice by decision by outcome"
    CURVE = "score bins by outcome"


Part = Cut | Extra
Shown = tuple[Group, Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which parts a plan has: its cuts, and the codes of outcomes that each cut tells apart.

    `outcomes`: known outcomes, or only ABSENT where none is known. `unknown`: whether outcomes are known for some rows only.
    """

    cuts: tuple[Cut, ...]
    outcomes: tuple[int, ...]
    unknown: bool
    decisions: tuple[int, ...] = (NO, YES, ABSENT)

    @property
    def scored(self) -> tuple[Cut, ...]:
        """The cuts at a score or an advice, in the plan's order."""
        return tuple(cut for cut in self.cuts if cut.threshold is not None)

    @property
    def decided(self) -> Cut | None:
        """The cut at the decision."""
        return next((cut for cut in self.cuts if cut.kind is CutKind.DECISION), None)

    @property
    def advice(self) -> Cut | None:
        """The cut that decisions are compared with: the first, where there is a decision as well."""
        return self.scored[0] if self.scored and self.decided is not None else None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of a group."""
        extras = ((Extra.OVERSIGHT, self.advice is not None), (Extra.UNKNOWN, self.unknown))
        return (Extra.SIZE, *self.cuts, *(extra for extra, there in extras if there))


def layout(plan: Plan, table: Counts) -> Layout:
    """The parts that a plan has on these rows."""
    seen = set(np.unique(table.outcome[table.n > 0]).tolist())
    known = tuple(code for code in (NO, YES) if code in seen)
    return Layout(cuts=cuts(plan), outcomes=known or (ABSENT,), unknown=bool(known) and ABSENT in seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What is withheld of what a plan would show: parts of groups, and every score bin but those between a group's `curves`.

    `curves`: for each group with a curve, the ascending scores at which one bin ends and the next begins; at least one.
    """

    parts: frozenset[Shown] = frozenset()
    curves: Mapping[Group, tuple[float, ...]] = field(default_factory=dict)

    def shows(self, group: Group, parts: Iterable[Part]) -> bool:
        """Whether all these parts of a group are shown."""
        return all((group, part) not in self.parts for part in parts)

    def curve(self, group: Group, asked: Layout) -> tuple[float, ...]:
        """Where the bins of a group's curve meet; none is shown of a group of which no cut is."""
        cuts = asked.scored or asked.cuts
        return self.curves.get(group, ()) if any(self.shows(group, (cut,)) for cut in cuts) else ()


def closing(closed: Iterable[Shown], group: Group, part: Part, asked: Layout) -> frozenset[Shown]:
    """What is closed once this part is closed too: whatever would give it away goes with it."""
    also: tuple[Part, ...] = (part,)
    if part is Extra.SIZE:
        also = asked.parts
    elif isinstance(part, Cut) and part in (asked.advice, asked.decided) and asked.advice is not None:
        also = (part, Extra.OVERSIGHT)
    return frozenset(closed) | {(group, one) for one in also}


def sides(cut: Cut) -> tuple[tuple[float, float], ...]:
    """From where to where scores are flagged, and cleared."""
    edge = -inf if cut.threshold is None else cut.threshold
    return (edge, inf), (-inf, edge)


def tallies(part: Part, asked: Layout) -> Iterator[tuple[Tally, tuple[Part, ...]]]:
    """The counts that a part gives away by itself, each with the parts that must be shown for it to be known."""
    if part is Extra.SIZE:
        yield Tally(), (part,)
    elif part is Extra.UNKNOWN:
        for other in (*asked.cuts, *((Extra.OVERSIGHT,) if asked.advice is not None else ())):
            yield from ((tally, (part, other)) for tally in _of(other, asked, outcomes=(ABSENT,)))
    else:
        yield from ((tally, (part,)) for tally in _of(part, asked, outcomes=asked.outcomes))


def _of(part: Part, asked: Layout, *, outcomes: tuple[int, ...]) -> Iterator[Tally]:
    if part is Extra.OVERSIGHT and asked.advice is not None:
        for (low, high), decision, outcome in product(sides(asked.advice), asked.decisions, outcomes):
            yield Tally(low=low, high=high, decision=decision, outcomes=(outcome,))
    elif isinstance(part, Cut) and part.kind is CutKind.DECISION:
        for decision, outcome in product(asked.decisions, outcomes):
            yield Tally(decision=decision, outcomes=(outcome,))
    elif isinstance(part, Cut):
        for (low, high), outcome in product(sides(part), outcomes):
            yield Tally(low=low, high=high, outcomes=(outcome,))


def between(shown: Iterable[Cut]) -> Iterator[tuple[float, float, tuple[Cut, ...]]]:
    """From where to where the scores lie between neighbouring cuts, with the cuts at the ends; nothing without a cut.

    Shown cuts can be subtracted from each other, so what lies between two of them is as good as published.
    """
    ordered = sorted(
        (cut for cut in shown if cut.threshold is not None), key=lambda cut: cut.threshold if cut.threshold is not None else inf
    )
    ends = [(-inf, None), *((cut.threshold if cut.threshold is not None else inf, cut) for cut in ordered), (inf, None)]
    for (low, first), (high, last) in pairwise(ends):
        if ordered:
            yield low, high, tuple(cut for cut in (first, last) if cut is not None)


def given_away(group: Group, closed: Closed, asked: Layout) -> Iterator[tuple[Tally, tuple[Part, ...]]]:
    """Every count that is known of a group from what is shown of it, with the parts that show it."""
    outcomes = [((outcome,), ()) for outcome in asked.outcomes]
    unknown: list[tuple[tuple[int, ...], tuple[Part, ...]]] = [((ABSENT,), (Extra.UNKNOWN,))] if asked.unknown else []
    told = [(codes, by) for codes, by in (*outcomes, *unknown) if closed.shows(group, by)]
    shown = [cut for cut in asked.cuts if closed.shows(group, (cut,))]
    for (low, high, ends), (codes, by) in product(between(shown), told):
        yield Tally(low=low, high=high, outcomes=codes), (*by, *ends)
    for part in (*shown, Extra.OVERSIGHT):
        if part in (asked.decided, Extra.OVERSIGHT) and part in asked.parts and closed.shows(group, (part,)):
            yield from ((tally, (*by, part)) for codes, by in told for tally in _of(part, asked, outcomes=codes))
    if not shown and closed.shows(group, (Extra.SIZE,)):
        yield Tally(outcomes=tuple(code for codes, _ in told for code in codes)), (Extra.SIZE,)
    yield from _curve(closed.curve(group, asked), [codes for codes, _ in told])


def _curve(edges: tuple[float, ...], told: Iterable[tuple[int, ...]]) -> Iterator[tuple[Tally, tuple[Part, ...]]]:
    for (low, high), codes in product(pairwise((-inf, *edges, inf)) if edges else (), told):
        yield Tally(low=low, high=high, outcomes=codes), ()
