"""What all answers share: days and times as text, pages of lists, errors, and documents whose shape is published elsewhere."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

SHARED = "x-habeas-schema"
"""Marks a document whose shape is one of `habeas.runs.schemas`; `openapi` puts it there."""

MOST_AN_ANSWER = 100
MOST_PAGES = 1_000_000
MOST_NUMBER = 2**31 - 1
"""The largest number that every database keeps as one."""

Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
Digest = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})]
EntryDocument = Annotated[dict[str, Any], WithJsonSchema({"type": "object", SHARED: "register-entry"})]
ResultDocument = Annotated[dict[str, Any], WithJsonSchema({"type": "object", SHARED: "audit-result"})]


class Shape(BaseModel):
    """A part of an answer. Readers must pass over what they don't know: later releases may add some."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Paged(Shape):
    """One page of a list."""

    count: int = Field(ge=0, description="how many there are on all pages")
    page: int = Field(ge=1)
    pages: int = Field(ge=1)
    next: str | None = Field(description="the address of the next page; null on the last")


class Problem(Shape):
    """What went wrong: a word for programs, and a sentence for people that says what was expected, what came and what to do."""

    kind: str
    message: str


class ProblemAnswer(Shape):
    """The answer where there is no other."""

    error: Problem
