"""Descriptions as Python gives them: a path, a mapping or a value, each held against the vocabulary before it is screened."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from habeas.errors import BadDescription, UnknownTerm
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.answer_text import at_least_one
from habeas.runs.rulebooks.description_model import DescriptionFile
from habeas.runs.rulebooks.faults import nearest
from habeas.terms.answers import Answer, Evidence, Several, Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.places import instead, place
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

FORMAT = str(DescriptionFile.document.format)
UNSTATED = {"habeas": FORMAT, "name": "not named", "version": "not stated", "operator": "not stated", "about": "Not described."}
"""What a mapping may leave unsaid, and a file may not."""


def described(given: object, words: Vocabulary) -> SystemDescription:
    """The description that was given, with what its answers imply.

    Raises:
        NotFound, BadDescription, UnknownTerm, Unavailable: it isn't there or isn't one; it speaks of a fact or word that isn't known.
    """
    match given:
        case SystemDescription():
            return checked(given, words)
        case str() | Path():
            return library.read_description(Path(given), words=words)
        case Mapping():
            text = json.dumps({**UNSTATED, **given}, indent=1, default=_written)
            return library.parse_description(text, name="the description", words=words)
    got = "None" if given is None else type(given).__name__
    raise BadDescription(f"the description: expected a path, a mapping or a SystemDescription; got {got}: give one of these")


def checked(system: SystemDescription, words: Vocabulary) -> SystemDescription:
    """A description that was made in Python, held to what a file is held to, with what its answers imply.

    Raises:
        UnknownTerm: it speaks of a fact, or answers with a word, that the vocabulary doesn't have.
        BadDescription: an answer, its evidence or a place is of the wrong kind.
    """
    _check_places(system.used_in)
    for name, answer in system.answers.items():
        if name not in words.names():
            raise UnknownTerm(f"answers.{name}: not a fact of the vocabulary; {nearest(str(name), words.names())}")
        _check(words.fact(name), answer)
    return replace(system, answers=words.closed(system.answers))


def is_day(value: object) -> bool:
    """Whether a value is a day; a moment isn't, though Python calls it a date."""
    return isinstance(value, date) and not isinstance(value, datetime)


def _check_places(codes: object) -> None:
    if not isinstance(codes, tuple):
        raise BadDescription(f'used_in: expected a tuple of codes; got {type(codes).__name__}: write e.g. used_in=("GB-ENG",)')
    for code in codes:
        if place(str(code)) != code:
            raise BadDescription(f"used_in: expected a code of ISO 3166; got {code}: {instead(str(code))}")


def _check(fact: Fact, answer: object) -> None:
    where = f"answers.{fact.name}"
    if not isinstance(answer, Answer):
        raise BadDescription(f"{where}: expected an Answer; got {type(answer).__name__}: write e.g. Answer(value=Ternary.YES)")
    if type(answer.evidence) is not tuple or not all(type(item) is Evidence for item in answer.evidence):
        raise BadDescription(f'{where}.evidence: expected a tuple of Evidence; write e.g. evidence=(Evidence(what="order 3"),)')
    if answer.note is not None and type(answer.note) is not str:
        raise BadDescription(f"{where}.note: expected text or None; got {type(answer.note).__name__}: write a few words")
    if answer.value is not Ternary.UNKNOWN:
        VALUES[fact.kind](fact, answer.value, where)


def _yes_no(fact: Fact, value: object, where: str) -> None:
    if not isinstance(value, Ternary):
        raise BadDescription(f"{where}: expected Ternary.YES, NO or UNKNOWN; got {type(value).__name__}: {fact.name} is a yes-no question")


def _several(fact: Fact, value: object, where: str) -> None:
    if not isinstance(value, Several) or type(value.words) is not frozenset or type(value.complete) is not bool:
        raise BadDescription(
            f"{where}: expected Several(words=frozenset(...)); got {type(value).__name__}: {fact.name} is answered in words"
        )
    known = [word.word for word in fact.words]
    for word in sorted(value.words - set(known), key=str):
        raise UnknownTerm(f"{where}: expected a word of {fact.name}; got {word}: {nearest(str(word), known)}")
    if fact.at_least_one and not value.words and value.complete:
        raise BadDescription(f"{where}: {at_least_one(fact)}")


def _day(fact: Fact, value: object, where: str) -> None:
    if not is_day(value):
        raise BadDescription(f"{where}: expected a date or Ternary.UNKNOWN; got {type(value).__name__}: {fact.name} asks for a day")


VALUES: dict[Kind, Callable[[Fact, object, str], None]] = {Kind.YES_NO: _yes_no, Kind.SEVERAL: _several, Kind.DAY: _day}


def _written(value: object) -> object:
    """What JSON has no word for: words in a set, days, and anything else by its name."""
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    return str(value)
