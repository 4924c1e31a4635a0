"""Siblings: what is withheld of further groups so that a small count isn't simply what is left of a total.

Along one line (a group and the groups that it divides into), whoever knows the total and all other parts knows the sum of
those that are withheld. Every count in that sum lies between 0 and the sum, so the sum must reach the minimum itself; and
a group that is withheld alone is known, so it can hide no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from habeas.audit.disclosure.parts import Closed, Layout, Part, closing
from habeas.audit.disclosure.small import Secret
from habeas.audit.disclosure.tables import Line, Tables

FEWEST = 2
"""So many groups of a line at least must be withheld if any is."""


def close_siblings(table: Tables, asked: Layout, closed: Closed, secrets: Sequence[Secret], *, minimum: int) -> Closed:
    """Withhold parts of siblings until what is left along every line reaches the minimum."""
    lines: dict[int, list[Line]] = {}
    for line in table.lines:
        for one in line.parts:
            lines.setdefault(one, []).append(line)
    kept: dict[tuple[int, Part], list[Secret]] = {}
    for secret in secrets:
        kept.setdefault((secret.index, secret.part), []).append(secret)
    waiting = _closed_here(table, asked, closed)
    while waiting:
        index, part = waiting.pop(0)
        for line in lines.get(index, ()):
            before = set(_closed_here(table, asked, closed))
            closed = _close_along(table, asked, closed, line, part, kept.get((index, part), ()), minimum)
            waiting += [one for one in _closed_here(table, asked, closed) if one not in before]
    return closed


def _closed_here(table: Tables, asked: Layout, closed: Closed) -> list[tuple[int, Part]]:
    """What is closed of the groups of one table, always in the same order."""
    return [(i, part) for i, group in enumerate(table.groups) for part in asked.parts if not closed.shows(group, (part,))]


def _close_along(table: Tables, asked: Layout, closed: Closed, line: Line, part: Part, secrets: Sequence[Secret], minimum: int) -> Closed:
    while True:
        bare = [secret for secret in secrets if _left(table, closed, secret, line) < minimum]
        if not bare and not _alone(table, closed, part, line):
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


def _alone(table: Tables, closed: Closed, part: Part, line: Line) -> bool:
    if not closed.shows(table.groups[line.whole], (part,)):
        return False
    return sum(not closed.shows(table.groups[sibling], (part,)) for sibling in line.parts) < FEWEST


def _left(table: Tables, closed: Closed, secret: Secret, line: Line) -> float:
    """How many rows an outsider knows to be among the withheld groups of a line; infinite where the total isn't shown."""
    if not closed.shows(table.groups[line.whole], secret.needs):
        return float("inf")
    withheld = (part for part in line.parts if not closed.shows(table.groups[part], secret.needs))
    return float(sum(table.count(part, secret.tally) for part in withheld))
