"""Guesses at what the columns hold, from their names first and their contents second; an auditor confirms every one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.audit.plan import YesNo
from habeas.runs.drafting.facts import ColumnFacts, DataFacts

SCORE_WORDS = ("decile", "score", "risk", "probability", "prob", "points", "rating")
RECOMMENDATION_WORDS = ("recommendation", "recommended", "advice", "advised", "flag", "flagged", "alert", "prediction", "predicted")
DECISION_WORDS = ("decision", "decided", "detained", "detention", "remanded", "custody", "denied", "stopped", "arrested")
OUTCOME_WORDS = (
    "outcome",
    "recid",
    "recidivism",
    "recidivated",
    "reoffended",
    "reoffend",
    "rearrested",
    "rearrest",
    "fta",
    "label",
    "target",
)
GROUP_WORDS = (
    *("race", "ethnicity", "ethnic", "sex", "gender", "age", "nationality"),
    *("citizenship", "religion", "disability", "disabled", "language", "caste", "origin"),
)
PERSON_WORDS = ("person", "id", "pid", "personid", "defendant", "individual", "name")

FEWEST_SCORES = 3
MOST_GROUP_LEVELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a plan will say; None where only the auditor knows. `labels`: what those of the decision or the outcome mean."""

    path: str
    title: str
    count: str | None = None
    system_name: str | None = None
    system_version: str | None = None
    stage: str | None = None
    auditor: str | None = None
    independent: bool | None = None
    statement: str | None = None
    score: str | None = None
    recommendation: str | None = None
    decision: str | None = None
    outcome: str | None = None
    person: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    threshold: float | None = None
    groups: tuple[str, ...] = ()
    reference: Mapping[str, str] = field(default_factory=dict)
    unrecorded: tuple[str, ...] = ("",)
    tolerance: float | None = None
    labels: Mapping[str, YesNo] = field(default_factory=dict)


def guess(facts: DataFacts, *, path: str) -> Draft:
    """The draft that names and contents suggest; `path` is how the plan is to call the data."""
    left = [column for column in facts.columns if column.name != facts.count]
    groups = _groups(left)
    left = [column for column in left if column.name not in groups]
    score = _best(left, SCORE_WORDS, _can_be_score)
    recommendation = None if score is not None else _best(left, RECOMMENDATION_WORDS, _has_two_levels)
    taken = {score, recommendation}
    decision = _best([column for column in left if column.name not in taken], DECISION_WORDS, _has_two_levels)
    taken.add(decision)
    outcome = _best([column for column in left if column.name not in taken], OUTCOME_WORDS, _has_two_levels)
    minimum, maximum = score_range(facts, score)
    return Draft(
        path=path,
        title=f"An audit of {facts.name}",
        count=facts.count,
        score=score,
        recommendation=recommendation,
        decision=decision,
        outcome=outcome,
        person=None if facts.count is not None else _best(left, PERSON_WORDS, _can_be_person),
        minimum=minimum,
        maximum=maximum,
        groups=groups,
        reference=largest_levels(facts, groups),
        unrecorded=unrecorded_labels(facts, groups),
    )


def score_range(facts: DataFacts, score: str | None) -> tuple[float | None, float | None]:
    """From 0 to 1 for shares, else as found in the data."""
    column = None if score is None else facts.column(score)
    if column is None or column.minimum is None or column.maximum is None:
        return None, None
    if not column.whole and column.minimum >= 0 and column.maximum <= 1:
        return 0.0, 1.0
    return column.minimum, column.maximum


def largest_levels(facts: DataFacts, groups: Sequence[str]) -> dict[str, str]:
    """Per group column, its largest recorded level."""
    columns = {name: facts.column(name) for name in groups}
    return {name: column.recorded_levels[0] for name, column in columns.items() if column is not None and column.recorded_levels}


def unrecorded_labels(facts: DataFacts, groups: Sequence[str]) -> tuple[str, ...]:
    """The labels found in group columns that mean 'not recorded', the empty one always."""
    columns = (facts.column(name) for name in groups)
    found = {level for column in columns if column is not None for level in column.unrecorded_levels}
    return ("", *sorted(found - {""}))


def words_of(name: str) -> frozenset[str]:
    """The words in a column's name: `two_year_recid`, `riskScore` and `Risk score` hold two or three each."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return frozenset(re.split(r"[\W\d_]+", parted.lower())) - {""}


def _best(columns: Sequence[ColumnFacts], words: Sequence[str], can_be: Callable[[ColumnFacts], bool]) -> str | None:
    """The column whose name holds the likeliest word, the first of equals."""
    ranked = [
        (rank, place) for place, column in enumerate(columns) if can_be(column) for rank in [_rank(column.name, words)] if rank is not None
    ]
    return columns[min(ranked)[1]].name if ranked else None


def _groups(columns: Sequence[ColumnFacts]) -> tuple[str, ...]:
    """The likely group columns, those first that are most often asked about."""
    names = [column.name for column in columns if _is_group(column)]
    return tuple(sorted(names, key=lambda name: _rank(name, GROUP_WORDS) or 0))


def _rank(name: str, words: Sequence[str]) -> int | None:
    held = words_of(name)
    return next((rank for rank, word in enumerate(words) if word in held), None)


def _is_group(column: ColumnFacts) -> bool:
    return _rank(column.name, GROUP_WORDS) is not None and 1 < len(column.recorded_levels) <= MOST_GROUP_LEVELS >= column.distinct


def _can_be_score(column: ColumnFacts) -> bool:
    return column.numeric and column.distinct >= FEWEST_SCORES


def _has_two_levels(column: ColumnFacts) -> bool:
    return column.yes_or_no or len(column.recorded_levels) == column.distinct == 2  # noqa: PLR2004 - yes and no


def _can_be_person(column: ColumnFacts) -> bool:
    return column.distinct > MOST_GROUP_LEVELS and (column.whole or not column.numeric)
