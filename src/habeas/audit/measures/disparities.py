"""Disparities: a group against its reference group, and what may be said of it.

A comparison is *shown different* when equality is refuted (p-value adjusted over its family), *shown equal* when a disparity as
large as the declared tolerance is refuted on both sides (adjusted likewise), and otherwise this sample cannot tell. Where both
hold, the disparity is real and smaller than the tolerance: shown equal within it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from habeas.audit.cells import Floats
from habeas.audit.cuts import Cut
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import compare, interval
from habeas.audit.inference.multiplicity import benjamini_hochberg, holm
from habeas.audit.inference.power import detectable_difference
from habeas.audit.inference.proportions import Proportion
from habeas.audit.inference.score import p_different, p_reaches
from habeas.audit.metrics import Metric
from habeas.audit.plan import Tolerance
from habeas.audit.result import Caveat, Comparison, Verdict
from habeas.terms.group import Group

Adjustment = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contrast:
    """One group and its reference in one metric, not yet judged.

    `one`, `reference`: as counted, which decides the verdict. `shown_one`, `shown_reference`: as published (the same unless the
    publication rule rounds). `withheld`: the numbers may not be shown.
    """

    metric: Metric
    cut: Cut
    group: Group
    reference_group: Group
    one: Proportion
    reference: Proportion
    shown_one: Proportion
    shown_reference: Proportion
    tolerance: Tolerance | None = None
    withheld: bool = False


def confirm(contrasts: Sequence[Contrast], *, confidence: float) -> tuple[Comparison, ...]:
    """Judge the family declared in advance: Holm keeps the chance of any false 'shown different' at 1 - confidence."""
    least_alpha = (1 - confidence) / max(len(contrasts), 1)
    return _judge(contrasts, confidence=confidence, adjust=holm, confirmatory=True, power_confidence=1 - least_alpha)


def explore(contrasts: Sequence[Contrast], *, confidence: float) -> tuple[Comparison, ...]:
    """Judge everything else: Benjamini-Hochberg keeps the expected share of false 'shown different' at 1 - confidence."""
    return _judge(contrasts, confidence=confidence, adjust=benjamini_hochberg, confirmatory=False, power_confidence=confidence)


def overall(findings: Sequence[Comparison]) -> Verdict:
    """The verdict on the family: different if any is, equal if all are, otherwise (or with nothing declared) it cannot tell."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.SHOWN_DIFFERENT in verdicts:
        return Verdict.SHOWN_DIFFERENT
    return Verdict.SHOWN_EQUAL if verdicts == {Verdict.SHOWN_EQUAL} else Verdict.CANNOT_TELL


def _judge(
    contrasts: Sequence[Contrast], *, confidence: float, adjust: Adjustment, confirmatory: bool, power_confidence: float
) -> tuple[Comparison, ...]:
    if not contrasts:
        return ()
    counts = _effective_counts(contrasts)
    p_values = p_different(*counts)
    adjusted = adjust(p_values)
    p_equal = _p_equal(contrasts, counts, adjust)
    detectable = detectable_difference(
        reference_rate=counts[2] / np.maximum(counts[3], 1), trials=counts[1], reference_trials=counts[3], confidence=power_confidence
    )
    judged = zip(contrasts, p_values, adjusted, p_equal, detectable, strict=True)
    return tuple(
        _comparison(c, p=float(p), p_adjusted=float(pa), p_equal=pe, detectable=float(d), confidence=confidence, confirmatory=confirmatory)
        for c, p, pa, pe, d in judged
    )


def _effective_counts(contrasts: Sequence[Contrast]) -> tuple[Floats, Floats, Floats, Floats]:
    def column(pick: Callable[[Contrast], Proportion]) -> tuple[Floats, Floats]:
        trials = np.array([pick(c).effective for c in contrasts])
        values = np.array([pick(c).value if pick(c).trials > 0 else 0.0 for c in contrasts])
        return values * trials, trials

    return *column(lambda c: c.one), *column(lambda c: c.reference)


def _p_equal(contrasts: Sequence[Contrast], counts: tuple[Floats, Floats, Floats, Floats], adjust: Adjustment) -> list[float | None]:
    """Adjusted over those with a tolerance; None for the rest."""
    found: list[float | None] = [None] * len(contrasts)
    asked = [i for i, contrast in enumerate(contrasts) if contrast.tolerance is not None]
    raw = [_p_reaches(contrasts[i].tolerance, [column[i] for column in counts]) for i in asked]
    for i, p in zip(asked, adjust(np.array(raw)), strict=True):
        found[i] = float(p)
    return found


def _p_reaches(tolerance: Tolerance | None, counts: Sequence[float]) -> float:
    return 1.0 if tolerance is None else float(p_reaches(*counts, tolerance=tolerance))


def _comparison(
    contrast: Contrast, *, p: float, p_adjusted: float, p_equal: float | None, detectable: float, confidence: float, confirmatory: bool
) -> Comparison:
    verdict = _verdict(p_adjusted=p_adjusted, p_equal=p_equal, alpha=1 - confidence)
    bare = Comparison(
        metric=contrast.metric,
        cut=contrast.cut,
        group=contrast.group,
        reference=contrast.reference_group,
        verdict=verdict,
        confirmatory=confirmatory,
        tolerance=contrast.tolerance,
        withheld=contrast.withheld,
    )
    if contrast.withheld:
        return bare
    difference, ratio = compare(contrast.shown_one, contrast.shown_reference, confidence=confidence)
    return Comparison(
        metric=contrast.metric,
        cut=contrast.cut,
        group=contrast.group,
        reference=contrast.reference_group,
        verdict=verdict,
        confirmatory=confirmatory,
        group_rate=interval(contrast.shown_one, confidence=confidence),
        reference_rate=interval(contrast.shown_reference, confidence=confidence),
        difference=difference,
        ratio=ratio,
        p_value=p,
        p_adjusted=p_adjusted,
        p_equal=p_equal,
        detectable=detectable,
        tolerance=contrast.tolerance,
        beyond_tolerance=_beyond(contrast.tolerance, difference=difference, ratio=ratio),
        caveats=_caveats(contrast, verdict),
    )


def _verdict(*, p_adjusted: float, p_equal: float | None, alpha: float) -> Verdict:
    if p_equal is not None and p_equal <= alpha:
        return Verdict.SHOWN_EQUAL
    return Verdict.SHOWN_DIFFERENT if p_adjusted <= alpha else Verdict.CANNOT_TELL


def _beyond(tolerance: Tolerance | None, *, difference: Estimate | None, ratio: Estimate | None) -> bool:
    if tolerance is None or difference is None:
        return False
    if tolerance.difference is not None:
        return difference.low > tolerance.difference or difference.high < -tolerance.difference
    most = tolerance.ratio if tolerance.ratio is not None else np.inf
    return ratio is not None and bool(ratio.low > most or ratio.high < 1 / most)


def _caveats(contrast: Contrast, verdict: Verdict) -> tuple[Caveat, ...]:
    found = []
    if min(contrast.one.trials, contrast.reference.trials) <= 0:
        found.append(Caveat(code="no-cases", text="One of the two groups has no such cases, so there is nothing to compare."))
    if verdict is Verdict.CANNOT_TELL and contrast.tolerance is None:
        found.append(Caveat(code="no-tolerance", text="No tolerance was declared, so equality could not have been shown."))
    return tuple(found)
