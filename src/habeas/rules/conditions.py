"""Conditions that rules test, in three-valued logic.

There is no `not`, and none may be added: more answers, or more words in an answer, can then only bring a condition nearer to yes or
settle what was unknown. So nobody escapes a rule by telling more, such as a harmless second purpose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from habeas.errors import BadInput
from habeas.terms.answers import Answer, Several, Ternary, every, some
from habeas.terms.description import SystemDescription


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """A yes-no question is answered as wanted."""

    fact: str
    wanted: Ternary

    def __post_init__(self) -> None:
        if self.wanted is Ternary.UNKNOWN:
            raise BadInput(f"{self.fact}: expected yes or no; got unknown: a rule can't ask for what isn't known")


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """At least one of these words is in the answer."""

    fact: str
    words: frozenset[str]

    def __post_init__(self) -> None:
        if not self.words:
            raise BadInput(f"{self.fact}: expected at least one word; got an empty list: name the words that fulfil it")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDay:
    """The day answered is on or after `since`, and before `before`; None: no limit on that side."""

    fact: str
    since: date | None = None
    before: date | None = None

    def __post_init__(self) -> None:
        if self.since is None and self.before is None:
            raise BadInput(f"{self.fact}: expected since, before or both; got neither: write e.g. {{since: 2027-12-02}}")
        if self.since is not None and self.before is not None and self.since >= self.before:
            raise BadInput(f"{self.fact}: expected since to be earlier than before; got no day in between: mend one of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class InClass:
    """The system belongs to a class that other rules of the same book define, such as high-risk."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Is | Among | OnDay | InClass | AllOf | AnyOf
Test: TypeAlias = Is | Among | OnDay
Leaf: TypeAlias = Test | InClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a condition is judged by: the description, the classes found so far, and which answers count only with evidence.

    `shown_only`: every answer without evidence counts as unknown. `cleared_by`: facts of which an answer that fails a test counts as
    unknown unless it comes with evidence: whoever clears a system of a prohibition must show it; an admission needs no proof.
    """

    system: SystemDescription
    classes: Mapping[str, Ternary]
    shown_only: bool = False
    cleared_by: frozenset[str] = frozenset()


def judge(condition: Condition, facts: Facts) -> Ternary:
    """Whether `condition` holds of what is known."""
    match condition:
        case AllOf(parts=parts):
            return every(judge(part, facts) for part in parts)
        case AnyOf(parts=parts):
            return some(judge(part, facts) for part in parts)
        case InClass(name=name):
            return facts.classes.get(name, Ternary.NO)
        case Is() | Among() | OnDay():
            return _tested(condition, facts)


def hinges(condition: Condition, facts: Facts) -> tuple[Test, ...]:
    """The tests whose answers could still change an unknown condition; none where it is settled."""
    if judge(condition, facts) is not Ternary.UNKNOWN:
        return ()
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(test for part in parts for test in hinges(part, facts))
        case Is() | Among() | OnDay():
            return (condition,)
        case InClass():
            return ()


def failures(condition: Condition, facts: Facts) -> tuple[Test, ...]:
    """The tests that stand in the way of a condition which is known not to hold; none where it isn't."""
    if judge(condition, facts) is not Ternary.NO:
        return ()
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(test for part in parts for test in failures(part, facts))
        case Is() | Among() | OnDay():
            return (condition,)
        case InClass():
            return ()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every test in a condition, and every class that it asks for."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Is() | Among() | OnDay() | InClass():
            yield condition


def tests(condition: Condition) -> Iterator[Test]:
    """Every test in a condition."""
    yield from (leaf for leaf in leaves(condition) if not isinstance(leaf, InClass))


def classes(condition: Condition) -> frozenset[str]:
    """The classes that a condition asks for."""
    return frozenset(leaf.name for leaf in leaves(condition) if isinstance(leaf, InClass))


def _tested(test: Test, facts: Facts) -> Ternary:
    answer = facts.system.answer(test.fact)
    if facts.shown_only and not answer.evidence:
        return Ternary.UNKNOWN
    found = passes(test, answer)
    if found is Ternary.NO and test.fact in facts.cleared_by and not answer.evidence:
        return Ternary.UNKNOWN
    return found


def passes(test: Test, answer: Answer) -> Ternary:
    """Whether an answer is what a test wants, evidence aside.

    Raises:
        BadInput: the answer is of another kind than the test.
    """
    if answer.value is Ternary.UNKNOWN:
        return Ternary.UNKNOWN
    match test, answer.value:
        case Is(wanted=wanted), Ternary() as given:
            return Ternary.YES if given is wanted else Ternary.NO
        case Among(words=words), Several() as given:
            return _among(words, given)
        case OnDay(since=since, before=before), date() as given:
            fits = (since is None or given >= since) and (before is None or given < before)
            return Ternary.YES if fits else Ternary.NO
    raise BadInput(f"{test.fact}: the rule and the answer are of different kinds: mend the one that doesn't fit the vocabulary")


def _among(words: frozenset[str], given: Several) -> Ternary:
    if words & given.words:
        return Ternary.YES
    return Ternary.NO if given.complete else Ternary.UNKNOWN
