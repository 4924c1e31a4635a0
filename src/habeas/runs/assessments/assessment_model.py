"""An impact assessment as it is written: every field, what it means, and an example."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, cast

from pydantic import Field

from habeas.rules.assessments import values
from habeas.rules.verdicts import Finding
from habeas.runs.assessments.sections_model import BindsWord, SectionPart
from habeas.runs.assessments.written_text import DayText, WrittenText
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Day, Identifier, Label, Prose, word_of
from habeas.runs.yaml_text.part import Part

KindWord = Annotated[values.Kind, word_of(values.Kind)]
FindingWord = Annotated[Finding, word_of(Finding)]


class SubjectPart(Part):
    """Which system is assessed."""

    name: Prose = Field(description="What the system is called.", examples=["Patrol forecast"])
    version: Label = Field(description="Which version, or as of when.", examples=["2.1"])
    operator: Prose = Field(description="Who uses it.", examples=["Example Police"])
    about: Prose = Field(description="What it does.", examples=["Shows officers where burglaries are expected."])
    digest: Label = Field(description="SHA-256 of the description that was assessed.", examples=["9f86d0..."])
    used_in: tuple[Identifier, ...] = Field(default=(), description="ISO 3166 codes of the places where it is used.", examples=[["NL"]])

    def value(self) -> values.Subject:
        """The system as the assessment knows it."""
        return values.Subject(
            name=self.name, version=self.version, operator=self.operator, about=self.about, digest=self.digest, used_in=self.used_in
        )


class ScreenedPart(Part):
    """What a rulebook said on the day of the draft."""

    book: Identifier = Field(description="The rulebook.", examples=["eu-ai-act"])
    title: Prose = Field(description="Its title.", examples=["Regulation (EU) 2024/1689 (AI Act)"])
    version: Label = Field(description="Its version.", examples=["1"])
    finding: FindingWord = Field(description="What it said.", examples=["duties"])
    binds: BindsWord = Field(description="Whether it is law where the system is used.", examples=["here"])

    def value(self) -> values.Screened:
        """The verdict as the assessment knows it."""
        return values.Screened(book=self.book, title=self.title, version=self.version, finding=self.finding, binds=self.binds)


class ProhibitionPart(Part):
    """A rule that prohibits the system, or may. No assessment lifts it."""

    book: Identifier = Field(description="The rulebook.", examples=["fair-trials"])
    rule: Identifier = Field(description="The rule.", examples=["FT-BAN-1"])
    article: Prose = Field(description="Where the text says it.", examples=["What should states do?, first demand"])
    title: Prose = Field(description="The rule in a few words.", examples=["Predicting, profiling and risk-scoring people"])
    finding: FindingWord = Field(description="Whether it prohibits, or blocks until evidence comes.", examples=["prohibited"])
    binds: BindsWord = Field(description="Whether the book is law where the system is used.", examples=["standard"])

    def value(self) -> values.Prohibition:
        """The rule as the assessment knows it."""
        return values.Prohibition(
            book=self.book, rule=self.rule, article=self.article, title=self.title, finding=self.finding, binds=self.binds
        )


class HarmPart(Part):
    """A finding of an audit."""

    id: Identifier = Field(description="The name by which benefits call it.", examples=["harm-1"])
    says: Prose = Field(description="The finding in words, with its count and interval.", examples=["Shown different. ..."])
    detail: Prose | None = Field(default=None, description="What it means in people, and how sure it is.", examples=["Of 100 ..."])
    audited: Prose = Field(description="Which system, in which version, was audited.", examples=["Patrol forecast, 2.1"])
    plan_sha256: Label = Field(description="SHA-256 of the audit's plan.", examples=["9f86d0..."])
    report_sha256: Label = Field(description="SHA-256 of the report.json it was read from.", examples=["2c26b4..."])

    def value(self) -> values.Harm:
        """The finding as the assessment knows it."""
        return values.Harm(
            id=self.id,
            says=self.says,
            detail=self.detail,
            audited=self.audited,
            plan_sha256=self.plan_sha256,
            report_sha256=self.report_sha256,
        )


class BenefitPart(Part):
    """A benefit that is claimed, beside the harm that was measured."""

    claim: WrittenText = Field(description="What is claimed.", examples=["Ten per cent fewer burglaries in a year."])
    claimed_by: WrittenText = Field(description="Who claims it.", examples=["the vendor's offer of May 2026"])
    shown_by: WrittenText = Field(description="What shows it for this system.", examples=["Nothing: no evaluation was made."])
    harms: tuple[Identifier, ...] = Field(default=(), description="Harms under measured that stand against it.", examples=[["harm-1"]])
    not_measured: WrittenText = Field(default=None, description="Why no harm was measured.", examples=["The audit starts in March."])

    def value(self) -> values.Benefit:
        """The benefit as the assessment knows it."""
        return values.Benefit(
            claim=cast("values.Written", self.claim),
            claimed_by=cast("values.Written", self.claimed_by),
            shown_by=cast("values.Written", self.shown_by),
            harms=self.harms,
            not_measured=cast("values.Written | None", self.not_measured),
        )


class ClaimPart(Part):
    """A benefit that others claim of such systems."""

    claim: Prose = Field(description="What is claimed.", examples=["Fewer burglaries."])
    claimed_by: Prose = Field(description="Who claims it.", examples=["others, not this operator: guidance on hot-spot-prediction"])

    def value(self) -> values.Claim:
        """The claim as the assessment knows it."""
        return values.Claim(claim=self.claim, claimed_by=self.claimed_by)


class SignaturePart(Part):
    """Who answers for the assessment."""

    role: WrittenText = Field(description="The role, not a name.", examples=["chief of police"])
    on: DayText = Field(description="The day of the signature.", examples=["2027-03-01"])

    def value(self) -> values.Signature:
        """The signature as the assessment knows it."""
        return values.Signature(role=cast("values.Written", self.role), on=cast("values.DayWritten", self.on))


class AssessmentFile(Part):
    """An impact assessment: a heading of the law each, the benefits claimed beside the harms measured, and who signs."""

    document: ClassVar[Document] = Document(
        noun="assessment",
        one="an impact assessment",
        format="assessment/1",
        draft="draft one: habeas assess init SYSTEM.yaml --kind KIND --out ASSESSMENT.yaml",
        mistaken="is this the description of a system? `habeas assess init` drafts an assessment from it",
    )

    habeas: Literal["assessment/1"] = Field(description="That this is an assessment.", examples=["assessment/1"])
    kind: KindWord = Field(description="Which assessment it is.", examples=["fundamental-rights"])
    prohibitions: tuple[ProhibitionPart, ...] = Field(
        default=(), description="Rules that prohibit the system, or may; no assessment lifts them.", examples=[[]]
    )
    system: SubjectPart = Field(description="The system, as it was described when the draft was made.", examples=[{}])
    drafted_on: Day = Field(description="The day of the draft and of its screen.", examples=["2026-11-22"])
    screened: tuple[ScreenedPart, ...] = Field(description="What each rulebook said that day.", examples=[[]])
    sections: tuple[SectionPart, ...] = Field(description="The headings of the law.", examples=[[]])
    measured: tuple[HarmPart, ...] = Field(default=(), description="Harms that audits measured.", examples=[[]])
    benefits: tuple[BenefitPart, ...] = Field(default=(), description="Benefits claimed, beside the harms measured.", examples=[[]])
    claims_of_others: tuple[ClaimPart, ...] = Field(
        default=(), description="What others claim of such systems; nothing of this one, and nothing to be answered.", examples=[[]]
    )
    signatures: tuple[SignaturePart, ...] = Field(default=(), description="Who answers for it.", examples=[[]])
    review_on: DayText = Field(description="The day on which all this is looked at again.", examples=["2028-03-01"])

    def value(self) -> values.Assessment:
        """The assessment as the rules know it."""
        return values.Assessment(
            kind=self.kind,
            prohibitions=tuple(part.value() for part in self.prohibitions),
            system=self.system.value(),
            drafted_on=self.drafted_on,
            screened=tuple(part.value() for part in self.screened),
            sections=tuple(part.value() for part in self.sections),
            measured=tuple(part.value() for part in self.measured),
            benefits=tuple(part.value() for part in self.benefits),
            claims_of_others=tuple(part.value() for part in self.claims_of_others),
            signatures=tuple(part.value() for part in self.signatures),
            review_on=cast("values.DayWritten", self.review_on),
        )
