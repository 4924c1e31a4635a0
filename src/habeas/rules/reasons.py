"""Why a rule says what it says: which answers met its conditions, which class it rests on, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, Facts, InClass, Is, OnDay, Test, classes, hinges, judge
from habeas.rules.rulebook import Outcome, Rule
from habeas.rules.screening import classes_of, facts_for, rule_on
from habeas.rules.verdicts import LiftFinding, Ruling, Verdict
from habeas.terms.answers import Answer, Evidence, Several, Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import PURPOSE

Reason = Test | InClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A verdict with what it was judged by: the system, and the book's classes as they were found."""

    system: SystemDescription
    verdict: Verdict
    classes: Mapping[str, Ternary]

    @property
    def on(self) -> date:
        """The day of the screen."""
        return self.verdict.on

    def facts(self, rule: Rule) -> Facts:
        """What the rule's conditions were judged by."""
        return facts_for(rule, self.system, classes=self.classes)


def judged(system: SystemDescription, verdict: Verdict) -> Judged:
    """The verdict with what it was judged by."""
    return Judged(system=system, verdict=verdict, classes=classes_of(system, verdict.book))


def blocking(by: Judged) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    """The prohibitions that are open, in two parts: those that hang on something else, and those that hang on further purposes only.

    The second wouldn't bite if the purposes that are named were shown to be all.
    """
    rulings = by.verdict.of(Outcome.PROHIBITED, bites=Ternary.UNKNOWN)
    system = _with_no_further_purpose(by.system)
    if system is None:
        return rulings, ()
    then = classes_of(system, by.verdict.book)
    only = [ruling for ruling in rulings if rule_on(ruling.rule, system, classes=then, on=by.on).bites is Ternary.NO]
    return tuple(ruling for ruling in rulings if ruling not in only), tuple(only)


def met_by(rule: Rule, by: Judged) -> tuple[Reason, ...]:
    """The tests of the rule's conditions that hold, each once, in the order of the rule."""
    return tuple(dict.fromkeys(_met(rule.when, by.facts(rule))))


def missing(found: LiftFinding) -> tuple[Test, ...]:
    """The tests of an exception that no evidence shows yet; what is answered against it stands in its way and isn't told twice."""
    return tuple(test for test in dict.fromkeys(found.hinges) if test not in found.in_the_way)


def in_the_way(found: LiftFinding) -> tuple[Test, ...]:
    """The tests of an exception that are answered against it, each once."""
    return tuple(dict.fromkeys(found.in_the_way))


def open_classes(ruling: Ruling, verdict: Verdict) -> tuple[Ruling, ...]:
    """The rulings on classes that `ruling` waits for: it asks for the class, and nobody knows whether the system belongs to it."""
    if ruling.met is not Ternary.UNKNOWN:
        return ()
    asked = classes(ruling.rule.when)
    of_class = (other for other in verdict.rulings if other.rule.outcome is Outcome.CLASS and other.rule.in_class in asked)
    return tuple(other for other in of_class if other.met is Ternary.UNKNOWN and other.lifted is None)


def open_tests(ruling: Ruling, by: Judged) -> tuple[Test, ...]:
    """The tests whose answers could still settle whether the rule bites, now or once it applies; those of a class it waits for, too."""
    own = hinges(ruling.rule.when, by.facts(ruling.rule)) if ruling.met is Ternary.UNKNOWN else ()
    of_classes = (test for other in open_classes(ruling, by.verdict) for test in hinges(other.rule.when, by.facts(other.rule)))
    return tuple(dict.fromkeys((*ruling.hinges, *own, *of_classes)))


def in_force_since(ruling: Ruling, by: Judged) -> date | None:
    """The first day of the time in which the rule applies now; None: not in force, or since ever."""
    facts = by.facts(ruling.rule)
    open_now = [
        window
        for window in ruling.rule.windows
        if window.holds(by.on) and (window.when is None or judge(window.when, facts) is not Ternary.NO)
    ]
    starts = [window.start for window in open_now]
    known = [start for start in starts if start is not None]
    return min(known) if known and len(known) == len(starts) else None


def settled_from(ruling: Ruling, by: Judged) -> date | None:
    """The first later day on which the rule applies to the system beyond dispute, where it is disputed now."""
    facts = by.facts(ruling.rule)
    later = [
        window.start
        for window in ruling.rule.windows
        if window.start is not None and window.start > by.on and window.disputed is None
        if window.when is None or judge(window.when, facts) is Ternary.YES
    ]
    return min(later, default=None) if ruling.disputed is not None else None


def _with_no_further_purpose(system: SystemDescription) -> SystemDescription | None:
    """The system as it would be if the purposes that are named were shown to be all; None: none is named, or nothing is left open."""
    named = system.answer(PURPOSE).value
    if not isinstance(named, Several) or named.complete or not named.words:
        return None
    answer = Answer(value=Several(words=named.words, complete=True), evidence=(Evidence(what="a list of every use"),))
    return replace(system, answers={**system.answers, PURPOSE: answer})


def _met(condition: Condition, facts: Facts) -> Iterator[Reason]:
    if judge(condition, facts) is not Ternary.YES:
        return
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _met(part, facts)
        case Is() | Among() | OnDay() | InClass():
            yield condition
