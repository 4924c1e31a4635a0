"""Secure: withhold more until no outsider can work a secret out, checked by linear programming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from habeas.audit.cells import Ints
from habeas.audit.disclosure.curves import without_edge
from habeas.audit.disclosure.outsider import Fact, Knowledge, Ranges, knowledge, widen
from habeas.audit.disclosure.parts import Closed, Extra, Layout, Part, closing
from habeas.audit.disclosure.small import Secret
from habeas.audit.disclosure.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that could be withheld: a part of a group, or an edge of its curve so that two bins become one."""

    group: int
    part: Part | None = None
    edge: float | None = None


def secure(table: Tables, asked: Layout, closed: Closed, seen: Ranges, *, minimum: int) -> Closed:
    """Withhold, of the groups that pin a secret down, one thing after another until every secret ranges over the minimum.

    Tables that agreed with what was known before still do when less is known, so what was seen stays seen.
    """
    while pinned := widen(known := knowledge(table, asked, closed), seen, width=minimum):
        before = closed
        for which, pins in pinned.items():
            closed = _loosened(table, asked, closed, known, seen.secrets[which], pins)
        if closed == before:
            break
    return closed


def _loosened(table: Tables, asked: Layout, closed: Closed, known: Knowledge, secret: Secret, pins: Ints) -> Closed:
    """Close one thing that pins the secret down, unless such a thing was closed for another secret just now."""
    facts = [known.facts[pin] for pin in pins] or known.facts
    steps = {step: None for fact in facts for step in _steps(closed, asked, table, secret, fact)}
    if not steps or any(_taken(step, table, closed) for step in steps):
        return closed
    step = min(steps, key=lambda one: (one.edge is None, not one.group, one.group == secret.index, table.size(one.group), one.group))
    group = table.groups[step.group]
    if step.part is not None:
        return replace(closed, parts=closing(closed.parts, group, step.part, asked))
    return closed if step.edge is None else without_edge(closed, group, step.edge)


def _steps(closed: Closed, asked: Layout, table: Tables, secret: Secret, fact: Fact) -> Iterator[Step]:
    """What could be closed so that the fact is no longer known."""
    group = table.groups[fact.group]
    if secret.part is Extra.SIZE:
        yield Step(group=fact.group, part=Extra.SIZE)
    elif fact.parts:
        yield Step(group=fact.group, part=secret.part if secret.part in fact.parts else fact.parts[-1])
    else:
        fixed = {cut.threshold for cut in asked.scored if closed.shows(group, (cut,))}
        for edge in (fact.tally.high, fact.tally.low):
            if edge not in fixed and abs(edge) != float("inf"):
                yield Step(group=fact.group, edge=edge)


def _taken(step: Step, table: Tables, closed: Closed) -> bool:
    group = table.groups[step.group]
    return not closed.shows(group, (step.part,)) if step.part is not None else step.edge not in closed.curves.get(group, ())
