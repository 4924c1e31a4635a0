"""CSV files, read strictly: every column as text, so that a late bad value is reported rather than mistyped."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from habeas.engines.session import QueryFailed, Session
from habeas.engines.sources import DataFile
from habeas.engines.sql import literal, select
from habeas.errors import BadData

DELIMITERS = (",", ";", "\t", "|")
_NEVER = "chr(1)"  # a delimiter that no file has: each line is then one value
_ENCODING_ADVICE = "save it again as UTF-8"
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How files of newer spreadsheets (and all zip archives) begin, and those of older ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns and what stands between them."""

    columns: tuple[str, ...]
    delimiter: str


def header(session: Session, file: DataFile) -> Header:
    """Read the first line. DuckDB passes over a byte order mark; blanks around names are dropped.

    Raises:
        BadData: the file has no header, isn't UTF-8, is a spreadsheet, or names a column twice.
    """
    _refuse_spreadsheet(file)
    line = _first_line(session, file)
    if "\0" in line:
        raise BadData(f"data: {file.name}, line 1, holds NUL bytes, so it isn't text in UTF-8; {_ENCODING_ADVICE}")
    if not line.strip():
        raise BadData(f"data: {file.name} has no header; expected the names of the columns on its first line")
    # the delimiter that parts the header most often, comma first among equals
    rows = {delimiter: next(csv.reader([line], delimiter=delimiter)) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda each: len(rows[each]))
    return Header(columns=tuple(name.strip() for name in rows[delimiter]), delimiter=delimiter)


def relation(files: list[DataFile], head: Header) -> str:
    """SQL that reads files of one header; columns are called c0, c1, ..."""
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(head.columns)))
    options = (
        "auto_detect = false, header = true, quote = '\"', escape = '\"', nullstr = '', strict_mode = true, "
        "buffer_size = 8388608, max_line_size = 2097152, "
        f"delim = {literal(head.delimiter)}, columns = {{{columns}}}"
    )
    return f"read_csv([{', '.join(file.as_sql for file in files)}], {options})"


def what_is_wrong(file: DataFile, head: Header) -> BadData | None:
    """Look for the reason why a file can't be read, line by line; None: it reads well as far as can be seen."""
    if file.path.suffix.lower() == ".zst":
        return None
    try:
        with _opened(file.path) as lines:
            fault = _first_fault(lines, file.name, head)
        with _opened(file.path) as lines:
            return fault or _mixed_ends(lines, file.name)
    except (OSError, EOFError, zlib.error):
        return BadData(f"data: {file.name} can't be unpacked; it may be cut short or damaged: fetch it again")


def not_text(file: DataFile) -> BadData | None:
    """The first line that isn't UTF-8 or holds NUL bytes; None: all is text."""
    with file.path.open("rb") as lines:
        try:
            for _ in _decoded(lines, file.name):
                pass
        except BadData as error:
            return error
    return None


def line_of_row(file: DataFile, head: Header, row: int) -> int | None:
    """The line on which data row `row` (from 1) ends; None where only the reader of the whole file could tell."""
    if file.path.suffix.lower() == ".zst":
        return None
    with _opened(file.path) as lines:
        reader = csv.reader((line.decode(errors="replace") for line in lines), delimiter=head.delimiter)
        filled = (reader.line_num for fields in reader if fields)  # blank lines are no rows
        return next(islice(filled, row, None), None)


def _refuse_spreadsheet(file: DataFile) -> None:
    with file.path.open("rb") as opened:
        start = opened.read(max(map(len, _SPREADSHEETS)))
    if start.startswith(_SPREADSHEETS):
        raise BadData(f"data: {file.name} looks like a spreadsheet (or a zip archive), whatever its name says; export it as CSV UTF-8")


def _first_line(session: Session, file: DataFile) -> str:
    options = f"auto_detect = false, header = false, quote = '', escape = '', delim = {_NEVER}, columns = {{'line': 'VARCHAR'}}"
    source = f"read_csv({file.as_sql}, {options})"
    try:
        rows = session.rows(select(["line"], source=source, limit=1))
    except QueryFailed as error:
        raise (what_is_wrong(file, Header(columns=("",), delimiter="\1")) or unreadable(file)) from error
    return str(rows[0][0] or "") if rows else ""


def unreadable(file: DataFile) -> BadData:
    """The last word on a file that can't be read."""
    return BadData(
        f"data: {file.name} can't be read as {file.format.value}; it may be damaged or of another kind: fetch or export it again"
    )


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[bytes]]:
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as packed:
            yield iter(packed)
    else:
        with path.open("rb") as plain:
            yield iter(plain)


def _first_fault(lines: Iterator[bytes], name: str, head: Header) -> BadData | None:
    reader = csv.reader(_decoded(lines, name), delimiter=head.delimiter, strict=True)
    try:
        for fields in reader:
            if fields and len(fields) != len(head.columns) and head.delimiter in DELIMITERS:
                return BadData(
                    f"data: {name}, line {reader.line_num}: expected {len(head.columns)} columns as in the header; got {len(fields)}: "
                    f"mend the line, and put quotes around values that hold the separator"
                )
    except BadData as error:
        return error
    except csv.Error:
        return BadData(
            f"data: {name}, line {reader.line_num}: a quoted value isn't closed, or text follows its closing quote: mend the quotes"
        )
    return None


def _mixed_ends(lines: Iterator[bytes], name: str) -> BadData | None:
    """Looked for last: in a file with CR LF, a lone LF may well stand inside quotes."""
    first = next(lines, b"").endswith(b"\r\n")
    for number, line in enumerate(lines, start=2):
        if line.endswith(b"\n") and line.endswith(b"\r\n") != first:
            return BadData(f"data: {name}, line {number}, ends otherwise than line 1 (LF or CR LF); save it with one kind of line end")
    return None


def _decoded(lines: Iterator[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if b"\0" in line:
            raise BadData(f"data: {name}, line {number}, holds NUL bytes, so it isn't text in UTF-8; {_ENCODING_ADVICE}")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BadData(f"data: {name}, line {number}, isn't UTF-8; {_ENCODING_ADVICE}") from error
