"""Small: what is withheld of a group because a count of its own is too small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from habeas.audit.cells import ABSENT
from habeas.audit.cuts import Cut
from habeas.audit.disclosure.parts import Closed, Extra, Layout, Part, Shown, between, closing, tallies
from habeas.audit.disclosure.tables import Tables
from habeas.audit.disclosure.tallies import Tally
from habeas.terms.group import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A count too small to be known. `part`: what was withheld for it; `needs`: all the parts that would give it away."""

    group: Group
    index: int
    part: Part
    needs: tuple[Part, ...]
    tally: Tally


def small_parts(table: Tables, asked: Layout, *, minimum: int) -> tuple[Closed, tuple[Secret, ...]]:
    """Withhold every part with a count below the minimum, zeros included, and name the counts to be kept.

    A kind of row that nobody has, in any group, tells nothing about anyone and withholds nothing. Where a cut would be shown
    beside another, what lies between the two is a count as well; earlier cuts of the plan go first.
    """
    closed: frozenset[Shown] = frozenset()
    secrets: list[Secret] = []
    parts = asked.parts
    if asked.unknown and table.count(0, Tally(outcomes=(ABSENT,))) < minimum:
        # how many rows came in is told anyway, so these few can't be kept secret; they are left out everywhere
        closed, parts = frozenset((group, Extra.UNKNOWN) for group in table.groups), parts[:-1]
    for index, group in enumerate(table.groups):
        # size once more at the end: where few outcomes are unknown, it becomes the number of rows with a known one
        for part in (*parts, Extra.SIZE):
            found = list(_small(table, index, part, asked, closed, minimum))
            if any(all((group, need) not in closed for need in secret.needs) for secret in found):
                closed = closing(closed, group, part, asked)
            secrets += found
    return Closed(parts=closed), tuple({(secret.index, secret.tally): secret for secret in reversed(secrets)}.values())


def _small(table: Tables, index: int, part: Part, asked: Layout, closed: frozenset[Shown], minimum: int) -> Iterator[Secret]:
    group = table.groups[index]
    for tally, needs in _counts(group, part, asked, closed):
        if table.count(index, tally) < minimum and table.count(0, tally) > 0:
            yield Secret(group=group, index=index, part=part, needs=needs, tally=tally)


def _counts(group: Group, part: Part, asked: Layout, closed: frozenset[Shown]) -> Iterable[tuple[Tally, tuple[Part, ...]]]:
    yield from tallies(part, asked)
    if part is Extra.SIZE and (group, Extra.UNKNOWN) in closed:
        yield Tally(outcomes=asked.outcomes), (part,)
    if part is Extra.UNKNOWN:
        yield from ((tally, (part, *ends)) for tally, ends in _differences(group, asked.scored, asked, closed, (ABSENT,)))
    if part in asked.scored:
        so_far = asked.scored[: asked.scored.index(part) + 1]
        yield from ((tally, ends) for tally, ends in _differences(group, so_far, asked, closed, asked.outcomes) if part in ends)


def _differences(
    group: Group, cuts: Sequence[Cut], asked: Layout, closed: frozenset[Shown], outcomes: tuple[int, ...]
) -> Iterator[tuple[Tally, tuple[Part, ...]]]:
    """What lies between neighbours among the cuts that are shown, and among all: the latter are to be kept even if neither is."""
    shown = [cut for cut in cuts if (group, cut) not in closed]
    neighbours = (ends for ends in between(asked.scored) if {*ends[2]} <= {*cuts})
    for low, high, ends in (*between(shown), *neighbours):
        if len(ends) > 1:
            yield from ((Tally(low=low, high=high, outcomes=(outcome,)), ends) for outcome in outcomes)
