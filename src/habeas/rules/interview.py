"""Which questions still matter, given what is answered: so that people are asked only what some rule needs."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from habeas.rules.conditions import Condition, Facts, Test, hinges, judge, passes, tests
from habeas.rules.rulebook import Outcome, Rule, Rulebook, Window
from habeas.rules.screening import classes_of, facts_for
from habeas.terms.answers import Answer, Ternary, Value
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Fact, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A rule that asks a question."""

    book: Rulebook
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that is still open, and every rule that hinges on it."""

    fact: Fact
    askers: tuple[Asker, ...]


def open_questions(system: SystemDescription, books: Sequence[Rulebook], vocabulary: Vocabulary, *, on: date) -> tuple[Question, ...]:
    """Every question on which some rule still hinges and which was not put yet, in the order of the vocabulary.

    Rules that ended before that day ask nothing; those that apply later do. A rule's exceptions ask only once its conditions have
    been gone through and are not known to fail. An answer of unknown counts as put: it is open, but asking again won't help.
    What the answers imply counts as it does in a screen; a fact that is only implied was not put.
    """
    found: dict[str, list[Asker]] = {}
    put, meant = system.answers, replace(system, answers=vocabulary.closed(system.answers))
    for book in books:
        classes = classes_of(meant, book)
        for rule in book.rules:
            facts = facts_for(rule, meant, classes=classes)
            for name in dict.fromkeys(_asked(rule, facts, put, on=on)):
                if name not in put:
                    found.setdefault(name, []).append(Asker(book=book, rule=rule))
    return tuple(Question(fact=fact, askers=_bans_first(found[fact.name])) for fact in vocabulary.facts if fact.name in found)


def _bans_first(askers: list[Asker]) -> tuple[Asker, ...]:
    return tuple(sorted(askers, key=lambda asker: asker.rule.outcome is not Outcome.PROHIBITED))


def evidence_wanted(question: Question, value: Value) -> tuple[str, ...]:
    """What must show this answer, where it would clear the system of a rule or lift one; nothing where it admits what a rule asks for."""
    answer, fact = Answer(value=value), question.fact.name
    found: list[str] = []
    for rule in (asker.rule for asker in question.askers):
        if fact in rule.clears and _some_test(rule.when, answer, fact, wanted=Ternary.NO):
            found.append(rule.clears[fact])
        found += [lift.evidence[fact] for lift in rule.lifts if _some_test(lift.when, answer, fact, wanted=Ternary.YES)]
    return tuple(dict.fromkeys(found))


def _some_test(condition: Condition, answer: Answer, fact: str, *, wanted: Ternary) -> bool:
    return any(test.fact == fact and passes(test, answer) is wanted for test in tests(condition))


def _asked(rule: Rule, facts: Facts, put: Container[str], *, on: date) -> Iterator[str]:
    if not any(_to_come(window, on=on) for window in rule.windows) or _settled(rule, facts):
        return
    conditions = [test for test in _open(rule, facts, on=on) if test.fact not in put]
    yield from (test.fact for test in conditions)
    if not conditions:
        told = Facts(system=facts.system, classes=facts.classes)
        yield from (test.fact for lift in rule.lifts for test in hinges(lift.when, told))


def _settled(rule: Rule, facts: Facts) -> bool:
    return judge(rule.when, facts) is Ternary.NO


def _open(rule: Rule, facts: Facts, *, on: date) -> Iterator[Test]:
    yield from hinges(rule.when, facts)
    for window in rule.windows:
        if window.when is not None and _to_come(window, on=on):
            yield from hinges(window.when, facts)


def _to_come(window: Window, *, on: date) -> bool:
    return window.end is None or window.end >= on
