"""What changed between two kept screens of one system: findings and rules, and why (the description, the books, the day)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from habeas.errors import BadInput
from habeas.reports.screening.document import SCHEMA
from habeas.rules.verdicts import Finding
from habeas.terms.answers import Ternary

KIND = SCHEMA.partition("/")[0]


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
    """Why two screens may differ."""

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
    def finding_changed(self) -> bool:
        """Whether some book that screened both times finds something else now."""
        return any(book.finding is not None and None not in (book.finding.before, book.finding.after) for book in self.books)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What differs that a finding rests on."""
        differs = {
            Reason.DESCRIPTION: self.before["system"]["sha256"] != self.after["system"]["sha256"],
            Reason.BOOKS: any(book.edition is not None for book in self.books),
            Reason.DAY: self.before["on"] != self.after["on"],
            Reason.RELEASE: _release(self.before) != _release(self.after),
        }
        return tuple(reason for reason, yes in differs.items() if yes)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> ScreenChanges:
    """What changed between two documents that `habeas screen --out` wrote; fields that this release doesn't know don't count.

    Raises:
        BadInput: one of them isn't such a document.
    """
    for document, which in ((before, "the first"), (after, "the second")):
        _check(document, which)
    old, new = before["system"], after["system"]
    described = _differences(
        {name: _said(old.get(name)) for name in ("name", "version", "operator", "used_in")},
        {name: _said(new.get(name)) for name in ("name", "version", "operator", "used_in")},
    )
    answers = _differences(_all_said(old["answers"]), _all_said(new["answers"]))
    return ScreenChanges(before=before, after=after, described=described, answers=answers, books=tuple(_books(before, after)))


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
    return None if book is None else f"version {book['version']} ({book['sha256'][:12]})"


def _release(document: Mapping[str, Any]) -> object:
    return document.get("tool", {}).get("version")


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Was, ...]:
    changes = (_change(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after]))
    return tuple(change for change in changes if change is not None)


def _change(name: str, before: str | None, after: str | None) -> Was | None:
    return None if before == after else Was(name=name, before=before, after=after)


def _all_said(answers: Mapping[str, Any]) -> dict[str, str]:
    return {name: _said(answer) for name, answer in answers.items()}


def _said(answer: object) -> str:
    """An answer as it was written, evidence included, in a line."""
    if isinstance(answer, Mapping):
        shown = [str(item.get("what", "")) for item in answer.get("evidence", [])]
        return f"{_said(answer.get('answer'))}, {'shown by ' + '; '.join(shown) if shown else 'without evidence'}"
    if isinstance(answer, list):
        return ", ".join(str(word) for word in answer) or "none"
    return "not stated" if answer is None else str(answer)


def _check(document: Mapping[str, Any], which: str) -> None:
    given = document.get("habeas")
    kind, _, version = str(given).partition("/")
    if kind == KIND and given != SCHEMA:
        raise BadInput(f"habeas: {which} file is of format {given}; this release reads {KIND}/1, not {KIND}/{version}: use a newer habeas")
    try:
        fits = given == SCHEMA and {book["finding"] for book in document["books"]} <= {finding.value for finding in Finding}
        fits = fits and all((ruling["rule"], ruling["bites"]) for book in document["books"] for ruling in book["rulings"])
        _ = [document["on"], document["system"]["sha256"], *document["system"]["answers"].items()]
        _ = [(book["id"], book["version"], book["sha256"]) for book in document["books"]]
    except (KeyError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise BadInput(f"{which} file: expected a verdict that `habeas screen SYSTEM --out FILE` wrote; it holds something else")
