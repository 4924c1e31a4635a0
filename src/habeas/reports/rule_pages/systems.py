"""One documented system on the page of its family: every fact with its sources, the answers it is screened by, and what each book finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.catalogue.entries import Entry, Statement
from habeas.reports.catalogue.entries import CHECKED, sources_of
from habeas.reports.rule_pages.markdown import bullets, folded, heading, prose, table
from habeas.reports.rule_pages.rules import source
from habeas.reports.rule_pages.shelf import STATUSES, Links, Shelf
from habeas.reports.screening import words
from habeas.reports.screening.table import Row
from habeas.rules.verdicts import Verdict
from habeas.terms.answers import Answer
from habeas.terms.sources import Source

LINKS = Links(up="../")


def system_lines(row: Row, shelf: Shelf) -> Iterator[str]:
    """The system in full; folded: the answers it is screened by."""
    entry = row.entry
    sources = sources_of(entry)
    yield from ("", heading(2, f"{entry.name}, {entry.place}", anchor=entry.id), "", prose(entry.description.about), "")
    yield from bullets(_facts(entry, sources))
    for title, statements in (("What goes in", entry.inputs), ("What it decides", entry.decides), ("What others found", entry.findings)):
        if statements:
            yield from ("", f"**{title}**", "", *bullets(statement(one, sources) for one in statements))
    yield from ("", f"**What the books find on {shelf.on}**", "", *bullets(_verdict(verdict) for verdict in row.verdicts), "")
    yield from folded("The answers it is screened by", _answers(entry, shelf, sources))
    yield from ("", "**Sources**", "", *(f"{number}. {source(found)}" for number, found in enumerate(sources, start=1)))


def statement(one: Statement, sources: Sequence[Source]) -> str:
    """A fact, how far it was checked, and the numbers of its sources: `Age (seen in the source: 1, 3)`."""
    return f"{prose(one.says)} *({CHECKED[one.confidence]}{_numbers(one.sources, sources)})*"


def _numbers(some: Sequence[Source], sources: Sequence[Source]) -> str:
    numbers = ", ".join(str(sources.index(one) + 1) for one in some)
    return f": {numbers}" if numbers else ""


def _facts(entry: Entry, sources: Sequence[Source]) -> Iterator[str]:
    yield f"Operator: {prose(entry.operator)}"
    if entry.vendor is not None:
        yield f"Made by: {prose(entry.vendor)}"
    if entry.years is not None:
        yield f"Years: {prose(entry.years)}"
    yield f"State described: {prose(entry.description.version)}"
    yield f"Status: {STATUSES[entry.status]}. {statement(entry.status_note, sources)}"
    if entry.description.techniques:
        techniques = ", ".join(technique.value for technique in entry.description.techniques)
        yield f"How it works: {prose(techniques)} (told for the reader; no rule asks for it)"
    yield f"The entry as a whole: {CHECKED[entry.verified]}"
    yield f"In the terminal: `habeas catalogue {entry.id}`"


def _verdict(verdict: Verdict) -> str:
    said = words.FINDINGS[verdict.finding]
    finding = f"**{said}**" if verdict.finding.prohibits else said
    by = ", ".join(LINKS.rule(verdict.book, ruling.rule) for ruling in verdict.deciding)
    return f"{LINKS.book(verdict.book)} ({words.short_binding(verdict)}): {finding}{f', by {by}' if by else ''}"


def _answers(entry: Entry, shelf: Shelf, sources: Sequence[Source]) -> Iterator[str]:
    yield from ("What isn't named is unknown. Numbers: the sources that show an answer.", "")
    rows = [
        (LINKS.fact(fact.name, fact.name), prose(words.value(answer.value)), _shown(answer, sources), prose(answer.note or ""))
        for fact in shelf.vocabulary.facts
        for answer in [entry.description.answer(fact.name)]
        if fact.name in entry.description.answers
    ]
    yield from table(("Question", "Answer", "Shown by", "Note"), rows)


def _shown(answer: Answer, sources: Sequence[Source]) -> str:
    titles = [found.title for found in sources]
    shown = [str(titles.index(one.what) + 1) if one.what in titles else prose(one.what) for one in answer.evidence]
    return ", ".join(shown) or "nothing"
