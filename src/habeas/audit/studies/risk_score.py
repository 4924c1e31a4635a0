"""The study of a risk score: does it, or what was decided with it, treat groups of people differently, and what did it mean for them.

REQUIRED names the columns without which nothing can be assessed; CAVEATS what no such audit can tell; `assess` does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from habeas.audit.cells import Cells
from habeas.audit.cuts import Cut
from habeas.audit.measures.balance import balance
from habeas.audit.measures.calibration import calibrate
from habeas.audit.measures.comparing import confirmatory_contrasts, exploratory_contrasts
from habeas.audit.measures.discrimination import auc_difference, discriminate
from habeas.audit.measures.disparities import confirm, explore, overall
from habeas.audit.measures.oversight import compare_oversight, oversee
from habeas.audit.measures.rates import group_rates
from habeas.audit.measures.screening import screen_intersections
from habeas.audit.measures.stratified import compare_within_strata
from habeas.audit.measures.sweeps import sweep
from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan
from habeas.audit.result import (
    AuditResult,
    Balance,
    Calibration,
    Caveat,
    Comparison,
    Discrimination,
    GroupRates,
    Intake,
    Oversight,
    OversightComparison,
    Sweep,
    Withheld,
)
from habeas.audit.sensitivity.section import label_biases, unknown_outcome_bounds, unrecorded_label_bounds
from habeas.audit.studies.caveats import caveats
from habeas.audit.workings import Workings, workings
from habeas.terms.group import Group

REQUIRED = ("score, recommendation or decision", "at least one column of group labels")

CAVEATS = (
    Caveat(
        code="outcome-is-a-record",
        text="An outcome is what was recorded (an arrest, a charge), not what happened; recording differs by place and by group.",
    ),
    Caveat(
        code="no-cause",
        text="A disparity says that groups were treated differently, not why; strata compare like with like as far as they are recorded.",
    ),
    Caveat(
        code="no-approval",
        text="Equality in these rates is not a licence: other rates, other groups and the use itself may still do wrong.",
    ),
)

SWEPT = (Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE, Metric.SELECTION_RATE, Metric.POSITIVE_PREDICTIVE_VALUE)


def assess(cells: Cells, intake: Intake, *, plan: Plan, plan_sha256: str, rng: np.random.Generator) -> AuditResult:
    """Everything the cells can say about the plan's questions, fit for publication.

    `rng` drives the simultaneous bands only; the same seed gives the same bytes.

    Raises:
        BadData: a declared reference level isn't in the data.
    """
    work = workings(cells, intake, plan)
    findings = confirm(confirmatory_contrasts(work), confidence=plan.confidence)
    first = work.cuts[0]
    return AuditResult(
        plan=plan,
        plan_sha256=plan_sha256,
        cells_sha256=cells.digest(),
        intake=intake,
        verdict=overall(findings),
        findings=findings,
        exploratory=_shown(explore(exploratory_contrasts(work), confidence=plan.confidence)),
        groups=tuple(_rates(work, group, cut) for group in work.by_policy for cut in work.cuts),
        discrimination=tuple(_discrimination(work)),
        sweeps=tuple(_sweeps(work, rng)),
        calibration=tuple(_calibration(work)),
        stratified=compare_within_strata(work),
        screening=screen_intersections(work),
        unrecorded=unrecorded_label_bounds(work, findings),
        unknown_outcomes=unknown_outcome_bounds(work, findings),
        label_bias=label_biases(work, findings),
        balance=tuple(_balances(work, first)),
        oversight=tuple(_oversight(work)),
        oversight_comparisons=tuple(_oversight_comparisons(work)),
        withheld=_withheld(work),
        caveats=(*caveats(work), *CAVEATS),
    )


def _shown(compared: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Withheld comparisons count in the family, but have nothing to show outside the declared questions."""
    return tuple(comparison for comparison in compared if not comparison.withheld)


def _withheld(work: Workings) -> Withheld:
    found = work.publication
    return Withheld(primary=found.primary, secondary=found.secondary, narrowest_width=found.narrowest_width)


def _rates(work: Workings, group: Group, cut: Cut) -> GroupRates:
    if work.published(group, cut):
        return group_rates(work.shown(group), cut, rates=work.published_rates[group, cut], confidence=work.plan.confidence)
    size = None if group in work.publication.sizes_withheld else round(float(work.shown(group).n.sum()))
    return GroupRates(group=group, cut=cut, rows=size, withheld=True)


def _discrimination(work: Workings) -> Iterator[Discrimination]:
    if work.cells.grid is None or work.plan.score is None:
        return
    for group in work.single():
        bins = work.publication.bins.get(group, ())
        if not bins:
            yield Discrimination(group=group, withheld=True)
            continue
        reference = work.reference_of(group)
        compared = work.compared(group) and bool(work.publication.bins.get(reference, ()))
        piece = work.shown_by_score(group)
        difference = auc_difference(piece, work.shown_by_score(reference), precision=work.precision) if compared else None
        found = discriminate(piece, grid=work.cells.grid, precision=work.precision, bins=bins)
        yield Discrimination(
            group=group, auc=found.auc, binning_bound=found.binning_bound, difference=difference, curve=found.curve, withheld=found.withheld
        )


def _calibration(work: Workings) -> Iterator[Calibration]:
    if work.plan.score is None:
        return
    for group in work.single():
        bins = work.publication.bins.get(group, ())
        if bins:
            piece = work.shown_by_score(group)
            yield calibrate(piece, score=work.plan.score, grid=work.cells.grid, precision=work.precision, bins=bins)
        else:
            yield Calibration(group=group, withheld=True)


def _sweeps(work: Workings, rng: np.random.Generator) -> Iterator[Sweep]:
    if work.plan.score is None:
        return
    for group in work.single():
        bins = work.publication.bins.get(group, ())
        for metric in SWEPT if bins else ():
            yield sweep(work.shown_by_score(group), metric, thresholds=bins, precision=work.precision, rng=rng)


def _balances(work: Workings, cut: Cut) -> Iterator[Balance]:
    for group in work.single():
        found = balance(work.shown(group), cut, precision=work.precision) if work.published(group, cut) else None
        if found is not None:
            yield found


def _oversight(work: Workings) -> Iterator[Oversight]:
    if work.advice is None:
        return
    for group in work.single():
        if work.published(group, work.cuts[-1]):
            yield oversee(work.shown(group), work.advice, precision=work.precision)


def _oversight_comparisons(work: Workings) -> Iterator[OversightComparison]:
    if work.advice is None:
        return
    for group in work.single():
        reference = work.reference_of(group)
        if work.compared(group) and work.published(group, work.cuts[-1]) and work.published(reference, work.cuts[-1]):
            yield from compare_oversight(work.shown(group), work.shown(reference), work.advice, precision=work.precision)
