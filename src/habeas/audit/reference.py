"""The slow, obvious counting that every engine must equal: one row at a time, in plain Python.

It says, more plainly than any engine, what each value of a row means. Rows here are fit to be counted; refusing the unfit is
the engines' duty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import md5
from math import floor, inf, isnan, nan

import numpy as np

from habeas.audit.cells import ABSENT, BUCKETS, MOST_EXACT_SCORES, NO, WEIGHT_UNIT, YES, Attribute, Cells, Counts, ScoreGrid, merge
from habeas.audit.cuts import thresholds
from habeas.audit.plan import Plan, YesNo
from habeas.terms.group import NOT_RECORDED

BLANKS = " \t\n\r"
BINS = 1000

Row = Mapping[str, object]
Key = tuple[tuple[str, ...], float, int, int, int]


def count_rows(rows: Iterable[Row], plan: Plan, *, bins: int = BINS, most_exact_scores: int = MOST_EXACT_SCORES) -> Cells:
    """Count rows, given as mappings from column names to values, as a plan asks.

    `bins`: how many bins, should there be more than `most_exact_scores` distinct scores.
    """
    audited = [row for row in rows if _belongs(row, plan)]
    grid = _grid(audited, plan, bins=bins, most_exact_scores=most_exact_scores)
    columns = (*plan.groups, *plan.strata)
    fine, coarse = _Tally(), _Tally()
    for row in audited:
        labels = tuple(level_of(row[column], plan) for column in columns)
        score = None if grid is None else score_of(row, plan)
        decision = _code(row, plan.columns.decision, plan.decision_labels, plan)
        outcome = _code(row, plan.columns.outcome, plan.outcome_labels, plan)
        fine.add((labels, _named(score, grid), decision, outcome, 0), row, plan)
        if plan.columns.person is not None:
            coarse.add((labels, _policy(score, grid), decision, outcome, bucket_of(row[plan.columns.person])), row, plan)
    attributes = tuple(Attribute(name=name, levels=fine.levels(i)) for i, name in enumerate(columns))
    return Cells(
        attributes=attributes,
        grid=grid,
        fine=fine.counts(attributes, weighted=plan.columns.weight is not None),
        coarse=None if plan.columns.person is None else coarse.counts(attributes, weighted=plan.columns.weight is not None),
    )


def blanks_trimmed(text: str) -> str:
    """A label without the blanks around it."""
    return text.strip(BLANKS)


def text_of(value: object) -> str:
    """The text of a value: '' for a missing one; whole floats as 3, not 3.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (float, Decimal)):
        number = float(value)
        if isnan(number):
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)  # noqa: PLR2004 - said in sql.py
    return blanks_trimmed(str(value))


def level_of(value: object, plan: Plan) -> str:
    """The level that a group label stands for."""
    text = text_of(value)
    return NOT_RECORDED if _is_unrecorded(text, plan) else text


def code_of(value: object, labels: YesNo | None, plan: Plan) -> int:
    """The code of a yes/no value."""
    text = text_of(value)
    if _is_unrecorded(text, plan):
        return ABSENT
    if labels is not None:
        return YES if text in labels.yes else NO
    return YES if text.lower() in {"1", "1.0", "true", "t", "yes", "y"} else NO


def score_of(row: Row, plan: Plan) -> float:
    """The score of a row; an advice is 1 or 0."""
    if plan.columns.recommendation is not None:
        return float(code_of(row[plan.columns.recommendation], None, plan))
    value = row[plan.columns.score or ""]
    return float(value) if isinstance(value, (int, float, Decimal)) else float(text_of(value))


def bucket_of(person: object) -> int:
    """The hash bucket of a person's id: whole numbers mixed by shift, xor and multiplication, texts by MD5 read little-endian."""
    text = text_of(person)
    unsigned = text.removeprefix("-")
    if unsigned.isascii() and unsigned.isdecimal() and str(int(text)) == text and -(2**63) <= int(text) < 2**63:
        mixed = abs(int(text)) % 2147483647
        for _ in range(2):
            mixed = (mixed ^ (mixed >> 16)) * 73244475 % 2**32
        return (mixed ^ (mixed >> 16)) % BUCKETS
    return int.from_bytes(md5(text.encode(), usedforsecurity=False).digest(), "little") % BUCKETS


def lower_edge(score: float, grid: ScoreGrid) -> float:
    """The largest edge that a score reaches; edges are minimum + i * width and the thresholds."""
    edges = [grid.minimum + i * grid.width for i in range(grid.bins or 0)]
    return max(edge for edge in (*edges, *grid.thresholds) if score >= edge)


@dataclass(slots=True)
class _Sums:
    n: int = 0
    weight: int = 0
    weight_squared: int = 0


class _Tally:
    """What has been added up so far, by key."""

    def __init__(self) -> None:
        self._sums: dict[Key, _Sums] = {}

    def add(self, key: Key, row: Row, plan: Plan) -> None:
        n = 1 if plan.source.count is None else int(float(text_of(row[plan.source.count])))
        if n == 0:
            return
        sums = self._sums.setdefault(key, _Sums())
        sums.n += n
        if plan.columns.weight is not None:
            weight = float(text_of(row[plan.columns.weight]))
            sums.weight += n * _in_units(weight)
            sums.weight_squared += n * _in_units(weight * weight)

    def levels(self, i: int) -> tuple[str, ...]:
        return tuple(sorted({labels[i] for labels, *_ in self._sums}))

    def counts(self, attributes: tuple[Attribute, ...], *, weighted: bool) -> Counts:
        keys, sums = list(self._sums), list(self._sums.values())
        levels = [[attribute.levels.index(label) for attribute, label in zip(attributes, key[0], strict=True)] for key in keys]
        counts = Counts(
            levels=np.array(levels, dtype=np.int64).reshape(len(keys), len(attributes)),
            score=np.array([key[1] for key in keys], dtype=np.float64),
            decision=np.array([key[2] for key in keys], dtype=np.int64),
            outcome=np.array([key[3] for key in keys], dtype=np.int64),
            bucket=np.array([key[4] for key in keys], dtype=np.int64),
            n=np.array([each.n for each in sums], dtype=np.int64),
            weight=np.array([each.weight for each in sums], dtype=np.int64) if weighted else None,
            weight_squared=np.array([each.weight_squared for each in sums], dtype=np.int64) if weighted else None,
        )
        return merge([counts])


def _belongs(row: Row, plan: Plan) -> bool:
    where = () if plan.population is None else plan.population.where
    return all(text_of(row[column]) in allowed for column, allowed in where)


def _grid(rows: list[Row], plan: Plan, *, bins: int, most_exact_scores: int) -> ScoreGrid | None:
    if plan.columns.recommendation is not None:
        return ScoreGrid(minimum=0.0, maximum=1.0, thresholds=thresholds(plan), bins=None)
    if plan.score is None:
        return None
    counted = (row for row in rows if plan.source.count is None or float(text_of(row[plan.source.count])) > 0)
    distinct = Counter(score_of(row, plan) for row in counted)
    return ScoreGrid(
        minimum=plan.score.minimum,
        maximum=plan.score.maximum,
        thresholds=thresholds(plan),
        bins=None if len(distinct) <= most_exact_scores else bins,
    )


def _named(score: float | None, grid: ScoreGrid | None) -> float:
    if score is None or grid is None:
        return nan
    return score if grid.bins is None else lower_edge(score, grid)


def _policy(score: float | None, grid: ScoreGrid | None) -> float:
    reached = [] if score is None or grid is None else [threshold for threshold in grid.thresholds if score >= threshold]
    return max(reached, default=-inf)


def _code(row: Row, column: str | None, labels: YesNo | None, plan: Plan) -> int:
    return ABSENT if column is None else code_of(row[column], labels, plan)


def _is_unrecorded(text: str, plan: Plan) -> bool:
    return text == "" or text in {blanks_trimmed(label) for label in plan.unrecorded}


def _in_units(value: float) -> int:
    return floor(value * round(1 / WEIGHT_UNIT) + 0.5)
