"""Comparison of like with like: the declared questions again, within strata such as the same offence or the same force."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from habeas.audit.cells import Floats
from habeas.audit.cuts import Cut
from habeas.audit.inference.stratified import mantel_haenszel
from habeas.audit.measures.rates import proportions
from habeas.audit.metrics import Metric
from habeas.audit.result import Stratified
from habeas.audit.sections.workings import Workings
from habeas.audit.slices import Slice, policy_slices
from habeas.terms.group import Group


def compare_within_strata(work: Workings) -> tuple[Stratified, ...]:
    """Each declared question pooled over strata by Mantel and Haenszel; without strata, none.

    Counts are the effective ones, so that rows of the same person don't pass for many people.
    """
    if not work.plan.strata:
        return ()
    found: list[Stratified] = []
    for question in work.plan.confirmatory:
        pieces = {piece.group: piece for piece in policy_slices(work.cells, [question.by, *work.plan.strata])}
        groups = (group for group in work.single() if group.attributes == (question.by,) and work.compared(group))
        found.extend(_compare(work, pieces, group, question.metric) for group in groups)
    return tuple(found)


def _compare(work: Workings, pieces: Mapping[Group, Slice], group: Group, metric: Metric) -> Stratified:
    cut, reference = work.cuts[0], work.reference_of(group)
    withheld = not (work.published(group, cut) and work.published(reference, cut))
    pooled = mantel_haenszel(_tables(work, pieces, group, cut, metric), confidence=work.plan.confidence)
    return Stratified(
        metric=metric,
        cut=cut,
        group=group,
        reference=reference,
        strata=work.plan.strata,
        strata_used=pooled.strata_used,
        odds_ratio=None if withheld else pooled.odds_ratio,
        difference=None if withheld else pooled.difference,
        p_value=None if withheld else pooled.p_value,
        p_same_in_all_strata=None if withheld else pooled.p_same,
        withheld=withheld,
    )


def _tables(work: Workings, pieces: Mapping[Group, Slice], group: Group, cut: Cut, metric: Metric) -> Floats:
    """(S, 2, 2): group and reference by hits and misses, for every stratum that has people of both."""
    tables = []
    for within, piece in pieces.items():
        if within.parts[:1] != group.parts:
            continue
        other = pieces.get(Group((*work.reference_of(group).parts, *within.parts[1:])))
        if other is not None:
            rows = [proportions(one, cut, metrics=(metric,), precision=work.precision)[metric] for one in (piece, other)]
            tables.append([[_hits(row.value, row.effective), row.effective - _hits(row.value, row.effective)] for row in rows])
    return np.array(tables).reshape(-1, 2, 2)


def _hits(value: float, effective: float) -> float:
    return value * effective if effective > 0 else 0.0
