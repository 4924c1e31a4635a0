"""Answers as they are written: a mapping of facts to yes, no, unknown, words, or days; long with evidence where it has any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from habeas.runs.rulebooks.condition_text import vocabulary_of
from habeas.runs.rulebooks.faults import Faults, nearest
from habeas.runs.yaml_text.complaint import Place
from habeas.runs.yaml_text.fields import as_day, as_prose
from habeas.terms.answers import Answer, Evidence, Several, Ternary, Value, says_nothing, shows_nothing
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

ANSWER, EVIDENCE, NOTE = "answer", "evidence", "note"
WHAT, WHERE, BY = "what", "where", "by"
UNKNOWN = Ternary.UNKNOWN.value


def answers(value: object, vocabulary: Vocabulary) -> dict[str, Answer]:
    """What was written under `answers`, with what it implies. Raises a refusal with every fault and its place."""
    return vocabulary.closed(answers_as_written(value, vocabulary))


def answers_as_written(value: object, vocabulary: Vocabulary) -> dict[str, Answer]:
    """The same without what it implies, which a person may still be asked."""
    faults = Faults()
    found = _answers(value, vocabulary, faults)
    faults.refuse()
    return found


def _answers(value: object, vocabulary: Vocabulary, faults: Faults) -> dict[str, Answer]:
    if not isinstance(value, Mapping):
        faults.add((), expected="a mapping of facts to answers", got=value, hint="write e.g. purpose: [predict-place]")
        return {}
    found: dict[str, Answer] = {}
    for name, written in value.items():
        if name not in vocabulary.names():
            faults.say((str(name),), f"not a fact of the vocabulary; {nearest(str(name), vocabulary.names())}")
        else:
            found[str(name)] = _answer(vocabulary.fact(str(name)), written, (str(name),), faults)
    return found


def _answer(fact: Fact, written: object, place: Place, faults: Faults) -> Answer:
    if not isinstance(written, Mapping):
        return Answer(value=_value(fact, written, place, faults))
    for name in written:
        if name not in (ANSWER, EVIDENCE, NOTE):
            faults.say((*place, str(name)), f"not a field of an answer; {nearest(str(name), (ANSWER, EVIDENCE, NOTE))}")
    note = _text(written.get(NOTE), (*place, NOTE), faults) if written.get(NOTE) is not None else None
    return Answer(
        value=_value(fact, written.get(ANSWER), (*place, ANSWER), faults),
        evidence=_evidence(written.get(EVIDENCE), (*place, EVIDENCE), faults),
        note=note,
    )


def _value(fact: Fact, written: object, place: Place, faults: Faults) -> Value:
    if written == UNKNOWN:
        return Ternary.UNKNOWN
    return {Kind.YES_NO: _yes_no, Kind.SEVERAL: _several, Kind.DAY: _day}[fact.kind](fact, written, place, faults)


def _yes_no(fact: Fact, written: object, place: Place, faults: Faults) -> Value:
    if written not in ("yes", "no"):
        faults.add(place, expected="yes, no or unknown", got=written, hint=f"write e.g. {fact.name}: yes")
        return Ternary.UNKNOWN
    return Ternary(written)


def _several(fact: Fact, written: object, place: Place, faults: Faults) -> Value:
    words = written if isinstance(written, list | tuple) else [written]
    known = [word.word for word in fact.words]
    for index, word in enumerate(words):
        if word not in known and word != UNKNOWN:
            faults.add((*place, index), expected=f"a word of {fact.name}", got=word, hint=nearest(str(word), known))
    if not words and fact.at_least_one:
        faults.say(place, at_least_one(fact))
    return Several(words=frozenset(word for word in words if word in known), complete=UNKNOWN not in words)


def at_least_one(fact: Fact) -> str:
    """What to tell whoever answers with no word a question that always has some."""
    return f"a system has at least one {fact.name}: name it, or write unknown"


def _day(_: Fact, written: object, place: Place, faults: Faults) -> Value:
    day = as_day(written)
    if day is None:
        faults.add(place, expected="a day or unknown", got=written, hint="write e.g. 2024-05-31")
        return Ternary.UNKNOWN
    return day


def _evidence(written: object, place: Place, faults: Faults) -> tuple[Evidence, ...]:
    if written is None:
        return ()
    items = written if isinstance(written, list | tuple) else [written]
    found = (_one_evidence(item, (*place, index), faults) for index, item in enumerate(items))
    return tuple(item for item in found if item is not None)


def _one_evidence(written: object, place: Place, faults: Faults) -> Evidence | None:
    fields = written if isinstance(written, Mapping) else {WHAT: written}
    for name in fields:
        if name not in (WHAT, WHERE, BY):
            faults.say((*place, str(name)), f"not a field of evidence; {nearest(str(name), (WHAT, WHERE, BY))}")
    what = _text(fields.get(WHAT), (*place, WHAT), faults)
    more = {name: _text(fields[name], (*place, name), faults) for name in (WHERE, BY) if fields.get(name) is not None}
    if what is not None and says_nothing(what):
        faults.say((*place, WHAT) if WHAT in fields and isinstance(written, Mapping) else place, shows_nothing(what))
        return None
    return None if what is None else Evidence(what=what, where=more.get(WHERE), by=more.get(BY))


def _text(written: object, place: Place, faults: Faults) -> str | None:
    text = as_prose(written)
    if text is None:
        faults.add(place, expected="text", got=written, hint="write a few words")
    return text


def _validated(value: object, info: ValidationInfo) -> dict[str, Answer]:
    return answers(value, vocabulary_of(info))


def _as_written(value: object, info: ValidationInfo) -> dict[str, Answer]:
    return answers_as_written(value, vocabulary_of(info))


AnswersText = Annotated[object, BeforeValidator(_validated), WithJsonSchema({"type": "object"})]
"""A field that holds answers; its value is a mapping of names to `Answer`."""
AnswersBegun = Annotated[object, BeforeValidator(_as_written), WithJsonSchema({"type": "object"})]
"""The same where some are still to be asked: without what they imply."""
