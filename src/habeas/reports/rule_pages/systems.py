"""One documented system on the page of its family: every fact with its sources, the answers it is screened by, and what each book finds."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.catalogue.entries import Entry, Statement
from habeas.reports.catalogue.entries import CHECKED, described, sources_of
from habeas.reports.rule_pages.conditions import label
from habeas.reports.rule_pages.markdown import bullets, folded, heading, prose, table, target
from habeas.reports.rule_pages.rules import source
from habeas.reports.rule_pages.shelf import STATUSES, Links, Shelf
from habeas.reports.screening import words
from habeas.reports.screening.table import Row
from habeas.rules.reasons import blocking, judged
from habeas.rules.verdicts import Finding, Verdict
from habeas.terms.answers import Answer
from habeas.terms.description import Technique
from habeas.terms.sources import Confidence

LINKS = Links(up="../")
SEEN = {
    Confidence.SOURCE: "seen in {}",
    Confidence.SECONDARY: "in texts about it: {}",
    Confidence.MIXED: "partly seen in {}, partly from memory",
    Confidence.MEMORY: "from memory, to be checked; see {}",
}
NOT_ALL_KNOWN = "the rest isn't known"


def system_lines(row: Row, shelf: Shelf) -> Iterator[str]:
    """The system in full; folded: the answers it is screened by."""
    entry = row.entry
    yield from ("", heading(2, f"{entry.name}, {entry.place}", anchor=entry.id), "", prose(entry.description.about), "")
    yield from bullets(_facts(entry))
    for title, statements in (("What goes in", entry.inputs), ("What it decides", entry.decides), ("What others found", entry.findings)):
        if statements:
            yield from ("", f"**{title}**", "", *bullets(statement(one, entry) for one in statements))
    yield from ("", f"**What the books find on {shelf.on}**", "", prose(described(entry)), "")
    yield from (*bullets(_verdict(verdict, entry) for verdict in row.verdicts), "")
    yield from folded("The answers it is screened by", _answers(entry, shelf))
    yield from ("", "**Sources**", "")
    yield from (f"{number}. {target(f'{entry.id}-{number}')}{source(found)}" for number, found in enumerate(sources_of(entry), start=1))


def statement(one: Statement, entry: Entry) -> str:
    """A fact, how far it was checked, and the numbers of its sources: `Age (seen in 1 or 3)`."""
    sources = sources_of(entry)
    numbers = _either([_number(sources.index(source) + 1, entry) for source in one.sources])
    return f"{prose(one.says)} *({SEEN[one.confidence].format(numbers) if numbers else CHECKED[one.confidence]})*"


def techniques(entry: Entry) -> str:
    """How the system works inside, as far as known."""
    known = [technique.value for technique in entry.description.techniques if technique is not Technique.UNKNOWN]
    if not known:
        return "not known"
    return prose(", ".join([*known, *([NOT_ALL_KNOWN] if len(known) < len(entry.description.techniques) else [])]))


def _either(numbers: list[str]) -> str:
    """`1`, `1 or 2`, `1, 2 or 3`: the catalogue names all sources where it wasn't noted which one says a thing."""
    return " or ".join([part for part in (", ".join(numbers[:-1]), *numbers[-1:]) if part])


def _number(number: int, entry: Entry) -> str:
    return f"[{number}](#{entry.id}-{number})"


def _facts(entry: Entry) -> Iterator[str]:
    yield f"Operator: {prose(entry.operator)}"
    if entry.vendor is not None:
        yield f"Vendor or maker: {prose(entry.vendor)}"
    if entry.years is not None:
        yield f"Years: {prose(entry.years)}"
    yield f"State described: {prose(entry.description.version)}"
    yield f"Status: {STATUSES[entry.status]}. {statement(entry.status_note, entry)}"
    if entry.description.techniques:
        yield f"How it works: {techniques(entry)} (told for the reader; no rule asks for it)"
    yield f"The entry as a whole: {CHECKED[entry.verified]}"
    yield f"In the terminal: `habeas catalogue {entry.id}`"


def _verdict(verdict: Verdict, entry: Entry) -> str:
    said = words.finding(verdict)
    finding = f"**{said}**" if verdict.finding.prohibits else said
    by = _by(verdict, entry)
    return f"{LINKS.book(verdict.book)} ({words.short_binding(verdict)}): {finding}{f', by {by}' if by else ''}"


def _by(verdict: Verdict, entry: Entry) -> str:
    """The rules that decided; last those that block only because of purposes that nobody has named."""
    _, only_purposes = blocking(judged(entry.description, verdict)) if verdict.finding is Finding.BLOCKED else ((), ())
    first = ", ".join(LINKS.rule(verdict.book, ruling.rule) for ruling in verdict.deciding if ruling not in only_purposes)
    last = ", ".join(LINKS.rule(verdict.book, ruling.rule) for ruling in only_purposes)
    further = f"{words.only_further_purposes(len(only_purposes))} ({last})" if last else ""
    return "; and ".join(part for part in (first, further) if part)


def _answers(entry: Entry, shelf: Shelf) -> Iterator[str]:
    yield from ("What isn't named is unknown. Numbers: the sources that show an answer.", "")
    rows = [
        (LINKS.fact(fact.name, label(fact.name)), prose(words.value(answer.value)), _shown(answer, entry), prose(answer.note or ""))
        for fact in shelf.vocabulary.facts
        for answer in [entry.description.answer(fact.name)]
        if fact.name in entry.description.answers
    ]
    yield from table(("Question", "Answer", "Shown by", "Note"), rows)


def _shown(answer: Answer, entry: Entry) -> str:
    titles = [found.title for found in sources_of(entry)]
    shown = [_number(titles.index(one.what) + 1, entry) if one.what in titles else prose(one.what) for one in answer.evidence]
    return ", ".join(shown) or "nothing"
