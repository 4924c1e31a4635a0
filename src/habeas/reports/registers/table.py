"""Tables of entries as CSV (RFC 4180, UTF-8), safe to open: no cell is run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell."""


def cell(value: str) -> str:
    """A cell as text: one that a spreadsheet would run gets an apostrophe before it."""
    return f"'{value}" if value.startswith(FORMULA) or value.lstrip(" \n").startswith(FORMULA) else value


def words(value: object) -> str:
    """A value in words, for a cell: yes or no for what is true or false, several on one line, nothing for what isn't there."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def row(values: Iterable[str]) -> str:
    """One line of a table; every cell is in quotes, so that no comma or line break splits it."""
    return ",".join(f'"{cell(value).replace(chr(34), chr(34) * 2)}"' for value in values) + "\r\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, names first."""
    yield row(columns)
    for values in rows:
        yield row(values)
