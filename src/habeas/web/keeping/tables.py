"""The tables of a site as lines of JSON, exact to the microsecond and the same from every database, and back.

Django's own serialisation cuts microseconds off, and its loading sets fields anew that are set when a row is made; so neither is used.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Field, Model
from django.utils.duration import duration_string

AT_ONCE = 50
"""Rows to a statement: SQLite takes only so many values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How many rows a table has, and the SHA-256 of its lines."""

    rows: int
    sha256: str


def kept_models() -> dict[str, type[Model]]:
    """Every table by its name, those between two others included."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return {model._meta.label_lower: model for model in sorted(found, key=lambda model: model._meta.label_lower)}


def lines_of(model: type[Model]) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, a line each."""
    names = [field.attname for field in model._meta.concrete_fields]
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=500):
        yield json.dumps(dict(zip(names, row, strict=True)), sort_keys=True, ensure_ascii=False, default=_plain).encode() + b"\n"


def counted_lines(lines: Iterable[bytes]) -> Table:
    """What the manifest says of a table."""
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        rows += 1
    return Table(rows=rows, sha256=digest.hexdigest())


def load(model: type[Model], lines: Iterable[bytes]) -> None:
    """Put rows back as they were: nothing is set anew, nobody is told. Call in a transaction; what refers to what is checked at its end."""
    fields = list(model._meta.concrete_fields)
    rows = (_row(model, fields, json.loads(line)) for line in lines)
    while some := list(islice(rows, AT_ONCE)):
        model._base_manager._insert(some, fields=fields, raw=True, using=connection.alias)  # type: ignore[attr-defined] # Django's own loading does so


def continue_numbers() -> None:
    """Have new rows numbered after those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(kept_models().values())):
            cursor.execute(statement)


def _row(model: type[Model], fields: list[Field[Any, Any]], given: dict[str, Any]) -> Model:
    return model(**{field.attname: _value(field, given[field.attname]) for field in fields})


def _value(field: Field[Any, Any], given: Any) -> Any:
    return given if isinstance(field, models.JSONField) else field.to_python(given)


def _plain(value: object) -> Any:
    """A value as JSON has it, for what JSON doesn't know; times as UTC, so that every database gives the same."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(type(value).__name__)
