"""What changed between two screens, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.reports.lines import plain_text as text
from habeas.reports.screening.comparing import BookChange, Reason, ScreenChanges, Was

NARROWEST = 40
REASONS = {
    Reason.DESCRIPTION: "the description of the system",
    Reason.BOOKS: "the books",
    Reason.DAY: "the day whose law counts",
    Reason.RELEASE: "the release of habeas",
}
NOT_TOLD = "not told"


def as_text(changes: ScreenChanges, *, width: int = 80) -> str:
    """What changed, in lines of at most `width` columns: findings first, then why, then rule by rule."""
    width = max(width, NARROWEST)
    lines = [*_opening(changes, width), *_findings(changes, width), *_why(changes, width), *_rules(changes, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _opening(changes: ScreenChanges, width: int) -> Iterator[str]:
    yield "What changed between two screens"
    yield text.rule(width)
    old, new = changes.before, changes.after
    said = [("Earlier", f"{old['system']['name']}, {old['system'].get('version', '')}, on {old['on']}: {old.get('finding', '')}")]
    said.append(("Later", f"{new['system']['name']}, {new['system'].get('version', '')}, on {new['on']}: {new.get('finding', '')}"))
    yield from text.labelled(said, width=width)
    yield text.rule(width)


def _findings(changes: ScreenChanges, width: int) -> Iterator[str]:
    changed = [(book, book.finding) for book in changes.books if book.finding is not None]
    if not changed:
        yield from text.wrapped("No book finds anything else than before.", width=width)
    for book, finding in changed:
        yield from text.wrapped(f"{book.short}: {_finding(finding)}", width=width, indent="  ", first="* ")


def _finding(change: Was) -> str:
    if change.before is None:
        return f"screened now only: {change.after}"
    if change.after is None:
        return f"screened before only: {change.before}"
    return f"{change.before.upper()} -> {change.after.upper()}"


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
    plainly_no = [Was(name=rule.name, before=rule.before or "doesn't bite", after=rule.after or "doesn't bite") for rule in book.rules]
    yield from _items(book.short, plainly_no, width)


def _listed(title: str, changed: Sequence[Was], width: int) -> Iterator[str]:
    if changed:
        yield ""
        yield from _items(title, changed, width)


def _items(title: str, changed: Sequence[Was], width: int) -> Iterator[str]:
    yield from text.wrapped(title, width=width)
    for change in changed:
        said = f"{change.name}: {change.before or NOT_TOLD} -> {change.after or NOT_TOLD}"
        yield from text.wrapped(said, width=width, indent="    ", first="  - ")
