"""The sections of an assessment as they are written: what is known, what must be written, the duties to be answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

from pydantic import Field

from habeas.rules.assessments import values
from habeas.runs.assessments.written_text import WrittenText
from habeas.runs.yaml_text.fields import Day, Identifier, Prose, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.answers import Evidence

BindsWord = Annotated[values.Binds, word_of(values.Binds)]
StandsWord = Annotated[values.Stands, word_of(values.Stands)]


class EvidencePart(Part):
    """What shows that an answer is true."""

    what: Prose = Field(description="What the evidence is.", examples=["test report of the vendor"])
    where: Prose | None = Field(default=None, description="Where it is.", examples=["file 12/2026"])
    by: Prose | None = Field(default=None, description="The role of whoever states it.", examples=["head of data protection"])

    def value(self) -> Evidence:
        """The evidence as answers know it."""
        return Evidence(what=self.what, where=self.where, by=self.by)


class KnownPart(Part):
    """What the description answers already."""

    fact: Prose = Field(description="The question's name in the vocabulary.", examples=["people_in_the_data"])
    asked: Prose = Field(description="The question.", examples=["Whose data does it use?"])
    says: Prose = Field(description="The answer in words.", examples=["suspects (people suspected of an offence)"])
    evidence: tuple[EvidencePart, ...] = Field(default=(), description="What shows it; empty: nothing is named.", examples=[[]])
    note: Prose | None = Field(default=None, description="What the description notes beside it.", examples=["as of 2025"])

    def value(self) -> values.Known:
        """The answer as the assessment knows it."""
        evidence = tuple(part.value() for part in self.evidence)
        return values.Known(fact=self.fact, asked=self.asked, says=self.says, evidence=evidence, note=self.note)


class QuestionPart(Part):
    """Something that a person must write."""

    id: Prose = Field(description="Its name in the form; questions of your own may be added under other names.", examples=["groups"])
    asks: Prose = Field(description="What is asked.", examples=["Each group likely to be affected, with about how many people"])
    answer: WrittenText = Field(description="The answer, in sentences.", examples=["About 900 people on probation in a year."])

    def value(self) -> values.Question:
        """The question as the assessment knows it."""
        return values.Question(id=self.id, asks=self.asks, answer=cast("values.Written", self.answer))


class DutyPart(Part):
    """A duty, or a person's right, that the screen found."""

    book: Identifier = Field(description="The rulebook.", examples=["eu-ai-act"])
    rule: Identifier = Field(description="The rule.", examples=["AIA-14"])
    article: Prose = Field(description="Where the law says it.", examples=["Art 14(4)"])
    title: Prose = Field(description="The duty in a few words.", examples=["People who oversee it can overrule it"])
    binds: BindsWord = Field(description="Whether the book is law where the system is used.", examples=["here"])
    stands: StandsWord = Field(description="Whether the duty applies on the day of the draft.", examples=["later"])
    since: Day | None = Field(default=None, description="From which day it applies, where a day is set.", examples=["2027-12-02"])
    deadline: Prose | None = Field(default=None, description="The time limit.", examples=["15 days from: awareness"])
    met_by: WrittenText = Field(description="How it is met.", examples=["The head of probation overrules; log 4 shows it."])

    def value(self) -> values.Duty:
        """The duty as the assessment knows it."""
        since: date | None = self.since
        return values.Duty(
            book=self.book,
            rule=self.rule,
            article=self.article,
            title=self.title,
            binds=self.binds,
            stands=self.stands,
            since=since,
            deadline=self.deadline,
            met_by=cast("values.Written", self.met_by),
        )


class SectionPart(Part):
    """One heading of the law."""

    id: Identifier = Field(description="Its name in the form; it never changes.", examples=["people"])
    article: Prose = Field(description="Where the law says it.", examples=["Art 27(1)(c)"])
    question: Prose = Field(description="What the heading asks, in plain words.", examples=["Which people are likely to be affected?"])
    known: tuple[KnownPart, ...] = Field(default=(), description="What the description answers.", examples=[[]])
    to_write: tuple[QuestionPart, ...] = Field(default=(), description="What people must write.", examples=[[]])
    duties: tuple[DutyPart, ...] = Field(default=(), description="The duties to be answered here.", examples=[[]])

    def value(self) -> values.Section:
        """The section as the assessment knows it."""
        return values.Section(
            id=self.id,
            article=self.article,
            question=self.question,
            known=tuple(part.value() for part in self.known),
            to_write=tuple(part.value() for part in self.to_write),
            duties=tuple(part.value() for part in self.duties),
        )
