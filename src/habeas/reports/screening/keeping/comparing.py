"""What changed between two kept screens of one system: findings and rules, and why (the description, the books, the day)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from habeas.reports.screening.keeping.kept import check, check_together
from habeas.rules.verdicts import Finding
from habeas.terms.answers import Ternary

REFUSING = frozenset({Finding.PROHIBITED.value, Finding.PROHIBITED_UNLESS.value, Finding.BLOCKED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Was:
    """Something that was `before` and is `after` now; None: it wasn't there, or isn't any more."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookChange:
    """What changed in what one book says; `edition`: whether the book itself is another one now."""

    id: str
    short: str
    finding: Was | None
    edition: Was | None
    rules: tuple[Was, ...]


class Reason(Enum):
    """Why two screens may differ, in the order in which they are told."""

    ASKED = "asked"
    """Other books were asked."""
    DESCRIPTION = "description"
    BOOKS = "books"
    DAY = "day"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenChanges:
    """What changed from one screen to a later one. `answers`: those of the description that differ, with their evidence."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    described: tuple[Was, ...]
    answers: tuple[Was, ...]
    books: tuple[BookChange, ...]

    @property
    def of_one_system(self) -> bool:
        """Whether both screens are of a system of one name: two states of it, not two systems."""
        return same_system(self.before, self.after)

    @property
    def of_one_book(self) -> bool:
        """Whether some book was asked both times, so that there is a finding to compare."""
        return not _asked(self.before).isdisjoint(_asked(self.after))

    @property
    def finding_changed(self) -> bool:
        """Whether some book, or the strictest of all, finds something else now, or a book that refuses was asked only once."""
        changed = [book.finding for book in self.books if book.finding is not None]
        told = any(None not in (found.before, found.after) or bool({found.before, found.after} & REFUSING) for found in changed)
        return told or bool(self.before["finding"] != self.after["finding"])

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What differs that a finding rests on."""
        differs = {
            Reason.ASKED: _asked(self.before) != _asked(self.after),
            Reason.DESCRIPTION: self.before["system"]["sha256"] != self.after["system"]["sha256"],
            Reason.BOOKS: any(book.edition is not None for book in self.books),
            Reason.DAY: self.before["on"] != self.after["on"],
            Reason.RELEASE: _release(self.before) != _release(self.after),
        }
        return tuple(reason for reason, yes in differs.items() if yes)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> ScreenChanges:
    """What changed between two documents that `habeas screen --out` wrote; fields that this release doesn't know don't count.

    Raises:
        BadInput: one of them isn't such a document, contradicts itself, or contradicts the other.
    """
    for document, which in ((before, "the first"), (after, "the second")):
        check(document, which)
    check_together(before, after)
    old, new = before["system"], after["system"]
    described = _differences(
        {name: _said(old.get(name)) for name in ("name", "version", "operator", "used_in")},
        {name: _said(new.get(name)) for name in ("name", "version", "operator", "used_in")},
    )
    answers = tuple(_answers(old["answers"], new["answers"]))
    return ScreenChanges(before=before, after=after, described=described, answers=answers, books=tuple(_books(before, after)))


def same_system(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two kept verdicts are of a system of one name."""
    return bool(one["system"].get("name") == other["system"].get("name"))


def _books(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[BookChange]:
    old, new = ({book["id"]: book for book in document["books"]} for document in (before, after))
    for name in dict.fromkeys([*old, *new]):
        found = _book(name, old.get(name), new.get(name))
        if found.finding is not None or found.edition is not None or found.rules:
            yield found


def _book(name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> BookChange:
    known = new if new is not None else old if old is not None else {}
    both = old is not None and new is not None
    return BookChange(
        id=name,
        short=str(known.get("short", name)),
        finding=_change(name, None if old is None else old["finding"], None if new is None else new["finding"]),
        edition=_change(name, _edition(old), _edition(new)) if both else None,
        rules=_differences(_rules(old), _rules(new)) if both else (),
    )


def _rules(book: Mapping[str, Any] | None) -> dict[str, str]:
    """Per rule that isn't plainly no, what is said of it."""
    rulings: Sequence[Mapping[str, Any]] = [] if book is None else book["rulings"]
    return {ruling["rule"]: _ruled(ruling) for ruling in rulings}


def _ruled(ruling: Mapping[str, Any]) -> str:
    if ruling["bites"] == Ternary.YES.value:
        return "bites"
    if ruling["bites"] == Ternary.UNKNOWN.value:
        return "open, and disputed" if ruling.get("disputed") is not None else "open"
    if ruling.get("lifted_by") is not None:
        return f"lifted by {ruling['lifted_by']}"
    return f"{'' if ruling.get('met') == Ternary.YES.value else 'perhaps '}from {ruling.get('from', 'a later day')} on"


def _edition(book: Mapping[str, Any] | None) -> str | None:
    if book is None:
        return None
    own = ", not a book that habeas brings" if book.get("shipped") is False else ""
    return f"version {book['version']} ({book['sha256'][:12]}{own})"


def _asked(document: Mapping[str, Any]) -> set[str]:
    return {book["id"] for book in document["books"]}


def _release(document: Mapping[str, Any]) -> object:
    return document.get("tool", {}).get("version")


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Was, ...]:
    changes = (_change(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after]))
    return tuple(change for change in changes if change is not None)


def _change(name: str, before: str | None, after: str | None) -> Was | None:
    return None if before == after else Was(name=name, before=before, after=after)


def _answers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Was]:
    """Every answer that differs in anything, notes and evidence included."""
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield Was(name=name, before=_said(old[name]) if name in old else None, after=_said(new[name]) if name in new else None)


def _said(answer: object) -> str:
    """An answer as it was written, evidence and note included, in a line."""
    if isinstance(answer, Mapping):
        shown = [_shown(item) for item in answer.get("evidence", [])]
        noted = f", noted: {answer['note']}" if answer.get("note") is not None else ""
        return f"{_said(answer.get('answer'))}, {'shown by ' + '; '.join(shown) if shown else 'without evidence'}{noted}"
    if isinstance(answer, list):
        return ", ".join(str(word) for word in answer) or "none"
    return "not stated" if answer is None else str(answer)


def _shown(item: object) -> str:
    """A piece of evidence: what it is, where, and by whom."""
    if not isinstance(item, Mapping):
        return str(item)
    more = [f"{name} {item[name]}" for name in ("where", "by") if item.get(name) is not None]
    return f"{item.get('what', '')} ({', '.join(more)})" if more else str(item.get("what", ""))
