"""What may stand in fields: prose, column names, labels, numbers, true or false, words of a closed set.

Each type checks what was written, says in plain words what was expected, and carries its own JSON Schema.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any, TypeAlias

from annotated_types import Len
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from habeas.runs.yaml_text.written import Written
from habeas.terms import places
from habeas.terms.answers import parse_day

PLACEHOLDER = "REPLACE:"
"""What a draft writes where only the auditor knows the answer."""

STILL_BLANK = "still to be filled in: the draft's REPLACE stands here"
NO_HALVES = "expected whole characters; got half of one (a lone surrogate): write the character itself"
CONTROL_CHARACTERS = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f"
CONTROLS = re.compile(f"[{CONTROL_CHARACTERS}]")
HALVES = re.compile("[\ud800-\udfff]")
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
LONGEST_QUOTE = 40
BLANKS = " \t\n\r"


def wrong(*, expected: str, got: object, hint: str = "") -> PydanticCustomError:
    """The refusal of one value; `hint` says what to do where an example isn't enough."""
    ctx = {"expected": expected, "got": in_short(got), "hint": hint}
    return PydanticCustomError("expected", "expected {expected}; got {got}", ctx)


def in_short(value: object) -> str:
    """What came, in a few words."""
    if value is None:
        return "nothing"
    if isinstance(value, Written):
        return _shortened(value.text)
    if isinstance(value, str):
        return json.dumps(_shortened(value))
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return json.dumps(value, default=str)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "..."


def prose(value: object) -> str:
    """Text for people to read: not blank, no control characters, so that it can't dress up a terminal."""
    text = _as_written(value, expected="text")
    if not text.strip():
        raise wrong(expected="text", got=text)
    if CONTROLS.search(text):
        raise wrong(expected="text without control characters", got=text, hint="remove them")
    return text.strip()


def column(value: object) -> str:
    """The name of a column, as it stands in the data."""
    name = _as_written(value, expected="the name of a column")
    if not name.strip():
        raise wrong(expected="the name of a column", got=name)
    return name


def path(value: object) -> str:
    """A file, a folder or a glob."""
    written = _as_written(value, expected="a path")
    if not written.strip():
        raise wrong(expected="a path", got=written)
    return written


def label(value: object) -> str:
    """A label as it stands in the data; may be empty. Blanks around it don't count, nor do they in the data."""
    if value is None:
        hint = 'put it in quotes: "null", "~", or "" for the empty label'
        raise wrong(expected="a label", got=value, hint=hint)
    return _as_written(value, expected="a label").strip(BLANKS)


def number(value: object) -> float:
    """A finite number, written without quotes."""
    _refuse_placeholder(value)
    meant = value.value if isinstance(value, Written) else value
    if isinstance(meant, bool) or not isinstance(meant, int | float) or not _finite(meant):
        hint = "write it without quotes" if isinstance(value, str) and _looks_like_a_number(value) else ""
        raise wrong(expected="a number", got=value, hint=hint)
    return float(meant)


def whole(value: object) -> int:
    """A whole number of 1 or more."""
    try:
        meant = number(value)
    except PydanticCustomError as refusal:
        if refusal.type == "blank":
            raise
        meant = 0.0
    if meant < 1 or not meant.is_integer():
        raise wrong(expected="a whole number of 1 or more", got=value)
    return int(meant)


def truth(value: object) -> bool:
    """True or false."""
    _refuse_placeholder(value)
    meant = value.value if isinstance(value, Written) else value
    if not isinstance(meant, bool):
        raise wrong(expected="true or false", got=value)
    return meant


def as_prose(value: object) -> str | None:
    """Text for people to read; None where something else was written."""
    try:
        return prose(value)
    except PydanticCustomError:
        return None


def as_day(value: object) -> date | None:
    """A day of the calendar, such as 2027-12-02; None where something else was written."""
    return parse_day(value.strip()) if isinstance(value, str) else None


def day(value: object) -> date:
    """A day of the calendar."""
    found = value if isinstance(value, date) else as_day(value)
    if found is None:
        raise wrong(expected="a day", got=value, hint="write year, month and day, e.g. 2027-12-02")
    return found


def identifier(value: object) -> str:
    """A name that other files use: letters, digits, points and hyphens."""
    name = _as_written(value, expected="a name of letters, digits and hyphens")
    if not IDENTIFIER.fullmatch(name):
        raise wrong(expected="a name of letters, digits and hyphens", got=name)
    return name


def place(value: object) -> str:
    """A code of ISO 3166 for a country or its part, in capitals whatever was typed."""
    written = _as_written(value, expected="a code of ISO 3166")
    found = places.place(written)
    if found is None:
        raise wrong(expected="a code of ISO 3166", got=value, hint=places.instead(written))
    return found


def word_of(kind: type[Enum], *, synonyms: Mapping[str, str | None] | None = None) -> BeforeValidator:
    """A word of a closed set; the nearest word, or the one that a synonym stands for (None: none does), is offered."""

    def _word(value: object) -> Enum:
        if isinstance(value, kind):
            return value
        words = [member.value for member in kind]
        written = _as_written(value, expected="one of " + ", ".join(words)) if value is not None else ""
        if written not in words:
            raise wrong(expected="one of " + ", ".join(words), got=value, hint=_nearest(written, words, synonyms or {}))
        return kind(written)

    return BeforeValidator(_word)


def one_or_more(value: object) -> object:
    """A list, or a single value instead of a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


def _as_written(value: object, *, expected: str) -> str:
    _refuse_placeholder(value)
    if isinstance(value, Written):
        return value.text
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if not isinstance(value, str):
        raise wrong(expected=expected, got=value)
    if HALVES.search(value):
        raise PydanticCustomError("refused", "{message}", {"message": NO_HALVES})
    return value


def _refuse_placeholder(value: object) -> None:
    if isinstance(value, str) and value.lstrip().startswith(PLACEHOLDER):
        raise PydanticCustomError("blank", "{message}", {"message": STILL_BLANK})


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _looks_like_a_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _nearest(written: str, words: list[str], synonyms: Mapping[str, str | None]) -> str:
    plain = re.sub(r"[\s-]+", "_", written.strip().lower())
    near = [synonyms[plain]] if plain in synonyms else difflib.get_close_matches(plain, words, n=1)
    return f"did you mean {near[0]}?" if near and near[0] is not None else ""


def _text_schema(**more: str) -> dict[str, Any]:
    # numbers and true/false are taken as the text they were written in
    drafted = {"type": "string", "pattern": rf"^\s*{PLACEHOLDER}"}
    return {"type": ["string", "number", "boolean"], "not": drafted, **more}


LABEL_SCHEMA = _text_schema()
LABELS_SCHEMA: dict[str, Any] = {"anyOf": [LABEL_SCHEMA, {"type": "array", "items": LABEL_SCHEMA}]}
PATHS_SCHEMA: dict[str, Any] = {
    "anyOf": [_text_schema(pattern=r"\S"), {"type": "array", "items": _text_schema(pattern=r"\S"), "minItems": 1}]
}

Prose: TypeAlias = Annotated[str, BeforeValidator(prose), WithJsonSchema(_text_schema(pattern=rf"^(?=[\s\S]*\S)[^{CONTROL_CHARACTERS}]*$"))]
Column: TypeAlias = Annotated[str, BeforeValidator(column), WithJsonSchema(_text_schema(pattern=r"\S"))]
Label: TypeAlias = Annotated[str, BeforeValidator(label), WithJsonSchema(LABEL_SCHEMA)]
Labels: TypeAlias = Annotated[tuple[Label, ...], BeforeValidator(one_or_more), WithJsonSchema(LABELS_SCHEMA)]
Path: TypeAlias = Annotated[str, BeforeValidator(path)]
Paths: TypeAlias = Annotated[tuple[Path, ...], Len(min_length=1), BeforeValidator(one_or_more), WithJsonSchema(PATHS_SCHEMA)]
Number: TypeAlias = Annotated[float, BeforeValidator(number)]
Whole: TypeAlias = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer", "minimum": 1})]
Truth: TypeAlias = Annotated[bool, BeforeValidator(truth)]
Day: TypeAlias = Annotated[date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
Identifier: TypeAlias = Annotated[
    str, BeforeValidator(identifier), WithJsonSchema({"type": "string", "pattern": rf"^{IDENTIFIER.pattern}$"})
]
PLACES_PATTERN = f"^({'|'.join(sorted({*places.COUNTRIES, *places.OWN}))})(-[A-Z0-9]{{1,3}})?$"
PlaceCode: TypeAlias = Annotated[str, BeforeValidator(place), WithJsonSchema({"type": "string", "pattern": PLACES_PATTERN})]
Texts: TypeAlias = Annotated[tuple[Prose, ...], BeforeValidator(one_or_more)]
"""Texts for people to read; a single one needs no list."""
