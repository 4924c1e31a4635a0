"""Answers in words, for pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from habeas.reports.screening.words import value
from habeas.runs.rulebooks import library
from habeas.terms.answers import UNANSWERED, Answer, Several, Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Fact
from habeas.web.screening.describing import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A question with its answer. `meanings`: of words, what they mean; `others`: whether there may be more of them."""

    fact: Fact
    answer: Answer
    says: str
    meanings: tuple[str, ...]
    others: bool

    @property
    def unknown(self) -> bool:
        """Whether the answer is that nobody knows."""
        return self.answer.value is Ternary.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTold:
    """A topic with what was answered in it."""

    progress: Progress
    answers: tuple[Told, ...]


def answered_topics(system: SystemDescription, progress: Sequence[Progress]) -> tuple[TopicTold, ...]:
    """Every topic with its answers, in the order of the vocabulary."""
    words = library.vocabulary()
    return tuple(
        TopicTold(
            progress=one,
            answers=tuple(told(words.fact(name), system.answers[name]) for name in one.topic.facts if name in system.answers),
        )
        for one in progress
    )


def answered_otherwise(typed: Mapping[str, Answer | None], now: Mapping[str, Answer]) -> tuple[Told, ...]:
    """What is answered now otherwise than it was typed; None was typed where nothing was."""
    words = library.vocabulary()
    return tuple(told(words.fact(name), now.get(name, UNANSWERED)) for name, answer in typed.items() if now.get(name) != answer)


def told(fact: Fact, answer: Answer) -> Told:
    """An answer in words."""
    words = answer.value.words if isinstance(answer.value, Several) else frozenset()
    return Told(
        fact=fact,
        answer=answer,
        says=value(answer.value),
        meanings=tuple(word.means for word in fact.words if word.word in words),
        others=isinstance(answer.value, Several) and not answer.value.complete,
    )
