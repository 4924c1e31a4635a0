"""The study of a risk score: does it, or what was decided with it, treat groups of people differently, and what did it mean for them.

REQUIRED names the columns without which nothing can be assessed; CAVEATS what no such audit can tell; `assess` does the rest.
"""

from __future__ import annotations

import numpy as np

from habeas.audit.cells import Cells
from habeas.audit.measures.disparities import confirm, explore, overall
from habeas.audit.plan import Plan
from habeas.audit.result import AuditResult, Caveat, Comparison, Intake, Withheld
from habeas.audit.sections.caveats import caveats
from habeas.audit.sections.comparing import confirmatory_contrasts, exploratory_contrasts, unanswered
from habeas.audit.sections.digests import digests_are_safe, without_digests
from habeas.audit.sections.doubts import label_biases, unknown_outcome_bounds, unrecorded_label_bounds
from habeas.audit.sections.people import balances, oversight, oversight_comparisons, rates
from habeas.audit.sections.scores import calibration, discrimination, sweeps
from habeas.audit.sections.screening import screen_intersections
from habeas.audit.sections.stratified import compare_within_strata
from habeas.audit.sections.workings import Workings, workings

REQUIRED = ("score, recommendation or decision", "at least one column of group labels")

CAVEATS = (
    Caveat(
        code="outcome-is-a-record",
        text="An outcome is what was recorded (an arrest, a charge), not what happened; recording differs by place and by group.",
    ),
    Caveat(
        code="no-cause",
        text="A disparity says that rates differ between groups, not why; strata compare like with like as far as they are recorded.",
    ),
    Caveat(
        code="no-approval",
        text="Equality in these rates is not a licence: other rates, other groups and the use itself may still do wrong.",
    ),
)


def assess(cells: Cells, intake: Intake, *, plan: Plan, plan_sha256: str, rng: np.random.Generator) -> AuditResult:
    """Everything the cells can say about the plan's questions, fit for publication.

    `rng` drives the simultaneous bands only; the same seed gives the same bytes.

    Raises:
        BadData: a declared reference level isn't in the data.
    """
    work = workings(cells, intake, plan)
    findings = confirm(confirmatory_contrasts(work), confidence=plan.confidence)
    safe = digests_are_safe(work)
    return AuditResult(
        plan=plan,
        plan_sha256=plan_sha256,
        cells_sha256=cells.digest() if safe else None,
        intake=intake if safe else without_digests(intake),
        verdict=overall(findings, answered=not unanswered(work)),
        findings=findings,
        exploratory=_shown(explore(exploratory_contrasts(work), confidence=plan.confidence)),
        groups=tuple(rates(work)),
        discrimination=tuple(discrimination(work)),
        sweeps=tuple(sweeps(work, rng)),
        calibration=tuple(calibration(work)),
        stratified=compare_within_strata(work),
        screening=screen_intersections(work),
        unrecorded=unrecorded_label_bounds(work, findings),
        unknown_outcomes=unknown_outcome_bounds(work, findings),
        label_bias=label_biases(work, findings),
        balance=tuple(balances(work)),
        oversight=tuple(oversight(work)),
        oversight_comparisons=tuple(oversight_comparisons(work)),
        withheld=_withheld(work),
        caveats=(*caveats(work), *CAVEATS),
    )


def _shown(compared: tuple[Comparison, ...]) -> tuple[Comparison, ...]:
    """Withheld comparisons count in the family, but have nothing to show outside the declared questions."""
    return tuple(comparison for comparison in compared if not comparison.withheld)


def _withheld(work: Workings) -> Withheld:
    found = work.publication
    return Withheld(primary=found.primary, secondary=found.secondary, narrowest_width=found.narrowest_width)
