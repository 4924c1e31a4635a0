"""The description of a system as its owner writes it."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from habeas.runs.rulebooks.answer_text import AnswersBegun, AnswersText
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Label, PlaceCode, Prose, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.description import SystemDescription, Technique

TechniqueWord = Annotated[Technique, word_of(Technique)]


class DescriptionFile(Part):
    """A version of a system, described for a screen."""

    document: ClassVar[Document] = Document(
        noun="description",
        one="the description of a system",
        format="system/1",
        draft="let `habeas screen init SYSTEM.yaml` ask you the questions",
        mistaken="is this an audit plan or a rulebook? `habeas screen init SYSTEM.yaml` drafts a description",
    )

    habeas: Literal["system/1"] = Field(description="That this is the description of a system.", examples=["system/1"])
    name: Prose = Field(description="What the system is called.", examples=["Patrol forecast"])
    version: Label = Field(description="Which version, or as of when.", examples=["2.1"])
    operator: Prose = Field(description="Who uses it.", examples=["Example Police"])
    about: Prose = Field(description="What it does, in a sentence or two.", examples=["Shows officers where burglaries are expected."])
    used_in: tuple[PlaceCode, ...] = Field(
        default=(), description="ISO 3166 codes of where it is used; they say whose law binds.", examples=[["GB-ENG"]]
    )
    techniques: tuple[TechniqueWord, ...] = Field(
        default=(), description="How it works inside. Told for the reader's sake; no rule asks for it.", examples=[["checklist"]]
    )
    answers: AnswersText = Field(
        description="Answers to the questions of the vocabulary; what isn't answered is unknown.",
        examples=[{"purpose": ["predict-place"], "context": ["prevention"]}],
    )

    def value(self) -> SystemDescription:
        """The description as the screen knows it."""
        return description_in(self)


class BegunFile(DescriptionFile):
    """The same while it is being filled in: what an answer implies isn't said yet, so that it is still asked."""

    answers: AnswersBegun = Field(description=DescriptionFile.model_fields["answers"].description)


def description_in(part: Part) -> SystemDescription:
    """What a file says of a system, whatever else it holds: these fields are called alike in every file that describes one."""
    return SystemDescription(**{field.name: getattr(part, field.name) for field in fields(SystemDescription)})
