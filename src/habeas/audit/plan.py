"""The audit plan as values: what will be tested, how, and what would count as a difference - written down before looking."""

from __future__ import annotations

from dataclasses import dataclass, field

from habeas.audit.metrics import Metric
from habeas.errors import BadPlan
from habeas.terms.system import Stage, SystemVersion, Technology

LEAST_CONFIDENCE = 0.5
"""An interval that is as likely to miss as to hold the truth says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditor:
    """Who tested, and how they stand to those they tested."""

    name: str
    independent: bool
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the rows are: paths, folders or globs (relative to the plan), and what one row is.

    `count` names the column of a table of counts; without it each row is one decision. `public`: anyone can have the data, so
    digests of them give nothing away.
    """

    paths: tuple[str, ...] = ()
    count: str | None = None
    row: str = "one decision"
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Which rows are audited: those whose columns hold one of the allowed values (as text)."""

    description: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what. `recommendation` is a yes/no advice where there is no score."""

    score: str | None = None
    recommendation: str | None = None
    decision: str | None = None
    outcome: str | None = None
    person: str | None = None
    weight: str | None = None

    def __post_init__(self) -> None:
        if self.score is not None and self.recommendation is not None:
            raise BadPlan("columns: give score or recommendation, not both; drop the one that the decision-maker did not see")
        if self.score is None and self.recommendation is None and self.decision is None:
            raise BadPlan("columns: give at least one of score, recommendation and decision; without one nothing was decided")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRange:
    """The declared range of the score; a higher score means more risk. `probability`: the score claims to be one."""

    minimum: float
    maximum: float
    probability: bool = False

    def __post_init__(self) -> None:
        if not self.minimum < self.maximum:
            raise BadPlan(f"score: minimum must be below maximum; got {self.minimum:g} and {self.maximum:g}: swap or mend them")
        if self.probability and not 0 <= self.minimum < self.maximum <= 1:
            got = f"{self.minimum:g} to {self.maximum:g}"
            raise BadPlan(f"score: a probability lies between 0 and 1; got a range of {got}: mend it, or drop probability")


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo:
    """Labels, as text, that mean yes and no in a column that isn't 0/1, true/false or yes/no."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """The largest disparity that the auditor declares bearable, as a difference of proportions or as a ratio (above 1)."""

    difference: float | None = None
    ratio: float | None = None

    def __post_init__(self) -> None:
        if (self.difference is None) == (self.ratio is None):
            raise BadPlan("tolerance: give exactly one of difference and ratio, e.g. {difference: 0.05} or {ratio: 1.25}")
        if self.difference is not None and not 0 < self.difference < 1:
            raise BadPlan(f"tolerance: difference must lie between 0 and 1; got {self.difference:g}: 0.05 is five in a hundred")
        if self.ratio is not None and not self.ratio > 1:
            raise BadPlan(f"tolerance: ratio must be above 1; got {self.ratio:g}: write 1.25 to allow from 0.8 to 1.25 times")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One declared comparison: a metric, between the levels of an attribute and its reference level."""

    metric: Metric
    by: str
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRule:
    """What may leave: no count below `minimum_cell`; counts rounded to a multiple of `round_to` (1: not rounded)."""

    minimum_cell: int = 10
    round_to: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How the report says it: 'people who {no_outcome}', 'were {flagged}'."""

    flagged: str = "flagged"
    outcome: str = "had the outcome"
    no_outcome: str = "did not have the outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A pre-registration: everything that decides the result, besides the data."""

    title: str
    system: SystemVersion
    technology: Technology
    stage: Stage
    auditor: Auditor
    source: Source
    columns: Columns
    groups: tuple[str, ...]
    population: Population | None = None
    score: ScoreRange | None = None
    thresholds: tuple[float, ...] = ()
    intersect: int = 1
    reference: tuple[tuple[str, str], ...] = ()
    strata: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ("",)
    outcome_labels: YesNo | None = None
    decision_labels: YesNo | None = None
    confirmatory: tuple[Question, ...] = ()
    confidence: float = 0.95
    publication: PublicationRule = field(default_factory=PublicationRule)
    words: Words = field(default_factory=Words)

    def __post_init__(self) -> None:
        _check_groups(self)
        _check_roles(self)
        _check_score(self)
        if not LEAST_CONFIDENCE < self.confidence < 1:
            raise BadPlan(f"confidence: must lie between 0.5 and 1; got {self.confidence:g}: 0.95 is usual")

    def reference_level(self, attribute: str) -> str | None:
        """The declared reference level of an attribute; None: the largest recorded group serves."""
        return dict(self.reference).get(attribute)


def _check_groups(plan: Plan) -> None:
    if not plan.groups:
        raise BadPlan("groups: name at least one column of group labels, e.g. [race]")
    for name, values in (("groups", plan.groups), ("strata", plan.strata)):
        if len(set(values)) != len(values):
            raise BadPlan(f"{name}: each column may stand once; got {', '.join(values)}: drop the repetition")
    both = set(plan.groups) & set(plan.strata)
    if both:
        raise BadPlan(f"strata: {', '.join(sorted(both))} is also in groups; a column either groups or stratifies: drop it from one")
    if not 1 <= plan.intersect <= len(plan.groups):
        raise BadPlan(f"intersect: must be from 1 to the number of groups ({len(plan.groups)}); got {plan.intersect}")
    _check_names(plan)


def _check_roles(plan: Plan) -> None:
    """A column that is both a group and, say, the outcome would make every comparison true by definition."""
    roles = {role: getattr(plan.columns, role) for role in ("score", "recommendation", "decision", "outcome", "person", "weight")}
    roles |= {f"group {name}": name for name in plan.groups} | {f"stratum {name}": name for name in plan.strata}
    roles |= {"count": plan.source.count}
    by_column: dict[str, str] = {}
    for role, column in roles.items():
        if column is not None and column in by_column:
            both = f"{by_column[column]} and {role}"
            raise BadPlan(f"columns: {column} is named as {both}; a column has one role: name another column for one of them")
        if column is not None:
            by_column[column] = role


def _check_names(plan: Plan) -> None:
    for attribute, _ in plan.reference:
        if attribute not in plan.groups:
            raise BadPlan(f"reference: {attribute} is not among groups ({', '.join(plan.groups)}): add it there or drop it here")
    for question in plan.confirmatory:
        if question.by not in plan.groups:
            raise BadPlan(f"confirmatory: by {question.by} is not among groups ({', '.join(plan.groups)}): add it there")


def _check_score(plan: Plan) -> None:
    if plan.columns.score is not None and plan.score is None:
        raise BadPlan("score: a score column needs its declared range, e.g. score: {minimum: 1, maximum: 10}")
    if plan.columns.score is None and (plan.score is not None or plan.thresholds):
        raise BadPlan("thresholds: there is no score column to compare them with; name it under columns or drop score and thresholds")
    if plan.score is None:
        return
    if not plan.thresholds and plan.columns.decision is None:
        raise BadPlan("thresholds: give the score from which people are flagged, e.g. [5], or a decision column")
    for threshold in plan.thresholds:
        if not plan.score.minimum < threshold <= plan.score.maximum:
            raise BadPlan(
                f"thresholds: {threshold:g} flags everyone or no one for a score from {plan.score.minimum:g} to "
                f"{plan.score.maximum:g}; a threshold must lie above the minimum and not above the maximum"
            )
    if len(set(plan.thresholds)) != len(plan.thresholds):
        raise BadPlan("thresholds: each may stand once; drop the repetition")
