"""The outsider: someone who knows every count that is shown, that counts aren't negative, and how groups add up.

What they can infer of a withheld count is the range of its values over all tables that agree with what they know, found by
linear programming (the audit of cell suppression: Fischetti and Salazar (2001), Management Science 47, 1008-1027, section 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from habeas.audit.cells import Floats, Ints
from habeas.audit.disclosure.parts import Closed, Extra, Layout, Part, given_away
from habeas.audit.disclosure.small import Secret
from habeas.audit.disclosure.tables import Tables
from habeas.audit.disclosure.tallies import Tally
from habeas.errors import BrokenEvidence
from habeas.terms.group import EVERYONE

SLACK = 1e-5
"""Counts are whole numbers; the solver keeps what is known to within 1e-7 a fact."""


AT_ONCE = 64
"""So many secrets are brought up together; more in one program cost more time than they save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One count that is known, and the parts that show it."""

    group: int
    tally: Tally
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """All that an outsider knows: every table of finest cells whose `matrix` product is `values` could be the true one.

    `matrix`: (facts, cells x kinds), sparse. `most`: more than any count could be.
    """

    facts: tuple[Fact, ...]
    matrix: Any
    values: Floats
    most: float


@dataclass(slots=True, kw_only=True, eq=False)
class Ranges:
    """The values that secrets were seen to be able to have: (secrets,) least and greatest so far."""

    secrets: tuple[Secret, ...]
    matrix: Any
    low: Floats
    high: Floats

    def learn(self, cells: Floats) -> None:
        """Take in one table that agrees with what is known."""
        values = self.matrix @ cells
        self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)

    def narrower_than(self, width: float) -> Ints:
        """Which secrets haven't been seen to range as widely yet."""
        return np.flatnonzero(self.high - self.low < width - SLACK)

    @property
    def narrowest(self) -> float:
        """No secret is known more narrowly than this; infinite without secrets."""
        return float((self.high - self.low).min(initial=np.inf))


def knowledge(table: Tables, asked: Layout, closed: Closed) -> Knowledge:
    """What is known once these parts are closed."""
    facts = [Fact(group=i, tally=t, parts=by) for i, group in enumerate(table.groups) for t, by in given_away(group, closed, asked)]
    if closed.shows(EVERYONE, (Extra.SIZE,)):
        # how many rows came in is told apart from the groups
        facts.append(Fact(group=0, tally=Tally(), parts=(Extra.SIZE,)))
    # a count that is known in two ways is one fact, and the first way is named
    facts = list({(fact.group, fact.tally): fact for fact in reversed(facts)}.values())
    matrix = _counting(table, [(fact.group, fact.tally) for fact in facts])
    truth = table.counts.ravel().astype(np.float64)
    return Knowledge(facts=tuple(facts), matrix=matrix, values=matrix @ truth, most=2.0 * float(truth.sum()) + 1000.0)


def ranges(table: Tables, secrets: Sequence[Secret]) -> Ranges:
    """Secrets of which no more is known yet than that their true value is possible."""
    matrix = _counting(table, [(secret.index, secret.tally) for secret in secrets])
    truth = matrix @ table.counts.ravel().astype(np.float64)
    return Ranges(secrets=tuple(secrets), matrix=matrix, low=truth.copy(), high=truth.copy())


def _counting(table: Tables, wanted: Sequence[tuple[int, Tally]]) -> Any:
    """A sparse matrix whose rows, times the finest cells, give these counts."""
    from scipy.sparse import csr_matrix

    kinds = table.counts.shape[1]
    columns = [(table.members[i][:, None] * kinds + np.flatnonzero(table.mask(tally))).ravel() for i, tally in wanted]
    ends = np.cumsum([0, *(len(column) for column in columns)])
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *columns])
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(wanted), table.counts.size))


def widen(known: Knowledge, seen: Ranges, *, width: float) -> tuple[Secret, tuple[Fact, ...]] | None:
    """Look for tables that agree with what is known until each secret is seen to range `width`; None: all do.

    Otherwise the first secret that can't, with the facts that pin it down. Many secrets are brought up at once, so that few
    programs are solved; only what this can't settle is asked one by one.
    """
    while len(left := seen.narrower_than(width)):
        some = left[:AT_ONCE]
        seen.learn(_spread(known, seen.matrix[some], seen.low[some] + width))
        if len(seen.narrower_than(width)) == len(left):
            break
    for which in seen.narrower_than(width).tolist():
        pins = _pinned(known, seen, which, width)
        if pins is not None:
            return seen.secrets[which], tuple(known.facts[pin] for pin in pins) or known.facts
    return None


def _pinned(known: Knowledge, seen: Ranges, which: int, width: float) -> Ints | None:
    aim = seen.matrix[[which]].toarray().ravel()
    pins = []
    for side in (1.0, -1.0):
        if which not in seen.narrower_than(width):
            return None
        cells, facts = _extreme(known, side * aim)
        seen.learn(cells)
        pins.append(facts)
    return np.union1d(*pins) if which in seen.narrower_than(width) else None


def _extreme(known: Knowledge, aim: Floats) -> tuple[Floats, Ints]:
    """A table that agrees with what is known and has most of `aim`; and which facts keep it from having more."""
    found = _solved(-aim, A_eq=known.matrix, b_eq=known.values, bounds=(0, known.most))
    return np.asarray(found.x), np.flatnonzero(np.abs(found.eqlin.marginals) > SLACK)


def _spread(known: Knowledge, rows: Any, caps: Floats) -> Floats:
    """A table that agrees with what is known and brings the counts `rows` as near to their caps as it can, all at once."""
    from scipy.sparse import csr_matrix, eye, hstack

    wanted, cells = rows.shape
    matrix = known.matrix
    found = _solved(
        np.concatenate([np.zeros(cells), -np.ones(wanted)]),
        A_ub=hstack([-rows, eye(wanted)]).tocsr(),
        b_ub=np.zeros(wanted),
        # the same facts, beside as many further unknowns: how far each wanted count is brought
        A_eq=csr_matrix((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], cells + wanted)),
        b_eq=known.values,
        bounds=np.column_stack([np.zeros(cells + wanted), np.concatenate([np.full(cells, known.most), caps])]),
    )
    return np.asarray(found.x[:cells])


def _solved(cost: Floats, **program: Any) -> Any:
    from scipy.optimize import linprog

    found = linprog(cost, **program, method="highs")
    if found.x is None:
        raise BrokenEvidence(
            f"the check of what an outsider could work out did not end: {found.message}; nothing was published: report this"
        )
    return found
