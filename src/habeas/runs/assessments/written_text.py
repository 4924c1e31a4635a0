"""Fields that a draft leaves blank: what was written there, or what is still to be written."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from habeas.rules.assessments.values import Blank
from habeas.runs.yaml_text.fields import PLACEHOLDER, day, prose

NOTHING = Blank(ask="something: nothing is written here")


def written(value: object) -> str | Blank:
    """Text for people, or a blank where a draft's REPLACE or nothing stands."""
    blank = _blank(value)
    return prose(value) if blank is None else blank


def day_written(value: object) -> date | Blank:
    """A day, or a blank."""
    blank = _blank(value)
    return day(value) if blank is None else blank


def as_text(blank: Blank) -> str:
    """A blank as a draft writes it."""
    return f"{PLACEHOLDER} {blank.ask}"


def _blank(value: object) -> Blank | None:
    if isinstance(value, Blank):
        return value
    if value is None or (isinstance(value, str) and not value.strip()):
        return NOTHING
    if isinstance(value, str) and value.lstrip().startswith(PLACEHOLDER):
        ask = value.lstrip().removeprefix(PLACEHOLDER).strip()
        return Blank(ask=ask) if ask else NOTHING
    return None


WrittenText = Annotated[object, BeforeValidator(written), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]
"""A field whose value is text or a `Blank`."""

DayText = Annotated[object, BeforeValidator(day_written), WithJsonSchema({"type": ["string", "null"]})]
"""A field whose value is a day or a `Blank`."""
