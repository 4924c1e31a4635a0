"""One rule as it is written, with its exceptions, windows, deadline and examples."""

from __future__ import annotations

from typing import Annotated, cast

from annotated_types import Len
from pydantic import Field

from habeas.rules import rulebook
from habeas.rules.conditions import Condition
from habeas.runs.rulebooks.answer_text import AnswersText
from habeas.runs.rulebooks.condition_text import ConditionText
from habeas.runs.rulebooks.source_text import ConfidenceWord, SourceText
from habeas.runs.yaml_text.fields import Day, Identifier, Prose, Texts, Whole, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.answers import Answer

OutcomeWord = Annotated[rulebook.Outcome, word_of(rulebook.Outcome)]
UnitWord = Annotated[rulebook.Unit, word_of(rulebook.Unit)]


EXAMPLES = {
    "caught": [{"says": "A list of people.", "answers": {"purpose": ["list-persons"]}}],
    "passed": [{"says": "A drafting tool.", "answers": {"purpose": ["assist-casework"]}}],
}
EXCEPTION = {
    "id": "objective-facts",
    "article": "Art 5(1)(d), second half",
    "title": "Supports an assessment based on facts",
    "when": {"facts_objective_and_verifiable": "yes"},
    "evidence": {"facts_objective_and_verifiable": "the list of facts"},
}
RULE = {
    "id": "BOOK-1",
    "article": "Art 1",
    "title": "No lists of people",
    "text": "Nobody may keep lists of people thought likely to break the law.",
    "outcome": "prohibited",
    "when": {"purpose": ["list-persons"]},
    "applies": [{"from": "2026-01-01", "basis": "Art 9"}],
    "source": "Gazette 1/2027",
    "confidence": "source",
    "examples": EXAMPLES,
}
"""What the advice on a missing field writes; it can be copied into a book as it stands."""


class DeadlinePart(Part):
    """A time limit."""

    says: Prose = Field(description="The limit in words; all that is written where the text sets no number.", examples=["within 72 hours"])
    within: Whole | None = Field(default=None, description="How many units.", examples=[72])
    unit: UnitWord | None = Field(default=None, description="The unit.", examples=["hours"])
    starts: Prose | None = Field(default=None, description="What starts the clock.", examples=["becoming aware of the breach"])

    def value(self) -> rulebook.Deadline:
        """The deadline as the rule knows it."""
        return rulebook.Deadline(says=self.says, within=self.within, unit=self.unit, starts=self.starts)


class WindowPart(Part):
    """A time in which the rule applies; both days are included."""

    start: Day | None = Field(default=None, alias="from", description="The first day; without it, since ever.", examples=["2025-02-02"])
    end: Day | None = Field(
        default=None, alias="until", description="The last day; without it, until further notice.", examples=["2026-02-04"]
    )
    when: ConditionText | None = Field(default=None, description="Only for systems of which this holds.", examples=[{"role": ["provider"]}])
    basis: Prose = Field(description="What says so.", examples=["Art 113, third paragraph, (a)"])
    disputed: Prose | None = Field(
        default=None, description="Why it isn't settled whether the rule applies in this time.", examples=["two readings of Art 113"]
    )

    def value(self) -> rulebook.Window:
        """The window as the rule knows it."""
        when = cast("Condition | None", self.when)
        return rulebook.Window(start=self.start, end=self.end, when=when, basis=self.basis, disputed=self.disputed)


class ExceptionPart(Part):
    """An exception, bound to the rule under which it stands."""

    id: Identifier = Field(description="A name within the rule.", examples=["objective-facts"])
    article: Prose = Field(description="Where the text makes the exception.", examples=["Art 5(1)(d), second half"])
    title: Prose = Field(description="What it is, in a few words.", examples=["Supports an assessment based on facts"])
    when: ConditionText = Field(description="What must be shown.", examples=[{"facts_objective_and_verifiable": "yes"}])
    evidence: dict[str, Prose] = Field(
        description="For each fact under when, what must show it; an answer without evidence lifts nothing.",
        examples=[{"facts_objective_and_verifiable": "the list of facts"}],
    )

    def value(self) -> rulebook.Lift:
        """The exception as the rule knows it."""
        when = cast("Condition", self.when)
        return rulebook.Lift(id=self.id, article=self.article, title=self.title, when=when, evidence=self.evidence)


class ExamplePart(Part):
    """A made-up system, as far as the rule asks."""

    says: Prose = Field(description="The example in words.", examples=["A list of young people thought likely to offend."])
    answers: AnswersText = Field(description="What is answered.", examples=[{"purpose": ["list-persons"]}])
    on: Day | None = Field(
        default=None, description="The day of the screen; without it, the day the book was checked.", examples=["2027-12-02"]
    )

    def value(self) -> rulebook.Example:
        """The example as the rule knows it."""
        return rulebook.Example(says=self.says, answers=cast("dict[str, Answer]", self.answers), on=self.on)


class ExamplesPart(Part):
    """The tests of a rule."""

    caught: Annotated[tuple[ExamplePart, ...], Len(min_length=1)] = Field(
        description="What the rule must catch.", examples=[EXAMPLES["caught"]]
    )
    passed: Annotated[tuple[ExamplePart, ...], Len(min_length=1)] = Field(
        description="What the rule must let pass.", examples=[EXAMPLES["passed"]]
    )

    def value(self) -> tuple[tuple[rulebook.Example, ...], tuple[rulebook.Example, ...]]:
        """The examples as the rule knows them."""
        return tuple(example.value() for example in self.caught), tuple(example.value() for example in self.passed)


class RulePart(Part):
    """One rule."""

    id: Identifier = Field(description="The name by which verdicts cite the rule; it never changes.", examples=["AIA-5-1-d"])
    article: Prose = Field(description="Where the text says it.", examples=["Art 5(1)(d), recital 42"])
    title: Prose = Field(description="The rule in a few words.", examples=["Predicting crime from a profile alone"])
    text: Prose = Field(
        description="The rule in plain words.", examples=["Nobody may judge from a profile alone whether a person will offend."]
    )
    outcome: OutcomeWord = Field(description="What follows where the rule's conditions are met.", examples=["prohibited"])
    in_class: Identifier | None = Field(
        default=None, alias="class", description="The class that the rule puts a system in; with outcome: class.", examples=["high-risk"]
    )
    who: Texts = Field(default=(), description="Upon whom it lies.", examples=[["provider", "deployer"]])
    when: ConditionText = Field(
        description="The conditions: every line must hold. any and all take lists of such mappings; class asks for a class of this book.",
        examples=[{"purpose": ["predict-offending"], "based_solely_on_profiling": "yes"}],
    )
    clears: dict[str, Prose] = Field(
        default_factory=dict,
        description="Facts that can clear a system of the rule, each with what must show it; without evidence the answer is unknown.",
        examples=[{"based_solely_on_profiling": "the list of inputs"}],
    )
    exceptions: tuple[ExceptionPart, ...] = Field(
        default=(), description="Exceptions to this rule, and to no other.", examples=[[EXCEPTION]]
    )
    applies: Annotated[tuple[WindowPart, ...], Len(min_length=1)] = Field(
        description="When it applies.", examples=[[{"from": "2025-02-02", "basis": "Art 113"}]]
    )
    evidence: Texts = Field(default=(), description="What shows that the duty is met.", examples=[["the audit report"]])
    deadline: DeadlinePart | None = Field(default=None, description="The time limit.", examples=[{"says": "without undue delay"}])
    safeguard: Identifier | None = Field(default=None, description="Which safeguard the rule serves.", examples=["transparency"])
    source: SourceText = Field(description="What was read.", examples=["Regulation (EU) 2024/1689, Art 5"])
    confidence: ConfidenceWord = Field(description="How far it was checked.", examples=["source"])
    note: Prose | None = Field(
        default=None, description="Anything else a reader should know.", examples=["Place-based systems are left out."]
    )
    examples: ExamplesPart = Field(description="At least one system that the rule catches and one that it lets pass.", examples=[EXAMPLES])

    def value(self) -> rulebook.Rule:
        """The rule as the screen knows it."""
        caught, passed = self.examples.value()
        return rulebook.Rule(
            id=self.id,
            article=self.article,
            title=self.title,
            text=self.text,
            outcome=self.outcome,
            in_class=self.in_class,
            who=self.who,
            when=cast("Condition", self.when),
            clears=self.clears,
            lifts=tuple(exception.value() for exception in self.exceptions),
            windows=tuple(window.value() for window in self.applies),
            evidence=self.evidence,
            deadline=None if self.deadline is None else self.deadline.value(),
            safeguard=self.safeguard,
            source=self.source.value(),
            confidence=self.confidence,
            note=self.note,
            caught=caught,
            passed=passed,
        )
