"""Secure: withhold more until no outsider can work a secret out, checked by linear programming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from habeas.audit.disclosure.curves import without_edge
from habeas.audit.disclosure.outsider import Fact, knowledge, ranges, widen
from habeas.audit.disclosure.parts import Closed, Extra, Layout, Part, closing
from habeas.audit.disclosure.small import Secret
from habeas.audit.disclosure.swaps import swap
from habeas.audit.disclosure.tables import Tables
from habeas.errors import BrokenEvidence
from habeas.terms.group import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that could be withheld: a part of a group, or an edge of its curve so that two bins become one."""

    group: int
    part: Part | None = None
    edge: float | None = None


def secure(table: Tables, asked: Layout, closed: Closed, secrets: Sequence[Secret], *, minimum: int) -> tuple[Closed, float]:
    """Withhold, of the groups that pin a secret down, one thing after another until every secret ranges over the minimum.

    Gives what is closed then, and a width that no secret is known more narrowly than (infinite without secrets). Tables that
    agreed with what was known before still do when less is known, so what was seen stays seen.

    Raises:
        BrokenEvidence: a secret is pinned down though nothing that could be withheld does so.
    """
    if not secrets:
        return closed, inf
    seen = ranges(table, secrets)
    swap(table, asked, closed, seen)
    known = knowledge(table, asked, closed)
    while (pinned := widen(known, seen, width=minimum)) is not None:
        secret, facts = pinned
        steps = _steps(table, asked, closed, secret, facts) or _steps(table, asked, closed, secret, known.facts)
        if not steps:
            raise BrokenEvidence(f"{secret.group.label} could not be kept from being worked out; nothing was published: report this")
        closed = _taken(table, asked, closed, min(steps, key=lambda step: _price(table, secret, step)))
        known = knowledge(table, asked, closed)
    return closed, seen.narrowest


def _price(table: Tables, secret: Secret, step: Step) -> tuple[bool, bool, bool, int, int, float]:
    """Bins before parts, others before everyone and before the group itself, the smallest group first."""
    everyone, itself = step.group == 0, step.group == secret.index
    return step.edge is None, everyone, itself, table.size(step.group), step.group, step.edge or 0.0


def _taken(table: Tables, asked: Layout, closed: Closed, step: Step) -> Closed:
    group = table.groups[step.group]
    if step.part is not None:
        return replace(closed, parts=closing(closed.parts, group, step.part, asked))
    return closed if step.edge is None else without_edge(closed, group, step.edge)


def _steps(table: Tables, asked: Layout, closed: Closed, secret: Secret, facts: Iterable[Fact]) -> set[Step]:
    """What could be closed so that one of the facts is no longer known."""
    return {step for fact in facts for step in _ways(table.groups[fact.group], asked, closed, secret, fact)}


def _ways(group: Group, asked: Layout, closed: Closed, secret: Secret, fact: Fact) -> Iterator[Step]:
    if secret.part is Extra.SIZE:
        yield Step(group=fact.group, part=Extra.SIZE)
    elif fact.parts:
        yield Step(group=fact.group, part=secret.part if secret.part in fact.parts else fact.parts[-1])
    else:
        fixed = {-inf, inf, *(cut.threshold for cut in asked.scored if closed.shows(group, (cut,)))}
        yield from (Step(group=fact.group, edge=edge) for edge in (fact.tally.low, fact.tally.high) if edge not in fixed)
