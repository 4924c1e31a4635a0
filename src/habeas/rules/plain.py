"""Books, descriptions and conditions as plain values, in the shape in which they are written: for JSON, digests and differences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay
from habeas.rules.rulebook import Rulebook
from habeas.terms.answers import Answer, Several, Ternary, Value
from habeas.terms.canonical import canonical
from habeas.terms.description import SystemDescription

WRITTEN_AS = {"in_class": "class", "lifts": "exceptions", "windows": "applies", "start": "from", "end": "until"}
"""Fields that are called otherwise in a file."""


def digest(value: Rulebook | SystemDescription) -> str:
    """SHA-256 (hex) of what a book or a description says: comments, layout and the order of names don't count."""
    return hashlib.sha256(canonical(plain(value))).hexdigest()


def plain(value: object) -> Any:
    """`value` as texts, numbers, lists and mappings; what is absent (None, empty) is left out of mappings."""
    match value:
        case Is() | Among() | OnDay() | InClass() | AllOf() | AnyOf():
            found: Any = plain_condition(value)
        case Answer():
            found = plain_answer(value)
        case Enum():
            found = value.value
        case date():
            found = value.isoformat()
        case Mapping():
            found = {str(name): plain(item) for name, item in value.items()}
        case tuple() | list():
            found = [plain(item) for item in value]
        case frozenset():
            found = sorted(plain(item) for item in value)
        case _:
            found = dict(_fields(value)) if is_dataclass(value) else value
    return found


def plain_condition(condition: Condition) -> dict[str, Any]:
    """A condition as it is written under `when`."""
    match condition:
        case AllOf(parts=parts):
            return _all_of([plain_condition(part) for part in parts])
        case AnyOf(parts=parts):
            return {"any": [plain_condition(part) for part in parts]}
        case InClass(name=name):
            return {"class": name}
        case Is(fact=fact, wanted=wanted):
            return {fact: wanted.value}
        case Among(fact=fact, words=words):
            return {fact: sorted(words)}
        case OnDay(fact=fact, since=since, before=before):
            limits = {"since": since, "before": before}
            return {fact: {name: day.isoformat() for name, day in limits.items() if day is not None}}


def plain_answer(answer: Answer) -> Any:
    """An answer as it is written: short where it has neither evidence nor note."""
    value = _plain_value(answer.value)
    if not answer.evidence and answer.note is None:
        return value
    evidence = [dict(_fields(item)) for item in answer.evidence]
    return {"answer": value, **({"evidence": evidence} if evidence else {}), **({} if answer.note is None else {"note": answer.note})}


def _all_of(parts: list[dict[str, Any]]) -> dict[str, Any]:
    names = [name for part in parts for name in part]
    # lines of one mapping must have names of their own; else they are listed
    return {"all": parts} if len(set(names)) < len(names) else {name: wanted for part in parts for name, wanted in part.items()}


def _plain_value(value: Value) -> Any:
    if isinstance(value, Several):
        return [*sorted(value.words), *([] if value.complete else [Ternary.UNKNOWN.value])]
    return value.isoformat() if isinstance(value, date) else value.value


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(value):
        item = getattr(value, field.name)
        if item is not None and item not in ((), {}):
            yield WRITTEN_AS.get(field.name, field.name), plain(item)
