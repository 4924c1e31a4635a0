"""The shapes that values take in a document, told from the types of their fields; writer, reader and schema share them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeGuard, get_args, get_origin, get_type_hints

from habeas.audit.estimates import Estimate
from habeas.audit.result import RocPoint
from habeas.terms.group import Group

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The language in which every published schema is written."""

PAIR = 2

UNBOUNDED: frozenset[tuple[type, str]] = frozenset({(Estimate, "low"), (Estimate, "high"), (RocPoint, "threshold")})
"""The only fields that may be infinite; a document says null there, which means: nothing bounds it."""


@cache
def fields_of(kind: type) -> Mapping[str, Any]:
    """The fields of a dataclass with their types, in order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def is_record(hint: Any) -> TypeGuard[type]:
    """Whether a type is one of our dataclasses, which a document writes as an object."""
    return isinstance(hint, type) and dataclasses.is_dataclass(hint)


def is_group(hint: Any) -> bool:
    """Whether a type is a group of people, which a document writes as its label and its parts."""
    return hint is Group


def is_choice(hint: Any) -> TypeGuard[type[Enum]]:
    """Whether a type is a closed set of words."""
    return isinstance(hint, type) and issubclass(hint, Enum)


def without_none(hint: Any) -> tuple[Any, bool]:
    """A type without its `None`, and whether it had one."""
    if get_origin(hint) is not UnionType:
        return hint, False
    rest = [part for part in get_args(hint) if part is not NoneType]
    return (rest[0] if len(rest) == 1 else hint), True


def value_of_pairs(hint: Any) -> Any | None:
    """The type of the values of a tuple of (name, value) pairs, which a document writes as an object; None for other types."""
    item = item_of_list(hint)
    parts = get_args(item) if get_origin(item) is tuple else ()
    return parts[1] if len(parts) == PAIR and parts[0] is str and parts[1] is not Ellipsis else None


def item_of_list(hint: Any) -> Any | None:
    """The type of the items of a tuple of any length, which a document writes as an array; None for other types."""
    parts = get_args(hint) if get_origin(hint) is tuple else ()
    return parts[0] if len(parts) == PAIR and parts[1] is Ellipsis else None
