"""Disparities: a group against its reference group, and what may be said of it.

A comparison is *shown different* when equality is refuted (p-value adjusted over its family), *shown equal* when a disparity as
large as the declared tolerance is refuted on both sides (adjusted likewise), and otherwise this sample cannot tell. Where both
hold, the disparity is real and smaller than the tolerance: shown equal within it.

Where tolerances are declared, both kinds of claim can be false, so each has half of the error that the confidence allows: the
chance that a declared family holds any false claim, of either kind, is at most 1 - confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from habeas.audit.cells import Floats
from habeas.audit.cuts import Cut
from habeas.audit.estimates import Estimate
from habeas.audit.inference.clusters import comparisons, effective_counts, intervals, p_values_of_disparity, p_values_of_equality
from habeas.audit.inference.multiplicity import benjamini_hochberg, holm
from habeas.audit.inference.power import detectable_difference, rows_needed
from habeas.audit.inference.proportions import Proportion
from habeas.audit.inference.score import FEW
from habeas.audit.metrics import Metric
from habeas.audit.plan import Tolerance
from habeas.audit.result import Caveat, Comparison, Verdict
from habeas.terms.group import Group

Adjustment = Callable[[Floats], Floats]

EXACT_BELOW = 1000.0
"""Declared questions are tested exactly (Fisher) up to this many expected cases, beyond which the score test gives the same.

So no approximation stands between a small group and a false alarm (docs/explanation/validity.md has the measured rates)."""

LEAST_ROUGH = 0.001
"""The smallest p-value that is told where counts are rounded or partly hidden."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """How a family of comparisons is judged: its adjustment, its test, and the confidence at which its power is told."""

    confirmatory: bool
    adjust: Adjustment
    exact_below: float
    confidence: float
    power_confidence: float


def confirm(contrasts: Sequence[Contrast], *, confidence: float) -> tuple[Comparison, ...]:
    """Judge the family declared in advance: Holm keeps the chance of any false claim, of either kind, at 1 - confidence."""
    kinds = 2 if any(contrast.tolerance is not None for contrast in contrasts) else 1
    least_alpha = (1 - confidence) / max(len(contrasts), 1) / kinds
    family = _Family(
        confirmatory=True,
        adjust=lambda p: np.minimum(kinds * holm(p), 1),
        exact_below=EXACT_BELOW,
        confidence=confidence,
        power_confidence=1 - least_alpha,
    )
    return _judge(contrasts, family)


def explore(contrasts: Sequence[Contrast], *, confidence: float) -> tuple[Comparison, ...]:
    """Judge everything else: Benjamini-Hochberg keeps the expected share of false 'shown different' at 1 - confidence."""
    family = _Family(confirmatory=False, adjust=benjamini_hochberg, exact_below=FEW, confidence=confidence, power_confidence=confidence)
    return _judge(contrasts, family)


def overall(findings: Sequence[Comparison], *, answered: bool) -> Verdict:
    """The verdict on the family: different if any is; equal if all are and every declared question was `answered`; else unknown."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.SHOWN_DIFFERENT in verdicts:
        return Verdict.SHOWN_DIFFERENT
    return Verdict.SHOWN_EQUAL if answered and verdicts == {Verdict.SHOWN_EQUAL} else Verdict.CANNOT_TELL


def by_its_figures(finding: Comparison, *, confidence: float) -> Verdict:
    """The verdict that the p-values of a finding give, to check one that came from elsewhere.

    Its own verdict counts where they are withheld, and where they are told so roughly that they could stand on either side.
    """
    alpha = 1 - confidence
    told = [p for p in (finding.p_adjusted, finding.p_equal) if p is not None]
    if not told or _roughly(alpha) in told:
        return finding.verdict
    return _verdict(p_adjusted=1.0 if finding.p_adjusted is None else finding.p_adjusted, p_equal=finding.p_equal, alpha=alpha)


def _judge(contrasts: Sequence[Contrast], family: _Family) -> tuple[Comparison, ...]:
    if not contrasts:
        return ()
    confidence = family.confidence
    pairs = [(c.one, c.reference) for c in contrasts]
    p_values = p_values_of_equality(pairs, confidence=confidence, exact_below=family.exact_below)
    p_adjusted, p_equal = family.adjust(p_values), _p_equal(contrasts, family)
    verdicts = [_verdict(p_adjusted=p, p_equal=equal, alpha=1 - confidence) for p, equal in zip(p_adjusted, p_equal, strict=True)]
    detectable = _detectable(contrasts, family)
    compared = comparisons([(c.shown_one, c.shown_reference) for c in contrasts], confidence=confidence)
    shown = intervals([c.shown_one for c in contrasts], confidence=confidence)
    shown_reference = intervals([c.shown_reference for c in contrasts], confidence=confidence)
    found = (
        Comparison(
            metric=contrast.metric,
            cut=contrast.cut,
            group=contrast.group,
            reference=contrast.reference_group,
            verdict=verdicts[i],
            confirmatory=family.confirmatory,
            group_rate=shown[i],
            reference_rate=shown_reference[i],
            difference=compared[i][0],
            ratio=compared[i][1],
            p_value=float(p_values[i]),
            p_adjusted=float(p_adjusted[i]),
            p_equal=p_equal[i],
            detectable=float(detectable[i]),
            rows_needed=_rows_needed(contrast, family.power_confidence),
            tolerance=contrast.tolerance,
            beyond_tolerance=verdicts[i] is Verdict.SHOWN_DIFFERENT and _beyond(contrast.tolerance, *compared[i]),
            caveats=_caveats(contrast, verdicts[i]),
        )
        for i, contrast in enumerate(contrasts)
    )
    return tuple(_as_shown(one, contrast) for one, contrast in zip(found, contrasts, strict=True))


def _detectable(contrasts: Sequence[Contrast], family: _Family) -> Floats:
    """From the counts that are shown: from others it would tell of those."""
    trials = effective_counts([contrast.shown_one for contrast in contrasts])[1]
    hits, reference_trials = effective_counts([contrast.shown_reference for contrast in contrasts])
    rates = hits / np.maximum(reference_trials, 1)
    return detectable_difference(reference_rate=rates, trials=trials, reference_trials=reference_trials, confidence=family.power_confidence)


def _as_shown(comparison: Comparison, contrast: Contrast) -> Comparison:
    """As it may be published: p-values of counts that are not the ones shown would give those away, so they are told roughly."""
    if contrast.withheld:
        return _without_numbers(comparison)
    if contrast.shown_one is contrast.one and contrast.shown_reference is contrast.reference:
        return comparison
    p_value, p_adjusted, p_equal = (_roughly(p) for p in (comparison.p_value, comparison.p_adjusted, comparison.p_equal))
    return replace(comparison, p_value=p_value, p_adjusted=p_adjusted, p_equal=p_equal)


def _roughly(p: float | None) -> float | None:
    """To one digit, and no smaller than one in a thousand."""
    return None if p is None else max(float(f"{p:.0e}"), LEAST_ROUGH)


def _without_numbers(comparison: Comparison) -> Comparison:
    """The verdict alone: everything else would single out few people."""
    return Comparison(
        metric=comparison.metric,
        cut=comparison.cut,
        group=comparison.group,
        reference=comparison.reference,
        verdict=comparison.verdict,
        confirmatory=comparison.confirmatory,
        tolerance=comparison.tolerance,
        withheld=True,
    )


def _p_equal(contrasts: Sequence[Contrast], family: _Family) -> list[float | None]:
    """Adjusted over those with a tolerance; None for the rest."""
    found: list[float | None] = [None] * len(contrasts)
    asked = [(i, c.tolerance, [(c.one, c.reference)]) for i, c in enumerate(contrasts) if c.tolerance is not None]
    raw = [p_values_of_disparity(pair, tolerance=tolerance, confidence=family.confidence)[0] for _, tolerance, pair in asked]
    for (i, _, _), p in zip(asked, family.adjust(np.array(raw)), strict=True):
        found[i] = float(p)
    return found


def _rows_needed(contrast: Contrast, confidence: float) -> int | None:
    """Rows, not independent rows: people who recur, or unequal weights, make more of them needed."""
    one, reference, tolerance = contrast.shown_one, contrast.shown_reference, contrast.tolerance
    if tolerance is None or min(one.effective, reference.effective) <= 0:
        return None
    rate = reference.value + tolerance.difference if tolerance.difference is not None else reference.value * (tolerance.ratio or 1)
    # towards lower rates where the tolerance would lead beyond 1
    other = rate if rate <= 1 else 2 * reference.value - rate
    ratio = reference.effective / one.effective
    needed = float(rows_needed(rate=other, reference_rate=reference.value, ratio_of_sizes=ratio, confidence=confidence))
    return int(np.ceil(needed * one.rows / one.effective)) if np.isfinite(needed) else None


def _verdict(*, p_adjusted: float, p_equal: float | None, alpha: float) -> Verdict:
    if p_equal is not None and p_equal <= alpha:
        return Verdict.SHOWN_EQUAL
    return Verdict.SHOWN_DIFFERENT if p_adjusted <= alpha else Verdict.CANNOT_TELL


def _beyond(tolerance: Tolerance | None, difference: Estimate | None, ratio: Estimate | None) -> bool:
    if tolerance is None or difference is None:
        return False
    if tolerance.difference is not None:
        return difference.low > tolerance.difference or difference.high < -tolerance.difference
    most = tolerance.ratio if tolerance.ratio is not None else np.inf
    return ratio is not None and bool(ratio.low > most or ratio.high < 1 / most)


def _caveats(contrast: Contrast, verdict: Verdict) -> tuple[Caveat, ...]:
    found = []
    if min(contrast.shown_one.trials, contrast.shown_reference.trials) <= 0:
        found.append(Caveat(code="no-cases", text="One of the two groups has no such cases, so there is nothing to compare."))
    if verdict is Verdict.CANNOT_TELL and contrast.tolerance is None:
        found.append(Caveat(code="no-tolerance", text="No tolerance was declared, so equality could not have been shown."))
    return tuple(found)
