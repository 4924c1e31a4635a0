"""What an entry of the register may hold, field by field, and what it still lacks before it can be published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from habeas.errors import BadInput
from habeas.terms.answers import parse_day
from habeas.terms.records_keys import SYSTEM
from habeas.terms.register import Column, Content, Field, FieldSet, Kind, Need, Value

MOST_ROWS = 60
"""The longest list of rows that a field may hold."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def lacking(content: Content, fields: FieldSet) -> tuple[Field, ...]:
    """The fields without which the entry can't be published and which aren't answered yet, in the order of the set."""
    return tuple(field for field in fields.fields if field.need is Need.PUBLISH and field.id not in content)


def ordered(content: Content, fields: FieldSet) -> Content:
    """The same answers in the order in which they are asked, cells of a row too: databases keep keys in orders of their own.

    What isn't in the set, such as a field of an older edition, comes last, by its name.
    """
    known = {field.id: field for field in fields.fields if field.id in content}
    asked = {name: _ordered_value(field, content[name]) for name, field in known.items()}
    return {**asked, **{name: content[name] for name in sorted(content.keys() - known.keys())}}


def _ordered_value(field: Field, value: Value) -> Value:
    if field.kind is not Kind.ROWS or not isinstance(value, list):
        return value
    columns = [column.id for column in field.columns]
    return [_ordered_row(row, columns) for row in value if isinstance(row, dict)]


def _ordered_row(row: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    return {name: row[name] for name in (*columns, *sorted(row.keys() - set(columns))) if name in row}


def check_content(content: Content, fields: FieldSet) -> None:
    """See that every answer is to a known field and of its kind; what isn't answered is no fault.

    Raises:
        BadInput: names the first field that isn't, and says what it may hold.
    """
    known = {field.id: field for field in fields.fields}
    for name, value in content.items():
        if name not in known:
            raise BadInput(f"expected fields of the register; got {name[:60]!r}, which isn't one: see the list of fields")
        check_value(known[name], value)


def check_value(field: Field, value: Value) -> None:
    """See that a value is of the field's kind and not too long.

    Raises:
        BadInput: says what the field may hold.
    """
    if field.kind is Kind.ROWS:
        _check_rows(field, value)
    elif field.kind is Kind.CHOICES:
        known = {option.id for option in field.options}
        if not (isinstance(value, list) and value and len(set(map(str, value))) == len(value) and known.issuperset(map(str, value))):
            raise BadInput(f"{field.id}: expected one or more of {', '.join(sorted(known))}, each once; got something else")
    elif not isinstance(value, str) or not value.strip():
        raise BadInput(f"{field.id}: expected a text that isn't empty; got something else: leave the field out where there is no answer")
    else:
        _check_text(field, value)


def _check_text(field: Field, value: str) -> None:
    if len(value) > field.most_characters:
        raise BadInput(f"{field.id}: expected at most {field.most_characters} characters; got {len(value)}: say it in fewer words")
    told = _wrong(field.kind, value, frozenset(option.id for option in field.options))
    if told:
        raise BadInput(f"{field.id}: expected {told}; got something else")


def _wrong(kind: Kind, value: str, options: frozenset[str]) -> str:
    """What a text of that kind should have been; empty: it is."""
    if _CONTROL.search(value) or (kind is not Kind.TEXT and "\n" in value):
        return "a text without control characters, and without line breaks where it is one line"
    fits: Mapping[Kind, tuple[bool, str]] = {
        Kind.CHOICE: (value in options, f"one of {', '.join(sorted(options))}"),
        Kind.DAY: (parse_day(value) is not None, "a day such as 2026-11-22"),
        Kind.ADDRESS: (value.startswith("https://") and len(value.split()) == 1, "an address that begins with https://"),
        Kind.EMAIL: (_EMAIL.fullmatch(value) is not None, "an e-mail address such as systems@police.example"),
    }
    fine, told = fits.get(kind, (True, ""))
    return "" if fine else told


def _check_rows(field: Field, value: object) -> None:
    if not isinstance(value, list) or not value or len(value) > MOST_ROWS:
        raise BadInput(f"{field.id}: expected 1 to {MOST_ROWS} rows; got something else")
    columns = {column.id: column for column in field.columns}
    for number, row in enumerate(value, start=1):
        if not isinstance(row, dict) or not row or not columns.keys() >= row.keys():
            raise BadInput(f"{field.id}, row {number}: expected some of the columns {', '.join(columns)}; got something else")
        _check_row(f"{field.id}, row {number}", row, columns, most=field.most_characters)


def _check_row(where: str, row: Mapping[str, object], columns: Mapping[str, Column], *, most: int) -> None:
    for column in columns.values():
        cell = row.get(column.id)
        if cell is None:
            if column.required:
                raise BadInput(f"{where}: expected an answer to {column.id}; it is missing: add it or take the row out")
            continue
        if not isinstance(cell, str) or not cell.strip() or len(cell) > most:
            raise BadInput(f"{where}, {column.id}: expected 1 to {most} characters; got something else")
        told = _wrong(column.kind, cell, frozenset(option.id for option in column.options))
        if told:
            raise BadInput(f"{where}, {column.id}: expected {told}; got something else")


def one_persons_mailbox(address: str) -> bool:
    """Whether the part before the @ looks like a person's name, such as j.smith: a hint for whoever writes, no refusal."""
    return re.fullmatch(r"[a-z]+[._][a-z]{2,}[0-9]{0,2}", address.partition("@")[0].casefold()) is not None


def proposed_slug(name: str) -> str:
    """A permanent name for the address and the ledger, made from the system's name; empty where none can be made."""
    words = re.findall(r"[a-z]+|(?<![0-9])[0-9]{1,3}(?![0-9])", name.casefold())
    slug = "-".join(words)[:60].strip("-")
    return slug if SYSTEM.fits(slug) else ""
