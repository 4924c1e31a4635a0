"""The JSON twin of an entry: everything that its page says, for programs. `habeas schema register-entry` prints its shape."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from habeas.reports.documents.shapes import DIALECT
from habeas.reports.registers.completeness import Count, completeness
from habeas.reports.registers.entry import Happened, Operator, PublicEntry, Withheld
from habeas.terms.register import Column, Field, FieldSet, Kind

SCHEMA = "habeas.register/1"
TEXT = {"type": "string"}
WHOLE = {"type": "integer", "minimum": 0}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DIGESTS = {"type": "object", "additionalProperties": DIGEST}
TIME = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}
STANDINGS = ("published", "suspended", "retired")
SUSPENDING = ("approver", "oversight")


def twin(entry: PublicEntry, fields: FieldSet) -> dict[str, Any]:
    """The entry as JSON values."""
    count = completeness(entry, fields)
    return {
        "habeas": SCHEMA,
        "system": entry.system,
        "name": entry.name,
        "address": entry.address,
        "operator": _operator(entry.operator),
        "standing": entry.standing,
        "suspended_by_role": entry.suspended_by or None,
        "source": entry.source,
        "edition": {
            "number": entry.edition,
            "published": moment(entry.published),
            "note": entry.note,
            "digest": entry.digest,
            "salts": dict(entry.salts),
            "sealed": dict(entry.sealed),
        },
        "content": dict(entry.content),
        "withheld": [_withheld(one) for one in entry.withheld],
        "missing": [field.id for field in entry.missing(fields)],
        "completeness": {"whole": _count(count.whole), "topics": {topic: _count(one) for topic, one in count.topics.items()}},
        "history": [_happened(one) for one in entry.history],
    }


def moment(at: datetime) -> str:
    """A time as RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _operator(one: Operator) -> dict[str, Any]:
    marks = {"documented_by_others": one.documented_by_others, "made_up": one.made_up}
    return {"id": one.slug, "name": one.name, "kind": one.kind, "place": one.place, **marks}


def _withheld(one: Withheld) -> dict[str, str]:
    until = one.until.isoformat()
    return {"field": one.field, "ground": one.ground, "reason": one.reason, "approved_by_role": one.approver_role, "until": until}


def _count(one: Count) -> dict[str, int]:
    return {"asked": one.asked, "answered": one.answered, "withheld": one.withheld, "missing": one.missing}


def _happened(one: Happened) -> dict[str, Any]:
    ledger = {"index": one.index, "leaf_hash": one.leaf_hash or None, "document": one.document}
    return {"step": one.step, "at": moment(one.at), "edition": one.edition, "note": one.note, "ledger": ledger}


def entry_schema(fields: FieldSet) -> dict[str, Any]:
    """The shape of the twin. Readers must pass over what they don't know: later releases may add some."""
    history = {**_list(_happened_shape()), "description": "what happened, newest first; not in the file of the whole register"}
    whole = _object(_top(fields))
    return {
        "$schema": DIALECT,
        "$id": "habeas:register-entry/1",
        "title": "Entry of the register",
        "description": "one edition of a system's entry, as everybody may read it",
        **whole,
        "properties": {**whole["properties"], "history": history},
        "$defs": {"Count": _object(dict.fromkeys(("asked", "answered", "withheld", "missing"), WHOLE))},
    }


def _top(fields: FieldSet) -> dict[str, Any]:
    truth, count = {"type": "boolean"}, {"$ref": "#/$defs/Count"}
    operator = {"id": TEXT, "name": TEXT, "kind": TEXT, "place": TEXT, "documented_by_others": truth, "made_up": truth}
    edition = {"number": WHOLE, "published": TIME, "note": TEXT, "digest": DIGEST, "salts": DIGESTS, "sealed": DIGESTS}
    withheld = {"field": TEXT, "ground": TEXT, "reason": TEXT, "approved_by_role": TEXT, "until": DAY}
    return {
        "habeas": {"const": SCHEMA, "description": "the schema this document keeps to"},
        "system": {**TEXT, "description": "its name in addresses and in the ledger"},
        "name": {**TEXT, "description": "what people call it"},
        "address": TEXT,
        "operator": {**_object(operator), "description": "who uses it; documented_by_others: they didn't write this entry"},
        "standing": {"enum": list(STANDINGS)},
        "suspended_by_role": {
            **_or_null({"enum": list(SUSPENDING)}),
            "description": "who suspended it, if nobody resumed it since; a system may be retired while it is suspended",
        },
        "source": {**TEXT, "description": "where an imported entry comes from, with its licence; else empty"},
        "edition": {**_object(edition), "description": "salts (of shown fields) and sealed (hashes of withheld ones) prove the digest"},
        "content": {"type": "object", "properties": {field.id: _field(field) for field in fields.fields}},
        "withheld": _list(_object(withheld)),
        "missing": {**_list(TEXT), "description": "fields that should be answered and are neither answered nor withheld"},
        "completeness": _object({"whole": count, "topics": {"type": "object", "additionalProperties": count}}),
    }


def _happened_shape() -> dict[str, Any]:
    ledger = _object({"index": _or_null(WHOLE), "leaf_hash": _or_null(DIGEST), "document": TEXT})
    return _object({"step": TEXT, "at": TIME, "edition": _or_null(WHOLE), "note": TEXT, "ledger": ledger})


def _field(field: Field) -> dict[str, Any]:
    return {**_value(field), "title": field.label, "description": field.help}


def _value(field: Field) -> dict[str, Any]:
    words = {"enum": [option.id for option in field.options]}
    if field.kind is Kind.ROWS:
        columns = {column.id: _cell(column) for column in field.columns}
        return _list({"type": "object", "properties": columns, "required": [column.id for column in field.columns if column.required]})
    if field.kind is Kind.CHOICES:
        return {**_list(words), "uniqueItems": True}
    if field.kind is Kind.CHOICE:
        return words
    return {**(DAY if field.kind is Kind.DAY else TEXT), "maxLength": field.most_characters}


def _cell(column: Column) -> dict[str, Any]:
    return {**TEXT, "title": column.label}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}
