"""What changed between two screens, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from habeas.reports.language.phrases import listed
from habeas.reports.lines import plain_text as text
from habeas.reports.screening import words
from habeas.reports.screening.keeping.comparing import BookChange, Reason, ScreenChanges, Was

REASONS = {
    Reason.ASKED: "which books were asked",
    Reason.DESCRIPTION: "the description of the system",
    Reason.BOOKS: "the books",
    Reason.DAY: "the day whose law counts",
    Reason.RELEASE: "the release of habeas",
}
NOT_TOLD = "not told"
NO = "doesn't bite"
IN_WORDS = {finding.value: said for finding, said in words.FINDINGS.items()}


def as_text(changes: ScreenChanges, *, width: int = 80) -> str:
    """What changed, in lines of at most `width` columns: findings first, then why, then rule by rule."""
    width = max(width, text.NARROWEST)
    lines = [*_opening(changes, width), *_findings(changes, width), *_why(changes, width), *_rules(changes, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _opening(changes: ScreenChanges, width: int) -> Iterator[str]:
    if not changes.of_one_system:
        yield from text.wrapped("! These are two systems, not two states of one.", width=width)
    if not changes.of_one_book:
        yield from text.wrapped("! No book was asked in both.", width=width)
    yield "What changed between two screens"
    yield text.rule(width)
    yield from text.labelled([("Earlier", _screen(changes.before)), ("Later", _screen(changes.after))], width=width)
    yield text.rule(width)


def _screen(document: Mapping[str, Any]) -> str:
    system = document["system"]
    return (
        f"{system.get('name', 'a system')}, {system.get('version', 'no version')}, on {document['on']}: {_words(document.get('finding'))}"
    )


def _findings(changes: ScreenChanges, width: int) -> Iterator[str]:
    changed = [(book, book.finding) for book in changes.books if book.finding is not None]
    once = [book.short for book, finding in changed if None in (finding.before, finding.after)]
    if once:
        yield from text.wrapped(f"Not the same books were asked: only once {listed(once)}.", width=width, indent="  ", first="! ")
    if not changed:
        yield from text.wrapped("No book finds anything else than before.", width=width)
    for book, finding in changed:
        yield from text.wrapped(f"{book.short}: {_finding(finding)}", width=width, indent="  ", first="* ")


def _finding(change: Was) -> str:
    if change.before is None:
        return f"screened now only: {_words(change.after)}"
    if change.after is None:
        return f"screened before only: {_words(change.before)}"
    return f"{_words(change.before).upper()} -> {_words(change.after).upper()}"


def _words(finding: str | None) -> str:
    return IN_WORDS.get(str(finding), str(finding))


def _why(changes: ScreenChanges, width: int) -> Iterator[str]:
    reasons = changes.reasons
    yield from text.heading("What differs")
    if not reasons:
        yield from text.wrapped("Nothing that a verdict rests on.", width=width)
        return
    yield from text.wrapped(f"These differ: {'; '.join(REASONS[reason] for reason in reasons)}.", width=width)
    yield from _listed("The description", (*changes.described, *changes.answers), width)
    editions = [
        Was(name=book.short, before=book.edition.before, after=book.edition.after) for book in changes.books if book.edition is not None
    ]
    yield from _listed("The books", editions, width)
    if Reason.DAY in reasons:
        yield from _listed("The day", [Was(name="on", before=changes.before["on"], after=changes.after["on"])], width)


def _rules(changes: ScreenChanges, width: int) -> Iterator[str]:
    some = [book for book in changes.books if book.rules]
    if some:
        yield from text.heading("Rule by rule")
    for book in some:
        yield from _book(book, width)


def _book(book: BookChange, width: int) -> Iterator[str]:
    """Rules that went the same way stand together."""
    ways = dict.fromkeys((rule.before, rule.after) for rule in book.rules)
    together = [
        Was(name=", ".join(rule.name for rule in book.rules if (rule.before, rule.after) == way), before=way[0] or NO, after=way[1] or NO)
        for way in ways
    ]
    yield from _items(book.short, together, width)


def _listed(title: str, changed: Sequence[Was], width: int) -> Iterator[str]:
    if changed:
        yield ""
        yield from _items(title, changed, width)


def _items(title: str, changed: Sequence[Was], width: int) -> Iterator[str]:
    yield from text.wrapped(title, width=width)
    for change in changed:
        said = f"{change.name}: {change.before or NOT_TOLD} -> {change.after or NOT_TOLD}"
        yield from text.wrapped(said, width=width, indent="    ", first="  - ")
