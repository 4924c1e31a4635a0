"""Sources and confidence as they are written: a title alone, or a title with where it is and when it was read."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from habeas.runs.yaml_text.fields import Day, Prose, as_prose, one_or_more, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.sources import Confidence, Source

ConfidenceWord = Annotated[Confidence, word_of(Confidence)]


class SourcePart(Part):
    """A text that says it."""

    title: Prose = Field(description="What the text is called.", examples=["Regulation (EU) 2024/1689, Art 5"])
    where: Prose | None = Field(default=None, description="Where it is.", examples=["https://eur-lex.europa.eu/eli/reg/2024/1689"])
    read_on: Day | None = Field(default=None, description="When it was read for this purpose.", examples=["2026-11-21"])

    def value(self) -> Source:
        """The source as rules and entries know it."""
        return Source(title=self.title, where=self.where, read_on=self.read_on)


def _titled(value: object) -> object:
    return {"title": value} if as_prose(value) is not None else value


SourceText = Annotated[SourcePart, BeforeValidator(_titled)]
"""A source; a title alone needs no mapping."""

SourceTexts = Annotated[tuple[SourceText, ...], BeforeValidator(one_or_more)]
