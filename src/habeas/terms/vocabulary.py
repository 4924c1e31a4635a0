"""The questions that may be asked about a system, and the words that may answer them.

The vocabulary itself is data, `terms/vocabulary.yaml`, so that whoever writes a rulebook can add a question without programming.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from habeas.errors import BadInput, UnknownTerm
from habeas.terms.answers import UNANSWERED, Answer, Several, Ternary

PURPOSE = "purpose"
"""The fact of what a system is used for: every ban asks it, and a use that isn't named can't be shown not to be there."""


class Kind(Enum):
    """What a question is answered with."""

    YES_NO = "yes-no"
    SEVERAL = "several"
    """Any number of words of a closed set."""
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that may answer a question, and what it means in plain language."""

    word: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One question about a system: `name` is how rules and descriptions call it; `why` says why it is asked, `find_out` who can tell.

    `at_least_one`: every system has one of the words, so that an empty list can't be true. `implies`: words of other facts that a yes says
    too, so that nobody escapes by admitting a thing in one place and leaving it out in another.
    """

    name: str
    kind: Kind
    question: str
    why: str
    find_out: str | None = None
    words: tuple[Word, ...] = ()
    at_least_one: bool = False
    implies: tuple[tuple[str, frozenset[str]], ...] = ()

    def __post_init__(self) -> None:
        names = [word.word for word in self.words]
        if (self.kind is Kind.SEVERAL) != bool(names):
            raise BadInput(f"words: {self.name} is answered by {self.kind.value}; expected words exactly where the kind is several")
        if len(set(names)) != len(names):
            raise BadInput(f"words: {self.name} names a word twice: keep one of each")
        if self.at_least_one and self.kind is not Kind.SEVERAL:
            raise BadInput(f"at_least_one: {self.name} is answered by {self.kind.value}; expected it only where the kind is several")
        if self.implies and self.kind is not Kind.YES_NO:
            raise BadInput(f"implies: {self.name} is answered by {self.kind.value}; expected it only where the kind is yes-no")

    def holds(self, word: str) -> bool:
        """Whether `word` may answer the question."""
        return any(word == known.word for known in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Every question, in the order in which people are asked."""

    facts: tuple[Fact, ...]

    def __post_init__(self) -> None:
        names = [fact.name for fact in self.facts]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadInput(f"facts: {', '.join(twice)} stands twice: keep one of each")
        for fact in self.facts:
            for implied, words in fact.implies:
                wrong = sorted(word for word in words if not self.fact(implied).holds(word))
                if wrong:
                    raise UnknownTerm(f"implies: {fact.name} implies {', '.join(wrong)}, which is no word of {implied}: mend it")

    def names(self) -> tuple[str, ...]:
        """The names of all facts, in order."""
        return tuple(fact.name for fact in self.facts)

    def fact(self, name: str) -> Fact:
        """The fact called `name`.

        Raises:
            UnknownTerm: there is none.
        """
        found = next((fact for fact in self.facts if fact.name == name), None)
        if found is None:
            raise UnknownTerm(f"expected a fact of the vocabulary; got {name}: mend the name, or add the fact to the vocabulary")
        return found

    def closed(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers with what they say without naming it: each yes brings the words that it implies.

        Words are only added, so that a system is never freed by it. What was not known stays open beside them.
        """
        found = dict(answers)
        for fact in self.facts:
            if fact.implies and fact.name in answers and answers[fact.name].value is Ternary.YES:
                for name, words in fact.implies:
                    found[name] = _with(found.get(name, UNANSWERED), words)
        return found


def _with(answer: Answer, words: frozenset[str]) -> Answer:
    known = answer.value if isinstance(answer.value, Several) else Several(complete=False)
    return replace(answer, value=replace(known, words=known.words | words))
