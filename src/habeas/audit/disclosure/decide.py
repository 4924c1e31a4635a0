"""Publication: the decision what may leave, made before anything is stored or drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from habeas.audit.cells import Cells
from habeas.audit.cuts import Cut
from habeas.audit.disclosure.curves import bin_secrets, curve, curves, grid, merge_bins
from habeas.audit.disclosure.parts import Closed, Extra, Layout, layout
from habeas.audit.disclosure.secure import secure
from habeas.audit.disclosure.siblings import close_siblings
from habeas.audit.disclosure.small import Secret, small_parts
from habeas.audit.disclosure.tables import Tables, tables
from habeas.audit.plan import Plan, PublicationRule
from habeas.terms.group import EVERYONE, Group

MOST_UNKNOWNS = 1_500
"""Up to this many unknown counts the whole cross of the groups is checked as one system; beyond, each set of attributes that
is shown by itself, with all its margins. What several such tables tell together is then not counted, beyond their common margins."""

MOST_CURVES = 60
"""An attribute with more levels than this gets no curve for any of them: no one could read them, and the check would be long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What may be shown of whom.

    `withheld`: cuts of groups of which neither counts nor rates nor anything derived from them may be shown.
    `sizes_withheld`: groups whose number of rows may not be shown. `bins`: of everyone and of each one-attribute group, the
    ascending lower edges of score bins whose counts by outcome may be shown; () is no curve.
    `oversight_withheld`: groups of which what was decided may not be shown by what was advised.
    `known_only`: groups with too few unknown outcomes to show: every number of theirs, size included, must be computed from
    the rows with a known outcome alone.
    `primary`, `secondary`: how many cuts of groups are withheld for a small count of their own, and so that others can't be
    worked out. `narrowest_width`: no withheld small count can be inferred more narrowly than this; None without one.
    """

    withheld: frozenset[tuple[Group, Cut]]
    sizes_withheld: frozenset[Group]
    bins: Mapping[Group, tuple[float, ...]]
    primary: int
    secondary: int
    narrowest_width: float | None
    oversight_withheld: frozenset[Group] = frozenset()
    known_only: frozenset[Group] = frozenset()


def publication(cells: Cells, plan: Plan) -> Publication:
    """Decide what may be shown so that nobody can be picked out, with what is shown put together in every way.

    (1) A part of a group with a count below the minimum is withheld. (2) So are parts of further groups, smallest first, until
    nothing withheld is what is left of a total. (3) Score bins are merged likewise. (4) Linear programming finds the range of
    every withheld small count that agrees with all that is shown; more is withheld until each is as wide as the minimum.
    A minimum of 1 withholds nothing. Rounding is not counted on: the outsider is taken to know exact counts.

    Raises:
        BrokenEvidence: the check in step 4 did not end.
    """
    if not len(cells.fine.n):
        return Publication(
            withheld=frozenset(), sizes_withheld=frozenset(), bins={EVERYONE: ()}, primary=0, secondary=0, narrowest_width=None
        )
    # from a minimum of 1 on zeros count as small, so 1 itself must mean that nothing does
    minimum = plan.publication.minimum_cell if plan.publication.minimum_cell > 1 else 0
    asked = layout(plan, cells.fine)
    scopes = _scopes(cells, plan, asked)
    found = [small_parts(table, asked, minimum=minimum) for table in scopes]
    primary = frozenset().union(*(closed.parts for closed, _ in found))
    closed, widths = _secured_cuts(scopes, asked, Closed(parts=primary), [secrets for _, secrets in found], minimum)
    closed, more = _secured_curves(cells, plan, asked, closed, [one for _, secrets in found for one in secrets], minimum)
    width = min(widths + more, default=np.inf)
    withheld = _cuts(closed)
    return Publication(
        withheld=withheld,
        sizes_withheld=_groups(closed, Extra.SIZE),
        bins=_bins(cells, plan, asked, closed),
        primary=len(_cuts(Closed(parts=primary))),
        secondary=len(withheld) - len(_cuts(Closed(parts=primary))),
        narrowest_width=round(float(width), 4) if np.isfinite(width) else None,
        oversight_withheld=_groups(closed, Extra.OVERSIGHT),
        known_only=_groups(closed, Extra.UNKNOWN),
    )


def rounded(count: int, rule: PublicationRule) -> int:
    """The nearest multiple that the rule allows, halves away from zero; a rule of 1 leaves counts as they are."""
    multiple = (2 * abs(count) + rule.round_to) // (2 * rule.round_to) * rule.round_to
    return multiple if count >= 0 else -multiple


def _scopes(cells: Cells, plan: Plan, asked: Layout) -> list[Tables]:
    """The systems of counts that are checked: all groups at once if the cross is not too large, else each set of attributes."""
    whole = _tables(cells, plan.groups, asked, depth=plan.intersect, edges=())
    if whole.unknowns <= MOST_UNKNOWNS:
        return [whole]
    return [_tables(cells, subset, asked, depth=plan.intersect, edges=()) for subset in combinations(plan.groups, plan.intersect)]


def _tables(cells: Cells, attributes: Sequence[str], asked: Layout, *, depth: int, edges: Sequence[float]) -> Tables:
    thresholds = [cut.threshold for cut in asked.scored if cut.threshold is not None]
    at = np.unique(np.array([*edges, *thresholds], dtype=np.float64))
    return tables(cells, attributes, depth=depth, edges=at, keep_decisions=asked.decided is not None)


def _secured_cuts(
    scopes: Sequence[Tables], asked: Layout, closed: Closed, secrets: Sequence[tuple[Secret, ...]], minimum: int
) -> tuple[Closed, list[float]]:
    before = None
    while before != closed:
        before = closed
        for table, kept in zip(scopes, secrets, strict=True):
            closed = close_siblings(table, asked, closed, kept, minimum=minimum)
    widths = []
    for table, kept in zip(scopes, secrets, strict=True):
        closed, width = secure(table, asked, closed, kept, minimum=minimum)
        widths.append(width)
    return closed, widths


def _secured_curves(
    cells: Cells, plan: Plan, asked: Layout, closed: Closed, secrets: Sequence[Secret], minimum: int
) -> tuple[Closed, list[float]]:
    edges = grid(cells, plan)
    nobody = _tables(cells, (), asked, depth=0, edges=edges)
    edges = curve(nobody, 0, edges, asked, closed, minimum=minimum) if edges else ()
    if not edges:
        return closed, []
    closed = curves(nobody, edges, asked, closed, minimum=minimum)
    by_attribute = [_tables(cells, (attribute,), asked, depth=1, edges=edges) for attribute in plan.groups]
    by_attribute = [table for table in by_attribute if len(table.groups) <= MOST_CURVES + 1]
    for table in by_attribute:
        closed = curves(table, edges, asked, closed, minimum=minimum)
    widths = []
    for table in by_attribute:
        kept = [*_moved(table, secrets), *bin_secrets(table, edges, asked, minimum=minimum)]
        closed = merge_bins(table, asked, closed, kept, minimum=minimum)
        closed, width = secure(table, asked, closed, kept, minimum=minimum)
        widths.append(width)
    return closed, widths


def _moved(table: Tables, secrets: Sequence[Secret]) -> Iterator[Secret]:
    """The secrets of a table's own groups, each once, whichever table they were found in."""
    index = {group: i for i, group in enumerate(table.groups)}
    own = {(secret.group, secret.tally): secret for secret in secrets if secret.group in index}
    return (replace(secret, index=index[secret.group]) for secret in own.values())


def _cuts(closed: Closed) -> frozenset[tuple[Group, Cut]]:
    return frozenset((group, part) for group, part in closed.parts if isinstance(part, Cut))


def _groups(closed: Closed, extra: Extra) -> frozenset[Group]:
    return frozenset(group for group, part in closed.parts if part is extra)


def _bins(cells: Cells, plan: Plan, asked: Layout, closed: Closed) -> dict[Group, tuple[float, ...]]:
    groups = (EVERYONE, *(group for attribute in plan.groups for group in _listed(cells, attribute)))
    lowest = float(cells.fine.score.min(initial=np.inf))
    edges = {group: closed.curve(group, asked) for group in groups}
    return {group: (lowest, *inner) if inner else () for group, inner in edges.items()}


def _listed(cells: Cells, name: str) -> Iterator[Group]:
    column = next(i for i, attribute in enumerate(cells.attributes) if attribute.name == name)
    levels = cells.attributes[column].levels
    return (Group(((name, levels[code]),)) for code in np.unique(cells.fine.levels[:, column]))
