"""Made-up systems, rules and books as values: each test says only what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from habeas.rules.conditions import Among, Condition, InClass, Is
from habeas.rules.rulebook import Change, Force, Lift, Outcome, Rule, Rulebook, Window
from habeas.terms.answers import Answer, Evidence, Several, Ternary, Value
from habeas.terms.description import SystemDescription
from habeas.terms.sources import Confidence, Source
from habeas.terms.vocabulary import Fact, Kind, Vocabulary, Word

YES, NO, UNKNOWN = Ternary.YES, Ternary.NO, Ternary.UNKNOWN
PAPER = (Evidence(what="a paper"),)
ON = date(2026, 11, 22)
SOURCE = Source(title="a gazette")
ALWAYS = (Window(basis="since ever"),)

VOCABULARY = Vocabulary(
    facts=(
        Fact(
            name="purpose",
            kind=Kind.SEVERAL,
            question="What is it used for?",
            why="Bans attach to uses.",
            find_out="the brochure",
            words=(
                Word(word="predict", means="says who will offend"),
                Word(word="list", means="keeps a list"),
                Word(word="draft", means="writes"),
            ),
        ),
        Fact(name="public", kind=Kind.YES_NO, question="Is it used in public?", why="Some bans are about streets."),
        Fact(name="ordered", kind=Kind.YES_NO, question="Did a court order it?", why="An exception needs an order."),
        Fact(name="needed", kind=Kind.YES_NO, question="Is it needed?", why="An exception needs a need."),
        Fact(name="started", kind=Kind.DAY, question="Since when?", why="Older systems have time."),
    )
)


def words(*names: str, complete: bool = True) -> Several:
    """An answer of some words; `complete`: all others are known not to hold."""
    return Several(words=frozenset(names), complete=complete)


def told(value: Value) -> Answer:
    """An answer that nothing shows."""
    return Answer(value=value)


def shown(value: Value) -> Answer:
    """An answer with evidence."""
    return Answer(value=value, evidence=PAPER)


def system(answers: Mapping[str, Answer | Value] | None = None, *, used_in: Sequence[str] = ()) -> SystemDescription:
    """A made-up system; a bare value is an answer without evidence."""
    given = {name: value if isinstance(value, Answer) else told(value) for name, value in (answers or {}).items()}
    return SystemDescription(name="System", version="1", operator="Police", about="Made up.", used_in=tuple(used_in), answers=given)


def among(fact: str, *names: str) -> Among:
    return Among(fact=fact, words=frozenset(names))


def is_yes(fact: str) -> Is:
    return Is(fact=fact, wanted=YES)


def in_class(name: str) -> InClass:
    return InClass(name=name)


def lift(name: str, when: Condition, *facts: str) -> Lift:
    """An exception that asks for these facts."""
    return Lift(id=name, article="Art 1(2)", title=f"exception {name}", when=when, evidence={fact: f"paper on {fact}" for fact in facts})


def rule(name: str = "R-1", *, when: Condition, outcome: Outcome = Outcome.PROHIBITED, **more: Any) -> Rule:
    """A made-up rule, in force since ever."""
    usual = {
        "article": "Art 1",
        "title": f"title of {name}",
        "text": f"Text of {name}.",
        "source": SOURCE,
        "confidence": Confidence.SOURCE,
        "windows": ALWAYS,
        "caught": (),
        "passed": (),
    }
    return Rule(id=name, outcome=outcome, when=when, **{**usual, **more})


def book(*rules: Rule, name: str = "town", **more: Any) -> Rulebook:
    """A made-up book of these rules; law in XA."""
    usual = {
        "title": f"The rules of {name}",
        "short": name.capitalize(),
        "force": Force.LAW,
        "version": "1",
        "checked_on": ON,
        "about": "Made up.",
        "source": SOURCE,
        "changes": (Change(version="1", on=ON, what="First version."),),
        "binds_in": ("XA",),
    }
    return Rulebook(id=name, rules=rules, **{**usual, **more})
