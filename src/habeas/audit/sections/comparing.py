"""Which comparisons an audit makes: the declared questions, and everything else that its groups and cuts allow."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.audit.cuts import Cut
from habeas.audit.measures.disparities import Contrast
from habeas.audit.metrics import Metric
from habeas.audit.plan import Question, Tolerance
from habeas.audit.sections.workings import Workings
from habeas.terms.group import Group


def confirmatory_contrasts(work: Workings) -> tuple[Contrast, ...]:
    """The declared questions at the cut in use: each level of the attribute against its reference level."""
    return tuple(
        contrast(work, group, work.cuts[0], question.metric, tolerance=question.tolerance)
        for question in work.plan.confirmatory
        for group in work.single()
        if group.attributes == (question.by,) and work.compared(group)
    )


def unanswered(work: Workings) -> tuple[Question, ...]:
    """Declared questions for which the data have nobody to compare: an attribute with one level, or with labels all missing."""
    asked = {group.attributes for group in work.single() if work.compared(group)}
    return tuple(question for question in work.plan.confirmatory if (question.by,) not in asked)


def exploratory_contrasts(work: Workings) -> tuple[Contrast, ...]:
    """Every other metric, level and cut; intersections at the cut in use."""
    declared = {(question.metric, question.by) for question in work.plan.confirmatory}
    return tuple(
        contrast(work, group, cut, metric)
        for group, cut in _groups_and_cuts(work)
        for metric in Metric
        if not (cut == work.cuts[0] and len(group.parts) == 1 and (metric, group.attributes[0]) in declared)
        # the base rate doesn't depend on the cut: asked once
        and not (metric is Metric.BASE_RATE and cut != work.cuts[0])
    )


def contrast(work: Workings, group: Group, cut: Cut, metric: Metric, *, tolerance: Tolerance | None = None) -> Contrast:
    """A group and its reference in one metric, as counted and as it may be shown."""
    reference = work.reference_of(group)
    return Contrast(
        metric=metric,
        cut=cut,
        group=group,
        reference_group=reference,
        one=work.counted[group, cut][metric],
        reference=work.counted[reference, cut][metric],
        shown_one=work.published_rates[group, cut][metric],
        shown_reference=work.published_rates[reference, cut][metric],
        tolerance=tolerance,
        withheld=not (work.published(group, cut) and work.published(reference, cut)),
    )


def _groups_and_cuts(work: Workings) -> Iterator[tuple[Group, Cut]]:
    for group in work.by_policy:
        if work.compared(group):
            yield from ((group, cut) for cut in (work.cuts if len(group.parts) == 1 else work.cuts[:1]))
