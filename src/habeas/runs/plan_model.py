"""The audit plan as auditors write it: every field, what it means, and an example.

These models are the door: they check the shape of what was written and become `habeas.audit.plan` values. The published JSON
Schema and the reference page are made from them, so a field's description here is its documentation.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from annotated_types import Len
from pydantic import Field

from habeas.audit import plan
from habeas.audit.metrics import Metric
from habeas.errors import BadPlan
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.fields import Column, Label, Labels, Number, Paths, Prose, Truth, Whole, word_of
from habeas.runs.yaml_text.part import Part
from habeas.terms.system import Stage, SystemVersion, Technology

FORMAT = "audit/1"

METRIC_SYNONYMS: dict[str, str | None] = {
    "fpr": "false_positive_rate",
    "false_alarm_rate": "false_positive_rate",
    "fall_out": "false_positive_rate",
    "predictive_equality": "false_positive_rate",
    "fnr": "false_negative_rate",
    "miss_rate": "false_negative_rate",
    "tpr": "true_positive_rate",
    "recall": "true_positive_rate",
    "sensitivity": "true_positive_rate",
    "hit_rate": "true_positive_rate",
    "equal_opportunity": "true_positive_rate",
    "tnr": "false_positive_rate",
    "specificity": "false_positive_rate",
    "true_negative_rate": "false_positive_rate",
    "ppv": "positive_predictive_value",
    "precision": "positive_predictive_value",
    "predictive_parity": "positive_predictive_value",
    "npv": "negative_predictive_value",
    "prevalence": "base_rate",
    "outcome_rate": "base_rate",
    "statistical_parity": "selection_rate",
    "demographic_parity": "selection_rate",
    "disparate_impact": "selection_rate",
    "acceptance_rate": "selection_rate",
    "positive_rate": "selection_rate",
    "flag_rate": "selection_rate",
    "acc": "accuracy",
    "error_rate": None,
}
"""What other tools and papers call the metrics, to be offered as 'did you mean'; nothing is taken for another silently.

Two are one minus the metric offered (`tnr` and `specificity`, of the false positive rate): differences are then the same but for
their sign, ratios are not. None: nothing near may be offered. For `error_rate`, accuracy would loosen a tolerance given as a
ratio (90 and 95 % right are far closer than 10 and 5 % wrong), and the nearest spelling, base_rate, is something else.
"""

Columns = Annotated[tuple[Column, ...], Len(min_length=1)]
MetricWord = Annotated[Metric, word_of(Metric, synonyms=METRIC_SYNONYMS)]
TechnologyWord = Annotated[Technology, word_of(Technology)]
StageWord = Annotated[
    Stage, word_of(Stage, synonyms={"production": "live", "deployed": "live", "pilot": "pre-deployment", "test": "pre-deployment"})
]


class SystemPart(Part):
    """The system that was tested, as it stood at one time."""

    name: Prose = Field(description="What the system is called.", examples=["COMPAS"])
    version: Prose = Field(
        description="Which version was tested, or when it was in use; another version needs another audit.", examples=["as used 2013-2014"]
    )

    def value(self) -> SystemVersion:
        """The system as the audit knows it."""
        return SystemVersion(name=self.name, version=self.version)


class AuditorPart(Part):
    """Who tested, and how they stand to those they tested."""

    name: Prose = Field(description="Who tested: a person or an office.", examples=["Example Audit Office"])
    independent: Truth = Field(description="Whether the auditor is independent of those who make, buy and use the system.", examples=[True])
    statement: Prose = Field(
        description="How the auditor stands to them, in a sentence: money, contracts, employment.",
        examples=["no ties to the vendor or the court"],
    )

    def value(self) -> plan.Auditor:
        """The auditor as the audit knows them."""
        return plan.Auditor(name=self.name, independent=self.independent, statement=self.statement)


class DataPart(Part):
    """Where the rows are and what one row is."""

    path: Paths = Field(
        description="A CSV or Parquet file, a folder of them, a glob, or a list of these; relative to the plan.",
        examples=["compas-counts.csv"],
    )
    count: Column | None = Field(
        default=None,
        description="The column that says how many decisions a row stands for, in a table of counts; without it each row is one.",
        examples=["n"],
    )
    row: Prose = Field(default="one decision", description="What one row (or one count) is.", examples=["one person screened"])
    public: Truth = Field(
        default=False,
        description="Whether anyone can have the data. Digests of them are then published even if something is withheld; else a guess "
        "of the withheld counts could be checked against them.",
        examples=[True],
    )

    def value(self) -> plan.Source:
        """The data as the audit knows them."""
        return plan.Source(paths=self.path, count=self.count, row=self.row, public=self.public)


class PopulationPart(Part):
    """Whom the audit is about."""

    description: Prose = Field(description="Whom the audit is about, in words.", examples=["everyone screened before trial in 2013"])
    where: dict[str, Labels] = Field(
        default_factory=dict,
        description="Audit only rows whose columns hold one of these labels: a column name, a colon, and a label or a list of labels.",
        examples=[{"in_propublica_filter": [1]}],
    )

    def value(self) -> plan.Population:
        """The population as the audit knows it."""
        return plan.Population(description=self.description, where=tuple(sorted(self.where.items())))


class ColumnsPart(Part):
    """Which column of the data holds what. At least one of score, recommendation and decision; not score and recommendation both."""

    score: Column | None = Field(default=None, description="The score; a higher score means more risk.", examples=["decile"])
    recommendation: Column | None = Field(default=None, description="A yes/no advice, where there is no score.", examples=["advice"])
    decision: Column | None = Field(
        default=None, description="What was decided by a person or by rule: yes is what burdens the person.", examples=["detained"]
    )
    outcome: Column | None = Field(
        default=None, description="What happened: yes is what the score is meant to foresee.", examples=["two_year_recid"]
    )
    person: Column | None = Field(
        default=None,
        description="Who the person was, where one person can have several rows; a number or name that stands for them will do.",
        examples=["person_id"],
    )
    weight: Column | None = Field(default=None, description="How much a row counts, in a weighted sample.", examples=["weight"])

    def value(self) -> plan.Columns:
        """The columns as the audit knows them."""
        return plan.Columns(
            score=self.score,
            recommendation=self.recommendation,
            decision=self.decision,
            outcome=self.outcome,
            person=self.person,
            weight=self.weight,
        )


class ScorePart(Part):
    """The range that the score is declared to have; a score outside it is refused."""

    minimum: Number = Field(description="The lowest score there can be.", examples=[1])
    maximum: Number = Field(description="The highest score there can be.", examples=[10])
    probability: Truth = Field(
        default=False,
        description="Whether the score claims to be the probability of the outcome, so that its calibration is tested.",
        examples=[True],
    )

    def value(self) -> plan.ScoreRange:
        """The range as the audit knows it."""
        return plan.ScoreRange(minimum=self.minimum, maximum=self.maximum, probability=self.probability)


class YesNoPart(Part):
    """Which labels of a column mean yes, and which mean no."""

    yes: Labels = Field(description="The label, or labels, that mean yes.", examples=[["detained"]])
    no: Labels = Field(description="The label, or labels, that mean no.", examples=[["released", "bailed"]])

    def value(self) -> plan.YesNo:
        """The labels as the audit knows them."""
        both = sorted(set(self.yes) & set(self.no))
        if both:
            raise BadPlan(f"{', '.join(both)} stands under both yes and no: a label means one of them")
        if not self.yes or not self.no:
            raise BadPlan("expected at least one label under yes and one under no; got an empty list: name them")
        return plan.YesNo(yes=self.yes, no=self.no)


class LabelsPart(Part):
    """Labels of yes/no columns that don't hold 0/1, true/false, yes/no, y/n or t/f."""

    outcome: YesNoPart | None = Field(
        default=None, description="Labels of the outcome column.", examples=[{"yes": ["reoffended"], "no": ["did not"]}]
    )
    decision: YesNoPart | None = Field(
        default=None, description="Labels of the decision column.", examples=[{"yes": ["detained"], "no": ["released"]}]
    )

    def value(self) -> tuple[plan.YesNo | None, plan.YesNo | None]:
        """The labels of outcome and decision as the audit knows them."""
        outcome, decision = self.outcome, self.decision
        return None if outcome is None else outcome.value(), None if decision is None else decision.value()


class TolerancePart(Part):
    """The largest disparity that the auditor declares bearable before looking; exactly one of the two."""

    difference: Number | None = Field(
        default=None,
        description="As a difference of proportions: 0.05 is five people in a hundred.",
        examples=[0.05],
        json_schema_extra={"exclusiveMinimum": 0, "exclusiveMaximum": 1},
    )
    ratio: Number | None = Field(
        default=None,
        description="As a ratio of proportions: 1.25 allows from 0.8 to 1.25 times.",
        examples=[1.25],
        json_schema_extra={"exclusiveMinimum": 1},
    )

    def value(self) -> plan.Tolerance:
        """The tolerance as the audit knows it."""
        return plan.Tolerance(difference=self.difference, ratio=self.ratio)


class QuestionPart(Part):
    """One comparison declared before looking: a metric, between the levels of a group column and its reference level."""

    metric: MetricWord = Field(description="The proportion that is compared.", examples=["false_positive_rate"])
    by: Column = Field(description="The group column whose levels are compared; one of groups.", examples=["race"])
    tolerance: TolerancePart | None = Field(
        default=None,
        description="The largest disparity that counts as equal. Without it, nothing can be shown equal.",
        examples=[{"difference": 0.05}],
    )

    def value(self) -> plan.Question:
        """The question as the audit knows it."""
        return plan.Question(metric=self.metric, by=self.by, tolerance=None if self.tolerance is None else self.tolerance.value())


class PublishPart(Part):
    """What may leave the audit, so that nobody can be picked out."""

    minimum_cell: Whole = Field(default=10, description="No count below this is published. 1 publishes every count.", examples=[10])
    round_to: Whole = Field(
        default=1, description="Published counts are rounded to a multiple of this; 1 leaves them as they are.", examples=[5]
    )

    def value(self) -> plan.PublicationRule:
        """The rule as the audit knows it."""
        return plan.PublicationRule(minimum_cell=self.minimum_cell, round_to=self.round_to)


class WordsPart(Part):
    """How the report speaks of people: 'people who {outcome}', 'were {flagged}'."""

    flagged: Prose = Field(default="flagged", description="Completes 'people who were ...'.", examples=["labelled medium or high risk"])
    outcome: Prose = Field(
        default="had the outcome", description="Completes 'people who ...', of those with the outcome.", examples=["were charged again"]
    )
    no_outcome: Prose = Field(
        default="did not have the outcome",
        description="Completes 'people who ...', of those without it.",
        examples=["were not charged again"],
    )

    def value(self) -> plan.Words:
        """The words as the audit knows them."""
        return plan.Words(flagged=self.flagged, outcome=self.outcome, no_outcome=self.no_outcome)


class AuditPlan(Part):
    """An audit plan: what will be tested, how, and what would count as a difference, written down before looking."""

    document: ClassVar[Document] = Document(
        noun="plan",
        one="an audit plan",
        format=FORMAT,
        draft="draft one by `habeas audit init DATA`",
        mistaken="is this the data? `habeas audit init DATA` drafts a plan",
    )

    habeas: Literal["audit/1"] = Field(description="That this is an audit plan, and in which version of the format.", examples=["audit/1"])
    title: Prose = Field(description="What the audit is called.", examples=["COMPAS, two-year general recidivism"])
    system: SystemPart = Field(description="The system that was tested.", examples=[{"name": "COMPAS", "version": "as used 2013-2014"}])
    technology: TechnologyWord = Field(
        description="The kind of technology, which decides the study that tests it.", examples=["risk-score"]
    )
    stage: StageWord = Field(
        description="When in the system's life it was tested; a test at one stage says nothing about another.", examples=["live"]
    )
    auditor: AuditorPart = Field(
        description="Who tested, and whether they stand apart.",
        examples=[{"name": "Example Audit Office", "independent": True, "statement": "no ties to the vendor or the court"}],
    )
    data: DataPart = Field(description="Where the rows are.", examples=[{"path": "decisions.csv"}])
    population: PopulationPart | None = Field(
        default=None,
        description="Whom the audit is about; without it, every row of the data.",
        examples=[{"description": "everyone screened in 2013"}],
    )
    columns: ColumnsPart = Field(description="Which column holds what.", examples=[{"score": "decile", "outcome": "two_year_recid"}])
    score: ScorePart | None = Field(
        default=None,
        description="The declared range of the score; needed where there is a score.",
        examples=[{"minimum": 1, "maximum": 10}],
    )
    thresholds: tuple[Number, ...] = Field(
        default=(),
        description="A person is flagged when the score is at or above a threshold; the first is the one in use.",
        examples=[[5, 8]],
    )
    groups: Columns = Field(description="The columns of group labels to compare.", examples=[["race", "sex"]])
    intersect: Whole = Field(
        default=1, description="How many group columns are crossed: 2 looks also at, say, race and sex together.", examples=[2]
    )
    reference: dict[str, Label] = Field(
        default_factory=dict,
        description="Per group column, the level that others are compared with; without it, the largest.",
        examples=[{"race": "Caucasian", "sex": "Male"}],
    )
    strata: tuple[Column, ...] = Field(
        default=(),
        description="Columns within whose levels groups are compared too, like with like: the same offence, the same force.",
        examples=[["offence"]],
    )
    unrecorded: tuple[Label, ...] = Field(
        default=("",),
        description="Labels that mean 'not recorded'; such people are kept and shown as a share of their own.",
        examples=[["", "Unknown"]],
    )
    labels: LabelsPart | None = Field(
        default=None,
        description="What the labels of yes/no columns mean, where they aren't plain.",
        examples=[{"outcome": {"yes": ["reoffended"], "no": ["did not"]}}],
    )
    confirmatory: tuple[QuestionPart, ...] = Field(
        default=(),
        description="The questions that decide the verdict, declared before looking; all else is exploratory.",
        examples=[[{"metric": "false_positive_rate", "by": "race", "tolerance": {"difference": 0.05}}]],
    )
    confidence: Number = Field(
        default=0.95,
        description="How sure intervals are, and how rare false alarms; between 0.5 and 1.",
        examples=[0.95],
        json_schema_extra={"exclusiveMinimum": 0.5, "exclusiveMaximum": 1},
    )
    publish: PublishPart = Field(default_factory=PublishPart, description="What may leave the audit.", examples=[{"minimum_cell": 10}])
    words: WordsPart = Field(
        default_factory=WordsPart, description="How the report speaks of people.", examples=[{"flagged": "labelled high risk"}]
    )

    def value(self) -> plan.Plan:
        """The plan as the audit works with it. Mappings are put in order of their names, so that their order says nothing."""
        outcome_labels, decision_labels = (None, None) if self.labels is None else self.labels.value()
        return plan.Plan(
            title=self.title,
            system=self.system.value(),
            technology=self.technology,
            stage=self.stage,
            auditor=self.auditor.value(),
            source=self.data.value(),
            columns=self.columns.value(),
            groups=self.groups,
            population=None if self.population is None else self.population.value(),
            score=None if self.score is None else self.score.value(),
            thresholds=self.thresholds,
            intersect=self.intersect,
            reference=tuple(sorted(self.reference.items())),
            strata=self.strata,
            unrecorded=self.unrecorded,
            outcome_labels=outcome_labels,
            decision_labels=decision_labels,
            confirmatory=tuple(question.value() for question in self.confirmatory),
            confidence=self.confidence,
            publication=self.publish.value(),
            words=self.words.value(),
        )
