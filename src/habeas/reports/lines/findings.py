"""The declared comparisons and the most notable of the others, for a terminal: in people first, then in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan, Tolerance
from habeas.audit.result import AuditResult, Comparison, Verdict
from habeas.reports import words
from habeas.reports.language import numbers
from habeas.reports.lines import plain_text as text

MOST_FINDINGS = 12
ORDER = (Verdict.SHOWN_DIFFERENT, Verdict.CANNOT_TELL, Verdict.SHOWN_EQUAL)

KEY = (
    "Differences are in percentage points (pp), against the group named second. p: test of no difference, adjusted for all "
    "comparisons declared in advance (Holm). Would have shown: the smallest difference this sample shows with 80% power."
)


def confirmatory_lines(result: AuditResult, width: int) -> Iterator[str]:
    """Every declared comparison, those shown different first; beyond a dozen in a line each."""
    yield from text.heading("What was asked in advance")
    if not result.findings:
        asked = words.unanswered_sentence(result) if result.plan.confirmatory else "Nothing: the plan declares no confirmatory question."
        yield from text.wrapped(asked, width=width)
        return
    yield from text.wrapped(KEY, width=width)
    ordered = sorted(result.findings, key=lambda finding: ORDER.index(finding.verdict))
    told = [finding for finding in ordered if not finding.withheld]
    for finding in told[:MOST_FINDINGS]:
        yield ""
        yield from finding_lines(finding, result.plan, width)
    if len(told) > MOST_FINDINGS:
        yield from ("", *text.wrapped("The others, in brief:", width=width))
    for finding in told[MOST_FINDINGS:]:
        said = f"{words.verdict_words(finding.verdict)}: {_line(finding, result)}"
        yield from text.wrapped(said, width=width, indent="  ", first="- ")
    yield from _withheld_lines([finding for finding in ordered if finding.withheld], result.plan, width)


def _withheld_lines(findings: Sequence[Comparison], plan: Plan, width: int) -> Iterator[str]:
    """Findings whose verdict is all that may be said, in one list."""
    if not findings:
        return
    yield from ("", *text.wrapped(words.withheld(plan), width=width, indent="  ", first="* "))
    for finding in findings[:MOST_FINDINGS]:
        said = f"{words.verdict_words(finding.verdict)}: {words.heading(finding, plan)}"
        yield from text.wrapped(said, width=width, indent="    ", first="  - ")
    if len(findings) > MOST_FINDINGS:
        yield from text.wrapped(f"  ... and {len(findings) - MOST_FINDINGS} more", width=width, indent="  ")


def finding_lines(finding: Comparison, plan: Plan, width: int) -> Iterator[str]:
    """One comparison: verdict and what is compared, effect in people, figures, and what an unclear verdict means."""
    said = words.finding_words(finding, plan)
    yield from text.wrapped(f"{said.verdict.upper()}: {said.heading}", width=width, indent="  ", first="* ")
    for paragraph in (said.effect, figures(finding, plan), " ".join((said.meaning, *said.caveats))):
        if paragraph.strip():
            yield from text.wrapped(paragraph, width=width, indent="  ")


def figures(finding: Comparison, plan: Plan) -> str:
    """The numbers of a comparison, briefly; empty where they are withheld or there are no cases."""
    difference, ratio = finding.difference, finding.ratio
    if difference is None:
        return ""
    level = f"{100 * plan.confidence:g}%"
    parts = [f"{numbers.signed_points(difference.value)} pp ({level}: {numbers.signed_interval(difference.low, difference.high)})"]
    if ratio is not None:
        parts.append(f"ratio {numbers.times(ratio.value)} ({numbers.times_interval(ratio)})")
    if finding.p_adjusted is not None:
        parts.append(numbers.probability(finding.p_adjusted))
    parts.append(cases(finding))
    if finding.detectable is not None:
        parts.append(f"would have shown {numbers.signed_points(finding.detectable).lstrip('+')} pp")
    if finding.tolerance is not None:
        parts.append(_tolerance(finding, finding.tolerance))
    return f"{'; '.join(parts)}."


def exploratory_lines(result: AuditResult, width: int) -> Iterator[str]:
    """How many undeclared comparisons were shown different, and the most notable of each metric; nothing where none was."""
    found = [comparison for comparison in result.exploratory if comparison.verdict is Verdict.SHOWN_DIFFERENT]
    if not found:
        return
    yield from text.heading("Exploratory: not declared in advance")
    told = f"{len(found)} of {len(result.exploratory)} further comparisons were shown different (Benjamini-Hochberg)"
    yield from text.wrapped(f"{told}, to be confirmed with other data. The most notable of each rate:", width=width)
    notable: dict[Metric, Comparison] = {}
    for comparison in sorted(found, key=_notable):
        notable.setdefault(comparison.metric, comparison)
    for comparison in notable.values():
        yield from text.wrapped(_line(comparison, result), width=width, indent="  ", first="- ")


def _notable(comparison: Comparison) -> tuple[float, float]:
    size = abs(comparison.difference.value) if comparison.difference is not None else 0.0
    return (comparison.p_adjusted if comparison.p_adjusted is not None else 1.0, -size)


def _line(comparison: Comparison, result: AuditResult) -> str:
    said = words.heading(comparison, result.plan)
    if comparison.difference is None:
        return said
    interval = numbers.signed_interval(comparison.difference.low, comparison.difference.high)
    return f"{said}: {numbers.signed_points(comparison.difference.value)} pp ({interval}; {cases(comparison)})"


def cases(finding: Comparison) -> str:
    """How many cases a comparison rests on: of each side where both rates are told, else of both together."""
    if finding.group_rate is not None and finding.reference_rate is not None:
        return f"{numbers.count(finding.group_rate.n)} against {numbers.count(finding.reference_rate.n)} cases"
    return "" if finding.difference is None else f"{numbers.count(finding.difference.n)} cases"


def _tolerance(finding: Comparison, tolerance: Tolerance) -> str:
    declared = words.declared_tolerance(tolerance).replace("percentage points", "pp")
    if finding.beyond_tolerance:
        return f"wholly beyond the tolerance ({declared})"
    return f"within the tolerance ({declared})" if finding.verdict is Verdict.SHOWN_EQUAL else f"tolerance: {declared}"
