"""The published shape of a record: its JSON Schema, and the reference page, made from the tables that check records."""

from __future__ import annotations

from typing import Any

from habeas.reports.documents.shapes import DIALECT
from habeas.runs.ledgers.record_lines import PersonFields, RecordLine
from habeas.terms.records import RecordType
from habeas.terms.records_keys import AUTHORITY, ROLES, TABLE, Index, Keys, Shape, Word

MEANINGS = {
    RecordType.DECISION: "Something was decided about a person, and a system had a part in it.",
    RecordType.NOTICE: "The person was told, or wasn't.",
    RecordType.CHALLENGE: "The decision, the system or what is held was contested.",
    RecordType.OUTCOME: "What came of it.",
    RecordType.ACCESS: "Somebody read sealed fields. habeas records it by itself.",
    RecordType.DISCLOSURE: "Fields were shown to somebody outside. Recorded by `habeas ledger disclose`.",
    RecordType.RESTRICTION: "Fields were left to a court's key, or given back. Recorded by `habeas ledger restrict`.",
    RecordType.ERASURE: "A person, or one group of one record, was erased. Recorded by `habeas ledger erase`.",
    RecordType.REGISTER: "A system was entered in the register, authorised, suspended and so on.",
    RecordType.AUDIT: "An audit was published.",
    RecordType.KEY_EVENT: "Something happened to a key that signs for the log.",
}

OPENING = """\
# Records

What `habeas ledger append` takes: one JSON object a line, in UTF-8. `habeas schema ledger-record` prints its JSON Schema.

Everything under `public`, with type, authority and day, is read by everyone, for ever: so each key takes only words of a closed list,
digests, numbers, or names of the register. Everything under `personal` is sealed, group by group, with a key of the person that can
be destroyed. Each field can be shown alone later.

`examples/records.jsonl` has three records about made-up people.
"""

CLOSING = f"""\
Groups are named by role, and by no other word: {", ".join(f"`{role}`" for role in ROLES)}.
Where there are several of a role, each has a number up to 999: `victim-1`, `victim-2`. The name of a group is public as soon as somebody
reads, shows, restricts or erases it, so it can't say who it is about: the group's sealed fields do.

A value is a text, a whole number, true or false; there are no numbers with a fraction, which no two programs write alike. A message about
a record that is refused names line and field and never repeats a value.
"""


def record_schema() -> dict[str, Any]:
    """The shape of a record, with the public keys of each type."""
    schema = {"$schema": DIALECT, "$id": "habeas:ledger-record/1", **RecordLine.model_json_schema(), "title": "Ledger record"}
    return schema | {"allOf": [_rule(kind.value, TABLE[kind.value]) for kind in RecordType]}


def record_reference_markdown() -> str:
    """The reference page of records."""
    types = "\n\n".join(_type(kind) for kind in RecordType)
    return f"{OPENING}\n{_fields()}\n## Types\n\n{types}\n\n{CLOSING}"


def _rule(kind: str, keys: Keys) -> dict[str, Any]:
    """If it is of this type, `public` has these keys."""
    known = {**keys.required, **keys.optional}
    public: dict[str, Any] = {
        "properties": {key: _shape(shape) for key, shape in known.items()},
        "required": list(keys.required),
        "additionalProperties": False,
    }
    then: dict[str, Any] = {"properties": {"public": public}}
    if keys.required:
        then["required"] = ["public"]
    return {"if": {"properties": {"type": {"const": kind}}}, "then": then}


def _shape(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Word):
        return {"enum": list(shape.words)}
    return {"type": "integer" if isinstance(shape, Index) else "string", "description": str(shape)}


def _fields() -> str:
    rows = [
        f"| `{name}` | {'yes' if field.is_required() else 'no'} | {field.description} |"
        for part in (RecordLine, PersonFields)
        for name, field in part.model_fields.items()
    ]
    top, inner = rows[: len(RecordLine.model_fields)], rows[len(RecordLine.model_fields) :]
    head = "| Field | Needed | Meaning |\n|---|---|---|"
    authority = f"The authority is {str(AUTHORITY).removeprefix('the authority')}".replace("is 's", "is written as its")
    return "\n".join(["## Fields\n", head, *top, "", authority + ".", "", "Each group of `personal` has:\n", head, *inner, ""])


def _type(kind: RecordType) -> str:
    keys = TABLE[kind.value]
    needed = dict.fromkeys(keys.required, "yes") | dict.fromkeys(keys.optional, "no")
    either = frozenset().union(*keys.either) if keys.either else frozenset()
    rows = [
        f"| `{key}` | {'one or the other' if key in either else needed[key]} | {shape} |"
        for key, shape in {**keys.required, **keys.optional}.items()
    ]
    return "\n".join([f"### `{kind.value}`\n", f"{MEANINGS[kind]}\n", "| Public key | Needed | Takes |", "|---|---|---|", *rows])
