"""Values into JSON: by the types of their fields, rounded so that no machine's last bit shows; and JSON into bytes."""

from __future__ import annotations

import json
from math import isinf, isnan
from typing import Any

from habeas.errors import BrokenEvidence
from habeas.reports.documents import shapes
from habeas.terms.group import Group

SIGNIFICANT_DIGITS = 12


def to_bytes(document: dict[str, Any]) -> bytes:
    """A document as a file: UTF-8, keys sorted, one space of indent, a line feed at the end; equal documents, equal bytes."""
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n").encode()


def written(value: Any, hint: Any, *, where: str) -> Any:
    """A value as JSON (dict, list, str, int, float, bool or None). `where`: its path in the document, for messages.

    Raises:
        BrokenEvidence: a number is not a number, or infinite where nothing allows it.
    """
    hint, _ = shapes.without_none(hint)
    if value is None:
        return None
    if isinstance(value, Group):
        return {"label": value.label, "parts": dict(value.parts)}
    if shapes.is_record(hint):
        return written_fields(value, hint, where=where)
    if shapes.is_choice(hint):
        return value.value
    return _written_list(value, hint, where=where) if isinstance(value, tuple) else _written_scalar(value, hint, where=where)


def written_fields(value: Any, kind: type, *, where: str) -> dict[str, Any]:
    """A dataclass as an object of its fields."""
    found = {}
    for name, hint in shapes.fields_of(kind).items():
        field, path = getattr(value, name), f"{where}.{name}" if where else name
        unbounded = (kind, name) in shapes.UNBOUNDED and isinf(field)
        found[name] = None if unbounded else written(field, hint, where=path)
    return found


def _written_list(value: tuple[Any, ...], hint: Any, *, where: str) -> Any:
    of_pairs = shapes.value_of_pairs(hint)
    if of_pairs is not None:
        return {name: written(item, of_pairs, where=f"{where}.{name}") for name, item in value}
    item_hint = shapes.item_of_list(hint)
    return [written(item, item_hint, where=f"{where}[{i}]") for i, item in enumerate(value)]


def _written_scalar(value: Any, hint: Any, *, where: str) -> Any:
    if hint is bool:
        return bool(value)
    if hint is int:
        return int(value)
    return _rounded(float(value), where=where) if hint is float else str(value)


def _rounded(number: float, *, where: str) -> float:
    if isnan(number) or isinf(number):
        raise BrokenEvidence(
            f"result: expected a finite number at {where}; got {number}: this is a fault of habeas, not of the data; "
            "nothing was written, report it with the plan"
        )
    # adding 0.0 turns -0.0 into 0.0
    return float(f"{number:.{SIGNIFICANT_DIGITS}g}") + 0.0
