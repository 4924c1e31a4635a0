"""Rules in words: outcomes, dates, conditions and plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from habeas.reports.language.phrases import listed
from habeas.reports.screening.words import wanted
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay, Test
from habeas.rules.rulebook import Change, Force, Outcome, Rule, Rulebook, Window
from habeas.terms.sources import Confidence, Source

OUTCOMES = {Outcome.PROHIBITED: "prohibited", Outcome.CLASS: "class", Outcome.DUTY: "duty", Outcome.RIGHT: "right"}

CONFIDENCES = {
    Confidence.SOURCE: "the cited text itself was read",
    Confidence.SECONDARY: "read in texts about it that agree",
    Confidence.MIXED: "some of it was read, some is from memory",
    Confidence.MEMORY: "from general knowledge; check it before you rely on it",
}

MOST_COUNTRIES = 5
ABSENT = "(absent)"


def outcome(rule: Rule) -> str:
    """What follows from the rule: `prohibited`, or `puts a system in the class high-risk`."""
    return OUTCOMES[rule.outcome] if rule.in_class is None else f"puts a system in the class {rule.in_class}"


def force(book: Rulebook) -> str:
    """Whether the book is law, and where."""
    if book.force is Force.STANDARD:
        return "a standard, which binds nobody by itself"
    return f"law in {listed(list(book.binds_in))}" if book.binds_in else "law; the book doesn't say where"


def change_line(change: Change) -> str:
    """What a version changed, in a line: `2, 2026-12-01: Amended. (S-1; removed: S-0)`."""
    removed = f"removed: {', '.join(change.removed)}" if change.removed else ""
    about = "; ".join(part for part in (", ".join(change.rules), removed) if part)
    return f"{change.version}, {change.on}: {change.what}{f' ({about})' if about else ''}"


def short_force(book: Rulebook) -> str:
    """The same for a list: many countries are counted."""
    return f"law in {len(book.binds_in)} countries" if len(book.binds_in) > MOST_COUNTRIES else force(book)


def readers(book: Rulebook) -> str:
    """Who read the book against the law."""
    read_by = [f"{reader.name}, {reader.role}, {reader.on}" for reader in book.readers]
    return "; ".join(read_by) or "nobody yet"


def source(found: Source) -> str:
    """A source: what it is called, where it is, when it was read."""
    read_on = None if found.read_on is None else f"read on {found.read_on}"
    return ", ".join(part for part in (found.title, found.where, read_on) if part is not None)


def days(window: Window) -> str:
    """When a window is open: `from 2025-02-02`, `until 2026-02-04`, `at any time`."""
    limits = [None if window.start is None else f"from {window.start}", None if window.end is None else f"until {window.end}"]
    return " ".join(limit for limit in limits if limit is not None) or "at any time"


def short_days(rule: Rule) -> str:
    """All windows of a rule in one line; a disputed one says so."""
    return "; ".join(f"{days(window)}{' (disputed)' if window.disputed is not None else ''}" for window in rule.windows)


def named(test: Test | InClass) -> str:
    """A test by the name of its fact: `solely_automated: yes`."""
    return f"it belongs to the class {test.name}" if isinstance(test, InClass) else f"{test.fact}: {wanted(test)}"


Teller = Callable[[Test | InClass], str]


def conditions(condition: Condition, tell: Teller = named) -> Iterator[tuple[int, str]]:
    """A condition line by line, each with how deep it stands: all lines must hold, except below a line that says otherwise."""
    for part in condition.parts if isinstance(condition, AllOf) else (condition,):
        yield from _lines(part, 0, tell)


def _lines(condition: Condition, depth: int, tell: Teller) -> Iterator[tuple[int, str]]:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            yield depth, "all of these:" if isinstance(condition, AllOf) else "at least one of these:"
            for part in parts:
                yield from _lines(part, depth + 1, tell)
        case InClass() | Is() | Among() | OnDay():
            yield depth, tell(condition)


def in_one_line(condition: Condition, tell: Teller = named) -> str:
    """A condition in one line."""
    match condition:
        case AllOf(parts=parts):
            return " and ".join(_bracketed(part, tell) for part in parts)
        case AnyOf(parts=parts):
            return " or ".join(_bracketed(part, tell) for part in parts)
        case InClass() | Is() | Among() | OnDay():
            return tell(condition)


def content(value: Any) -> str:
    """A plain value, as `habeas.rules.plain` makes it, in one line."""
    if value is None:
        return ABSENT
    if isinstance(value, Mapping) and "says" in value and "answers" in value:
        return str(value["says"])  # an example is known by what it says
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_inner(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(_inner(item) for item in value) or "none"
    return str(value)


def _inner(value: Any) -> str:
    return f"({content(value)})" if isinstance(value, Mapping | list) else str(value)


def _bracketed(part: Condition, tell: Teller) -> str:
    return f"({in_one_line(part, tell)})" if isinstance(part, AllOf | AnyOf) else in_one_line(part, tell)
