"""The JSON Schema (2020-12) of a kept verdict. Readers must pass over fields they don't know: later releases may add some."""

from __future__ import annotations

from enum import Enum
from typing import Any

from habeas.reports.documents.shapes import DIALECT
from habeas.reports.screening.document import SCHEMA
from habeas.rules.rulebook import Force, Outcome
from habeas.rules.verdicts import Finding
from habeas.terms.answers import Ternary
from habeas.terms.sources import Confidence

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
DAY = {"type": "string", "format": "date"}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
CONDITION = {"type": "object", "description": "one test as a rulebook writes it: the fact, and what is asked for"}
CONDITIONS = {"type": "array", "items": CONDITION}


def verdicts_schema() -> dict[str, Any]:
    """The shape of what `habeas screen --json` prints and `--out` keeps."""
    return {
        "$schema": DIALECT,
        "$id": "habeas:screen-verdicts/1",
        "title": "Verdicts of a screen",
        "description": "what rulebooks found of one described system on one day",
        **_object(
            {
                "habeas": {"const": SCHEMA, "description": "the schema this document keeps to"},
                "tool": _object({"name": {"const": "habeas"}, "version": TEXT}),
                "on": {**DAY, "description": "the day whose law counted"},
                "system": _system(),
                "finding": {**_word(Finding), "description": "the strictest finding of all books"},
                "books": {"type": "array", "items": {"$ref": "#/$defs/Book"}, "minItems": 1},
                "open_questions": {"type": "array", "items": {"$ref": "#/$defs/Question"}},
            }
        ),
        "$defs": {"Book": _book(), "Ruling": _ruling(), "Exception": _exception(), "Question": _question()},
    }


def _system() -> dict[str, Any]:
    digest = {**DIGEST, "description": "SHA-256 of what the description says; layout and comments don't change it"}
    answers = {"type": "object", "description": "what was answered, as a description writes it"}
    return _object({"name": TEXT, "version": TEXT, "operator": TEXT, "used_in": TEXTS, "sha256": digest, "answers": answers})


def _book() -> dict[str, Any]:
    needed = _object(
        {
            "id": TEXT,
            "short": TEXT,
            "version": TEXT,
            "checked_on": DAY,
            "sha256": {**DIGEST, "description": "SHA-256 of what the book says"},
            "force": _word(Force),
            "readers": {"type": "integer", "minimum": 0, "description": "how many people read the book against the text"},
            "binding": {"enum": ["yes", "no", "unknown", "standard"], "description": "whether it is law where the system is used"},
            "finding": _word(Finding),
            "classes": {"type": "object", "additionalProperties": _word(Ternary)},
            "rulings": {"type": "array", "items": {"$ref": "#/$defs/Ruling"}, "description": "rules that are not plainly no"},
        }
    )
    shipped = {"type": "boolean", "description": "whether habeas brings this book; false: somebody's own, whatever its id"}
    return {**needed, "properties": {**needed["properties"], "shipped": shipped}}


def _ruling() -> dict[str, Any]:
    needed = {
        "rule": TEXT,
        "article": TEXT,
        "title": TEXT,
        "outcome": _word(Outcome),
        "bites": {**_word(Ternary), "description": "whether the rule has its outcome: met, in force, no exception shown"},
        "met": {**_word(Ternary), "description": "whether its conditions hold, exceptions aside"},
        "applies": {**_word(Ternary), "description": "whether it is in force on the day for this system"},
        "source": {"type": "object"},
        "confidence": _word(Confidence),
    }
    more = {
        "class": TEXT,
        "met_by": {**CONDITIONS, "description": "the tests that hold"},
        "hinges": {**CONDITIONS, "description": "the tests whose answers could still settle it"},
        "clears": {"type": "object", "additionalProperties": TEXT, "description": "what must show an answer that clears the system"},
        "exceptions": {"type": "array", "items": {"$ref": "#/$defs/Exception"}},
        "lifted_by": TEXT,
        "disputed": {**TEXT, "description": "why it isn't settled whether it applies"},
        "beyond_dispute_from": DAY,
        "since": {**DAY, "description": "the first day of the time in which it applies now"},
        "from": {**DAY, "description": "the first later day on which it applies, where it doesn't yet"},
        "who": TEXTS,
        "evidence": TEXTS,
        "deadline": {"type": "object"},
        "safeguard": TEXT,
    }
    return {**_object(needed), "properties": {**needed, **more}}


def _exception() -> dict[str, Any]:
    missing = _object({"test": CONDITION, "shown_by": TEXT})
    return _object(
        {
            "id": TEXT,
            "article": TEXT,
            "title": TEXT,
            "shown": _word(Ternary),
            "missing": {"type": "array", "items": missing, "description": "tests that no evidence shows yet"},
            "in_the_way": {**CONDITIONS, "description": "tests that are answered against it"},
        }
    )


def _question() -> dict[str, Any]:
    show = {"type": "object", "additionalProperties": TEXT, "description": "what must show an answer that clears, by rule"}
    return _object({"fact": TEXT, "question": TEXT, "why": TEXT, "rules": TEXTS, "shown_by": show})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _word(kind: type[Enum]) -> dict[str, Any]:
    return {"enum": [member.value for member in kind]}
