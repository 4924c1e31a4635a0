"""The rows as SQL sees them: files or an object in memory behind one relation with columns c0, c1, ..."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from habeas.engines.files.csv_files import Header, header, line_of_row, relation, unreadable, what_is_wrong
from habeas.engines.session import QueryFailed, Session
from habeas.engines.sources import DataFile, Format
from habeas.engines.sql import nested, select
from habeas.errors import BadData, BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file, or the whole object: what a message can point at."""

    sql: str
    name: str
    file: DataFile | None = None
    header: Header | None = None

    def place(self, row: int) -> str:
        """Where data row `row` (from 1) is, for a message."""
        if self.file is None:
            return f"row {row}"
        line = None if self.header is None else line_of_row(self.file, self.header, row)
        return f"row {row} of {self.name}" if line is None else f"line {line} of {self.name}"

    def explain(self) -> BadData:
        """Why it can't be read."""
        if self.file is None:
            return BadData("data: the table in memory can't be read; expected columns of numbers, texts, yes/no values or dates")
        found = None if self.header is None else what_is_wrong(self.file, self.header)
        return found or unreadable(self.file)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what it is called, what SQL calls it, and its SQL type."""

    name: str
    sql: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All rows."""

    sql: str
    columns: tuple[Column, ...]
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.parts[0].name if len(self.parts) == 1 else f"{self.parts[0].name} and {len(self.parts) - 1} more"

    def column(self, name: str, *, role: str) -> Column:
        """The column that the plan names for a role.

        Raises:
            BadData: there is none; the nearest name is offered.
        """
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            names = [column.name for column in self.columns]
            near = get_close_matches(name, names, n=1) or [each for each in names if each.lower() == name.lower()]
            offer = f"did you mean '{near[0]}'?" if near else f"it has {_listed(names)}"
            raise BadData(f"{role}: no column '{name}' in {self.name}; {offer}")
        return found

    def explain(self, session: Session, error: QueryFailed) -> BadInput:
        """Find the part that can't be read and say why."""
        for part in self.parts:
            try:
                session.rows(select([f"max(hash({', '.join(column.sql for column in self.columns)}))"], source=part.sql))
            except QueryFailed:
                return part.explain()
        raise error


def from_files(session: Session, files: Sequence[DataFile]) -> Table:
    """Files of one format as one table.

    Raises:
        BadData: a file can't be read, names a column twice, or has other columns than the rest.
    """
    return _from_csv(session, files) if files[0].format is Format.CSV else _from_parquet(session, files)


def from_memory(session: Session, thing: object) -> Table:
    """An Arrow table, a pandas or polars frame, or whatever offers an Arrow stream.

    Raises:
        BadInput: it is something else.
    """
    names = _names_in_memory(thing)
    _refuse_repeated(names or (), "the table in memory")
    try:
        session.register("given", thing)
        if names is None or hasattr(thing, "read_next_batch"):  # a stream may be readable only once
            session.keep("in_memory", select(["*"], source="given"))
        else:
            session.register("in_memory", thing)
        described = session.rows("DESCRIBE in_memory")
    except QueryFailed as error:
        raise _not_a_table(thing) from error
    names = names or [str(row[0]) for row in described]
    kinds = [str(row[1]) for row in described]
    sql = f"in_memory AS rows_({', '.join(f'c{i}' for i in range(len(names)))})"
    return Table(sql=sql, columns=_columns(names, kinds), parts=(Part(sql=sql, name="the table in memory"),))


def _from_csv(session: Session, files: Sequence[DataFile]) -> Table:
    headers = [header(session, file) for file in files]
    _check_names([(file.name, list(head.columns)) for file, head in zip(files, headers, strict=True)])
    first = headers[0].columns
    by_header: dict[Header, list[DataFile]] = {}
    for file, head in zip(files, headers, strict=True):
        by_header.setdefault(head, []).append(file)
    sql = nested(" UNION ALL ".join(_in_order(relation(group, head), head, first) for head, group in by_header.items()), "rows_")
    parts = [
        Part(sql=nested(_in_order(relation([file], head), head, first), "rows_"), name=file.name, file=file, header=head)
        for file, head in zip(files, headers, strict=True)
    ]
    return Table(sql=sql, columns=_columns(first, ["VARCHAR"] * len(first)), parts=tuple(parts))


def _in_order(sql: str, head: Header, wanted: Sequence[str]) -> str:
    """The columns in the order of the first file."""
    return select([f"c{head.columns.index(name)} AS c{i}" for i, name in enumerate(wanted)], source=sql)


def _from_parquet(session: Session, files: Sequence[DataFile]) -> Table:
    found = [_parquet_columns(session, file) for file in files]
    _check_names([(file.name, [name for name, _ in columns]) for file, columns in zip(files, found, strict=True)])
    names = [name for name, _ in found[0]]
    alike = all(columns == found[0] for columns in found)
    sql = _parquet(files, range(len(names)), union=not alike)
    kinds = [str(row[1]) for row in session.rows(f"DESCRIBE {select(['*'], source=sql)}")]
    parts = tuple(
        Part(sql=_parquet([file], [names.index(name) for name, _ in columns], union=False), name=file.name, file=file)
        for file, columns in zip(files, found, strict=True)
    )
    return Table(sql=sql, columns=_columns(names, kinds), parts=parts)


def _parquet(files: Sequence[DataFile], places: Sequence[int], *, union: bool) -> str:
    """`places`: for each column of the first of these files, its number in the table."""
    paths = ", ".join(file.as_sql for file in files)
    options = f"binary_as_string = true, hive_partitioning = false, union_by_name = {str(union).lower()}"
    return f"read_parquet([{paths}], {options}) AS rows_({', '.join(f'c{i}' for i in places)})"


def _parquet_columns(session: Session, file: DataFile) -> list[tuple[str, str]]:
    """Names as the file has them (SQL would rename a repeated one) with their types."""
    schema = f"parquet_schema({file.as_sql})"
    try:
        nodes = session.rows(
            select(["name", "coalesce(num_children, 0)", "coalesce(type, '') || coalesce(converted_type, '')"], source=schema)
        )
    except QueryFailed as error:
        raise unreadable(file) from error
    columns, skipped = [], 0
    for name, children, kind in nodes[1:]:  # the first node is the root; the nodes below a nested column are not columns
        if skipped == 0:
            columns.append((str(name), str(kind)))
        skipped += int(str(children)) - (1 if skipped else 0)
    return columns


def _columns(names: Sequence[str], kinds: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(name=name, sql=f"c{i}", kind=kind) for i, (name, kind) in enumerate(zip(names, kinds, strict=True)))


def _check_names(found: list[tuple[str, list[str]]]) -> None:
    (first_file, first), *_ = found
    for file, names in found:
        _refuse_repeated(names, file)
        if sorted(names) != sorted(first):
            lacking, more = sorted(set(first) - set(names)), sorted(set(names) - set(first))
            differences = [f"{file} lacks {_listed(lacking)}"] * bool(lacking) + [f"{first_file} lacks {_listed(more)}"] * bool(more)
            raise BadData(f"data: expected files with the same columns; {' and '.join(differences)}: mend or leave out one of them")


def _refuse_repeated(names: Sequence[str], where: str) -> None:
    repeated = sorted(name for name, times in Counter(names).items() if times > 1 and name)
    if repeated:
        raise BadData(f"data: {where} names {_listed(repeated)} more than once; expected each column once: rename or drop the repetition")


def _names_in_memory(thing: object) -> list[str] | None:
    """Names as the object has them (SQL would rename a repeated one); None: SQL must say."""
    if isinstance(columns := getattr(thing, "column_names", None), list):  # Arrow
        return [str(name) for name in columns]
    if (columns := getattr(thing, "columns", None)) is not None and not callable(columns):  # pandas, polars
        return [str(name) for name in columns]
    if (names := getattr(getattr(thing, "schema", None), "names", None)) is not None:  # record batches and their readers
        return [str(name) for name in names]
    if hasattr(thing, "__arrow_c_stream__"):
        return None
    raise _not_a_table(thing)


def _not_a_table(thing: object) -> BadInput:
    return BadInput(
        f"data: expected paths, an Arrow table, or a pandas or polars frame; got {type(thing).__name__}: convert it to one of these"
    )


def _listed(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
