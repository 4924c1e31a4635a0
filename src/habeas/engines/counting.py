"""Counting: from files or a table in memory to cells, once over the rows, in bounded memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

import numpy as np

from habeas.audit.cells import ABSENT, Attribute, Cells, Counts, Ints, ScoreGrid, merge
from habeas.audit.plan import Plan
from habeas.audit.result import Intake, SourceFile
from habeas.engines.digests import digests
from habeas.engines.duplicates import refuse_overlaps, warn_of_duplicates
from habeas.engines.faults import refuse_label, refuse_unfit
from habeas.engines.labels import levels, words
from habeas.engines.rows import Rows, rows
from habeas.engines.scores import grid_for, named, policy_named
from habeas.engines.session import Limits, Progress, QueryFailed, Session, session
from habeas.engines.sources import find
from habeas.engines.sql import literal, nested, select, text_of
from habeas.engines.tables import Column, Table, from_files, from_memory
from habeas.errors import BadData

_GREATEST_SUM = 2**63 - 1
_MOST_MEANINGS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The cells, and what they were counted from."""

    cells: Cells
    intake: Intake


def count(source: Sequence[str] | object, plan: Plan, *, progress: Progress | None = None, limits: Limits | None = None) -> Counted:
    """Count the rows that a plan asks about, exactly, in one pass and in memory that doesn't grow with them.

    `source`: paths of files, folders or globs, as a tuple or list; or an Arrow table, a pandas or polars frame.
    `progress`: called now and then with the share done, from 0 to 1.

    Raises:
        NotFound: a path leads nowhere.
        BadData: the rows don't fit the plan, or can't be read.
        Unavailable: memory or disk for spilling is too small.
    """
    limits = Limits() if limits is None else limits
    is_paths = isinstance(source, (tuple, list)) and all(isinstance(path, str) for path in source)
    files = find([str(path) for path in source], known_as=plan.source.paths) if is_paths else ()  # type: ignore[union-attr]  # a sequence, as just asked
    with session(limits, progress=progress) as opened:
        table = from_files(opened, files) if files else from_memory(opened, source)
        with digests(files) if files else nullcontext() as reading:
            counted = _counted(opened, table, plan, limits)
            sources: tuple[SourceFile, ...] = () if reading is None else reading.result()
    return replace(counted, intake=replace(counted.intake, files=sources))


def _counted(opened: Session, table: Table, plan: Plan, limits: Limits) -> Counted:
    wanted = rows(table, plan)
    try:
        grid = _count_fine(opened, wanted, plan, limits)
        intake = _intake(opened, wanted, plan, limits)
        return Counted(cells=_cells(opened, wanted, plan, limits, grid), intake=intake)
    except QueryFailed as error:
        raise table.explain(opened, error) from error


def _count_fine(opened: Session, wanted: Rows, plan: Plan, limits: Limits) -> ScoreGrid | None:
    """Leave the table `fine` behind; the grid follows from all audited scores, whatever the sample let expect."""
    few = _look_at_sample(opened, wanted, plan, limits)
    exact, binned = grid_for(plan, bins=None), grid_for(plan, bins=limits.bins)
    grid = exact if few else binned
    opened.keep("fine", wanted.fine(grid), share=0.9 if wanted.person is None else 0.5)
    unfit = opened.row(select(["count(*)"], source="fine", where=f"k IS NULL AND {_inside(wanted)}"))[0]
    if unfit:
        refuse_unfit(opened, wanted, grid)
    if few and wanted.score is not None and _distinct(opened, wanted, "k", limits.most_exact_scores) > limits.most_exact_scores:
        grid = binned
        opened.keep("fine", wanted.fine(grid))
    return grid


def _look_at_sample(opened: Session, wanted: Rows, plan: Plan, limits: Limits) -> bool:
    """Whether the first rows hold few distinct scores; refuse at once what could never be counted."""
    labelled = [*wanted.attributes, *(column for column in (wanted.decision, wanted.outcome) if column is not None)]
    columns = [f"count(DISTINCT {text_of(column.sql, column.kind)})" for column in labelled]
    columns.append("count(DISTINCT s)" if wanted.score is not None else "0")
    sample = select(["*"], source=wanted.prepared(wanted.table.sql), where="inside" if wanted.where else None, limit=limits.sample_rows)
    *label_counts, scores = (int(str(n)) for n in opened.row(select(columns, source=nested(sample))))
    for column, n in zip(labelled, label_counts, strict=True):
        if n > limits.most_levels and column in wanted.attributes:
            raise _too_many_levels(column, limits)
        if n > limits.most_levels:
            _refuse_labels(opened, wanted, plan, column)
    return scores <= limits.most_exact_scores


def _intake(opened: Session, wanted: Rows, plan: Plan, limits: Limits) -> Intake:
    inside = _inside(wanted)
    sums = [f"coalesce(sum(rows_) FILTER ({inside}), 0)", f"coalesce(sum(rows_) FILTER (NOT {inside}), 0)"]
    audited, excluded = (int(str(n)) for n in opened.row(select(sums, source="fine")))
    if audited == 0 and excluded > 0:
        raise BadData(
            f"population: none of the {excluded:,} rows of {wanted.table.name} belongs to it; "
            "expected at least one: check the columns and allowed values under where"
        )
    if audited == 0:
        raise BadData(f"data: {wanted.table.name} has no rows; expected at least one below the header")
    if wanted.count is not None:
        refuse_overlaps(opened, wanted.table, wanted.count)
    warnings = warn_of_duplicates(opened, wanted, plan, total=audited + excluded, most=limits.duplicate_rows)
    return Intake(rows=audited, excluded=excluded, persons=_persons(opened, wanted, audited, limits), warnings=warnings)


def _persons(opened: Session, wanted: Rows, audited: int, limits: Limits) -> int | None:
    """How many people: counted exactly where that is cheap, else by HyperLogLog, which depends on the ids alone."""
    if wanted.person is None:
        return None
    distinct = "count(DISTINCT {0})" if audited <= limits.duplicate_rows else "approx_count_distinct({0})"
    person = wanted.person.sql if wanted.person.kind != "VARCHAR" else wanted.person_text()
    return int(str(opened.row(select([distinct.format(person)], source=wanted.prepared(wanted.table.sql), where="inside"))[0]))


def _cells(opened: Session, wanted: Rows, plan: Plan, limits: Limits, grid: ScoreGrid | None) -> Cells:
    attributes = tuple(_keep_levels(opened, wanted, plan, limits, i) for i in range(len(wanted.attributes)))
    for key, column in (("d", wanted.decision), ("o", wanted.outcome)):
        if column is not None:
            _keep_meanings(opened, wanted, plan, key, column)
    fine = _fetched(opened, wanted, grid, table="fine")
    coarse = None
    if wanted.person is not None:
        opened.keep("coarse", wanted.coarse(grid, wanted.person), share=0.4)
        coarse = _fetched(opened, wanted, grid, table="coarse")
    return Cells(attributes=attributes, grid=grid, fine=fine, coarse=coarse)


def _keep_levels(opened: Session, wanted: Rows, plan: Plan, limits: Limits, i: int) -> Attribute:
    """Leave a table of codes behind for one attribute."""
    column = wanted.attributes[i]
    text = text_of(f"g{i}", column.kind)
    if _distinct(opened, wanted, text, limits.most_levels) > limits.most_levels:
        raise _too_many_levels(column, limits)
    attribute, codes = levels(plan, column.name, _texts(opened, wanted, text))
    _keep_codes(opened, f"g{i}", codes)
    return attribute


def _keep_meanings(opened: Session, wanted: Rows, plan: Plan, key: str, column: Column) -> None:
    """Leave a table of codes behind for a yes/no column; refuse labels that mean nothing known."""
    text = text_of(key, column.kind)
    meaning = words(plan, plan.decision_labels if key == "d" else plan.outcome_labels)
    if _distinct(opened, wanted, text, _MOST_MEANINGS) > _MOST_MEANINGS:
        _refuse_labels(opened, wanted, plan, column)
    codes = {label: meaning.code(label) for label in _texts(opened, wanted, text)}
    if None in codes.values():
        _refuse_labels(opened, wanted, plan, column)
    _keep_codes(opened, key, {label: code for label, code in codes.items() if code is not None})


def _refuse_labels(opened: Session, wanted: Rows, plan: Plan, column: Column) -> None:
    role, labels = ("decision", plan.decision_labels) if column is wanted.decision else ("outcome", plan.outcome_labels)
    refuse_label(opened, wanted, column, meaning=words(plan, labels), labels_key=role)


def _keep_codes(opened: Session, key: str, codes: dict[str, int]) -> None:
    pairs = ", ".join(f"({literal(label)}, {code})" for label, code in codes.items())
    opened.keep(f"codes_{key}", select(["*"], source=f"(VALUES {pairs}) AS pairs(label, code)"))


def _fetched(opened: Session, wanted: Rows, grid: ScoreGrid | None, *, table: str) -> Counts:
    sums = ["rows_"] if wanted.weight is None else ["rows_", "weight", "weight_squared"]
    totals = opened.row(select([f"coalesce(sum({name}), 0)" for name in sums], source=table))
    if any(int(str(total)) > _GREATEST_SUM for total in totals):
        raise BadData("weights: their sum doesn't fit 64 bits; expected weights of about 1: divide all of them by their mean")
    labels = _labels(wanted)
    joins = " ".join(f"JOIN codes_{key} ON codes_{key}.label = {text_of(f'{table}.{key}', kind)}" for key, kind in labels.items())
    keys = [f"codes_{key}.code AS {key}" for key in labels] + ["k"] + (["b"] if table == "coarse" else [])
    columns = keys + [f"CAST({name} AS BIGINT) AS {name}" for name in sums]
    found = opened.arrays(select(columns, source=f"{table} {joins}", where=_inside(wanted) if table == "fine" else None))
    n = len(found["rows_"])
    levels_ = np.stack([_whole(found[f"g{i}"]) for i in range(len(wanted.attributes))], axis=1)
    counts = Counts(
        levels=levels_,
        score=named(found["k"], grid) if table == "fine" else policy_named(_whole(found["k"]), grid),
        decision=_whole(found["d"]) if "d" in found else np.full(n, ABSENT),
        outcome=_whole(found["o"]) if "o" in found else np.full(n, ABSENT),
        bucket=_whole(found["b"]) if "b" in found else np.zeros(n, dtype=np.int64),
        n=_whole(found["rows_"]),
        weight=_whole(found["weight"]) if "weight" in found else None,
        weight_squared=_whole(found["weight_squared"]) if "weight_squared" in found else None,
    )
    return merge([counts])


def _labels(wanted: Rows) -> dict[str, str]:
    """The label keys of the counted tables with their SQL types."""
    found = {f"g{i}": column.kind for i, column in enumerate(wanted.attributes)}
    found |= {} if wanted.decision is None else {"d": wanted.decision.kind}
    return found | ({} if wanted.outcome is None else {"o": wanted.outcome.kind})


def _whole(column: np.ndarray) -> Ints:
    return np.asarray(column, dtype=np.int64)


def _inside(wanted: Rows) -> str:
    return "inside" if wanted.where else "true"


def _distinct(opened: Session, wanted: Rows, expression: str, most: int) -> int:
    """How many distinct values the audited rows have; no more than one beyond `most` are looked for."""
    values = select([f"DISTINCT {expression} AS value"], source="fine", where=_inside(wanted), limit=most + 1)
    return int(str(opened.row(select(["count(*)"], source=nested(values)))[0]))


def _texts(opened: Session, wanted: Rows, expression: str) -> list[str]:
    return [str(row[0]) for row in opened.rows(select([f"DISTINCT {expression}"], source="fine", where=_inside(wanted)))]


def _too_many_levels(column: Column, limits: Limits) -> BadData:
    return BadData(
        f"groups: column '{column.name}' has more than {limits.most_levels:,} different labels, so it looks like an identifier; "
        "expected a column of groups: join its labels into fewer, or name another column"
    )
