"""Counted tables out of DuckDB: raw labels become codes, sums become `Counts` in canonical order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import ABSENT, BUCKETS, Attribute, Counts, Floats, Ints, ScoreGrid
from habeas.audit.plan import Plan
from habeas.engines.faults import refuse_label
from habeas.engines.labels import levels, words
from habeas.engines.rows import Rows
from habeas.engines.scores import named, policy_named
from habeas.engines.session import Limits, Session
from habeas.engines.sql import nested, select, text_of
from habeas.engines.tables import Column
from habeas.errors import BadData

Values = NDArray[np.generic]

_GREATEST_SUM = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Combinations:
    """The populated combinations of raw labels, numbered from 0: what each means. `levels`: (combinations, attributes) codes."""

    attributes: tuple[Attribute, ...]
    levels: Ints
    decision: Ints
    outcome: Ints


def combinations(opened: Session, wanted: Rows, plan: Plan, limits: Limits) -> Combinations:
    """Read the labels of the table `fine`; leave their numbers behind in the table `combinations`.

    Raises:
        BadData: a yes/no column has other labels, or a group column too many.
    """
    kinds = wanted.labels
    distinct = nested(select([f"DISTINCT {', '.join(kinds)}"], source="fine", where="inside" if wanted.where else None))
    opened.keep("combinations", select(["*", "row_number() OVER () - 1 AS number"], source=distinct))
    texts = opened.rows(select([text_of(key, column.kind) for key, column in kinds.items()], source="combinations") + " ORDER BY number")
    by_key = {key: [str(row[i]) for row in texts] for i, key in enumerate(kinds)}
    coded = [_levels(plan, column, by_key[f"g{i}"], limits) for i, column in enumerate(wanted.attributes)]
    return Combinations(
        attributes=tuple(attribute for attribute, _ in coded),
        levels=np.stack([codes for _, codes in coded], axis=1),
        decision=_meanings(opened, wanted, plan, by_key.get("d"), wanted.decision),
        outcome=_meanings(opened, wanted, plan, by_key.get("o"), wanted.outcome),
    )


def fine_counts(opened: Session, wanted: Rows, found: Combinations, grid: ScoreGrid | None) -> Counts:
    """The table `fine` as counts."""
    return _counts(opened, wanted, found, table="fine", scores=lambda keys: named(keys, grid))


def coarse_counts(opened: Session, wanted: Rows, found: Combinations, grid: ScoreGrid | None) -> Counts:
    """The table `coarse` as counts."""
    return _counts(opened, wanted, found, table="coarse", scores=lambda keys: policy_named(keys, grid))


def too_many_levels(column: Column, limits: Limits) -> BadData:
    """What to say of a column of labels that is none."""
    return BadData(
        f"groups: column '{column.name}' has more than {limits.most_levels:,} different labels, so it looks like an identifier; "
        "expected a column of groups: join its labels into fewer, or name another column"
    )


def _levels(plan: Plan, column: Column, texts: list[str], limits: Limits) -> tuple[Attribute, Ints]:
    if len(set(texts)) > limits.most_levels:
        raise too_many_levels(column, limits)
    attribute, codes = levels(plan, column.name, texts)
    return attribute, np.array([codes[text] for text in texts], dtype=np.int64)


def _meanings(opened: Session, wanted: Rows, plan: Plan, texts: list[str] | None, column: Column | None) -> Ints:
    """Codes of a yes/no column; one ABSENT for all where the plan names no such column."""
    if texts is None or column is None:
        return np.array([ABSENT], dtype=np.int64)
    meaning = words(plan, wanted.declared(plan, column))
    codes = {text: meaning.code(text) for text in set(texts)}
    if None in codes.values():
        refuse_label(opened, wanted, plan, column)
    return np.array([codes[text] for text in texts], dtype=np.int64)


def _counts(opened: Session, wanted: Rows, found: Combinations, *, table: str, scores: Callable[[Values], Floats]) -> Counts:
    sums = wanted.sums
    totals = opened.row(select([f"coalesce(sum({name}), 0)" for name in sums], source=table))
    if any(int(str(total)) > _GREATEST_SUM for total in totals):
        raise BadData("weights: their sum doesn't fit 64 bits; expected weights of about 1: divide all of them by their mean")
    same = " AND ".join(f"{table}.{key} IS NOT DISTINCT FROM combinations.{key}" for key in wanted.labels)
    columns = ["number", "k", *(["b"] if table == "coarse" else []), *(f"CAST({name} AS BIGINT) AS {name}" for name in sums)]
    # rows outside the population have no labels, and may so look like rows whose labels are all missing
    inside = "inside" if wanted.where and table == "fine" else None
    columns_by_name = opened.arrays(select(columns, source=f"{table} JOIN combinations ON {same}", where=inside))
    number = columns_by_name["number"].astype(np.int64)
    distinct_scores, score = np.unique(np.asarray(scores(columns_by_name["k"])), return_inverse=True)
    bucket = columns_by_name["b"].astype(np.int64) if table == "coarse" else np.zeros(len(number), dtype=np.int64)
    return _added(found, distinct_scores, (number, score, bucket), {name: columns_by_name[name].astype(np.int64) for name in sums})


def _added(found: Combinations, scores: Floats, keys: tuple[Ints, Ints, Ints], sums: dict[str, Ints]) -> Counts:
    """Add up cells whose labels turn out to mean the same, in the order of (levels, score, decision, outcome, bucket).

    One whole number stands for the key, so that sorting it is quick.
    """
    number, score, bucket = keys
    groups, group = np.unique(found.levels, axis=0, return_inverse=True)
    shape = (len(groups), len(scores), ABSENT + 1, ABSENT + 1, BUCKETS)
    decision, outcome = (np.broadcast_to(codes, len(found.levels))[number] for codes in (found.decision, found.outcome))
    key = np.ravel_multi_index((group.ravel()[number], score, decision, outcome, bucket), shape)
    order = np.argsort(key)
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    added = {name: np.add.reduceat(column[order], starts) for name, column in sums.items()}
    of_group, of_score, of_decision, of_outcome, of_bucket = np.unravel_index(key[order][starts], shape)
    return Counts(
        levels=groups[of_group],
        score=scores[of_score],
        decision=of_decision,
        outcome=of_outcome,
        bucket=of_bucket,
        n=added["rows_"],
        weight=added.get("weight"),
        weight_squared=added.get("weight_squared"),
    )
