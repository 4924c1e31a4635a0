"""A look at a file of decisions, to draft a plan from: columns and what they hold, never rows."""

from __future__ import annotations

from pathlib import Path

from habeas.engines.session import Limits, QueryFailed, Session, session
from habeas.engines.sources import find
from habeas.engines.sql import select, text_of
from habeas.engines.tables import Table, from_files
from habeas.errors import BadData
from habeas.runs.drafting.facts import ColumnFacts, DataFacts

SAMPLE_ROWS = 100_000
"""Rows looked at, the first ones: enough to guess from, and quick for any file."""

MOST_LEVELS = 30
COUNT_NAMES = ("n", "count", "counts", "freq", "frequency", "n_rows")
"""What a column of counts is usually called, the likeliest first."""

SAMPLE = "sample"


def inspect_data(path: Path) -> DataFacts:
    """The facts of a CSV or Parquet file, a folder of them, or a glob, from its first rows.

    Raises:
        NotFound: nothing is there.
        BadData: it can't be read, or has no rows; the message says what to mend.
    """
    name = path.name or str(path)  # the folder one stands in has no name
    files = find([str(path)], known_as=[name], start="the folder you are in")
    with session(Limits()) as counting:
        table = from_files(counting, files)
        _sample(counting, table)
        rows = _whole_number(counting.row(select(["count(*)"], source=SAMPLE))[0])
        if rows == 0:
            raise BadData(f"data: {name} holds a header and no rows; expected at least one row: check that it was exported whole")
        titles = [column.name for column in table.columns]
        plain = [_facts(counting, title, f"c{index}") for index, title in enumerate(titles)]
        count = _count_column(plain)
        weight = "1" if count is None else f"TRY_CAST(c{titles.index(count)} AS DOUBLE)"
        columns = tuple(_with_levels(counting, facts, f"c{index}", weight=weight) for index, facts in enumerate(plain))
    return DataFacts(name=name, rows=rows, columns=columns, count=count)


def _sample(counting: Session, table: Table) -> None:
    # texts as the audit will read them, so that a level drafted is a level found
    columns = [f"{text_of(column.sql, column.kind)} AS c{index}" for index, column in enumerate(table.columns)]
    try:
        counting.keep(SAMPLE, select(columns, source=table.sql, limit=SAMPLE_ROWS))
    except QueryFailed as error:
        raise table.explain(counting, error) from error


def _facts(counting: Session, name: str, column: str) -> ColumnFacts:
    number = f"CASE WHEN isfinite(TRY_CAST({column} AS DOUBLE)) THEN TRY_CAST({column} AS DOUBLE) END"
    filled = f"{column} <> ''"
    distinct, numeric, whole, minimum, maximum = counting.row(
        select(
            [
                f"count(DISTINCT {column}) FILTER ({filled})",
                f"coalesce(bool_and({number} IS NOT NULL) FILTER ({filled}), false)",
                f"coalesce(bool_and({number} = trunc({number})) FILTER ({filled}), false)",
                f"min({number})",
                f"max({number})",
            ],
            source=SAMPLE,
        )
    )
    return ColumnFacts(
        name=name,
        distinct=_whole_number(distinct),
        numeric=bool(numeric),
        whole=bool(numeric) and bool(whole),
        minimum=_number(minimum) if numeric else None,
        maximum=_number(maximum) if numeric else None,
    )


def _with_levels(counting: Session, facts: ColumnFacts, column: str, *, weight: str) -> ColumnFacts:
    query = select([column, f"sum({weight}) AS people"], source=SAMPLE, group=True)
    levels = counting.rows(f"{query} ORDER BY people DESC, {column} LIMIT {MOST_LEVELS}")
    return ColumnFacts(
        name=facts.name,
        distinct=facts.distinct,
        levels=tuple(str(level) for level, _ in levels),
        numeric=facts.numeric,
        whole=facts.whole,
        minimum=facts.minimum,
        maximum=facts.maximum,
    )


def _count_column(columns: list[ColumnFacts]) -> str | None:
    by_name = {column.name.lower(): column for column in columns if column.whole and column.minimum is not None and column.minimum >= 0}
    return next((by_name[name].name for name in COUNT_NAMES if name in by_name), None)


def _whole_number(value: object) -> int:
    return int(str(value))


def _number(value: object) -> float:
    return float(str(value))
