"""Two audits side by side: their plans, their questions and their rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose

from habeas.audit.change.plans import plan_changes
from habeas.audit.change.testing import Counted, Measured, from_counts, from_intervals, judged
from habeas.audit.change.values import Changes, Obstacle, QuestionChange, RateChange
from habeas.audit.cuts import cuts
from habeas.audit.estimates import Estimate
from habeas.audit.inference.multiplicity import benjamini_hochberg, holm
from habeas.audit.metrics import DEFINITIONS, Case, Metric
from habeas.audit.result import AuditResult, Comparison, Confusion, GroupRates
from habeas.terms.group import Group

COUNTS_SUFFICE = "Wilson score"
"""The method of a rate whose rows are different people, so that its counts say all there is to say."""

Question = tuple[Metric, Group, Group]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A rate in both audits; `counts`: of the earlier and the later, None where one of them doesn't say all."""

    metric: Metric
    group: Group
    earlier: Estimate
    later: Estimate
    counts: tuple[Counted, Counted] | None


def changes(earlier: AuditResult, later: AuditResult) -> Changes:
    """Everything that differs between two audits, and which of their differences two independent samples show.

    Questions are adjusted by Holm, rates by Benjamini and Hochberg. Nothing is tested where both audits counted the same rows or
    share a file, or state their intervals at different confidence levels: then the tests would mean nothing. Whether they do can be
    seen only where both publish the digests of their counts and files.
    """
    obstacle = _obstacle(earlier, later)
    return Changes(
        earlier=earlier,
        later=later,
        plan=plan_changes(earlier.plan, later.plan),
        obstacle=obstacle,
        questions=_questions(earlier, later, testable=obstacle is None),
        rates=_rates(earlier, later, testable=obstacle is None),
    )


def _obstacle(earlier: AuditResult, later: AuditResult) -> Obstacle | None:
    if earlier.cells_sha256 is not None and earlier.cells_sha256 == later.cells_sha256:
        return Obstacle.SAME_COUNTS
    if _known_files(earlier) & _known_files(later):
        return Obstacle.SHARED_FILE
    return Obstacle.OTHER_CONFIDENCE if earlier.plan.confidence != later.plan.confidence else None


def _known_files(result: AuditResult) -> set[str]:
    return {file.sha256 for file in result.intake.files if file.sha256 is not None}


def _questions(earlier: AuditResult, later: AuditResult, *, testable: bool) -> tuple[QuestionChange, ...]:
    had, has = _asked(earlier), _asked(later)
    asked = [*had, *(question for question in has if question not in had)]
    confidence = later.plan.confidence
    tests = [_difference_test(had.get(question), has.get(question), confidence=confidence) if testable else None for question in asked]
    judgements = judged(tests, adjust=holm, confidence=confidence)
    return tuple(
        QuestionChange(metric=q[0], group=q[1], reference=q[2], earlier=had.get(q), later=has.get(q), change=change)
        for q, change in zip(asked, judgements, strict=True)
    )


def _asked(result: AuditResult) -> dict[Question, Comparison]:
    return {(finding.metric, finding.group, finding.reference): finding for finding in result.findings}


def _difference_test(earlier: Comparison | None, later: Comparison | None, *, confidence: float) -> Measured | None:
    if earlier is None or later is None or earlier.difference is None or later.difference is None:
        return None
    return from_intervals(earlier.difference, later.difference, confidence=confidence)


def _rates(earlier: AuditResult, later: AuditResult, *, testable: bool) -> tuple[RateChange, ...]:
    pairs = list(_shared_rates(earlier, later))
    confidence = later.plan.confidence
    tests: list[Measured | None] = [*_rate_tests(pairs, confidence=confidence)] if testable else [None] * len(pairs)
    judgements = judged(tests, adjust=benjamini_hochberg, confidence=confidence)
    return tuple(
        RateChange(metric=pair.metric, group=pair.group, earlier=pair.earlier, later=pair.later, change=change)
        for pair, change in zip(pairs, judgements, strict=True)
    )


def _shared_rates(earlier: AuditResult, later: AuditResult) -> Iterator[_Pair]:
    """Rates that both published at their cuts in use: of everyone and of the levels of single attributes."""
    had = {rates.group: rates for rates in earlier.groups if rates.cut == cuts(earlier.plan)[0]}
    for has in later.groups:
        if has.cut == cuts(later.plan)[0] and len(has.group.parts) <= 1 and has.group in had:
            yield from _pairs(had[has.group], has)


def _pairs(had: GroupRates, has: GroupRates) -> Iterator[_Pair]:
    estimates = {rate.metric: rate.estimate for rate in had.rates}
    for rate in has.rates:
        before = estimates.get(rate.metric)
        if before is not None and rate.estimate is not None:
            counted, later = _counted(had, rate.metric, before), _counted(has, rate.metric, rate.estimate)
            counts = (counted, later) if counted is not None and later is not None else None
            yield _Pair(metric=rate.metric, group=has.group, earlier=before, later=rate.estimate, counts=counts)


def _rate_tests(pairs: Sequence[_Pair], *, confidence: float) -> list[Measured]:
    counts = {i: pair.counts for i, pair in enumerate(pairs) if pair.counts is not None}
    by_counts = dict(zip(counts, from_counts(list(counts.values()), confidence=confidence), strict=True))
    return [
        by_counts[i] if i in by_counts else from_intervals(pair.earlier, pair.later, confidence=confidence) for i, pair in enumerate(pairs)
    ]


def _counted(rates: GroupRates, metric: Metric, estimate: Estimate) -> Counted | None:
    """The rate's counts; None where they don't say all there is to say: people recur, rows weigh, or counts are rounded."""
    if rates.confusion is None or estimate.method != COUNTS_SUFFICE:
        return None
    rows = _rows(rates.confusion)
    definition = DEFINITIONS[metric]
    hits, trials = sum(rows[case] for case in definition.hits), sum(rows[case] for case in definition.trials)
    return Counted(hits=hits, trials=trials) if trials > 0 and isclose(hits / trials, estimate.value, rel_tol=1e-9) else None


def _rows(confusion: Confusion) -> dict[Case, int]:
    return {
        Case.TRUE_POSITIVE: confusion.true_positives,
        Case.FALSE_POSITIVE: confusion.false_positives,
        Case.FALSE_NEGATIVE: confusion.false_negatives,
        Case.TRUE_NEGATIVE: confusion.true_negatives,
        Case.FLAGGED_UNKNOWN: confusion.flagged_unknown,
        Case.CLEARED_UNKNOWN: confusion.cleared_unknown,
    }
