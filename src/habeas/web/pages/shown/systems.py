"""What the pages show of documented systems."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.catalogue.entries import Entry, Statement
from habeas.reports.catalogue.entries import CHECKED, sources_of
from habeas.reports.rule_pages.shelf import FAMILIES, STATUSES, Shelf
from habeas.reports.rule_pages.systems import techniques
from habeas.reports.screening import words
from habeas.reports.screening.table import Row
from habeas.rules.reasons import blocking, judged
from habeas.rules.rulebook import Rule, Rulebook
from habeas.rules.verdicts import Finding, Verdict
from habeas.terms.answers import Answer
from habeas.terms.places import COUNTRIES
from habeas.terms.sources import Source

KINDS = {
    Finding.PROHIBITED: "bad",
    Finding.PROHIBITED_UNLESS: "bad",
    Finding.BLOCKED: "warning",
    Finding.DUTIES: "info",
    Finding.NO_RULE: "plain",
}
"""How a tag shows a finding."""
STATEMENTS = ("What goes in", "What it decides", "What others found")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictShown:
    """What one book finds: `rules` decided it; `only_purposes` block only because nobody has said that it has no further purpose."""

    book: Rulebook
    kind: str
    finding: str
    binding: str
    rules: tuple[Rule, ...]
    only_purposes: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLine:
    """A documented system in a list."""

    entry: Entry
    family: str
    status: str
    verdicts: tuple[VerdictShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A documented fact, how far it was checked, and the numbers of its sources."""

    says: str
    checked: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerShown:
    """An answer that the system is put to the books by: the numbers of the sources that show it, and other evidence in words."""

    question: str
    answer: str
    sources: tuple[int, ...]
    others: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemShown:
    """A documented system in full."""

    line: SystemLine
    checked: str
    techniques: str
    status_note: Said
    statements: tuple[tuple[str, tuple[Said, ...]], ...]
    answers: tuple[AnswerShown, ...]
    sources: tuple[Source, ...]


def line_of(row: Row) -> SystemLine:
    """A documented system as a list shows it."""
    entry = row.entry
    verdicts = tuple(_verdict(verdict, entry) for verdict in row.verdicts)
    return SystemLine(entry=entry, family=FAMILIES[entry.family], status=STATUSES[entry.status], verdicts=verdicts)


def system_shown(row: Row, known: Shelf) -> SystemShown:
    """A documented system as its page shows it."""
    entry = row.entry
    sources = tuple(sources_of(entry))
    stated = zip(STATEMENTS, (entry.inputs, entry.decides, entry.findings), strict=True)
    return SystemShown(
        line=line_of(row),
        checked=CHECKED[entry.verified],
        techniques=techniques(entry) if entry.description.techniques else "",
        status_note=_said(entry.status_note, sources),
        statements=tuple((title, tuple(_said(one, sources) for one in some)) for title, some in stated if some),
        answers=tuple(
            _answer(fact.question, entry.description.answer(fact.name), sources)
            for fact in known.vocabulary.facts
            if fact.name in entry.description.answers
        ),
        sources=sources,
    )


def countries_of(entry: Entry) -> frozenset[str]:
    """The countries in which it is used, as codes of two letters."""
    return frozenset(code[:2] for code in entry.description.used_in)


def country_name(code: str) -> str:
    """The English name of a country."""
    return COUNTRIES.get(code, code)


def _said(one: Statement, sources: tuple[Source, ...]) -> Said:
    return Said(says=one.says, checked=CHECKED[one.confidence], sources=tuple(sorted(sources.index(source) + 1 for source in one.sources)))


def _verdict(verdict: Verdict, entry: Entry) -> VerdictShown:
    _, only_purposes = blocking(judged(entry.description, verdict)) if verdict.finding is Finding.BLOCKED else ((), ())
    return VerdictShown(
        book=verdict.book,
        kind=KINDS[verdict.finding],
        finding=words.finding(verdict),
        binding=words.short_binding(verdict),
        rules=tuple(ruling.rule for ruling in verdict.deciding if ruling not in only_purposes),
        only_purposes=tuple(ruling.rule for ruling in only_purposes),
    )


def _answer(question: str, answer: Answer, sources: tuple[Source, ...]) -> AnswerShown:
    titles = [source.title for source in sources]
    return AnswerShown(
        question=question,
        answer=words.value(answer.value),
        sources=tuple(sorted(titles.index(one.what) + 1 for one in answer.evidence if one.what in titles)),
        others=tuple(one.what for one in answer.evidence if one.what not in titles),
        note=answer.note or "",
    )
