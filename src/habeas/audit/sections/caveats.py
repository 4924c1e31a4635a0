"""Caveats that depend on what came in: how the data were made limits what any number can mean."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.result import Caveat
from habeas.audit.sections.comparing import unanswered
from habeas.audit.sections.workings import Workings
from habeas.terms.group import EVERYONE, NOT_RECORDED, Group


def caveats(work: Workings) -> tuple[Caveat, ...]:
    """Every limit that this plan and these rows put on the result, most telling first."""
    found = (*_design(work), *_outcomes(work), *_labels(work), *_scores(work))
    return (*found, *(Caveat(code="data", text=warning) for warning in work.intake.warnings))


def _design(work: Workings) -> Iterator[Caveat]:
    plan = work.plan
    if not plan.confirmatory:
        yield Caveat(code="nothing-declared", text="No question was declared before looking, so everything here is exploratory.")
    for question in unanswered(work):
        name = question.metric.value.replace("_", " ")
        yield Caveat(code="unanswered", text=f"The declared question of {name} by {question.by} has nothing to compare in these data.")
    if not plan.auditor.independent:
        yield Caveat(code="not-independent", text="The auditor declares not to be independent of those audited.")
    if plan.columns.person is None:
        text = "Rows don't name persons, so each is taken to be a different person; if people recur, intervals are too narrow."
        yield Caveat(code="rows-as-people", text=text)
    if plan.columns.weight is not None:
        yield Caveat(code="weighted", text=f"Rates are weighted by {plan.columns.weight}; counts of rows are not.")
    if work.plan.publication.round_to > 1:
        text = f"Published counts are rounded to a multiple of {plan.publication.round_to}; verdicts were computed before rounding."
        yield Caveat(code="rounded", text=text)


def _outcomes(work: Workings) -> Iterator[Caveat]:
    by_outcome = work.by_policy[EVERYONE].n.sum(axis=(0, 1))
    known = by_outcome[NO] + by_outcome[YES]
    if known == 0:
        yield Caveat(code="no-outcomes", text="No outcome is known, so only selection rates can be compared; error rates can't.")
    elif not by_outcome[NO] or not by_outcome[YES]:
        word = "happened" if by_outcome[YES] else "did not happen"
        yield Caveat(code="one-outcome", text=f"The outcome {word} for everyone, so most error rates have no cases to rest on.")
    if known and by_outcome[ABSENT]:
        few = EVERYONE in work.publication.known_only
        share = "a few" if few else f"{by_outcome[ABSENT] / by_outcome.sum():.1%} of"
        text = f"The outcome is unknown for {share} rows; if that depends on the decision, rates among the known mislead."
        yield Caveat(code="unknown-outcomes", text=text)


def _labels(work: Workings) -> Iterator[Caveat]:
    rows = work.by_policy[EVERYONE].rows
    for attribute in work.plan.groups:
        missing = work.by_policy.get(Group(((attribute, NOT_RECORDED),)))
        if missing is not None:
            share = "a few" if missing.group in work.publication.sizes_withheld else f"{missing.rows / rows:.1%} of"
            text = f"{attribute} is not recorded for {share} rows; they are kept as a group of their own."
            yield Caveat(code="unrecorded", text=text)
        if sum(group.attributes == (attribute,) for group in work.by_policy) == 1:
            yield Caveat(code="one-group", text=f"{attribute} has a single level, so nothing can be compared by it.")


def _scores(work: Workings) -> Iterator[Caveat]:
    grid = work.cells.grid
    if grid is not None and grid.bins is not None:
        text = f"Scores were binned between {grid.bins} equal edges; rates at declared thresholds stay exact, AUC is given with its bound."
        yield Caveat(code="binned", text=text)
    if work.plan.score is not None and not work.plan.score.probability and work.plan.columns.score is not None:
        text = "The score does not claim to be a probability, so calibration is shown as a curve only, without slope or Brier score."
        yield Caveat(code="not-a-probability", text=text)
