"""The questions that may be asked about a system, and the words that may answer them.

The vocabulary itself is data, `terms/vocabulary.yaml`, so that whoever writes a rulebook can add a question without programming.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from habeas.errors import BadInput, UnknownTerm


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
    """One question about a system: `name` is how rules and descriptions call it; `why` says why it is asked, `find_out` who can tell."""

    name: str
    kind: Kind
    question: str
    why: str
    find_out: str | None = None
    words: tuple[Word, ...] = ()

    def __post_init__(self) -> None:
        names = [word.word for word in self.words]
        if (self.kind is Kind.SEVERAL) != bool(names):
            raise BadInput(f"words: {self.name} is answered by {self.kind.value}; expected words exactly where the kind is several")
        if len(set(names)) != len(names):
            raise BadInput(f"words: {self.name} names a word twice: keep one of each")

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
