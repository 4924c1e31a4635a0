"""A slow, obvious outsider: puts all that is published into one system and asks two linear programs about each hidden count.

Written from what `Publication` promises, not from how habeas decides: every combination of levels, score, decision and outcome
is an unknown of its own, and every published number is an equation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from math import inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from habeas.audit.cells import ABSENT, Cells
from habeas.audit.cuts import Cut, cuts
from habeas.audit.disclosure import Publication
from habeas.audit.plan import Plan
from habeas.terms.group import EVERYONE, Group

Kind = tuple[float, int, int]
"""Score, decision, outcome."""
Wanted = Callable[[Kind], bool]


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """A small count that was withheld, and between what values an outsider knows it to lie."""

    group: str
    what: str
    count: int
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


class Outsider:
    """Knows what `found` lets be published of `cells`."""

    def __init__(self, cells: Cells, plan: Plan, found: Publication) -> None:
        self.plan, self.found, self.minimum = plan, found, plan.publication.minimum_cell
        self.true: dict[tuple[tuple[str, ...], Kind], int] = {}
        fine = cells.fine
        for codes, *kind, n in zip(fine.levels.tolist(), fine.score, fine.decision, fine.outcome, fine.n, strict=True):
            labels = tuple(attribute.levels[code] for attribute, code in zip(cells.attributes, codes, strict=True))
            self.true[labels, (float(kind[0]), int(kind[1]), int(kind[2]))] = int(n)
        sets = [subset for size in range(plan.intersect + 1) for subset in combinations(range(len(plan.groups)), size)]
        listed = {subset: {tuple(labels[i] for i in subset) for labels, _ in self.true} for subset in sets}
        combos = product(*(attribute.levels for attribute in cells.attributes))
        possible = [c for c in combos if all(tuple(c[i] for i in subset) in there for subset, there in listed.items())]
        kinds = sorted({kind for _, kind in self.true})
        self.cells = list(product(possible, kinds))
        self.truth = np.array([self.true.get(cell, 0) for cell in self.cells], dtype=float)
        self.groups = [
            Group(tuple((plan.groups[i], label) for i, label in zip(subset, labels, strict=True)))
            for subset, there in listed.items()
            for labels in sorted(there)
        ]
        self.outcomes = sorted({kind[2] for kind in kinds})

    def row(self, group: Group, wanted: Wanted) -> np.ndarray:
        place = {name: i for i, name in enumerate(self.plan.groups)}
        member = [all(labels[place[name]] == level for name, level in group.parts) for labels, _ in self.cells]
        return np.array([inside and wanted(kind) for inside, (_, kind) in zip(member, self.cells, strict=True)], dtype=float)

    def told(self, group: Group) -> list[int]:
        """The outcomes that a group's published rows may have."""
        return [code for code in self.outcomes if code != ABSENT or group not in self.found.known_only]

    def sides(self, cut: Cut) -> list[Wanted]:
        if cut.threshold is None:
            return [lambda kind: kind[1] == 1, lambda kind: kind[1] == 0]
        at = cut.threshold
        return [lambda kind: kind[0] >= at, lambda kind: kind[0] < at]

    def counts(self, cut: Cut) -> Iterator[tuple[str, int, Wanted]]:
        """The six kinds of case at a cut."""
        for (name, side), outcome in product(zip(("flagged", "cleared"), self.sides(cut), strict=True), self.outcomes):
            yield f"{cut.label} {name} {outcome}", outcome, lambda kind, side=side, outcome=outcome: side(kind) and kind[2] == outcome

    def published(self) -> Iterator[tuple[Group, Wanted]]:
        every = cuts(self.plan)
        if EVERYONE not in self.found.sizes_withheld:
            yield EVERYONE, lambda _: True  # the number of rows that came in
        for group in self.groups:
            told = self.told(group)
            if group not in self.found.sizes_withheld:
                yield group, lambda kind, told=told: kind[2] in told
            for cut in every:
                if (group, cut) not in self.found.withheld:
                    yield from ((group, wanted) for _, outcome, wanted in self.counts(cut) if outcome in told)
            yield from self.overrides(group, told)
            yield from self.curve(group, told)

    def overrides(self, group: Group, told: list[int]) -> Iterator[tuple[Group, Wanted]]:
        if group not in self.found.oversight_withheld:
            yield from ((group, wanted) for outcome, wanted in self.pairs() if outcome in told)

    def pairs(self) -> Iterator[tuple[int, Wanted]]:
        """Advice by decision by outcome, where there are both."""
        advice, decision = cuts(self.plan)[0], cuts(self.plan)[-1]
        if decision.threshold is None and advice != decision:
            for (_, outcome, advised), decided in product(self.counts(advice), self.sides(decision)):
                yield outcome, lambda kind, advised=advised, decided=decided: advised(kind) and decided(kind)

    def curve(self, group: Group, told: list[int]) -> Iterator[tuple[Group, Wanted]]:
        edges = self.found.bins.get(group, ())
        for (low, high), outcome in product(pairwise((*edges, inf)), told if edges else []):
            yield group, lambda kind, low=low, high=high, outcome=outcome: low <= kind[0] < high and kind[2] == outcome

    def small(self) -> Iterator[tuple[Group, str, Wanted, bool]]:
        """Every count that is below the minimum, though not for want of such rows altogether, and whether it is published."""
        for group in self.groups:
            told = self.told(group)
            of_group = (
                self.sizes(group, told),
                self.cases(group, told),
                self.differences(group, told),
                self.tables(group),
                self.bins(group),
            )
            yield from (one for some in of_group for one in some if self.is_small(group, one[2]))

    def sizes(self, group: Group, told: list[int]) -> Iterator[tuple[Group, str, Wanted, bool]]:
        yield group, "size", lambda kind: kind[2] in told, group not in self.found.sizes_withheld

    def cases(self, group: Group, told: list[int]) -> Iterator[tuple[Group, str, Wanted, bool]]:
        unknown = self.row(EVERYONE, lambda kind: kind[2] == ABSENT) @ self.truth
        # fewer than the minimum in all: known from the number of rows that came in
        few = len(self.outcomes) > 1 and unknown < self.minimum
        for cut in cuts(self.plan):
            for name, outcome, wanted in self.counts(cut):
                if outcome != ABSENT or not few:
                    yield group, name, wanted, (group, cut) not in self.found.withheld and outcome in told

    def tables(self, group: Group) -> Iterator[tuple[Group, str, Wanted, bool]]:
        for outcome, wanted in self.pairs():
            if outcome != ABSENT:
                yield group, f"advice by decision, outcome {outcome}", wanted, group not in self.found.oversight_withheld

    def differences(self, group: Group, told: list[int]) -> Iterator[tuple[Group, str, Wanted, bool]]:
        """Counts between two cuts at a score: published where both cuts are, and else to be kept between neighbours."""
        at = sorted((cut for cut in cuts(self.plan) if cut.threshold is not None), key=lambda cut: cut.threshold or 0.0)
        for (low, high), outcome in product(combinations(at, 2), [code for code in self.outcomes if code != ABSENT]):

            def wanted(kind: Kind, low: Cut = low, high: Cut = high, outcome: int = outcome) -> bool:
                return (low.threshold or 0.0) <= kind[0] < (high.threshold or 0.0) and kind[2] == outcome

            shown = outcome in told and not {(group, low), (group, high)} & self.found.withheld
            if shown or at.index(high) == at.index(low) + 1:
                yield group, f"{low.label} less {high.label}, outcome {outcome}", wanted, shown

    def bins(self, group: Group) -> Iterator[tuple[Group, str, Wanted, bool]]:
        edges = self.found.bins[EVERYONE] if len(group.parts) == 1 else ()
        for (low, high), outcome in product(pairwise((*edges, inf)), [code for code in self.outcomes if code != ABSENT]):

            def wanted(kind: Kind, low: float = low, high: float = high, outcome: int = outcome) -> bool:
                return low <= kind[0] < high and kind[2] == outcome

            yield (
                group,
                f"bin from {low:g}, outcome {outcome}",
                wanted,
                low in self.found.bins[group] and high in (*self.found.bins[group], inf),
            )

    def is_small(self, group: Group, wanted: Wanted) -> bool:
        return self.row(group, wanted) @ self.truth < self.minimum and self.row(EVERYONE, wanted) @ self.truth > 0

    def leaks(self) -> list[str]:
        """Small counts that are simply published."""
        return [f"{group.label}: {what}" for group, what, _, shown in self.small() if shown]

    def hidden(self) -> list[Hidden]:
        """What can be inferred of every small count that is withheld."""
        rows = [np.zeros(len(self.cells)), *(self.row(group, wanted) for group, wanted in self.published())]
        known = csr_matrix(np.unique(np.array(rows), axis=0))
        asked = [(group.label, what, self.row(group, wanted)) for group, what, wanted, shown in self.small() if not shown]
        return [
            Hidden(group=group, what=what, count=int(aim @ self.truth), low=self.least(known, aim), high=-self.least(known, -aim))
            for group, what, aim in asked
        ]

    def least(self, known: csr_matrix, aim: np.ndarray) -> float:
        """The least value of a count over all tables that agree with what is published; no count passes ten times the rows."""
        found = linprog(aim, A_eq=known, b_eq=known @ self.truth, bounds=(0, 10 * self.truth.sum() + 1000), method="highs")
        return float(found.fun)
