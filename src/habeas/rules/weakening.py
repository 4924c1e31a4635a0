"""Where a newer version of a book prohibits less than the one before, whatever the systems that it is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product
from typing import TypeAlias

from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, Leaf, OnDay, classes, tests
from habeas.rules.rulebook import Force, Outcome, Rule, Rulebook, Window

Found: TypeAlias = tuple["Weakened", str, object, object]

ALWAYS = AllOf(parts=())


class Weakened(Enum):
    """In which way a prohibition became weaker."""

    REMOVED = "removed"
    OUTCOME = "no longer prohibits"
    CLASS = "no longer puts systems in its class"
    CONDITION = "asks for more, so that it catches less"
    EXCEPTION_ADDED = "has a new exception"
    EXCEPTION_WIDENED = "has a wider exception"
    CLEARS = "takes a bare answer for shown"
    TIME = "applies for a shorter time, or to fewer systems in it, or is disputed"
    BINDS = "binds in fewer places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakening:
    """A prohibition that became weaker: of which rule (None: the whole book), where in it, and what stood and stands there.

    `old` and `new` are values of the book: a condition, an outcome, windows, countries; None: nothing stands there.
    """

    rule: str | None
    title: str
    how: Weakened
    field: str
    old: object
    new: object


def weakenings(old: Rulebook, new: Rulebook) -> tuple[Weakening, ...]:
    """What of `old` prohibits less in `new`, in the order of `old`; also the classes on which a prohibition rests."""
    has = {rule.id: rule for rule in new.rules}
    rested_on = frozenset().union(*(classes(rule.when) for rule in old.rules if rule.outcome is Outcome.PROHIBITED))
    found = [*_whole(old, new)]
    for rule in old.rules:
        if rule.outcome is Outcome.PROHIBITED or rule.in_class in rested_on:
            found += _gone(rule) if rule.id not in has else _weaker(rule, has[rule.id])
    return tuple(found)


def entails(one: Condition, other: Condition) -> bool:
    """Whether `other` holds wherever `one` holds, as far as their tests tell; a fact's meaning isn't looked at."""
    return one == other or all(_holds(other, way) for way in _ways(one, frozenset(_words(other))))


def _whole(old: Rulebook, new: Rulebook) -> Iterator[Weakening]:
    if old.force is Force.LAW and new.force is not Force.LAW:
        yield Weakening(rule=None, title=new.title, how=Weakened.BINDS, field="force", old=old.force, new=new.force)
    if set(old.binds_in) - set(new.binds_in):
        yield Weakening(rule=None, title=new.title, how=Weakened.BINDS, field="binds_in", old=old.binds_in, new=new.binds_in)


def _gone(rule: Rule) -> Iterator[Weakening]:
    yield Weakening(rule=rule.id, title=rule.title, how=Weakened.REMOVED, field="", old=rule.outcome, new=None)


def _weaker(old: Rule, new: Rule) -> Iterator[Weakening]:
    for how, field, was, now in (*_conditions(old, new), *_exceptions(old, new), *_clears(old, new), *_times(old, new)):
        yield Weakening(rule=old.id, title=old.title, how=how, field=field, old=was, new=now)


def _conditions(old: Rule, new: Rule) -> Iterator[Found]:
    if new.outcome is not old.outcome and old.outcome is Outcome.PROHIBITED:
        yield Weakened.OUTCOME, "outcome", old.outcome, new.outcome
    if new.in_class != old.in_class and old.in_class is not None:
        yield Weakened.CLASS, "class", old.in_class, new.in_class
    if not entails(old.when, new.when):
        yield Weakened.CONDITION, "when", old.when, new.when


def _exceptions(old: Rule, new: Rule) -> Iterator[Found]:
    had = {lift.id: lift.when for lift in old.lifts}
    for lift in new.lifts:
        if not any(entails(lift.when, when) for when in had.values()):
            how = Weakened.EXCEPTION_WIDENED if lift.id in had else Weakened.EXCEPTION_ADDED
            yield how, f"exceptions: {lift.id}", had.get(lift.id), lift.when


def _clears(old: Rule, new: Rule) -> Iterator[Found]:
    asked = {test.fact for test in tests(new.when)}
    for fact, what in old.clears.items():
        if fact in asked and fact not in new.clears:
            yield Weakened.CLEARS, f"clears: {fact}", what, None


def _times(old: Rule, new: Rule) -> Iterator[Found]:
    if any(_less_in_force(old, new, day) for day in _days(old, new)):
        yield Weakened.TIME, "applies", old.windows, new.windows


def _days(old: Rule, new: Rule) -> list[date]:
    """A day of every time between two boundaries; before the first of them, the earliest day there is."""
    return [date.min, *sorted({day for rule in (old, new) for window in rule.windows for day in window.boundaries()})]


def _less_in_force(old: Rule, new: Rule, day: date) -> bool:
    certain = entails(_for_whom(old, day, disputed=False), _for_whom(new, day, disputed=False))
    return not (certain and entails(_for_whom(old, day, disputed=True), _for_whom(new, day, disputed=True)))


def _for_whom(rule: Rule, day: date, *, disputed: bool) -> Condition:
    """Of which systems it holds that the rule is in force that day; `disputed`: count the times in which that isn't settled, too."""
    windows: list[Window] = [window for window in rule.windows if window.holds(day) and (disputed or window.disputed is None)]
    return AnyOf(parts=tuple(ALWAYS if window.when is None else window.when for window in windows))


def _ways(condition: Condition, apart: frozenset[str]) -> Iterator[frozenset[Leaf]]:
    """Every way of meeting a condition: tests that are met together; words that the other condition knows are told `apart`."""
    match condition:
        case AllOf(parts=parts):
            for chosen in product(*(tuple(_ways(part, apart)) for part in parts)):
                yield frozenset().union(*chosen)
        case AnyOf(parts=parts):
            for part in parts:
                yield from _ways(part, apart)
        case Among(fact=fact, words=words):
            yield from (frozenset({Among(fact=fact, words=frozenset({word}))}) for word in sorted(words & apart))
            if words - apart:
                yield frozenset({Among(fact=fact, words=words - apart)})
        case _:
            yield frozenset({condition})


def _holds(condition: Condition, met: frozenset[Leaf]) -> bool:
    match condition:
        case AllOf(parts=parts):
            return all(_holds(part, met) for part in parts)
        case AnyOf(parts=parts):
            return any(_holds(part, met) for part in parts)
        case _:
            return any(_leads_to(leaf, condition) for leaf in met)


def _leads_to(one: Leaf, other: Leaf) -> bool:
    match one, other:
        case Among(), Among():
            return one.fact == other.fact and one.words <= other.words
        case OnDay(), OnDay():
            return one.fact == other.fact and _no_earlier(one, other) and _no_later(one, other)
    return one == other


def _no_earlier(one: OnDay, other: OnDay) -> bool:
    return other.since is None or (one.since is not None and one.since >= other.since)


def _no_later(one: OnDay, other: OnDay) -> bool:
    return other.before is None or (one.before is not None and one.before <= other.before)


def _words(condition: Condition) -> Iterator[str]:
    for test in tests(condition):
        yield from test.words if isinstance(test, Among) else ()
