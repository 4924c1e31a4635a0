"""Documented systems: a list of all, and one in full with every fact's source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from habeas.catalogue.entries import Entry, Statement
from habeas.reports.language.phrases import counted
from habeas.reports.lines import plain_text as text
from habeas.reports.screening import words
from habeas.rules.plain import plain
from habeas.rules.reasons import blocking, judged
from habeas.rules.verdicts import Finding, Verdict
from habeas.terms.sources import Confidence, Source
from habeas.terms.vocabulary import Vocabulary

LIST, ENTRY = "catalogue/1", "catalogue-entry-report/1"
CHECKED = {
    Confidence.SOURCE: "seen in the source",
    Confidence.SECONDARY: "seen in texts about it",
    Confidence.MIXED: "partly seen in a source, partly from memory",
    Confidence.MEMORY: "from memory, to be checked",
}
ABOUT = (
    "What others have documented. A verdict is about the system as it is described here, not about any use of it. This is not legal advice."
)


def list_as_text(entries: Sequence[Entry], *, width: int = 80) -> str:
    """Every entry in a line or two: id, name, place, family and status."""
    width = max(width, text.NARROWEST)
    lines = text.wrapped(f"{counted(len(entries), 'system', 'systems')}; habeas catalogue ID tells what is known of one", width=width)
    for family in dict.fromkeys(entry.family for entry in _sorted(entries)):
        some = [entry for entry in _sorted(entries) if entry.family is family]
        lines += ["", f"{family.value} ({len(some)})"]
        for entry in some:
            lines += text.wrapped(f"{entry.id}: {entry.name}; {entry.place}; {entry.status.value}", width=width, indent="    ", first="  ")
    return "\n".join(lines) + "\n"


def list_as_document(entries: Sequence[Entry]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "habeas": LIST,
        "systems": [
            {"id": e.id, "name": e.name, "place": e.place, "family": e.family.value, "status": e.status.value, "verified": e.verified.value}
            for e in _sorted(entries)
        ],
    }


def as_text(entry: Entry, verdicts: Sequence[Verdict], *, vocabulary: Vocabulary, width: int = 80) -> str:
    """One entry: what it is, every fact with its source, the answers it is screened by, and what each book finds."""
    width = max(width, text.NARROWEST)
    lines = [*text.wrapped(f"{entry.name}, {entry.place}", width=width), text.rule(width)]
    lines += text.wrapped(entry.description.about, width=width)
    lines += ["", *text.labelled(list(_facts(entry)), width=width)]
    sources = sources_of(entry)
    stated = [("What goes in", entry.inputs), ("What it decides", entry.decides), ("What others found", entry.findings)]
    for title, statements in [("Whether it is in use", (entry.status_note,)), *stated]:
        lines += list(_statements(title, statements, sources, width))
    lines += [*text.heading("Answers it is screened by"), *_answers(entry, vocabulary, width)]
    lines += [*text.heading("What the rulebooks find"), *text.wrapped(described(entry), width=width), ""]
    lines += _verdicts(entry, verdicts, width)
    lines += [*text.heading("Sources"), *_numbered(sources, width)]
    lines += ["", *text.wrapped(ABOUT, width=width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_document(entry: Entry, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The same for programs."""
    found = {
        verdict.book.id: {"finding": verdict.finding.value, "decided_by": [r.rule.id for r in verdict.deciding]} for verdict in verdicts
    }
    return {"habeas": ENTRY, **plain(entry), "verdicts": found}


def described(entry: Entry) -> str:
    """Which state of the system the findings are about, and that it is in use beyond that."""
    later = " It is in use; how it is used since is not described." if entry.dated else ""
    return f"Described: {entry.description.version}. The findings are about that state.{later}"


def cited(source: Source) -> str:
    """A source in a line."""
    read = "" if source.read_on is None else f", read on {source.read_on}"
    return f"{source.title}{'' if source.where is None else f' <{source.where}>'}{read}"


def _sorted(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.family.value, entry.id))


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    known = (("Operator", entry.operator), ("Vendor", entry.vendor), ("Years", entry.years), ("Version", entry.description.version))
    yield from ((label, said) for label, said in known if said is not None)
    yield "Family", entry.family.value
    yield "Status", entry.status.value
    if entry.description.techniques:
        yield "Technique", f"{', '.join(technique.value for technique in entry.description.techniques)} (no rule asks for it)"
    yield "Checked", CHECKED[entry.verified]


def sources_of(entry: Entry) -> list[Source]:
    """Every source of the entry once, in the order in which its facts name them."""
    statements = (entry.status_note, *entry.inputs, *entry.decides, *entry.findings)
    return list(dict.fromkeys(source for one in statements for source in one.sources))


def _numbered(sources: Sequence[Source], width: int) -> Iterator[str]:
    for number, source in enumerate(sources, start=1):
        yield from text.wrapped(cited(source), width=width, indent="    ", first=f"{number:2}. ")


def _statements(title: str, statements: Sequence[Statement], sources: Sequence[Source], width: int) -> Iterator[str]:
    if statements:
        yield from text.heading(title)
    for one in statements:
        numbers = ", ".join(str(sources.index(source) + 1) for source in one.sources)
        said = f"{one.says} [{CHECKED[one.confidence]}{f': {numbers}' if numbers else ''}]"
        yield from text.wrapped(said, width=width, indent="  ", first="- ")


def _answers(entry: Entry, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    for fact in vocabulary.facts:
        if fact.name in entry.description.answers:
            answer = entry.description.answer(fact.name)
            said = f"{fact.name}: {words.value(answer.value)}{'' if answer.note is None else f' ({answer.note})'}"
            yield from text.wrapped(said, width=width, indent="  ", first="- ")
    yield "All else is unknown."


def _verdicts(entry: Entry, verdicts: Sequence[Verdict], width: int) -> Iterator[str]:
    for verdict in verdicts:
        blocked = verdict.finding is Finding.BLOCKED
        by = "" if blocked else ", ".join(ruling.rule.id for ruling in verdict.deciding)
        said = f"{verdict.book.short} ({words.short_binding(verdict)}): {words.finding(verdict)}{f' ({by})' if by else ''}"
        yield from text.wrapped(said, width=width, indent="  ", first="- ")
        if blocked:
            yield from _blocking(entry, verdict, width)


def _blocking(entry: Entry, verdict: Verdict, width: int) -> Iterator[str]:
    others, only_purposes = blocking(judged(entry.description, verdict))
    lines = [f"{ruling.rule.title} [{ruling.rule.id}]" for ruling in others]
    if only_purposes:
        lines.append(f"{'and ' if others else ''}{words.only_further_purposes(len(only_purposes))}")
    for line in lines:
        yield from text.wrapped(line, width=width, indent="    ", first="  - ")
