"""A rulebook: what one law, convention or standard prohibits and demands, as data that a lawyer can read and amend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from types import MappingProxyType

from habeas.errors import BadRulebook
from habeas.rules.conditions import Condition, tests
from habeas.terms.answers import Answer
from habeas.terms.sources import Confidence, Source


class Force(Enum):
    """What kind of text a book states."""

    LAW = "law"
    STANDARD = "standard"
    """Asked for, binding nobody by itself."""


class Outcome(Enum):
    """What follows where a rule's conditions are met."""

    PROHIBITED = "prohibited"
    CLASS = "class"
    """The system belongs to a class, to which other rules of the book attach."""
    DUTY = "duty"
    RIGHT = "right"
    """Something the person affected, or whoever acts for them, may do."""


class Unit(Enum):
    """What a time limit is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time limit: `within` so many `unit`s from `starts`. None: the text sets no number, as `says` tells (without undue delay)."""

    says: str
    within: int | None = None
    unit: Unit | None = None
    starts: str | None = None

    def __post_init__(self) -> None:
        if (self.within is None) != (self.unit is None):
            raise BadRulebook(
                "deadline: expected within and unit together, or neither; got one of them: write e.g. within: 72, unit: hours"
            )

    @property
    def length(self) -> str | None:
        """The number with its unit: `1 month`, `72 hours`; None where the text sets none."""
        if self.within is None or self.unit is None:
            return None
        return f"{self.within} {self.unit.value.removesuffix('s') if self.within == 1 else self.unit.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a rule applies: from `start` to `end`, both included; None: since ever, or until further notice.

    `when`: only to systems of which this holds. `disputed`: why it isn't settled whether the rule applies in this time at all.
    """

    start: date | None = None
    end: date | None = None
    when: Condition | None = None
    basis: str
    disputed: str | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise BadRulebook("applies: expected from to be no later than until; got no day in between: mend one of them")

    def holds(self, day: date) -> bool:
        """Whether `day` is within."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def boundaries(self) -> tuple[date, ...]:
        """The days on which something begins: the first day within, and the first day after."""
        after = None if self.end is None else self.end + timedelta(days=1)
        return tuple(day for day in (self.start, after) if day is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """An exception bound to the one rule that holds it: where `when` is shown, the rule doesn't bite.

    `evidence`: for each fact that `when` asks for, what must show it; an answer without evidence lifts nothing.
    """

    id: str
    article: str
    title: str
    when: Condition
    evidence: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", MappingProxyType(dict(self.evidence)))
        asked = {test.fact for test in tests(self.when)}
        missing, surplus = sorted(asked - self.evidence.keys()), sorted(self.evidence.keys() - asked)
        if missing:
            raise BadRulebook(
                f"evidence: expected what shows each fact that the exception rests on; {', '.join(missing)} is missing: add it"
            )
        if surplus:
            raise BadRulebook(f"evidence: {', '.join(surplus)} is not asked for by this exception: remove it, or ask for it under when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A made-up system, as far as the rule asks, and the day on which it is screened (None: the day the book was last checked)."""

    says: str
    answers: Mapping[str, Answer]
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a book, with its exceptions, its dates, its evidence and its tests.

    `who`: upon whom it lies. `clears`: for each fact by which a system can be cleared of the rule, what must show it; an answer that
    clears without evidence counts as unknown. `evidence`: what shows that the duty is met. `caught`, `passed`: examples that the rule
    must catch and must let pass. `safeguard`: what the rule serves, for the places that ask by it.
    """

    id: str
    article: str
    title: str
    text: str
    outcome: Outcome
    when: Condition
    source: Source
    confidence: Confidence
    windows: tuple[Window, ...]
    caught: tuple[Example, ...]
    passed: tuple[Example, ...]
    who: tuple[str, ...] = ()
    in_class: str | None = None
    clears: Mapping[str, str] = field(default_factory=dict)
    lifts: tuple[Lift, ...] = ()
    evidence: tuple[str, ...] = ()
    deadline: Deadline | None = None
    safeguard: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "clears", MappingProxyType(dict(self.clears)))
        if (self.outcome is Outcome.CLASS) != (self.in_class is not None):
            raise BadRulebook(
                f"class: {self.id} gives the outcome {self.outcome.value}; expected a class exactly where the outcome is class"
            )
        surplus = sorted(self.clears.keys() - {test.fact for test in tests(self.when)})
        if surplus:
            raise BadRulebook(f"clears: {', '.join(surplus)} is not asked for by {self.id}: remove it, or ask for it under when")
        ids = [lift.id for lift in self.lifts]
        if len(set(ids)) != len(ids):
            raise BadRulebook(f"exceptions: {self.id} has two exceptions of one name: rename one")

    def conditions(self) -> tuple[Condition, ...]:
        """Everything that the rule asks: its own conditions, and those of its exceptions and windows."""
        windows = (window.when for window in self.windows if window.when is not None)
        return (self.when, *(lift.when for lift in self.lifts), *windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who, by role, read the book against the law, and when."""

    name: str
    role: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a version of the book changed, and in which rules. `removed`: rules that it took out on purpose."""

    version: str
    on: date
    what: str
    rules: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One book. `checked_on`: the day on which it stated the law as far as its author knows. `binds_in`: ISO 3166 codes; empty: nowhere."""

    id: str
    title: str
    short: str
    force: Force
    version: str
    checked_on: date
    about: str
    source: Source
    rules: tuple[Rule, ...]
    changes: tuple[Change, ...]
    binds_in: tuple[str, ...] = ()
    readers: tuple[Reader, ...] = ()
    unsettled: tuple[str, ...] = ()
    """What a lawyer must still read or decide, in sentences."""

    def __post_init__(self) -> None:
        ids = [rule.id for rule in self.rules]
        twice = sorted({found for found in ids if ids.count(found) > 1})
        if twice:
            raise BadRulebook(f"rules: {', '.join(twice)} stands twice: every rule needs an id of its own")
        if not self.changes or self.changes[0].version != self.version:
            raise BadRulebook(f"changes: expected the newest first, of version {self.version}; write what this version changed")

    def rule(self, name: str) -> Rule:
        """The rule whose id is `name`.

        Raises:
            BadRulebook: there is none.
        """
        found = next((rule for rule in self.rules if rule.id == name), None)
        if found is None:
            raise BadRulebook(f"{self.id} has no rule {name}: mend the id")
        return found
