"""Findings as sentences for people; the terminal and the page say them alike."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.audit.cuts import cuts
from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan, Tolerance
from habeas.audit.result import AuditResult, Comparison, Verdict
from habeas.reports.language import numbers
from habeas.reports.language.meanings import METRICS, VERDICTS, saying
from habeas.reports.language.people import people, who

POWER = "80%"
"""The power at which `Comparison.detectable` is stated."""

DIGEST_WITHHELD = "withheld: it would let small counts be worked out; whoever holds the cells can check them"

SAID = frozenset({"no-cases", "no-tolerance"})
"""Codes of caveats that a finding's own sentences already say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """A finding in sentences, each for its own place on a page; what can't be said is empty.

    `effect`: in people. `size`: difference and ratio with intervals. `evidence`: cases and p-value. `power`: what this sample
    could have shown. `tolerance`: how the difference stands to the declared one. `meaning`: what a verdict of "cannot tell" or
    withheld numbers mean, and what would resolve it. `caveats`: further limits of this finding.
    """

    heading: str
    verdict: str
    effect: str
    size: str
    evidence: str
    power: str
    tolerance: str
    meaning: str
    caveats: tuple[str, ...] = ()

    @property
    def paragraph(self) -> str:
        """The sentences after the heading, as one paragraph."""
        verdict = f"{self.verdict[0].upper()}{self.verdict[1:]}."
        parts = (verdict, self.effect, self.size, self.tolerance, self.evidence, self.power, self.meaning, *self.caveats)
        return " ".join(part for part in parts if part)


def verdict_words(verdict: Verdict) -> str:
    """The promised words: `shown different`, `shown equal within the tolerance`, `this sample cannot tell`."""
    return VERDICTS[verdict]


def digest_words(digest: str | None) -> str:
    """A digest, or why there is none."""
    return DIGEST_WITHHELD if digest is None else digest


def finding(comparison: Comparison, plan: Plan) -> str:
    """A comparison as one paragraph: verdict, effect in people, size, tolerance, evidence, power, and what to do where unclear."""
    return finding_words(comparison, plan).paragraph


def finding_words(comparison: Comparison, plan: Plan) -> FindingWords:
    """A comparison in sentences, apart."""
    return FindingWords(
        heading=heading(comparison, plan),
        verdict=verdict_words(comparison.verdict),
        effect=effect(comparison, plan),
        size=size(comparison, plan),
        evidence=evidence(comparison),
        power=power(comparison),
        tolerance=tolerance(comparison),
        meaning=withheld(plan) if comparison.withheld else meaning(comparison, plan),
        caveats=tuple(caveat.text for caveat in comparison.caveats if caveat.code not in SAID),
    )


def heading(comparison: Comparison, plan: Plan) -> str:
    """What is compared: `False positive rate: race African-American against race Caucasian`."""
    name = METRICS[comparison.metric]
    at = "" if comparison.cut == cuts(plan)[0] else f" ({comparison.cut.label})"
    return f"{name[0].upper()}{name[1:]}: {who(comparison.group)} against {who(comparison.reference)}{at}"


def effect(comparison: Comparison, plan: Plan) -> str:
    """The two rates as people out of a crowd: `Of 100 ... people who ..., 45 were ...; of 100 ... people, 23.`.

    The crowd grows tenfold until nobody is rounded away, and until a difference that was shown can be seen. Empty where a rate
    is withheld or has no cases.
    """
    if comparison.group_rate is None or comparison.reference_rate is None:
        return ""
    one, other = comparison.group_rate.value, comparison.reference_rate.value
    base = numbers.crowd(one, other, apart=comparison.verdict is Verdict.SHOWN_DIFFERENT)
    said = saying(comparison.metric, cut=comparison.cut, plan=plan)
    crowd, here, there = numbers.count(base), _heads(one, base), _heads(other, base)
    return (
        f"Of {crowd} {people(comparison.group)}{said.among}, {said.before}{here}{said.after}; "
        f"of {crowd} {people(comparison.reference)}, {_for(comparison.metric)}{there}."
    )


def size(comparison: Comparison, plan: Plan) -> str:
    """Difference and ratio with their intervals; empty where withheld."""
    if comparison.difference is None:
        return ""
    level = f"{100 * plan.confidence:g}% interval"
    said = f"The rate is {numbers.difference(comparison.difference)} ({level}: {numbers.difference_interval(comparison.difference)})"
    if comparison.ratio is None:
        return f"{said}."
    return f"{said}, {numbers.times(comparison.ratio.value)} times the other ({numbers.times_interval(comparison.ratio)} times)."


def evidence(comparison: Comparison) -> str:
    """How many cases the finding rests on, and its p-value after allowing for the number of questions."""
    if comparison.difference is None:
        return ""
    cases = _cases(comparison)
    if comparison.p_adjusted is None:
        return f"{cases}."
    asked = (
        "every comparison declared in advance (Holm)" if comparison.confirmatory else "every exploratory comparison (Benjamini-Hochberg)"
    )
    return f"{cases}; test of no difference: {numbers.probability(comparison.p_adjusted)}, adjusted for {asked}."


def power(comparison: Comparison) -> str:
    """The smallest difference this sample would have shown; empty where it isn't known."""
    if comparison.detectable is None or comparison.difference is None:
        return ""
    return f"With {POWER} power, this sample would have shown a difference of {numbers.points(comparison.detectable)} or more."


def tolerance(comparison: Comparison) -> str:
    """How the difference stands to the tolerance declared in advance; empty where none was declared or nothing is published."""
    if comparison.tolerance is None or comparison.withheld:
        return ""
    declared = declared_tolerance(comparison.tolerance)
    if comparison.beyond_tolerance:
        return f"The whole interval lies beyond the tolerance declared in advance ({declared})."
    if comparison.verdict is Verdict.SHOWN_EQUAL:
        adjusted = "" if comparison.p_equal is None else f"; {numbers.probability(comparison.p_equal)}, adjusted"
        return f"A disparity as large as the tolerance declared in advance was ruled out ({declared}{adjusted})."
    if comparison.verdict is Verdict.SHOWN_DIFFERENT:
        return f"That it lies beyond the tolerance declared in advance ({declared}) was not shown."
    return f"Tolerance declared in advance: {declared}."


def declared_tolerance(declared: Tolerance) -> str:
    """A tolerance in words: `5 percentage points either way`, `from 0.800 to 1.25 times`."""
    if declared.ratio is not None:
        return f"from {numbers.times(1 / declared.ratio)} to {numbers.times(declared.ratio)} times"
    return f"{numbers.declared_points(declared.difference or 0.0)} either way"


def withheld(plan: Plan) -> str:
    """Why numbers are missing."""
    least = plan.publication.minimum_cell
    return f"Numbers withheld: a count is below {least}, or would let such a count be worked out, and could single people out."


def meaning(comparison: Comparison, plan: Plan) -> str:
    """What "cannot tell" means here, and what would resolve it; empty for the other verdicts."""
    if comparison.verdict is not Verdict.CANNOT_TELL:
        return ""
    if comparison.group_rate is None or comparison.reference_rate is None:
        return "One of the groups has no case that this rate counts; only more cases can tell."
    said = ["This is not a finding of equality."]
    if _lost_to_many_questions(comparison, plan):
        said.append(
            "Asked alone, this question would have counted as shown different; among the others asked with it, chance may explain it."
        )
    said.append(_what_would_resolve(comparison))
    return " ".join(said)


def verdict_sentence(result: AuditResult) -> str:
    """The whole audit in a sentence or two: what the confirmatory family says, comparison by comparison."""
    if not result.plan.confirmatory and not result.findings:
        return "No question was declared in advance, so nothing could be confirmed: all that follows is exploratory."
    found = [comparison.verdict for comparison in result.findings]
    told = ", ".join(f"{found.count(verdict)} {_of_verdict(verdict)}" for verdict in Verdict)
    compared = f"Of {len(found)} comparison{'' if len(found) == 1 else 's'} declared in advance: {told}." if found else ""
    return " ".join(part for part in (compared, unanswered_sentence(result)) if part)


def unanswered_sentence(result: AuditResult) -> str:
    """How many declared questions had nothing to compare; empty where all had."""
    declared = len(result.plan.confirmatory)
    answered = {(finding.metric, finding.group.attributes) for finding in result.findings}
    missing = sum((question.metric, (question.by,)) not in answered for question in result.plan.confirmatory)
    if not missing:
        return ""
    return f"Of {declared} question{'' if declared == 1 else 's'} declared in advance, {missing} had nothing to compare in these data."


def _of_verdict(verdict: Verdict) -> str:
    return "that this sample cannot tell" if verdict is Verdict.CANNOT_TELL else VERDICTS[verdict]


def _heads(rate: float, base: int) -> str:
    heads = numbers.of_crowd(rate, base)
    return "fewer than 1" if heads == 0 and rate > 0 else numbers.count(heads)


def _for(metric: Metric) -> str:
    return "for " if metric is Metric.ACCURACY else ""


def _cases(comparison: Comparison) -> str:
    if comparison.group_rate is None or comparison.reference_rate is None:
        return "No cases in one of the groups"
    return f"{numbers.count(comparison.group_rate.n)} cases against {numbers.count(comparison.reference_rate.n)}"


def _lost_to_many_questions(comparison: Comparison, plan: Plan) -> bool:
    level = 1 - plan.confidence
    return comparison.p_value is not None and comparison.p_adjusted is not None and comparison.p_value <= level < comparison.p_adjusted


def _what_would_resolve(comparison: Comparison) -> str:
    if comparison.tolerance is None:
        return "No tolerance was declared, so equality could not be shown however many people there are: declare one before the next look."
    needed, has = comparison.rows_needed, comparison.group_rate.n if comparison.group_rate is not None else 0
    if needed is None or needed <= has:
        return "More cases of both groups can tell."
    return (
        f"To show a disparity as large as the tolerance takes about {numbers.count(needed)} such cases in the group "
        f"where there are {numbers.count(has)} now, and as many times more in the reference group."
    )
