"""Which questions still matter, given what is answered: so that people are asked only what some rule needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from habeas.rules.conditions import Facts, Test, hinges, judge
from habeas.rules.rulebook import Rule, Rulebook, Window
from habeas.rules.screening import classes_of
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Fact, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A rule that asks a question, and what must show the answer where the rule wants evidence."""

    book: Rulebook
    rule: Rule
    evidence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that is still open, and every rule that hinges on it."""

    fact: Fact
    askers: tuple[Asker, ...]


def open_questions(system: SystemDescription, books: Sequence[Rulebook], vocabulary: Vocabulary, *, on: date) -> tuple[Question, ...]:
    """Every question on which some rule still hinges and which was not put yet, in the order of the vocabulary.

    Rules that ended before that day ask nothing; those that apply later do. A rule's exceptions ask only once its conditions have
    been gone through and are not known to fail. An answer of unknown counts as put: it is open, but asking again won't help.
    """
    found: dict[str, list[Asker]] = {}
    for book in books:
        classes = classes_of(system, book)
        for rule in book.rules:
            facts = Facts(system=system, classes=classes, cleared_by=frozenset(rule.clears))
            for name in dict.fromkeys(_asked(rule, facts, on=on)):
                if name not in system.answers:
                    found.setdefault(name, []).append(Asker(book=book, rule=rule, evidence=evidence_for(rule, name)))
    return tuple(Question(fact=fact, askers=tuple(found[fact.name])) for fact in vocabulary.facts if fact.name in found)


def evidence_for(rule: Rule, fact: str) -> str | None:
    """What must show the answer to a fact, where the rule wants it shown; None where it takes anybody's word."""
    wanted = (rule.clears, *(lift.evidence for lift in rule.lifts))
    return next((evidence[fact] for evidence in wanted if fact in evidence), None)


def _asked(rule: Rule, facts: Facts, *, on: date) -> Iterator[str]:
    if not any(_to_come(window, on=on) for window in rule.windows) or _settled(rule, facts):
        return
    conditions = [test for test in _open(rule, facts, on=on) if test.fact not in facts.system.answers]
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
