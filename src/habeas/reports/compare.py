"""What changed between two audits, from their documents, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from habeas.audit.change.comparing import changes
from habeas.audit.change.values import Change, Changes, ChangeVerdict, Obstacle, QuestionChange, RateChange
from habeas.audit.cuts import cuts
from habeas.audit.estimates import Estimate
from habeas.audit.result import AuditResult, Comparison
from habeas.reports.documents.reading import read_result
from habeas.reports.language import numbers
from habeas.reports.language.meanings import METRICS, VERDICTS
from habeas.reports.language.people import who
from habeas.reports.lines import plain_text as text

MOST_RATES = 20

VERDICT_WORDS = {
    ChangeVerdict.SHOWN_CHANGED: "shown changed",
    ChangeVerdict.CANNOT_TELL: "these samples cannot tell",
    ChangeVerdict.NOT_TESTED: "not tested",
}

OBSTACLES = {
    Obstacle.SAME_COUNTS: "Both audits rest on the same counts: no rate can have changed, only the plan or the release of habeas.",
    Obstacle.SHARED_FILE: "Both audits read a file in common, so they share people; tests for two independent samples "
    "would claim too much. Nothing was tested: audit each period by itself.",
    Obstacle.OTHER_CONFIDENCE: "The audits state their intervals at different confidence levels. Nothing was tested: "
    "audit one of them again with the other's confidence.",
}

ASSUMPTION = (
    "Every test takes the two audits for independent samples of different people; whoever is in both makes changes look surer than "
    "they are. A change says that rates differ between two times, not why: who came before the system may have changed as well."
)

UNCHECKED = (
    "Digests of the data are withheld in at least one of the reports, so nobody can see from them whether both rest on the same counts or "
    "files: make sure that they don't."
)


def compare(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> Changes:
    """What changed between two audits, given their documents (report.json as JSON values), the earlier first.

    Raises:
        BadData: one of them isn't a document of this schema; the message says which and what to do.
    """
    return changes(read_result(earlier, name="the earlier report"), read_result(later, name="the later report"))


def render(found: Changes, *, width: int = 80) -> str:
    """The changes in lines of at most `width` columns (at least 40)."""
    width = max(width, text.NARROWEST)
    sections = (_opening, _plan, _data, _questions, _rates)
    return "\n".join(line.rstrip() for section in sections for line in section(found, width)) + "\n"


def _opening(found: Changes, width: int) -> Iterator[str]:
    yield from text.wrapped("What changed between two audits", width=width)
    yield text.rule(width)
    verdicts = f"{VERDICTS[found.earlier.verdict]} -> {VERDICTS[found.later.verdict]}"
    named = [("Earlier", _system(found.earlier)), ("Later", _system(found.later)), ("Verdict", verdicts)]
    yield from text.labelled(named, width=width)
    yield text.rule(width)
    yield from text.wrapped(ASSUMPTION if found.obstacle is None else OBSTACLES[found.obstacle], width=width)
    if found.obstacle is None and not (_has_digests(found.earlier) and _has_digests(found.later)):
        yield from text.wrapped(UNCHECKED, width=width)


def _plan(found: Changes, width: int) -> Iterator[str]:
    yield from text.heading("The plan")
    if not found.plan:
        yield from text.wrapped("No field differs.", width=width)
    for change in found.plan:
        yield from text.wrapped(
            f"{change.field}: {_content(change.earlier)} -> {_content(change.later)}", width=width, indent="  ", first="- "
        )


def _data(found: Changes, width: int) -> Iterator[str]:
    had, has = found.earlier, found.later
    yield from text.heading("The data")
    rows = f"{numbers.count(had.intake.rows)} -> {numbers.count(has.intake.rows)}"
    excluded = f"{numbers.count(had.intake.excluded)} -> {numbers.count(has.intake.excluded)}"
    counts = _same_counts(had.cells_sha256, has.cells_sha256)
    yield from text.labelled([("Rows", rows), ("Excluded", excluded), ("Counts", counts)], width=width)


def _same_counts(had: str | None, has: str | None) -> str:
    if had is None or has is None:
        return f"not known whether the same ({_start(had)} -> {_start(has)})"
    return f"{'the same' if had == has else 'different'} ({_start(had)} -> {_start(has)})"


def _start(digest: str | None) -> str:
    return "digest withheld" if digest is None else f"{digest[:12]}..."


def _has_digests(result: AuditResult) -> bool:
    return result.cells_sha256 is not None and all(file.sha256 is not None for file in result.intake.files)


def _questions(found: Changes, width: int) -> Iterator[str]:
    yield from text.heading("The declared questions")
    if not found.questions:
        yield from text.wrapped("Neither audit declared any.", width=width)
    for question in found.questions:
        yield from text.wrapped(_question_heading(question), width=width, indent="  ", first="* ")
        yield from text.wrapped(f"earlier: {_answer(question.earlier)}", width=width, indent="    ", first="  ")
        yield from text.wrapped(f"later:   {_answer(question.later)}", width=width, indent="    ", first="  ")
        if question.change.estimate is not None:
            yield from text.wrapped(f"change:  {_change(question.change, 'Holm')}", width=width, indent="    ", first="  ")
        yield ""


def _rates(found: Changes, width: int) -> Iterator[str]:
    changed = [rate for rate in found.rates if rate.change.verdict is ChangeVerdict.SHOWN_CHANGED]
    if found.obstacle is not None or not found.rates:
        return
    yield from text.heading("Rates of groups")
    told = f"{len(changed)} of {len(found.rates)} rates that both audits publish are shown changed (Benjamini-Hochberg)"
    yield from text.wrapped(f"{told}; for the others these samples cannot tell.{_cut_note(found)}", width=width)
    for rate in changed[:MOST_RATES]:
        yield from text.wrapped(_rate(rate), width=width, indent="  ", first="- ")
    if len(changed) > MOST_RATES:
        yield from text.wrapped(f"... and {len(changed) - MOST_RATES} more", width=width)


def _cut_note(found: Changes) -> str:
    had, has = cuts(found.earlier.plan)[0], cuts(found.later.plan)[0]
    return "" if had == has else f" Each rate is at its own audit's cut in use: {had.label} -> {has.label}."


def _system(result: AuditResult) -> str:
    return f"{result.plan.system.name}, {result.plan.system.version}; plan {result.plan_sha256[:12]}..."


def _content(words: str | None) -> str:
    return "(absent)" if words is None else words


def _question_heading(question: QuestionChange) -> str:
    verdict = VERDICT_WORDS[question.change.verdict].upper()
    return f"{verdict}: {METRICS[question.metric]}, {who(question.group)} against {who(question.reference)}"


def _answer(comparison: Comparison | None) -> str:
    if comparison is None:
        return "not asked"
    if comparison.difference is None:
        return f"{VERDICTS[comparison.verdict]}, {'numbers withheld' if comparison.withheld else 'no cases'}"
    rates = ""
    if comparison.group_rate is not None and comparison.reference_rate is not None:
        rates = f": {numbers.rate(comparison.group_rate)} against {numbers.rate(comparison.reference_rate)}"
    return f"{VERDICTS[comparison.verdict]}, {_points(comparison.difference)}{rates}"


def _change(change: Change, adjusted: str) -> str:
    if change.estimate is None or change.p_adjusted is None:
        return VERDICT_WORDS[change.verdict]
    return f"{_points(change.estimate)}; {numbers.probability(change.p_adjusted)} ({adjusted})"


def _rate(rate: RateChange) -> str:
    rates = f"{numbers.rate(rate.earlier)} -> {numbers.rate(rate.later)}"
    return f"{METRICS[rate.metric]}, {who(rate.group)}: {rates}; {_change(rate.change, 'Benjamini-Hochberg')}"


def _points(estimate: Estimate) -> str:
    interval = numbers.signed_interval(estimate.low, estimate.high)
    return f"{numbers.signed_points(estimate.value)} pp ({interval}; {numbers.count(estimate.n)} cases)"
