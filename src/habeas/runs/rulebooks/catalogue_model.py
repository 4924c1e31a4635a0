"""Entries of the catalogue and guidance on families of technology, as they are written."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from annotated_types import Len
from pydantic import Field

from habeas.catalogue.entries import Entry, Family, Statement, Status
from habeas.catalogue.families import Concern, Guidance, Worry
from habeas.runs.rulebooks.answer_text import AnswersText
from habeas.runs.rulebooks.description_model import TechniqueWord, description_in
from habeas.runs.rulebooks.source_text import ConfidenceWord, SourceTexts
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Identifier, Label, PlaceCode, Prose, Texts, word_of
from habeas.runs.yaml_text.part import Part


class StatementPart(Part):
    """One documented fact."""

    says: Prose = Field(description="The fact.", examples=["one in three on the list is of Moroccan descent"])
    sources: SourceTexts = Field(default=(), description="Where it was seen.", examples=[["Fair Trials, AI, data and criminal justice"]])
    confidence: ConfidenceWord = Field(description="How far it was checked.", examples=["source"])

    def value(self) -> Statement:
        """The statement as the catalogue knows it."""
        return Statement(says=self.says, sources=tuple(source.value() for source in self.sources), confidence=self.confidence)


class EntryFile(Part):
    """A documented system."""

    document: ClassVar[Document] = Document(
        noun="catalogue entry",
        one="an entry of the catalogue",
        format="catalogue-entry/1",
        draft="start from another entry in catalogue/systems",
        mistaken="is this the description of a system? `habeas screen` takes that",
    )

    habeas: Literal["catalogue-entry/1"] = Field(description="That this is an entry.", examples=["catalogue-entry/1"])
    id: Identifier = Field(description="Its name in the catalogue.", examples=["nl-cas"])
    name: Prose = Field(description="What the system is called.", examples=["Crime Anticipation System"])
    place: Prose = Field(description="Where it is used.", examples=["Netherlands"])
    operator: Prose = Field(description="Who uses it.", examples=["National Police"])
    vendor: Prose | None = Field(default=None, description="Who makes or sells it.", examples=["IfmPt"])
    years: Label | None = Field(default=None, description="From when to when.", examples=["2014 to 2025"])
    family: Annotated[Family, word_of(Family)] = Field(description="What kind of system it is.", examples=["place-based"])
    status: Annotated[Status, word_of(Status)] = Field(description="Whether it is in use.", examples=["ended"])
    status_note: StatementPart = Field(description="What the sources say on that.", examples=[{}])
    verified: ConfidenceWord = Field(description="How far the entry as a whole was checked.", examples=["mixed"])
    about: Prose = Field(description="What it does, in a sentence or two.", examples=["Shows where crime is expected."])
    inputs: tuple[StatementPart, ...] = Field(default=(), description="What goes in.", examples=[[]])
    decides: tuple[StatementPart, ...] = Field(default=(), description="What its output is used for.", examples=[[]])
    findings: tuple[StatementPart, ...] = Field(default=(), description="What others found.", examples=[[]])
    version: Label = Field(description="Which state of the system is described.", examples=["as documented in 2022"])
    used_in: tuple[PlaceCode, ...] = Field(default=(), description="ISO 3166 codes of where it is used.", examples=[["NL"]])
    techniques: tuple[TechniqueWord, ...] = Field(default=(), description="How it works inside.", examples=[["machine-learning"]])
    answers: AnswersText = Field(description="Answers that the facts support.", examples=[{"purpose": ["predict-place"]}])

    def value(self) -> Entry:
        """The entry as the catalogue knows it."""
        return Entry(
            id=self.id,
            name=self.name,
            place=self.place,
            operator=self.operator,
            vendor=self.vendor,
            years=self.years,
            family=self.family,
            status=self.status,
            status_note=self.status_note.value(),
            inputs=tuple(part.value() for part in self.inputs),
            decides=tuple(part.value() for part in self.decides),
            findings=tuple(part.value() for part in self.findings),
            verified=self.verified,
            description=description_in(self),
        )


class WorryPart(Part):
    """One concern about a family."""

    concern: Annotated[Concern, word_of(Concern)] = Field(description="Which of the five.", examples=["equality"])
    worry: Prose = Field(description="What the worry is.", examples=["More patrols find more crime where patrols are."])
    ask: Annotated[tuple[Prose, ...], Len(min_length=1)] = Field(description="What to ask.", examples=[["Which data?"]])

    def value(self) -> Worry:
        """The concern as the catalogue knows it."""
        return Worry(concern=self.concern, worry=self.worry, ask=self.ask)


class GuidanceFile(Part):
    """A family of technology."""

    document: ClassVar[Document] = Document(
        noun="guidance",
        one="guidance on a family of technology",
        format="technology/1",
        draft="start from another family in catalogue/families",
        mistaken="is this an entry of the catalogue?",
    )

    habeas: Literal["technology/1"] = Field(description="That this is guidance.", examples=["technology/1"])
    id: Identifier = Field(description="Its name.", examples=["hot-spot-prediction"])
    name: Prose = Field(description="What the family is called.", examples=["Hot-spot prediction"])
    what: Prose = Field(description="What it is.", examples=["Says where crime is expected."])
    purposes: tuple[Identifier, ...] = Field(description="Words of the fact purpose.", examples=[["predict-place"]])
    benefits: Texts = Field(description="What is claimed for it, and by whom.", examples=[["Police say it saves patrol time."]])
    worries: tuple[WorryPart, ...] = Field(description="The five concerns.", examples=[[]])
    tested_by: Prose = Field(description="How habeas tests it.", examples=["habeas audit"])
    waits_for: Prose | None = Field(default=None, description="What can't be tested yet.", examples=["a study of places"])
    examples: tuple[Identifier, ...] = Field(default=(), description="Entries of the catalogue.", examples=[["nl-cas"]])
    sources: SourceTexts = Field(description="Where this comes from.", examples=[["POST, October 2024"]])

    def value(self) -> Guidance:
        """The guidance as the catalogue knows it."""
        return Guidance(
            id=self.id,
            name=self.name,
            what=self.what,
            purposes=self.purposes,
            benefits=self.benefits,
            worries=tuple(worry.value() for worry in self.worries),
            tested_by=self.tested_by,
            waits_for=self.waits_for,
            examples=self.examples,
            sources=tuple(source.value() for source in self.sources),
        )
