"""Audits from Python, without a plan file: the same counting, statistics and reports that the terminal gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from habeas.audit.metrics import Metric
from habeas.audit.plan import Auditor, Columns, Plan, Population, PublicationRule, Question, ScoreRange, Source, Tolerance, Words
from habeas.audit.result import AuditResult
from habeas.reports import html, json_report, terminal
from habeas.runs.plan_file import read_plan
from habeas.runs.run import run
from habeas.terms.system import Stage, SystemVersion, Technology


def audit_plan(path: str | Path, data: object | None = None) -> AuditResult:
    """Audit by a plan file; `data` (paths, Arrow table, pandas or polars frame) replaces the plan's own paths.

    Raises:
        BadInput: the plan or the data can't be used; the message says how to mend them.
    """
    plan, _ = read_plan(Path(path))
    return run(plan, data, folder=Path(path).parent).result


def audit_decisions(
    data: object,
    *,
    groups: Sequence[str],
    score: str | None = None,
    score_range: tuple[float, float] | None = None,
    probability: bool = False,
    thresholds: Sequence[float] = (),
    recommendation: str | None = None,
    decision: str | None = None,
    outcome: str | None = None,
    person: str | None = None,
    weight: str | None = None,
    count: str | None = None,
    reference: Mapping[str, str] | None = None,
    intersect: int = 1,
    strata: Sequence[str] = (),
    unrecorded: Sequence[str] = ("",),
    questions: Sequence[tuple[str, str, float | None]] = (),
    confidence: float = 0.95,
    minimum_cell: int = 10,
    round_to: int = 1,
    title: str = "An audit from a notebook",
    system: tuple[str, str] = ("unnamed system", "unknown version"),
    stage: str = "live",
    population: str | None = None,
    words: Words | None = None,
) -> AuditResult:
    """Audit a table of decisions: a path (or several), an Arrow table, a pandas or a polars frame.

    Column names are given as in the data. `score_range`: declared lowest and highest score. `questions`: what is asked before
    looking, as (metric, attribute, tolerated difference or None), e.g. `[("false_positive_rate", "race", 0.05)]`; everything
    else is exploratory. `count`: the data are a table of counts. The result is ready for publication: small groups are withheld.

    Raises:
        BadInput: an argument or the data can't be used; the message says how to mend them.
    """
    plan = Plan(
        title=title,
        system=SystemVersion(name=system[0], version=system[1]),
        technology=Technology.RISK_SCORE,
        stage=Stage(stage),
        auditor=Auditor(name="not stated", independent=False, statement="made in a notebook, without a written plan"),
        source=Source(count=count),
        population=None if population is None else Population(description=population),
        columns=Columns(score=score, recommendation=recommendation, decision=decision, outcome=outcome, person=person, weight=weight),
        score=None if score_range is None else ScoreRange(minimum=score_range[0], maximum=score_range[1], probability=probability),
        thresholds=tuple(thresholds),
        groups=tuple(groups),
        intersect=intersect,
        reference=tuple((reference or {}).items()),
        strata=tuple(strata),
        unrecorded=tuple(unrecorded),
        confirmatory=tuple(_question(*asked) for asked in questions),
        confidence=confidence,
        publication=PublicationRule(minimum_cell=minimum_cell, round_to=round_to),
        words=words if words is not None else Words(),
    )
    return run(plan, data).result


def as_text(result: AuditResult, *, width: int = 80) -> str:
    """The finding in words, for a terminal."""
    return terminal.render(result, width=width)


def as_html(result: AuditResult, *, at: datetime | None = None) -> str:
    """The report as one self-contained page; `at` defaults to now."""
    return html.render(result, at=at if at is not None else datetime.now(UTC))


def as_json(result: AuditResult, *, at: datetime | None = None) -> bytes:
    """The result as a JSON document (schema: `habeas schema audit-result`); `at` defaults to now."""
    return json_report.to_bytes(json_report.document(result, at=at if at is not None else datetime.now(UTC)))


def _question(metric: str, by: str, difference: float | None) -> Question:
    return Question(metric=Metric(metric), by=by, tolerance=None if difference is None else Tolerance(difference=difference))
