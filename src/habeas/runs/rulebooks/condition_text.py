"""Conditions as they are written: a mapping of facts to what is wanted, all of which must hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from habeas.errors import BadInput
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay
from habeas.runs.rulebooks.faults import Faults, nearest
from habeas.runs.yaml_text.complaint import Place
from habeas.runs.yaml_text.fields import as_day
from habeas.terms.answers import Ternary
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

EXAMPLE = "write e.g. {purpose: [predict-offending]}"
ALL, ANY, CLASS = "all", "any", "class"
LIMITS = ("since", "before")


def vocabulary_of(info: ValidationInfo) -> Vocabulary:
    """The vocabulary that the file is read with."""
    found = (info.context or {}).get("vocabulary")
    if not isinstance(found, Vocabulary):
        raise BadInput("expected a vocabulary to read this file with; got none: pass it as context")
    return found


def condition(value: object, vocabulary: Vocabulary) -> Condition:
    """What was written under `when`, as a condition. Raises a refusal with every fault and its place."""
    faults = Faults()
    found = _all_of(value, (), vocabulary, faults)
    faults.refuse()
    return found


def _all_of(value: object, place: Place, vocabulary: Vocabulary, faults: Faults) -> Condition:
    if not isinstance(value, Mapping) or not value:
        faults.add(place, expected="a mapping of facts to what is wanted", got=value, hint=EXAMPLE)
        return AllOf(parts=())
    parts = [_part(str(name), wanted, (*place, str(name)), vocabulary, faults) for name, wanted in value.items()]
    known = tuple(part for part in parts if part is not None)
    return known[0] if len(known) == 1 else AllOf(parts=known)


def _part(name: str, wanted: object, place: Place, vocabulary: Vocabulary, faults: Faults) -> Condition | None:
    if name in (ALL, ANY):
        return _listed(name, wanted, place, vocabulary, faults)
    if name == CLASS:
        return _class(wanted, place, faults)
    if name not in vocabulary.names():
        faults.say(place, f"not a fact of the vocabulary; {nearest(name, (*vocabulary.names(), ALL, ANY, CLASS))}")
        return None
    fact = vocabulary.fact(name)
    return {Kind.YES_NO: _yes_no, Kind.SEVERAL: _among, Kind.DAY: _on_day}[fact.kind](fact, wanted, place, faults)


def _listed(name: str, wanted: object, place: Place, vocabulary: Vocabulary, faults: Faults) -> Condition | None:
    if not isinstance(wanted, list | tuple) or not wanted:
        faults.add(place, expected="a list of mappings", got=wanted, hint=f"write e.g. {name}: [{{purpose: [predict-offending]}}]")
        return None
    parts = tuple(_all_of(item, (*place, index), vocabulary, faults) for index, item in enumerate(wanted))
    return AllOf(parts=parts) if name == ALL else AnyOf(parts=parts)


def _class(wanted: object, place: Place, faults: Faults) -> Condition | None:
    if not isinstance(wanted, str) or not wanted.strip():
        faults.add(place, expected="the name of a class of this book", got=wanted, hint="write e.g. class: high-risk")
        return None
    return InClass(name=wanted.strip())


def _yes_no(fact: Fact, wanted: object, place: Place, faults: Faults) -> Condition | None:
    if wanted not in (Ternary.YES.value, Ternary.NO.value):
        faults.add(place, expected="yes or no", got=wanted, hint=f"write e.g. {fact.name}: yes")
        return None
    return Is(fact=fact.name, wanted=Ternary(wanted))


def _among(fact: Fact, wanted: object, place: Place, faults: Faults) -> Condition | None:
    words = wanted if isinstance(wanted, list | tuple) else [wanted]
    known = [word.word for word in fact.words]
    for index, word in enumerate(words):
        if word not in known:
            faults.add((*place, index), expected=f"a word of {fact.name}", got=word, hint=nearest(str(word), known))
    good = frozenset(word for word in words if word in known)
    if not good:
        if not words:
            faults.add(place, expected="at least one word", got=wanted, hint=f"write e.g. {fact.name}: [{known[0]}]")
        return None
    return Among(fact=fact.name, words=good)


def _on_day(fact: Fact, wanted: object, place: Place, faults: Faults) -> Condition | None:
    example = f"write e.g. {fact.name}: {{since: 2027-12-02}}"
    if not isinstance(wanted, Mapping) or not wanted or set(wanted) - set(LIMITS):
        faults.add(place, expected="since, before, or both", got=wanted, hint=example)
        return None
    days: dict[str, date] = {}
    for limit, written in wanted.items():
        day = as_day(written)
        if day is None:
            faults.add((*place, limit), expected="a day", got=written, hint="write e.g. 2027-12-02")
        else:
            days[limit] = day
    return None if len(days) < len(wanted) else _between(fact, days, place, faults)


def _between(fact: Fact, days: Mapping[str, date], place: Place, faults: Faults) -> Condition | None:
    try:
        return OnDay(fact=fact.name, since=days.get("since"), before=days.get("before"))
    except BadInput as refusal:
        faults.say(place, str(refusal).removeprefix(f"{fact.name}: "))
        return None


def _validated(value: object, info: ValidationInfo) -> Condition:
    return condition(value, vocabulary_of(info))


ConditionText = Annotated[object, BeforeValidator(_validated), WithJsonSchema({"type": "object", "minProperties": 1})]
"""A field that holds a condition; its value is a `Condition`."""
