"""JSON back into values: a document that somebody hands us is checked field by field before anything is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from itertools import permutations
from math import inf
from typing import Any

from habeas.audit.result import AuditResult
from habeas.errors import BadData, HabeasError
from habeas.reports.documents import shapes
from habeas.reports.json_report import SCHEMA
from habeas.terms.group import Group

OURS = frozenset({"habeas", "tool", "created"})
MOST_PARTS = 6
"""More attributes than anybody crosses; keeps a hostile document from costing time."""

BEYOND_ANY_COUNT = 1e300


def read_result(document: Mapping[str, Any], *, name: str = "report.json") -> AuditResult:
    """The result that a document holds; what was rounded in writing stays rounded. `name`: what messages call it.

    Raises:
        BadData: it isn't a document of this schema, or a field is missing, unknown or of the wrong kind.
    """
    word = document.get("habeas")
    if word != SCHEMA:
        came = f"habeas: {word}" if isinstance(word, str) else "no such line"
        raise BadData(
            f'{name}: expected a document with the line "habeas": "{SCHEMA}"; got {came}: '
            "write it again with this release of habeas: habeas audit PLAN --out DIR"
        )
    fields = {name: value for name, value in document.items() if name not in OURS}
    try:
        found: AuditResult = _record(fields, AuditResult, where="")
    except BadData as error:
        raise BadData(f"{name}: {error}: give a report.json as habeas wrote it") from error
    return found


def _value(value: Any, hint: Any, *, where: str) -> Any:
    hint, optional = shapes.without_none(hint)
    if value is None and optional:
        return None
    if shapes.is_group(hint):
        return _group(value, where=where)
    if shapes.is_record(hint):
        return _record(_expect(value, dict, "an object", where=where), hint, where=where)
    if shapes.is_choice(hint):
        return _choice(value, hint, where=where)
    return _tuple(value, hint, where=where) if shapes.item_of_list(hint) is not None else _scalar(value, hint, where=where)


def _tuple(value: Any, hint: Any, *, where: str) -> tuple[Any, ...]:
    of_pairs = shapes.value_of_pairs(hint)
    if of_pairs is not None:
        pairs = _expect(value, dict, "an object", where=where).items()
        return tuple((name, _value(item, of_pairs, where=f"{where}.{name}")) for name, item in pairs)
    items = _expect(value, list, "a list", where=where)
    return tuple(_value(item, shapes.item_of_list(hint), where=f"{where}[{i}]") for i, item in enumerate(items))


def _record(value: dict[str, Any], kind: type, *, where: str) -> Any:
    expected = shapes.fields_of(kind)
    for name in sorted(expected.keys() ^ value.keys()):
        known = "is missing" if name in expected else "is not a field of this schema"
        raise BadData(f"{_path(where, name)} {known}; expected {_or_none(expected)}")
    fields = {}
    for name, hint in expected.items():
        unbounded = value[name] is None and (kind, name) in shapes.UNBOUNDED
        fields[name] = _infinite(name) if unbounded else _value(value[name], hint, where=_path(where, name))
    try:
        return kind(**fields)
    except HabeasError as error:
        raise BadData(f"{where or 'document'} can't be used: {error}") from error


def _group(value: Any, *, where: str) -> Group:
    """The group; sorted keys lose the order of its parts, which the label keeps."""
    fields = _expect(value, dict, "a group", where=where)
    parts = _expect(fields.get("parts"), dict, "an object", where=f"{where}.parts")
    if len(parts) <= MOST_PARTS and all(isinstance(level, str) for level in parts.values()):
        for ordered in permutations(parts.items()):
            if Group(ordered).label == fields.get("label"):
                return Group(ordered)
    raise BadData(f"{where} expected a group whose label names its parts; got something else")


def _choice(value: Any, hint: type[Enum], *, where: str) -> Enum:
    words = [member.value for member in hint]
    if value not in words:
        raise BadData(f"{where} expected one of {', '.join(words)}; got something else")
    return hint(value)


def _scalar(value: Any, hint: type, *, where: str) -> Any:
    kinds = {float: ("a number", (int, float)), int: ("a whole number", (int,)), bool: ("true or false", (bool,)), str: ("text", (str,))}
    words, accepted = kinds[hint]
    if not isinstance(value, accepted) or (isinstance(value, bool) and hint is not bool) or not _is_finite(value):
        raise BadData(f"{where} expected {words}; got {_kind(value)}")
    return hint(value)


def _is_finite(value: Any) -> bool:
    # a JSON reader lets NaN, Infinity and whole numbers of any length through
    return not isinstance(value, (int, float)) or abs(value) < BEYOND_ANY_COUNT


def _expect(value: Any, kind: type, words: str, *, where: str) -> Any:
    if not isinstance(value, kind):
        raise BadData(f"{where} expected {words}; got {_kind(value)}")
    return value


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {dict: "an object", list: "a list", str: "text", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def _infinite(name: str) -> float:
    return -inf if name == "low" else inf


def _path(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _or_none(expected: Mapping[str, Any]) -> str:
    return ", ".join(expected) or "no fields"
