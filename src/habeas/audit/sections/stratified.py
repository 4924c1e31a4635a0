"""Comparison of like with like: the declared questions again, within strata such as the same offence or the same force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from habeas.audit.cells import Floats, Ints
from habeas.audit.cuts import Cut
from habeas.audit.inference.clusters import effective_counts
from habeas.audit.inference.proportions import Proportion
from habeas.audit.inference.stratified import mantel_haenszel
from habeas.audit.measures.rates import proportions
from habeas.audit.metrics import DEFINITIONS, Metric
from habeas.audit.result import Stratified
from habeas.audit.sections.workings import Workings, rounded_slice
from habeas.audit.slices import Slice, confusion, policy_slices
from habeas.terms.group import Group


def compare_within_strata(work: Workings) -> tuple[Stratified, ...]:
    """Each declared question pooled over strata by Mantel and Haenszel; without strata, none.

    Counts are the effective ones, so that rows of the same person don't pass for many people.
    """
    if not work.plan.strata:
        return ()
    found: list[Stratified] = []
    for question in work.plan.confirmatory:
        multiple = work.plan.publication.round_to
        counted = policy_slices(work.cells, [question.by, *work.plan.strata])
        pieces = {piece.group: rounded_slice(piece, multiple=multiple) for piece in counted}
        groups = (group for group in work.single() if group.attributes == (question.by,) and work.compared(group))
        found.extend(_compare(work, pieces, group, question.metric) for group in groups)
    return tuple(found)


def _compare(work: Workings, pieces: Mapping[Group, Slice], group: Group, metric: Metric) -> Stratified:
    cut, reference = work.cuts[0], work.reference_of(group)
    strata = _strata(work, pieces, group)
    published = work.published(group, cut) and work.published(reference, cut) and _large_enough(work, strata, group, cut, metric)
    bare = Stratified(
        metric=metric,
        cut=cut,
        group=group,
        reference=reference,
        strata=work.plan.strata,
        strata_used=len(strata),
        odds_ratio=None,
        difference=None,
        p_value=None,
        p_same_in_all_strata=None,
        withheld=not published,
    )
    if not published:
        return bare
    pooled = mantel_haenszel(_tables(work, strata, cut, metric), confidence=work.plan.confidence)
    return replace(
        bare,
        strata_used=pooled.strata_used,
        odds_ratio=pooled.odds_ratio,
        difference=pooled.difference,
        p_value=pooled.p_value,
        p_same_in_all_strata=pooled.p_same,
    )


def _strata(work: Workings, pieces: Mapping[Group, Slice], group: Group) -> list[tuple[Slice, Slice]]:
    """Group and reference of every stratum that has people of both."""
    found = []
    for within, piece in pieces.items():
        other = pieces.get(Group((*work.reference_of(group).parts, *within.parts[1:])))
        if within.parts[:1] == group.parts and other is not None:
            found.append((piece, other))
    return found


def _large_enough(work: Workings, strata: Sequence[tuple[Slice, Slice]], group: Group, cut: Cut, metric: Metric) -> bool:
    """Whether hits and misses of both sides are enough in each stratum, and in what the strata leave out, to be published.

    A pooled figure and what is known of the whole could otherwise be solved for a stratum with few people.
    """
    minimum = work.plan.publication.minimum_cell
    if metric is Metric.SELECTION_RATE and work.publication.known_only & {group, work.reference_of(group)}:
        return False  # unknown outcomes of these groups are too few to be counted anywhere
    for side, whole in enumerate((work.by_policy[group], work.by_policy[work.reference_of(group)])):
        within = np.array([_hits_and_misses(pair[side], cut, metric) for pair in strata]).reshape(-1, 2)
        left_out = _hits_and_misses(whole, cut, metric) - within.sum(axis=0)
        if minimum > 1 and ((within < minimum).any() or ((left_out > 0) & (left_out < minimum)).any()):
            return False
    return True


def _hits_and_misses(piece: Slice, cut: Cut, metric: Metric) -> Ints:
    counted, definition = confusion(piece, cut), DEFINITIONS[metric]
    hits, trials = (sum(counted[case] for case in part) for part in (definition.hits, definition.trials))
    return np.array([hits, trials - hits])


def _tables(work: Workings, strata: Sequence[tuple[Slice, Slice]], cut: Cut, metric: Metric) -> Floats:
    """(S, 2, 2): group and reference by hits and misses, in independent rows."""
    tables = [effective_counts([_rate(work, side, cut, metric) for side in pair]) for pair in strata]
    return np.array([np.column_stack([hits, trials - hits]) for hits, trials in tables]).reshape(-1, 2, 2)


def _rate(work: Workings, piece: Slice, cut: Cut, metric: Metric) -> Proportion:
    return proportions(piece, cut, metrics=(metric,), precision=work.precision)[metric]
