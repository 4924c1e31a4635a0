"""Descriptions as rows keep them: the fields of a description file, with answers as people gave them, nothing implied added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from habeas.errors import BadDescription
from habeas.rules.interview import Question, open_questions
from habeas.rules.plain import plain, plain_answer
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.description_model import DescriptionFile
from habeas.terms.answers import Answer, Several
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Fact, Vocabulary
from habeas.web.screening.topics import TOPICS, Topic

Said = Mapping[str, Any]
NEEDED = ("name", "version", "operator", "about")
NOT_YET = "-"
"""Stands for a text that isn't there yet, so that questions can be asked before the system has a name."""


@cache
def as_given() -> Vocabulary:
    """The vocabulary without what answers imply: by it, what people said is read back as they said it."""
    words = library.vocabulary()
    return replace(words, facts=tuple(replace(fact, implies=()) for fact in words.facts))


def given(said: Said) -> SystemDescription:
    """The description as it was given; texts that are missing are `NOT_YET`."""
    filled = {**said, "habeas": DescriptionFile.document.format, **{name: said.get(name) or NOT_YET for name in NEEDED}}
    return DescriptionFile.model_validate({"answers": {}, **filled}, context={"vocabulary": as_given()}).value()


def meant(said: Said) -> SystemDescription:
    """The description with what its answers imply: what is screened.

    Raises:
        BadDescription: a text that every description has is missing.
    """
    missing = lacks(said)
    if missing:
        raise BadDescription(f"expected name, version, operator and about; {', '.join(missing)} is missing: fill in the first page")
    system = given(said)
    return replace(system, answers=library.vocabulary().closed(system.answers))


def lacks(said: Said) -> tuple[str, ...]:
    """The texts that every description has and this one hasn't yet."""
    return tuple(name for name in NEEDED if not said.get(name))


def as_said(system: SystemDescription) -> dict[str, Any]:
    """A description as a row keeps it."""
    fields = plain(system)
    return {**fields, "answers": answers_said(system.answers)}


def answers_said(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Answers as a row keeps them, in the order of the vocabulary."""
    return {name: plain_answer(answers[name]) for name in library.vocabulary().names() if name in answers}


def check_upload_size(size: int) -> None:
    """Refuse a file of too many bytes by its size alone: of a very large one nothing else is here. Raises `BadDescription`."""
    most = library.MOST_BYTES
    if size > most:
        raise BadDescription(f"expected a description of at most {most:,} bytes; got a longer file: is this the data?")


def read_upload(content: bytes) -> dict[str, Any]:
    """What an uploaded description file says, as a row keeps it.

    Raises:
        BadDescription: it is too long, isn't text, or isn't a description; all that is wrong is told with its line.
    """
    check_upload_size(len(content))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise BadDescription(f"line {line}: expected text in UTF-8; got a byte that is none: save the file as UTF-8") from None
    return as_said(library.parse_description(text, name="description", words=as_given()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """Words that an answer brings to another question. `because`: the question that was answered with yes."""

    fact: Fact
    words: tuple[str, ...]
    because: Fact


def implied(system: SystemDescription) -> tuple[Implied, ...]:
    """What the answers imply and don't say themselves."""
    return tuple(one for fact in library.vocabulary().facts if fact.name in system.answers for one in _implied_by(fact, system))


def _implied_by(fact: Fact, system: SystemDescription) -> Iterator[Implied]:
    words = library.vocabulary()
    alone = words.closed({fact.name: system.answers[fact.name]})
    for name in alone.keys() - {fact.name}:
        if new := _added(system.answers.get(name), alone[name]):
            yield Implied(fact=words.fact(name), words=new, because=fact)


def _added(before: Answer | None, after: Answer) -> tuple[str, ...]:
    had = before.value.words if before is not None and isinstance(before.value, Several) else frozenset()
    return tuple(sorted(after.value.words - had)) if isinstance(after.value, Several) else ()


def still_open(said: Said, *, on: date) -> tuple[Question, ...]:
    """The questions that some rule of the books still needs and that nobody answered."""
    return open_questions(given(said), library.books(), library.vocabulary(), on=on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a topic is: `answered` questions, and those still `open`."""

    topic: Topic
    answered: int
    open: int

    @property
    def done(self) -> bool:
        """Whether nothing that matters is open in it."""
        return self.open == 0


def progress(said: Said, *, on: date) -> tuple[Progress, ...]:
    """How far each topic is, in order."""
    put, waiting = set(said.get("answers", {})), {question.fact.name for question in still_open(said, on=on)}
    return tuple(
        Progress(topic=one, answered=sum(name in put for name in one.facts), open=sum(name in waiting for name in one.facts))
        for one in TOPICS
    )
