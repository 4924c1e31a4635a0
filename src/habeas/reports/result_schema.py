"""The JSON Schema (2020-12) of a result document, and its reference page: both told from the result's own types and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from habeas.audit.result import AuditResult
from habeas.reports.documents import shapes
from habeas.reports.json_report import SCHEMA
from habeas.reports.language.methods import METHODS

ID = f"habeas:{SCHEMA}"

SCALARS: dict[Any, dict[str, Any]] = {
    float: {"type": "number"},
    int: {"type": "integer"},
    str: {"type": "string"},
    bool: {"type": "boolean"},
}

TOP: dict[str, dict[str, Any]] = {
    "habeas": {"const": SCHEMA, "description": "the schema this document keeps to"},
    "tool": {
        "type": "object",
        "description": "what made the document",
        "properties": {"name": {"const": "habeas"}, "version": {"type": "string"}},
        "required": ["name", "version"],
        "additionalProperties": False,
    },
    "created": {
        "type": "string",
        "format": "date-time",
        "description": "when the document was made, in UTC: the only line in which two runs of one plan on the same data differ",
    },
}

DESCRIPTIONS: dict[str, str] = {
    "plan": "the plan in full, as it was read",
    "plan_sha256": "digest of the plan as read: layout and comments don't change it",
    "cells_sha256": "digest of the counts that every number was computed from; null where it would let small counts be worked out",
    "intake": "what came in: rows, files and their digests, warnings",
    "verdict": "what the declared questions say together",
    "findings": "the comparisons declared in advance",
    "exploratory": "all other comparisons that may be published: none of them was declared in advance",
    "groups": "counts and rates of each group at each cut",
    "discrimination": "how well the score orders the people of each group",
    "sweeps": "rates along all publishable thresholds",
    "calibration": "what scores meant in each group",
    "stratified": "comparisons of like with like, within the plan's strata",
    "screening": "intersections worth a closer look; never findings",
    "unrecorded": "how far missing group labels could move a finding",
    "unknown_outcomes": "how far unknown outcomes could move a rate",
    "label_bias": "what becomes of a finding if outcomes of one group were recorded less often",
    "balance": "the balance sheet of each group, per 1,000 people",
    "oversight": "what people did with the advice",
    "oversight_comparisons": "whether they did it alike for each group",
    "withheld": "how publication was made safe",
    "caveats": "limits that belong to the result",
}


def result_schema() -> dict[str, Any]:
    """The schema that every result document keeps to; unknown fields are refused.

    Absent and withheld values are null; a null in `low`, `high` or a ROC curve's `threshold` means that nothing bounds it.
    """
    definitions: dict[str, Any] = {}
    fields = {name: _described(hint, name, definitions) for name, hint in shapes.fields_of(AuditResult).items()}
    return {
        "$schema": shapes.DIALECT,
        "$id": ID,
        "title": "habeas audit result",
        "description": _first_line(AuditResult),
        **_object({**TOP, **fields}),
        "$defs": dict(sorted(definitions.items())),
    }


def result_reference_markdown() -> str:
    """The reference page of the document, for people: every object with its fields, their types and what they mean."""
    schema = result_schema()
    lines = [
        "# The audit result, field by field",
        "",
        "`habeas audit PLAN --out DIR` writes `DIR/report.json`. `habeas schema audit-result` prints its JSON Schema;",
        "this page says the same.",
        "",
        "Equal plans and equal data give equal bytes but for `created`. Numbers have 12 significant digits. What is absent",
        "or withheld is `null`; in `low`, `high` and the `threshold` of a ROC curve `null` means that nothing bounds it.",
        "",
        "## The document",
        "",
        *_table(schema["properties"]),
    ]
    for name, definition in schema["$defs"].items():
        lines += ["", f"## {name}", "", definition["description"], "", *_body(definition)]
    lines += ["", "## What a method means", "", "Words that the `method` of an estimate is made of.", "", *_methods()]
    return "\n".join(lines) + "\n"


def _methods() -> list[str]:
    return ["| words | meaning | source |", "|---|---|---|", *(f"| {one.phrase} | {one.meaning} | {one.source} |" for one in METHODS)]


def _described(hint: Any, name: str, definitions: dict[str, Any]) -> dict[str, Any]:
    return {**_schema(hint, definitions), "description": DESCRIPTIONS[name]}


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hint, optional = shapes.without_none(hint)
    if optional:
        return _or_null(_schema(hint, definitions))
    if shapes.is_record(hint) or shapes.is_choice(hint):
        return _reference(hint, definitions)
    of_pairs = shapes.value_of_pairs(hint)
    if of_pairs is not None:
        return {"type": "object", "additionalProperties": _schema(of_pairs, definitions)}
    item = shapes.item_of_list(hint)
    return {"type": "array", "items": _schema(item, definitions)} if item is not None else dict(SCALARS[hint])


def _reference(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # before its fields, so that a type may hold itself
        definitions[kind.__name__] = _definition(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _definition(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    said = {"description": _words(kind)}
    if shapes.is_group(kind):
        parts = {"type": "object", "additionalProperties": {"type": "string"}, "description": "attribute to level"}
        return {**said, **_object({"label": {"type": "string", "description": "the group in a few words"}, "parts": parts})}
    if shapes.is_choice(kind):
        return {**said, "enum": [member.value for member in kind]}
    return {**said, **_object(dict(_fields(kind, definitions)))}


def _fields(kind: type, definitions: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    meanings = _meanings(kind)
    for name, hint in shapes.fields_of(kind).items():
        schema = _schema(hint, definitions)
        if (kind, name) in shapes.UNBOUNDED:
            schema = _or_null(schema)
        yield name, {**schema, **({"description": meanings[name]} if name in meanings else {})}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return (
        {"type": [schema["type"], "null"], **{k: v for k, v in schema.items() if k != "type"}}
        if "type" in schema
        else {"anyOf": [schema, {"type": "null"}]}
    )


def _words(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split()).replace("None", "null")


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").split("\n", maxsplit=1)[0]


def _meanings(kind: type) -> dict[str, str]:
    """What a class's words say of its fields, where they say it as `field`: meaning."""
    names = "|".join(map(re.escape, shapes.fields_of(kind)))
    found = re.findall(rf"`({names})`: (.*?)(?=\s`(?:{names})`[:,]|$)", _words(kind))
    return {name: meaning.split(". ")[0].rstrip(".;") for name, meaning in found}


def _table(properties: dict[str, Any]) -> list[str]:
    rows = [f"| `{name}` | {_type_words(schema)} | {schema.get('description', '')} |" for name, schema in properties.items()]
    return ["| field | type | meaning |", "|---|---|---|", *rows]


def _body(definition: dict[str, Any]) -> list[str]:
    if "enum" in definition:
        return [f"One of {', '.join(f'`{word}`' for word in definition['enum'])}."]
    rows = [f"| `{name}` | {_type_words(schema)} |" for name, schema in definition["properties"].items()]
    return ["| field | type |", "|---|---|", *rows]


def _type_words(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return f"{_type_words(schema['anyOf'][0])} or null"
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f'`"{schema["const"]}"`'
    kind = schema["type"]
    words = " or ".join(kind) if isinstance(kind, list) else kind
    if "items" in schema:
        return f"array of {_type_words(schema['items'])}"
    inner = schema.get("additionalProperties")
    return f"object of {_type_words(inner)}" if isinstance(inner, dict) else words
