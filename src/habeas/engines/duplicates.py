"""Rows that stand more than once: counts that overlap and files that are copies are refused, repeated rows are warned of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from habeas.audit.plan import Plan
from habeas.audit.result import SourceFile
from habeas.engines.faults import so_many
from habeas.engines.rows import Rows
from habeas.engines.session import Limits, Session
from habeas.engines.sql import nested, select
from habeas.engines.tables import Column, Table
from habeas.errors import BadData


def refuse_overlaps(opened: Session, table: Table, count: Column) -> None:
    """Refuse a table of counts in which two rows count the same people.

    Raises:
        BadData: rows are alike in every column but the count.
    """
    others = [column.sql for column in table.columns if column is not count]
    if not others:
        return
    repeated = _repetitions(opened, others, source=table.sql)
    if repeated:
        verb = "repeats" if repeated == 1 else "repeat"
        alike = f"{so_many(repeated)} {verb} another in all columns but '{count.name}'"
        raise BadData(
            f"data: expected one row per combination in {table.name}; {alike}, "
            "so that people may be counted twice: add up such rows, or keep the column that tells them apart"
        )


def refuse_twins(opened: Session, table: Table, sources: Sequence[SourceFile]) -> None:
    """Refuse a file that is a copy of another; files without rows may be alike, for they count nobody. `sources`: in the table's order.

    Raises:
        BadData: two files hold the same bytes.
    """
    first: dict[str, SourceFile] = {}
    for part, source in zip(table.parts, sources, strict=False):  # none for a table in memory
        twin = source if source.sha256 is None else first.setdefault(source.sha256, source)
        if twin is not source and opened.rows(select(["1"], source=part.sql, limit=1)):
            raise BadData(f"data: {twin.name} and {source.name} hold the same bytes; every row would count twice: remove one")


def warn_of_duplicates(opened: Session, wanted: Rows, plan: Plan, *, total: int, limits: Limits) -> tuple[str, ...]:
    """Warn of rows that repeat another row in every column, where rows could be told apart: they name persons, or more than is audited."""
    table = wanted.table
    if plan.source.count is not None or (wanted.person is None and wanted.columns == table.columns):
        return ()
    columns = [column.sql for column in table.columns]
    searched = total if total <= limits.duplicate_rows else limits.duplicate_sample
    first = table.sql if searched == total else nested(select(columns, source=table.sql, limit=searched), "first_rows")
    repeated = _repetitions(opened, columns, source=first)
    if not repeated:
        return ()
    verb = "repeats" if repeated == 1 else "repeat"
    among = "" if searched == total else f" among the first {searched:,}"
    return (f"{so_many(repeated)}{among} {verb} another row in every column; if a decision was recorded twice, remove the repetition",)


def _repetitions(opened: Session, columns: list[str], *, source: str) -> int:
    """Rows that have an earlier twin. Hashes first, for they are short; twins in hash are then compared in full."""
    hashed = f"hash({', '.join(columns)})"
    hashes = np.sort(opened.arrays(select([f"{hashed} AS h"], source=source))["h"])
    if not (hashes[1:] == hashes[:-1]).any():
        return 0
    twins = select(["h"], source=nested(select([f"{hashed} AS h", "count(*) AS times"], source=source, group=True)), where="times > 1")
    alike = select([*columns, "count(*) AS times"], source=source, where=f"{hashed} IN ({twins})", group=True)
    return int(str(opened.row(select(["coalesce(sum(times - 1), 0)"], source=nested(alike)))[0]))
