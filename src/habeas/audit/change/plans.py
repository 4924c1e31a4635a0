"""How two plans differ, field by field."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import Enum
from typing import Any

from habeas.audit.change.values import FieldChange
from habeas.audit.plan import Plan


def plan_changes(earlier: Plan, later: Plan) -> tuple[FieldChange, ...]:
    """Every field of the plans that isn't the same in both, in the order of the fields."""
    had, has = dict(_flat(earlier, "")), dict(_flat(later, ""))
    fields = [*had, *(field for field in has if field not in had)]
    changed = [field for field in fields if had.get(field) != has.get(field)]
    return tuple(FieldChange(field=field, earlier=had.get(field), later=has.get(field)) for field in changed)


def _flat(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Fields as (path, content in words): `confirmatory[0].tolerance.difference`, `reference.race`; absent ones are left out."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _flat(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, tuple) and any(isinstance(item, tuple) for item in value):
        for name, item in value:
            yield from _flat(item, f"{path}.{name}")
    elif isinstance(value, tuple) and any(dataclasses.is_dataclass(item) for item in value):
        for i, item in enumerate(value):
            yield from _flat(item, f"{path}[{i}]")
    elif value is not None:
        yield path, _words(value)


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_words(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    return f"{value:g}" if isinstance(value, float) else str(value) or '""'
