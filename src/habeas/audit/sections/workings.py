"""Workings: the slices, reference groups and publication limits that every section of an audit looks up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import combinations

import numpy as np

from habeas.audit.cells import ABSENT, Cells, Floats
from habeas.audit.cuts import Cut, CutKind, cuts
from habeas.audit.disclosure import Publication, publication
from habeas.audit.inference.precision import Precision
from habeas.audit.inference.proportions import Proportion
from habeas.audit.measures.rates import proportions
from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan
from habeas.audit.result import Intake
from habeas.audit.slices import Slice, fine_slices, policy_slices
from habeas.errors import BadData
from habeas.terms.group import NOT_RECORDED, Group

MOST_LISTED = 10
"""Up to this many levels are all named in a message; of more, the likeliest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Workings:
    """Everything that sections share.

    `by_policy`: every group's slice at the policy intervals, as counted; `shown`: the same as it may be shown, without unknown
    outcomes where they are too few and rounded where the publication rule says so. `by_score`: everyone's and the one-attribute
    groups' slices with scores kept. `counted`: every rate of every group and cut as counted, which decides verdicts;
    `published_rates`: the same from the counts as they may be shown. `references`: the reference level of each attribute.
    """

    plan: Plan
    intake: Intake
    cells: Cells
    publication: Publication
    precision: Precision
    references: Mapping[str, str]
    by_policy: Mapping[Group, Slice]
    shown: Mapping[Group, Slice]
    by_score: Mapping[Group, Slice]
    counted: Mapping[tuple[Group, Cut], Mapping[Metric, Proportion]]
    published_rates: Mapping[tuple[Group, Cut], Mapping[Metric, Proportion]]

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The plan's cuts; the first is the one in use."""
        return cuts(self.plan)

    @property
    def advice(self) -> Cut | None:
        """The cut that was only advice, where a person decided as well; None where just one of the two is known."""
        first, last = self.cuts[0], self.cuts[-1]
        return first if last.kind is CutKind.DECISION and first.kind is not CutKind.DECISION else None

    def single(self) -> Iterator[Group]:
        """Everyone, then each level of each attribute."""
        return (group for group in self.by_policy if len(group.parts) <= 1)

    def intersections(self) -> Iterator[Group]:
        """Groups defined by more than one attribute."""
        return (group for group in self.by_policy if len(group.parts) > 1)

    def reference_of(self, group: Group) -> Group:
        """The group of the reference levels of the same attributes."""
        return Group(tuple((attribute, self.references[attribute]) for attribute in group.attributes))

    def compared(self, group: Group) -> bool:
        """Whether a group is compared at all: not everyone, not its own reference, and no label of it missing."""
        reference = self.reference_of(group)
        return group.parts != () and not group.has_unrecorded_part and group != reference and reference in self.by_policy

    def published(self, group: Group, cut: Cut) -> bool:
        """Whether the group's numbers at a cut may leave."""
        return (group, cut) not in self.publication.withheld

    def oversight_published(self, group: Group) -> bool:
        """Whether what was decided about the group may be shown by what was advised."""
        both = self.published(group, self.cuts[0]) and self.published(group, self.cuts[-1])
        return both and group not in self.publication.oversight_withheld

    def shown_by_score(self, group: Group) -> Slice:
        """The group's slice by score as it may be shown: with rounding, reduced to the publishable bins first."""
        piece = _publishable(self.by_score[group], self.publication, multiple=1)
        bins = np.array(self.publication.bins.get(group, ()))
        if self.plan.publication.round_to == 1 or not len(bins):
            return piece
        return rounded_slice(_reduced(piece, bins), multiple=self.plan.publication.round_to)


def workings(cells: Cells, intake: Intake, plan: Plan) -> Workings:
    """Lay out everything that the sections of an audit need.

    Raises:
        BadData: a declared reference level isn't in the data.
    """
    sets = [subset for size in range(plan.intersect + 1) for subset in combinations(plan.groups, size)]
    by_policy = {piece.group: piece for subset in sets for piece in policy_slices(cells, subset)}
    by_score = {piece.group: piece for subset in sets if len(subset) <= 1 for piece in fine_slices(cells, subset)}
    rows_per_person = 1.0 if not intake.persons else max(intake.rows / intake.persons, 1.0)
    precision = Precision(confidence=plan.confidence, rows_per_person=rows_per_person)
    allowed = publication(cells, plan)
    counted = _rates(by_policy, cuts(plan), precision)
    shown = {group: _publishable(piece, allowed, multiple=plan.publication.round_to) for group, piece in by_policy.items()}
    changed = {group: piece for group, piece in shown.items() if piece is not by_policy[group]}
    return Workings(
        plan=plan,
        intake=intake,
        cells=cells,
        publication=allowed,
        precision=precision,
        references={attribute: _reference(attribute, plan, by_policy) for attribute in plan.groups},
        by_policy=by_policy,
        shown=shown,
        by_score=by_score,
        counted=counted,
        published_rates={**counted, **_rates(changed, cuts(plan), precision)},
    )


def rounded_slice(piece: Slice, *, multiple: int) -> Slice:
    """The slice with each count rounded to a multiple, halves away from zero, and weights in proportion."""
    if multiple == 1:
        return piece
    n = np.floor(piece.n / multiple + 0.5) * multiple
    share = np.divide(n, piece.n, out=np.zeros_like(n), where=piece.n > 0)
    return replace(piece, n=n, weight=piece.weight * share, weight_squared=piece.weight_squared * share)


def _rates(
    pieces: Mapping[Group, Slice], asked: tuple[Cut, ...], precision: Precision
) -> Mapping[tuple[Group, Cut], Mapping[Metric, Proportion]]:
    return {(group, cut): proportions(piece, cut, precision=precision) for group, piece in pieces.items() for cut in asked}


def _publishable(piece: Slice, allowed: Publication, *, multiple: int) -> Slice:
    """The slice as it may be shown: without unknown outcomes where they are too few, and rounded as the plan says."""
    known = _known_only(piece) if piece.group in allowed.known_only else piece
    return rounded_slice(known, multiple=multiple)


def _known_only(piece: Slice) -> Slice:
    """The slice of the rows whose outcome is known."""
    n, weight, squared = (table.copy() for table in (piece.n, piece.weight, piece.weight_squared))
    buckets = None if piece.buckets is None else piece.buckets.copy()
    for table in (n, weight, squared, *(() if buckets is None else (buckets,))):
        table[:, :, ABSENT] = 0
    return replace(piece, n=n, weight=weight, weight_squared=squared, buckets=buckets)


def _reduced(piece: Slice, bins: Floats) -> Slice:
    which = np.clip(np.searchsorted(bins, piece.scores, side="right") - 1, 0, None)

    def gather(table: Floats) -> Floats:
        gathered = np.zeros((len(bins), *table.shape[1:]))
        np.add.at(gathered, which, table)
        return gathered

    return replace(piece, scores=bins, n=gather(piece.n), weight=gather(piece.weight), weight_squared=gather(piece.weight_squared))


def _reference(attribute: str, plan: Plan, by_policy: Mapping[Group, Slice]) -> str:
    levels = {group.parts[0][1]: piece.rows for group, piece in by_policy.items() if group.attributes == (attribute,)}
    declared = plan.reference_level(attribute)
    if declared is None:
        recorded = {level: rows for level, rows in levels.items() if level != NOT_RECORDED} or levels
        return max(sorted(recorded), key=lambda level: recorded[level])
    if declared not in levels:
        near = get_close_matches(declared, levels, n=1) if len(levels) > MOST_LISTED else []
        hint = f"did you mean {near[0]}?" if near else f"its levels are {', '.join(sorted(levels)[:MOST_LISTED])}"
        raise BadData(f"reference: expected a level of {attribute} that is in the data; got {declared}: {hint}")
    return declared
