"""Siblings: what is withheld of further groups so that a small count isn't simply what is left of a total.

Along one line (a group and the groups that it divides into), whoever knows the total and all other parts knows the sum of
those that are withheld. Every count in that sum lies between 0 and the sum, so the sum must reach the minimum itself. A group
that is withheld alone is known, and so is a total that is withheld while all its parts are shown: neither can hide another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from habeas.audit.disclosure.parts import Closed, Layout, Part, Shown, closing
from habeas.audit.disclosure.small import Secret
from habeas.audit.disclosure.tables import Line, Tables


def close_siblings(table: Tables, asked: Layout, closed: Closed, secrets: Sequence[Secret], *, minimum: int) -> Closed:
    """Withhold parts of siblings until what is left along every line reaches the minimum."""
    lines: dict[int, list[Line]] = {}
    for line in table.lines:
        for one in (line.whole, *line.parts):
            lines.setdefault(one, []).append(line)
    kept: dict[tuple[int, Part], list[Secret]] = {}
    for secret in secrets:
        kept.setdefault((secret.index, secret.part), []).append(secret)
    waiting = _in_order(table, asked, closed.parts)
    while waiting:
        index, part = waiting.pop(0)
        for line in lines.get(index, ()):
            before = closed.parts
            closed = _close_along(table, asked, closed, line, part, kept.get((index, part), ()), minimum)
            waiting += _in_order(table, asked, closed.parts - before) if closed.parts is not before else []
    return closed


def _in_order(table: Tables, asked: Layout, parts: frozenset[Shown]) -> list[tuple[int, Part]]:
    """These parts of groups of the table, always in the same order."""
    groups = {group for group, _ in parts}
    every = asked.parts
    return [(i, part) for i, group in enumerate(table.groups) if group in groups for part in every if (group, part) in parts]


def _close_along(table: Tables, asked: Layout, closed: Closed, line: Line, part: Part, secrets: Sequence[Secret], minimum: int) -> Closed:
    while True:
        bare = [secret for secret in secrets if _left(table, closed, secret, line) < minimum]
        if not bare and not _known(table, closed, part, line):
            return closed
        candidates = [sibling for sibling in line.parts if closed.shows(table.groups[sibling], (part,))]
        if not candidates:
            return closed
        chosen = min(candidates, key=lambda sibling: _price(table, asked, closed, line, part, bare, sibling, minimum))
        closed = replace(closed, parts=closing(closed.parts, table.groups[chosen], part, asked))


def _price(
    table: Tables, asked: Layout, closed: Closed, line: Line, part: Part, bare: Iterable[Secret], sibling: int, minimum: int
) -> tuple[int, int, int, int]:
    """Withhold first what mends most, then what takes least else with it, then the smallest group."""
    mended = sum(_left(table, closed, one, line) + table.count(sibling, one.tally) >= minimum for one in bare)
    taken = len(closing(closed.parts, table.groups[sibling], part, asked)) - len(closed.parts)
    return -mended, taken, table.size(sibling), sibling


def _known(table: Tables, closed: Closed, part: Part, line: Line) -> bool:
    """Whether the one group of a line of which a part is withheld, the whole or one of its parts, can be worked out."""
    return sum(not closed.shows(table.groups[one], (part,)) for one in (line.whole, *line.parts)) == 1


def _left(table: Tables, closed: Closed, secret: Secret, line: Line) -> float:
    """How many rows an outsider knows to be among the withheld groups of a line; infinite where the total isn't shown."""
    if secret.index == line.whole or not closed.shows(table.groups[line.whole], secret.needs):
        return float("inf")
    withheld = [part for part in line.parts if not closed.shows(table.groups[part], secret.needs)]
    return float(table.column(secret.tally)[withheld].sum())
