"""The few pieces of SQL that queries are composed of. Values never come from outside but through `literal` and `number`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

BLANKS = "trim({0}, chr(32) || chr(9) || chr(10) || chr(13))"
_WHOLE_FLOATS_UP_TO = "1e15"  # beyond, doubles have no digits behind the point anyway


def literal(value: str) -> str:
    """A text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """A list of texts as SQL, to be used after IN; never empty, for SQL knows no empty list."""
    return "(" + ", ".join(literal(value) for value in values) + ")"


def number(value: float) -> str:
    """A double as SQL, digit for digit: 0.1 written bare would be a decimal and might be rounded twice."""
    return f"CAST('{float(value)!r}' AS DOUBLE)"


def select(columns: Sequence[str], *, source: str, where: str | None = None, group: bool = False, limit: int | None = None) -> str:
    """A SELECT; `group`: by every column that isn't an aggregate."""
    parts = ["SELECT", ", ".join(columns), "FROM", source]
    parts += [] if where is None else ["WHERE", where]
    parts += ["GROUP BY ALL"] if group else []
    parts += [] if limit is None else ["LIMIT", str(limit)]
    return " ".join(parts)


def nested(query: str, name: str = "inner_rows") -> str:
    """A query to select from."""
    return f"({query}) AS {name}"


def text_of(column: str, kind: str) -> str:
    """The text of a value of a column of type `kind`: blanks around it trimmed, nothing for NULL and NaN, whole floats as 3, not 3.0.

    It gives the same label for a column whether it came from CSV, Parquet or memory.
    """
    if kind == "VARCHAR":
        # trimming takes long, and most texts begin and end with something visible ('!' is the first such character)
        return f"CASE WHEN {column} >= '!' AND {column}[-1] >= '!' THEN {column} ELSE coalesce({BLANKS.format(column)}, '') END"
    if kind in {"FLOAT", "DOUBLE"} or kind.startswith("DECIMAL"):
        value = f"CAST({column} AS DOUBLE)"
        whole = f"{value} = trunc({value}) AND abs({value}) < {_WHOLE_FLOATS_UP_TO}"
        shown = f"CASE WHEN {whole} THEN CAST(TRY_CAST({value} AS BIGINT) AS VARCHAR) ELSE CAST({value} AS VARCHAR) END"
        return f"CASE WHEN {column} IS NULL OR isnan({value}) THEN '' ELSE {shown} END"
    return f"coalesce({BLANKS.format(f'CAST({column} AS VARCHAR)')}, '')"


def number_of(column: str, kind: str) -> str:
    """The value as a double; NULL where it is no number. A cast passes over blanks around a number by itself."""
    if kind in _NUMBERS or kind.startswith("DECIMAL"):
        return f"TRY_CAST({column} AS DOUBLE)"
    # never a bare column of text: DuckDB 2.0 would have the CSV reader cast it, and fail where TRY_CAST gives NULL
    return f"TRY_CAST(nullif(CAST({column} AS VARCHAR), '') AS DOUBLE)"


_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT"})
_NUMBERS = _WHOLE | {"FLOAT", "DOUBLE", "BOOLEAN"}


def bucket_of(column: str, kind: str, *, buckets: int) -> str:
    """The hash bucket of a person's id, the same on every machine and engine.

    Whole numbers are folded into 31 bits and mixed by two rounds of shift, xor and multiplication modulo 2^32, in 64-bit signed
    arithmetic that no engine lacks (a finaliser of the kind of MurmurHash3's). One multiplication would not do: ids that were
    given out in order would then be spread over buckets as evenly as a ruler, which hides how much people differ. |id| first,
    so that negative ids need no rule of their own. Texts that aren't whole numbers are hashed by MD5, read as a little-endian
    number: slow but found everywhere. Nothing secret rests on either. A whole number written as text counts as a number, so
    that an id has one bucket in CSV and Parquet.
    """
    mask = buckets - 1
    if kind in _WHOLE:
        return _mixed(column, mask)
    text = text_of(column, kind)
    whole = f"TRY_CAST({text} AS BIGINT)"
    hashed = f"CAST(md5_number({text}) & {mask} AS SMALLINT)"  # a remainder of 128 bits would take 20 times as long
    return f"CASE WHEN CAST({whole} AS VARCHAR) = {text} THEN {_mixed(whole, mask)} ELSE {hashed} END"


def _mixed(number: str, mask: int) -> str:
    folded = f"CAST(abs({number} % 2147483647) AS BIGINT)"
    once = f"((xor({folded}, {folded} >> 16) * 73244475) & 4294967295)"
    twice = f"((xor({once}, {once} >> 16) * 73244475) & 4294967295)"
    return f"CAST(xor({twice}, {twice} >> 16) & {mask} AS SMALLINT)"
