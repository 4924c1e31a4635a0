"""The result for a terminal: the verdict first, then what it rests on; plain text, no colour needed."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.audit.cuts import cuts
from habeas.audit.result import AuditResult
from habeas.reports import words
from habeas.reports.language import numbers
from habeas.reports.language.meanings import NEXT_STEPS, OVERALL_MEANINGS, STAGES, TECHNOLOGIES
from habeas.reports.lines import plain_text as text
from habeas.reports.lines.findings import confirmatory_lines, exploratory_lines
from habeas.reports.lines.rates import rates_tables
from habeas.reports.lines.sensitivity import sensitivity_lines


def render(result: AuditResult, *, width: int = 80) -> str:
    """The result in lines of at most `width` columns (at least 40); our own words are ASCII, labels are as they are."""
    width = max(width, text.NARROWEST)
    sections = (_verdict, _tested, confirmatory_lines, rates_tables, exploratory_lines, sensitivity_lines, _limits, _checks, _next)
    lines = [*_title(result, width), *(line for section in sections for line in section(result, width))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _title(result: AuditResult, width: int) -> Iterator[str]:
    yield from text.wrapped(f"Audit of {result.plan.system.name}, {result.plan.system.version}", width=width)
    yield from text.wrapped(result.plan.title, width=width)


def _verdict(result: AuditResult, width: int) -> Iterator[str]:
    yield from ("", text.rule(width))
    yield from text.wrapped(f"VERDICT: {words.verdict_words(result.verdict).upper()}", width=width)
    yield text.rule(width)
    meaning = OVERALL_MEANINGS[result.verdict] if result.findings or result.plan.confirmatory else ""
    yield from text.wrapped(f"{words.verdict_sentence(result)} {meaning}", width=width)


def _tested(result: AuditResult, width: int) -> Iterator[str]:
    yield from text.heading("What was tested")
    yield from text.labelled(list(_facts(result)), width=width)


def _facts(result: AuditResult) -> Iterator[tuple[str, str]]:
    plan, intake = result.plan, result.intake
    yield "System", f"{plan.system.name}, {plan.system.version} ({TECHNOLOGIES[plan.technology]}, {STAGES[plan.stage]})"
    if plan.population is not None:
        yield "Population", plan.population.description
    standing = "declares independence" if plan.auditor.independent else "declares NOT to be independent"
    yield "Auditor", f"{plan.auditor.name}, who {standing}: {plan.auditor.statement}"
    excluded = f"; {numbers.count(intake.excluded)} more were outside the population" if intake.excluded else ""
    persons = f", about {numbers.count(intake.persons)} people" if intake.persons is not None else ""
    yield "Counted", f"{numbers.count(intake.rows)} rows, each {plan.source.row}{persons}{excluded}"
    first = cuts(plan)[0]
    yield "Flagged", f"{plan.words.flagged} ({first.label})"
    hidden, least = result.withheld, plan.publication.minimum_cell
    if hidden.primary:
        further = f", and {numbers.count(hidden.secondary)} that would give those away" if hidden.secondary else ""
        tables = "table" if hidden.primary == 1 else "tables"
        yield "Withheld", f"{numbers.count(hidden.primary)} {tables} of a group with a count below {least}{further}"


def _limits(result: AuditResult, width: int) -> Iterator[str]:
    yield from text.heading("Limits")
    for caveat in result.caveats:
        yield from text.wrapped(caveat.text, width=width, indent="  ", first="- ")


def _checks(result: AuditResult, width: int) -> Iterator[str]:
    yield from text.heading("How to check it (SHA-256)")
    files = [(f"file {file.name}", file.sha256) for file in result.intake.files]
    for term, digest in [("plan", result.plan_sha256), ("counts", result.cells_sha256), *files]:
        yield from text.wrapped(f"{term}:", width=width)
        yield from text.wrapped(words.digest_words(digest), width=width, indent="  ")


def _next(result: AuditResult, width: int) -> Iterator[str]:
    yield from text.heading("What to do next")
    for step in NEXT_STEPS[result.verdict]:
        yield from text.wrapped(step, width=width, indent="  ", first="- ")
