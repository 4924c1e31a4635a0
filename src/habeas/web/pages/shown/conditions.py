"""A rule's conditions as a tree of questions, each with the answer that fulfils it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from habeas.reports.screening.words import wanted
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay
from habeas.terms.vocabulary import Vocabulary, Word

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of a condition: a question, a class, or a line above others.

    `kind`: question, class, all or any. `words`: where the answer is any of several words, these with their meanings. `needs`: what must
    show the answer.
    """

    kind: str
    question: str = ""
    answer: str = ""
    words: tuple[Word, ...] = ()
    needs: str = ""
    parts: tuple[Asked, ...] = ()


def asked(condition: Condition, vocabulary: Vocabulary, *, needs: Mapping[str, str] = NOTHING) -> tuple[Asked, ...]:
    """The lines of a condition, all of which must hold; `needs`: for some facts, what must show the answer."""
    parts = condition.parts if isinstance(condition, AllOf) else (condition,)
    return tuple(_asked(part, vocabulary, needs) for part in parts)


def _asked(condition: Condition, vocabulary: Vocabulary, needs: Mapping[str, str]) -> Asked:
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            kind = "all" if isinstance(condition, AllOf) else "any"
            return Asked(kind=kind, parts=tuple(_asked(part, vocabulary, needs) for part in parts))
        case InClass(name=name):
            return Asked(kind="class", answer=name)
        case Among(fact=name, words=words):
            fact = vocabulary.fact(name)
            meant = tuple(word for word in fact.words if word.word in words)
            return Asked(kind="question", question=fact.question, words=meant, needs=needs.get(name, ""))
        case Is(fact=name) | OnDay(fact=name):
            question = vocabulary.fact(name).question
            return Asked(kind="question", question=question, answer=wanted(condition), needs=needs.get(name, ""))
