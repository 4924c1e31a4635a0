"""The published shapes of descriptions and rulebooks, with every question and word of the vocabulary."""

from __future__ import annotations

from typing import Any

from habeas.reports.documents.shapes import DIALECT
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.description_model import DescriptionFile
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.yaml_text.part import Part
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

UNKNOWN = {"const": "unknown"}
DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
EVIDENCE = {
    "anyOf": [
        {"type": "string", "pattern": r"\S"},
        {
            "type": "object",
            "properties": {name: {"type": "string", "pattern": r"\S"} for name in ("what", "where", "by")},
            "required": ["what"],
            "additionalProperties": False,
        },
    ]
}


def description_schema() -> dict[str, Any]:
    """The shape of the description of a system; an editor can offer every question and every word."""
    return _schema(DescriptionFile, name="system-description", title="Description of a system")


def rulebook_schema() -> dict[str, Any]:
    """The shape of a rulebook. It can't say how rules go together (the class that one defines and another asks for); habeas does."""
    return _schema(RulebookFile, name="rulebook", title="Rulebook")


def answers_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """What may stand under `answers`."""
    return {
        "type": "object",
        "properties": {fact.name: {"description": fact.question, **_answer(fact)} for fact in vocabulary.facts},
        "additionalProperties": False,
    }


def condition_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """What may stand under `when`: facts, and `all`, `any` and `class`."""
    nested = {"type": "array", "items": {"$ref": "#/$defs/When"}, "minItems": 1}
    facts = {fact.name: {"description": fact.question, **_wanted(fact)} for fact in vocabulary.facts}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {**facts, "all": nested, "any": nested, "class": {"type": "string", "pattern": r"\S"}},
        "additionalProperties": False,
    }


def _schema(top: type[Part], *, name: str, title: str) -> dict[str, Any]:
    made = top.model_json_schema()
    known = library.vocabulary()
    definitions = {**made.pop("$defs", {}), "Answers": answers_schema(known), "When": condition_schema(known)}
    for part in (made, *definitions.values()):
        for field, reference in (("answers", "Answers"), ("when", "When")):
            if field in part.get("properties", {}):
                part["properties"][field] = _referring(part["properties"][field], reference)
    used = {one: shape for one, shape in definitions.items() if one != "When" or top is RulebookFile}
    return {"$schema": DIALECT, "$id": f"habeas:{name}/1", **made, "title": title, "$defs": used}


def _referring(field: dict[str, Any], name: str) -> dict[str, Any]:
    """The field as it is described, holding what stands under `$defs`; one that may be left out may be null."""
    described: dict[str, Any] = {key: field[key] for key in ("description", "examples", "title", "default") if key in field}
    reference = {"$ref": f"#/$defs/{name}"}
    return {**described, **({"anyOf": [reference, {"type": "null"}]} if "anyOf" in field else reference)}


def _answer(fact: Fact) -> dict[str, Any]:
    """Short, or long with evidence and a note."""
    value = _value(fact)
    many = {"anyOf": [EVIDENCE, {"type": "array", "items": EVIDENCE}, {"type": "null"}]}
    long = {
        "type": "object",
        "properties": {"answer": value, "evidence": many, "note": {"type": ["string", "null"]}},
        "required": ["answer"],
        "additionalProperties": False,
    }
    return {"anyOf": [value, long]}


def _value(fact: Fact) -> dict[str, Any]:
    if fact.kind is Kind.YES_NO:
        return {"enum": ["yes", "no", "unknown"]}
    if fact.kind is Kind.DAY:
        return {"anyOf": [DAY, UNKNOWN]}
    word = {"enum": [*(word.word for word in fact.words), "unknown"]}
    return {"anyOf": [word, {"type": "array", "items": word, **({"minItems": 1} if fact.at_least_one else {})}]}


def _wanted(fact: Fact) -> dict[str, Any]:
    if fact.kind is Kind.YES_NO:
        return {"enum": ["yes", "no"]}
    if fact.kind is Kind.DAY:
        return {"type": "object", "properties": {"since": DAY, "before": DAY}, "minProperties": 1, "additionalProperties": False}
    word = {"enum": [word.word for word in fact.words]}
    return {"anyOf": [word, {"type": "array", "items": word, "minItems": 1}]}
