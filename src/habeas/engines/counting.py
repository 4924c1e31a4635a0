"""Counting: from files or a table in memory to cells, in bounded memory.

The fine table takes one pass over the rows, the coarse one another where rows name persons. Measured: both at once by grouping
sets took longer, and so did packing CSV first. Both at once over Arrow batches took half as long: see `fused`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from habeas.audit.cells import Cells, ScoreGrid
from habeas.audit.plan import Plan
from habeas.audit.result import Intake, SourceFile
from habeas.engines.duplicates import refuse_overlaps, refuse_twins, warn_of_duplicates
from habeas.engines.faults import refuse_label, refuse_unfit
from habeas.engines.files.digests import digests
from habeas.engines.fused.scan import fused_tables
from habeas.engines.gathered import coarse_counts, combinations, fine_counts, too_many_levels
from habeas.engines.labels import variants_told
from habeas.engines.rows import Rows, rows
from habeas.engines.scores import grid_for
from habeas.engines.session import Limits, Progress, QueryFailed, Session, session
from habeas.engines.sources import find
from habeas.engines.sql import nested, select, text_of
from habeas.engines.tables import Table, from_files, from_memory
from habeas.errors import BadData


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The cells, and what they were counted from."""

    cells: Cells
    intake: Intake


def count(source: Sequence[str] | object, plan: Plan, *, progress: Progress | None = None, limits: Limits | None = None) -> Counted:
    """Count the rows that a plan asks about, exactly, and in memory that doesn't grow with them.

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
        refuse_twins(opened, table, sources)
    return replace(counted, intake=replace(counted.intake, files=sources))


def _counted(opened: Session, table: Table, plan: Plan, limits: Limits) -> Counted:
    wanted = rows(table, plan)
    try:
        grid = _count_fine(opened, wanted, plan, limits)
        intake = _intake(opened, wanted, plan, limits)
        cells = _cells(opened, wanted, plan, limits, grid)
    except QueryFailed as error:
        raise table.explain(opened, error) from error
    variants = (variants_told(attribute.name, attribute.levels) for attribute in cells.attributes)
    warnings = (*intake.warnings, *(told for told in variants if told is not None))
    return Counted(cells=cells, intake=replace(intake, warnings=warnings))


def _count_fine(opened: Session, wanted: Rows, plan: Plan, limits: Limits) -> ScoreGrid | None:
    """Leave the table `fine` behind; the grid follows from all audited scores, whatever the sample let expect."""
    few = _look_at_sample(opened, wanted, plan, limits)
    exact, binned = grid_for(plan, bins=None), grid_for(plan, bins=limits.bins)
    grid = exact if few else binned
    _keep_tables(opened, wanted, grid, limits)
    unfit = opened.row(select(["count(*)"], source="fine", where=f"k IS NULL AND {_inside(wanted)}"))[0]
    if unfit:
        refuse_unfit(opened, wanted, grid)
    most = limits.most_exact_scores
    if few and wanted.score is not None and _distinct(opened, "k", source=_audited(wanted), most=most) > most:
        grid = binned
        _keep_tables(opened, wanted, grid, limits)
    return grid


def _keep_tables(opened: Session, wanted: Rows, grid: ScoreGrid | None, limits: Limits) -> None:
    """Count. Rows that can't be counted have no cell (k is NULL) in `fine`."""
    tables = fused_tables(wanted, grid, limits, lambda share: opened.told(0.9 * share))
    if tables is None:
        opened.keep("fine", wanted.fine(grid), share=0.9 if wanted.person is None else 0.5)
        return
    for name, table in tables.items():
        opened.register(f"fused_{name}", table)
        keys = ["k"] if name == "fine" else ["k", "b"]
        opened.keep(name, select([*wanted.labels, *keys, "sum(rows_) AS rows_"], source=f"fused_{name}", group=True))


def _look_at_sample(opened: Session, wanted: Rows, plan: Plan, limits: Limits) -> bool:
    """Whether the first rows hold few distinct scores; refuse at once what could never be counted."""
    labelled = [*wanted.attributes, *(column for column in (wanted.decision, wanted.outcome) if column is not None)]
    columns = [column.sql for column in labelled] + (["s"] if wanted.score is not None else [])
    where = "inside" if wanted.count is None else "inside AND coalesce(n <> 0, true)"  # what counts for nothing must not decide
    sample = select(columns, source=wanted.prepared(wanted.table.sql), where=where, limit=limits.sample_rows)
    found = opened.row(select([f"count(DISTINCT {column})" for column in columns], source=nested(sample)))
    for column, n in zip(labelled, found, strict=False):
        if int(str(n)) <= limits.most_levels:
            continue
        if column not in wanted.attributes:
            refuse_label(opened, wanted, plan, column)
        elif _distinct(opened, text_of(column.sql, column.kind), source=nested(sample), most=limits.most_levels) > limits.most_levels:
            raise too_many_levels(column, limits)
    return wanted.score is None or int(str(found[-1])) <= limits.most_exact_scores


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
        nothing = "has no rows" if wanted.count is None else "counts nobody"
        raise BadData(f"data: {wanted.table.name} {nothing}; expected at least one row to audit: check that it was exported whole")
    if wanted.count is not None:
        refuse_overlaps(opened, wanted.table, wanted.count)
    warnings = warn_of_duplicates(opened, wanted, plan, total=audited + excluded, limits=limits)
    return Intake(rows=audited, excluded=excluded, persons=_persons(opened, wanted, audited, limits), warnings=warnings)


def _persons(opened: Session, wanted: Rows, audited: int, limits: Limits) -> int | None:
    """How many people: counted exactly where that is cheap, else by HyperLogLog, which depends on the ids alone."""
    if wanted.person is None:
        return None
    distinct = "count(DISTINCT {0})" if audited <= limits.duplicate_rows else "approx_count_distinct({0})"
    person = wanted.person.sql if wanted.person.kind != "VARCHAR" else wanted.person_text()
    return int(str(opened.row(select([distinct.format(person)], source=wanted.prepared(wanted.table.sql), where="inside"))[0]))


def _cells(opened: Session, wanted: Rows, plan: Plan, limits: Limits, grid: ScoreGrid | None) -> Cells:
    found = combinations(opened, wanted, plan, limits)
    fine = fine_counts(opened, wanted, found, grid)
    coarse = None
    if wanted.person is not None:
        if not opened.has("coarse"):  # the accelerator brings it along
            opened.keep("coarse", wanted.coarse(grid, wanted.person), share=0.4)
        coarse = coarse_counts(opened, wanted, found, grid)
    return Cells(attributes=found.attributes, grid=grid, fine=fine, coarse=coarse)


def _inside(wanted: Rows) -> str:
    return "inside" if wanted.where else "true"


def _audited(wanted: Rows) -> str:
    return nested(select(["*"], source="fine", where=_inside(wanted)))


def _distinct(opened: Session, expression: str, *, source: str, most: int) -> int:
    """How many distinct values there are; no more than one beyond `most` are looked for."""
    values = select([f"DISTINCT {expression} AS value"], source=source, limit=most + 1)
    return int(str(opened.row(select(["count(*)"], source=nested(values)))[0]))
