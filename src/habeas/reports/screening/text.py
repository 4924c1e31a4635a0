"""A screen for a terminal: the strictest finding first, then per book what decided, what would change it, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.reports.language.phrases import counted, listed
from habeas.reports.lines import plain_text as text
from habeas.reports.screening import words
from habeas.reports.screening.duties import duty_lines
from habeas.reports.screening.law_as_of import law_as_of
from habeas.reports.screening.prohibitions import prohibition_lines
from habeas.reports.screening.questions import question_lines
from habeas.reports.screening.subject import Screening
from habeas.rules.reasons import judged
from habeas.rules.rulebook import Rulebook
from habeas.rules.verdicts import Finding, Verdict, strictest
from habeas.terms.answers import Ternary
from habeas.terms.sources import Confidence

MOST_NAMED = 6
"""Rules from memory that are named; more are only counted."""


def as_text(screening: Screening, *, width: int = 80, duties: bool = False) -> str:
    """The screen in lines of at most `width` columns (at least 40); `duties`: each duty in full, also where the use is prohibited."""
    width = max(width, text.NARROWEST)
    lines = [*_title(screening, width), *_overall(screening, width)]
    for verdict in screening.strictest_first():
        lines += _book(screening, verdict, width=width, duties=duties)
    lines += question_lines(screening, width=width, duties=duties)
    lines += _closing(screening, width)
    lines = [line.rstrip() for line in lines]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before) + "\n"


def overall(screening: Screening) -> str:
    """The strictest finding, and by which books: `prohibited by 1 of 5 books: Fair Trials`."""
    found, many = screening.strictest, len(screening.verdicts)
    if not found.prohibits and found is not Finding.BLOCKED:
        said = words.together([verdict for verdict in screening.verdicts if verdict.finding is found])
        return f"{said} ({counted(many, 'book', 'books')})"
    by = [_short(verdict, found) for verdict in screening.strictest_first() if _as_strict(verdict.finding, found)]
    share = "" if many == 1 else f"{len(by)} of {many} books: "
    whom = f"by {share}{listed(by)}"
    if found is Finding.PROHIBITED_UNLESS:
        return f"prohibited {whom}, unless an exception is shown"
    return f"{words.FINDINGS[found]} {whom}"


def _as_strict(finding: Finding, strictest_of_all: Finding) -> bool:
    return finding is strictest_of_all or (finding.prohibits and strictest_of_all.prohibits)


def _short(verdict: Verdict, strictest_of_all: Finding) -> str:
    unless = verdict.finding is Finding.PROHIBITED_UNLESS and strictest_of_all is Finding.PROHIBITED
    return f"{verdict.book.short} (unless an exception is shown)" if unless else verdict.book.short


def _title(screening: Screening, width: int) -> Iterator[str]:
    system = screening.system
    yield from text.wrapped(f"Screen of {system.name}, {system.version}, on {screening.on}", width=width)
    where = f" in {', '.join(system.used_in)}" if system.used_in else ""
    yield from text.wrapped(f"used by {system.operator}{where}", width=width)
    yield ""


def _overall(screening: Screening, width: int) -> Iterator[str]:
    yield text.rule(width)
    yield from text.wrapped(overall(screening).upper(), width=width)
    yield text.rule(width)
    yield from text.wrapped(words.MEANINGS[screening.strictest], width=width)
    yield from _not_ours(screening, width)
    bound = _bound(screening)
    yield from text.wrapped(bound, width=width) if bound else []
    for said in law_as_of([verdict.book for verdict in screening.verdicts], on=screening.on):
        yield from text.wrapped(said, width=width)
    if len(screening.verdicts) > 1:
        shown = [(words.SHORT[one.finding], f"{one.book.short}: {words.short_binding(one)}") for one in screening.strictest_first()]
        yield from ("", *text.labelled(shown, width=width))


def _not_ours(screening: Screening, width: int) -> Iterator[str]:
    for verdict in screening.verdicts:
        own = screening.own.get(verdict.book.id)
        if own is not None:
            said = f"{verdict.book.short} was read from {own.file}: {words.not_ours(own)}."
            yield from text.wrapped(said, width=width, indent="  ", first="! ")


def _bound(screening: Screening) -> str:
    """What the books say that are law where the system is used, where that isn't the strictest finding."""
    law = [verdict for verdict in screening.verdicts if verdict.binding is Ternary.YES]
    if any(verdict.binding is Ternary.UNKNOWN for verdict in screening.verdicts):
        return "The description doesn't say where the system is used (used_in), so nobody can tell which of these laws bind."
    found = strictest(verdict.finding for verdict in law)
    if not law or found.severity == screening.strictest.severity:
        return ""
    said = words.together([verdict for verdict in law if verdict.finding is found])
    return f"Of the books that are law where it is used, the strictest says: {said}."


def _book(screening: Screening, verdict: Verdict, *, width: int, duties: bool) -> Iterator[str]:
    book, by, known = verdict.book, judged(screening.system, verdict), screening.vocabulary
    own, binding = screening.own.get(book.id), words.binding(verdict)
    short = book.short if own is None else f"{book.short} ({words.not_ours(own)})"
    yield from ("", *text.wrapped(f"{short}: {words.finding(verdict)}".upper(), width=width), "-" * width)
    if own is not None:
        yield from text.wrapped(f"Read from {own.file}.", width=width)
    about = f"{book.title.rstrip('.')}. {binding[0].upper()}{binding[1:]}. Version {book.version}, as of {book.checked_on}."
    yield from text.wrapped(about, width=width)
    yield from prohibition_lines(by, vocabulary=known, width=width)
    yield from duty_lines(by, vocabulary=known, width=width, in_full=duties)


def _closing(screening: Screening, width: int) -> Iterator[str]:
    yield from ("", text.rule(width))
    yield from text.wrapped(f"Overall: {overall(screening)}.", width=width)
    books = [verdict.book for verdict in screening.verdicts]
    said = [words.NOT_ADVICE, *_unread(screening), *_from_memory(screening.verdicts), *_unsettled(books)]
    yield from text.wrapped(" ".join(said), width=width)


def _unread(screening: Screening) -> Iterator[str]:
    unread = [verdict.book for verdict in screening.verdicts if not verdict.book.readers]
    ours = [book.short for book in unread if book.id not in screening.own]
    if ours:
        yield f"No lawyer has yet read {listed(ours)}, as habeas states it, against the text."
    for book in unread:
        if book.id in screening.own:
            yield f"No lawyer has yet read {book.short}, as {screening.own[book.id].file} states it, against the text."


def _from_memory(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Which of the rules that are told were written from memory."""
    told = [ruling.rule for verdict in verdicts for ruling in verdict.rulings if ruling.bites is not Ternary.NO or ruling.upcoming]
    memory = [rule.id for rule in told if rule.confidence is Confidence.MEMORY]
    if memory:
        some = listed(memory) if len(memory) <= MOST_NAMED else f"{', '.join(memory[:MOST_NAMED])} and others"
        rest = "rests" if len(memory) == 1 else "rest"
        yield f"{len(memory)} of the {len(told)} rules told here {rest} on memory alone and must be checked first: {some}."


def _unsettled(books: Sequence[Rulebook]) -> Iterator[str]:
    if any(book.unsettled for book in books):
        yield "What a lawyer must still decide stands in each book: `habeas rules show BOOK`."
