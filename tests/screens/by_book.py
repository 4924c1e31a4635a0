"""What a book that habeas brings finds of a system whose answers are said as a file says them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from habeas.rules.screening import screen
from habeas.rules.verdicts import Ruling, Verdict
from habeas.runs.rulebooks.answer_text import answers
from habeas.runs.rulebooks.library import books_named, vocabulary
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription

TODAY = date(2026, 11, 22)


def shown(value: object) -> dict[str, object]:
    """The answer with something that shows it."""
    return {"answer": value, "evidence": ["a document"]}


def verdict(book: str, said: Mapping[str, object], *, on: date = TODAY) -> Verdict:
    described = SystemDescription(name="x", version="1", operator="x", about="x", answers=answers(said, vocabulary()))
    return screen(described, books_named([book]), on=on)[0]


def ruling(book: str, said: Mapping[str, object], rule: str, *, on: date = TODAY) -> Ruling:
    return next(found for found in verdict(book, said, on=on).rulings if found.rule.id == rule)


def bites(book: str, said: Mapping[str, object], rule: str, *, on: date = TODAY) -> Ternary:
    return ruling(book, said, rule, on=on).bites
