"""The harms that audits measured, from their report.json: each declared finding with its count and interval."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from habeas.audit.result import AuditResult, Comparison, Verdict
from habeas.reports import words
from habeas.reports.documents.reading import read_result
from habeas.reports.language import numbers
from habeas.reports.lines.findings import cases
from habeas.rules.assessments.values import Harm
from habeas.runs.kept_json import read_report

MOST_FINDINGS = 6
"""Findings that stand in an assessment; the report has all."""
ORDER = (Verdict.SHOWN_DIFFERENT, Verdict.CANNOT_TELL, Verdict.SHOWN_EQUAL)


def harms(paths: Sequence[Path]) -> tuple[Harm, ...]:
    """What these reports found, those shown different first; numbered over all of them.

    Raises:
        NotFound, BadData: a report isn't there, or isn't one.
    """
    found = [(said, result, digest) for result, digest in map(_read, paths) for said in _findings(result)]
    return tuple(_harm(number, *one) for number, one in enumerate(found, start=1))


def _harm(number: int, said: tuple[str, str | None], result: AuditResult, digest: str) -> Harm:
    return Harm(
        id=f"harm-{number}",
        says=said[0],
        detail=said[1],
        audited=f"{result.plan.system.name}, {result.plan.system.version}",
        plan_sha256=result.plan_sha256,
        report_sha256=digest,
    )


def _findings(result: AuditResult) -> list[tuple[str, str | None]]:
    ordered = sorted(result.findings, key=lambda finding: ORDER.index(finding.verdict))
    told = [(_in_short(finding, result), _in_detail(finding, result)) for finding in ordered[:MOST_FINDINGS]]
    left = len(ordered) - len(told)
    if left:
        told.append((f"{left} more declared findings stand in the report. {words.verdict_sentence(result)}", None))
    return told or [(words.verdict_sentence(result), None)]


def _in_short(finding: Comparison, result: AuditResult) -> str:
    verdict = words.verdict_words(finding.verdict)
    return f"{verdict[:1].upper()}{verdict[1:]}. {words.heading(finding, result.plan)}: {_figures(finding, result)}."


def _figures(finding: Comparison, result: AuditResult) -> str:
    if finding.withheld:
        return "numbers withheld, since they could single people out"
    if finding.difference is None:
        return "one of the groups has no case that this rate counts"
    points = numbers.signed_points(finding.difference.value)
    interval = numbers.signed_interval(finding.difference.low, finding.difference.high)
    return f"{points} percentage points ({100 * result.plan.confidence:g}% interval {interval}; {cases(finding)})"


def _in_detail(finding: Comparison, result: AuditResult) -> str | None:
    said = words.finding_words(finding, result.plan)
    return " ".join(part for part in (said.effect, said.tolerance, said.evidence, said.meaning) if part) or None


def _read(path: Path) -> tuple[AuditResult, str]:
    document, digest = read_report(path)
    return read_result(document, name=str(path)), digest
