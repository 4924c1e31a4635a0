"""The vocabulary as it is written: every question, why it is asked, and the words that may answer it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from annotated_types import Len
from pydantic import Field

from habeas.errors import BadRulebook
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Prose, Texts, Truth, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.vocabulary import Fact, Kind, Vocabulary, Word

RESERVED = frozenset({"all", "any", "class", "unknown"})
"""What stands for something else in conditions and answers."""


class FactPart(Part):
    """One question about a system."""

    name: Prose = Field(description="How rules and descriptions call the fact.", examples=["solely_automated"])
    kind: Annotated[Kind, word_of(Kind)] = Field(description="What it is answered with.", examples=["yes-no"])
    question: Prose = Field(description="The question in plain words.", examples=["Are such decisions taken without a human?"])
    why: Prose = Field(description="Why it is asked.", examples=["Decisions by machine alone need safeguards."])
    find_out: Prose | None = Field(default=None, description="Where the answer can be found.", examples=["the contract"])
    words: dict[str, Prose] = Field(
        default_factory=dict, description="The words that may answer it, each with its meaning.", examples=[{"police": "police forces"}]
    )
    at_least_one: Truth = Field(
        default=False, description="Whether every system has one of the words, so that an empty list is refused.", examples=[True]
    )

    implies: dict[str, Texts] = Field(
        default_factory=dict,
        description="Words of other facts that a yes says too, so that nobody escapes by leaving them out there.",
        examples=[{"purpose": ["profile-person"]}],
    )

    def value(self) -> Fact:
        """The fact as rules know it."""
        taken = sorted(RESERVED & {self.name, *self.words})
        if taken:
            raise BadRulebook(f"{', '.join(taken)} stands for something else in conditions and answers: choose another name")
        return Fact(
            name=self.name,
            kind=self.kind,
            question=self.question,
            why=self.why,
            find_out=self.find_out,
            words=tuple(Word(word=word, means=means) for word, means in self.words.items()),
            at_least_one=self.at_least_one,
            implies=tuple((name, frozenset(words)) for name, words in self.implies.items()),
        )


class VocabularyFile(Part):
    """The questions that rules may ask, in the order in which people are asked."""

    document: ClassVar[Document] = Document(
        noun="vocabulary",
        one="a vocabulary",
        format="vocabulary/1",
        draft="start from the one that habeas brings, terms/vocabulary.yaml",
        mistaken="is this a rulebook?",
    )

    habeas: Literal["vocabulary/1"] = Field(description="That this is a vocabulary.", examples=["vocabulary/1"])
    facts: Annotated[tuple[FactPart, ...], Len(min_length=1)] = Field(description="Every question.", examples=[[]])

    def value(self) -> Vocabulary:
        """The vocabulary as rules know it."""
        return Vocabulary(facts=tuple(fact.value() for fact in self.facts))
