"""Conditions in words, each question leading to where it is explained; and when a rule is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from habeas.reports.rule_pages.markdown import day, prose, sentence
from habeas.reports.rule_pages.shelf import Links
from habeas.reports.rulebooks import words
from habeas.reports.rulebooks.words import Teller
from habeas.reports.screening.words import wanted
from habeas.rules.conditions import Among, Condition, InClass, Is, OnDay, Test
from habeas.rules.rulebook import Lift, Rule, Window
from habeas.terms.vocabulary import Vocabulary


def as_list(condition: Condition, tell: Teller) -> Iterator[str]:
    """The condition as a list, one below the other; all of it must hold, except below a line that says otherwise."""
    for depth, line in words.conditions(condition, tell):
        yield f"{'    ' * depth}- {line}"


def questions(vocabulary: Vocabulary, links: Links) -> Teller:
    """Tells a test by its question and the answer that fulfils it."""

    def tell(test: Test | InClass) -> str:
        match test:
            case InClass():
                return in_class(test)
            case Among():
                return f"{links.fact(test.fact, label(test.fact))}: {prose(wanted(test))}"
            case Is() | OnDay():
                return f"{links.fact(test.fact, vocabulary.fact(test.fact).question)} **{wanted(test)}**"

    return tell


def names(links: Links) -> Teller:
    """Tells a test briefly, by the name of its fact."""
    return lambda test: in_class(test) if isinstance(test, InClass) else f"{links.fact(test.fact, label(test.fact))}: {prose(wanted(test))}"


def guarded(clears: Mapping[str, str], tell: Teller) -> Teller:
    """Tells a test of a rule; where another answer would take a system out of the rule, with what must show that answer."""

    def guard(test: Test | InClass) -> str:
        if isinstance(test, InClass) or test.fact not in clears:
            return tell(test)
        return f"{tell(test)} *(Another answer counts only if this shows it: {prose(clears[test.fact])}.)*"

    return guard


def shown(lift: Lift, tell: Teller) -> Teller:
    """Tells a test of an exception with what must show it."""
    return lambda test: tell(test) if isinstance(test, InClass) else f"{tell(test)} *(Shown by: {prose(lift.evidence[test.fact])}.)*"


def label(fact: str) -> str:
    """The name of a fact for people: `in service from`."""
    return " ".join("EU" if word == "eu" else word for word in fact.split("_"))


def in_class(test: InClass) -> str:
    """That a system belongs to a class, leading to the rules of the book that say so."""
    return f"the system belongs to the class [{prose(test.name)}](#classes)"


def window(found: Window, links: Links) -> str:
    """When a window is open, for which systems, by what, and why that is disputed."""
    only = "" if found.when is None else f", only where {words.in_one_line(found.when, names(links))}"
    disputed = "" if found.disputed is None else f" **Disputed:** {sentence(found.disputed)}"
    return f"{words.days(found)}{only} ({prose(found.basis)}).{disputed}"


def in_force(rule: Rule, on: date, *, day: Callable[[date], str] = day) -> str:
    """Whether the rule is in force on a day, in a few words: for all systems, some, disputed, later, or not any more.

    `day`: how a day is written; here as it stands on a page of the documentation.
    """
    now = [window for window in rule.windows if window.holds(on)]
    for_all = [window for window in now if window.when is None and window.disputed is None]
    if for_all:
        starts = [window.start for window in for_all if window.start is not None]
        return f"in force since {day(min(starts))}" if len(starts) == len(for_all) else "in force"
    undisputed_last = sorted(rule.windows, key=lambda window: window.disputed is None)
    later = {window.start: window for window in undisputed_last if window.start is not None and window.start > on}
    if any(window.disputed is not None for window in now):
        settled = [start for start, window in later.items() if window.disputed is None]
        return f"disputed; beyond dispute from {day(min(settled))}" if settled else "disputed"
    if now:
        return "in force for some systems"
    return f"from {day(min(later))}{_if_disputed(later[min(later)])}" if later else "no longer in force"


def _if_disputed(found: Window) -> str:
    return "" if found.disputed is None else " (disputed)"
