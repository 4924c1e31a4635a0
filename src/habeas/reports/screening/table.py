"""Many systems by many books: what each book finds of each, as a table, with counts by finding and by family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.catalogue.entries import Entry, Family
from habeas.reports.language.phrases import counted
from habeas.reports.lines import plain_text as text
from habeas.reports.screening import words
from habeas.reports.screening.document import SCHEMA, binding_word
from habeas.reports.screening.law_as_of import law_as_of
from habeas.reports.screening.subject import OwnBook
from habeas.rules.plain import digest
from habeas.rules.rulebook import Rulebook
from habeas.rules.verdicts import Finding, Verdict, strictest
from habeas.terms.answers import Ternary
from habeas.terms.release import RELEASE

GAP = 1
BINDING = {Ternary.YES: "", Ternary.NO: " ~", Ternary.UNKNOWN: " ?", None: ""}
"""After a finding: whether the book is law where the system is used."""
CELLS = {**words.SHORT, Finding.PROHIBITED: "BANNED", Finding.PROHIBITED_UNLESS: "unless"}
"""Findings that leave room for five books in 80 columns."""
CELL = max(len(word) for word in CELLS.values()) + 2
"""Columns of a cell, with its mark."""
LEGEND = (
    "BANNED: prohibited; unless: prohibited unless an exception is shown; blocked: pending evidence; duties: no prohibition found, duties "
    "apply; no rule: none found"
)
MARKS = "~ not law where the system is used: for comparison; ? where it is used isn't known"
DATED = " +"
DATED_MEANS = "in use, but described as it was at the time that its version names; how it is used since is not described"
NO_VERDICT = (
    "Each line rests on what others have documented, not on an inspection of the system; what nobody documented is unknown and blocks. "
    "A table of findings by these books, not a verdict of any court or authority. This is not legal advice."
)


HOW = ("BANNED", "unless", "only ~")
HOW_PROHIBITED = "BANNED and unless: by a standard, or by a book that is law there; only ~: only by books that aren't law there"
NONE: Mapping[str, OwnBook] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One system of the catalogue and what each book found, in the order of the books."""

    entry: Entry
    verdicts: tuple[Verdict, ...]

    @property
    def differs(self) -> bool:
        """Whether the books don't all find the same."""
        return len({verdict.finding for verdict in self.verdicts}) > 1


def as_text(rows: Sequence[Row], *, on: date, own: Mapping[str, OwnBook] = NONE, width: int = 80) -> str:
    """The table in lines of at most `width` columns: beside each other where they fit, else a block per system."""
    width = max(width, text.NARROWEST)
    books = _books(rows)
    lines = text.wrapped(f"{counted(len(rows), 'system', 'systems')} of the catalogue by {_by(books)}, on {on}", width=width)
    lines += [line for said in law_as_of(books, on=on) for line in text.wrapped(said, width=width)]
    lines += _legend(books, own, width)
    lines += _side_by_side(rows, books) if _fits(rows, books, width) else _blocks(rows, width)
    lines += _counts(rows, books, width) if rows else []
    lines += ["", *text.wrapped(NO_VERDICT, width=width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_document(rows: Sequence[Row], *, on: date, own: Mapping[str, OwnBook] = NONE) -> dict[str, Any]:
    """The same for programs: per system its finding by every book, and the rules that decided."""
    books = [{"id": book.id, "version": book.version, "sha256": digest(book), "shipped": book.id not in own} for book in _books(rows)]
    return {
        "habeas": f"catalogue-{SCHEMA}",
        "tool": {"name": "habeas", "version": RELEASE},
        "on": on.isoformat(),
        "books": books,
        "systems": [
            {
                "id": row.entry.id,
                "name": row.entry.name,
                "family": row.entry.family.value,
                "verified": row.entry.verified.value,
                "sha256": digest(row.entry.description),
                "verdicts": {verdict.book.id: _verdict(verdict) for verdict in row.verdicts},
            }
            for row in rows
        ],
    }


def counts(rows: Sequence[Row]) -> dict[str, dict[Finding, int]]:
    """Per book (by its id), how many systems get each finding."""
    found: dict[str, dict[Finding, int]] = {}
    for row in rows:
        for verdict in row.verdicts:
            of_book = found.setdefault(verdict.book.id, dict.fromkeys(Finding, 0))
            of_book[verdict.finding] += 1
    return found


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "finding": verdict.finding.value,
        "binding": binding_word(verdict),
        "decided_by": [ruling.rule.id for ruling in verdict.deciding],
    }


def _books(rows: Sequence[Row]) -> list[Rulebook]:
    return [verdict.book for verdict in rows[0].verdicts] if rows else []


def _by(books: Sequence[Rulebook]) -> str:
    return counted(len(books), "book", "books")


def _mark(index: int) -> str:
    """Columns are headed by letters: titles of books are too long for 80 columns."""
    return chr(ord("A") + index)


def _legend(books: Sequence[Rulebook], own: Mapping[str, OwnBook], width: int) -> Iterator[str]:
    yield ""
    yield from text.labelled([(_mark(index), _told(book, own.get(book.id))) for index, book in enumerate(books)], width=width)
    yield from ("", *text.wrapped(LEGEND, width=width), *text.wrapped(MARKS, width=width), "")


def _told(book: Rulebook, own: OwnBook | None) -> str:
    said = f"{book.short} ({words.kind_of(book)})"
    return said if own is None else f"{said}, read from {own.file}: {words.not_ours(own)}"


def _margin(rows: Sequence[Row]) -> int:
    """Columns that the names take, with a blank before and room for a star."""
    return max((text.columns_of(_name(row)) for row in rows), default=0)


def _fits(rows: Sequence[Row], books: Sequence[Rulebook], width: int) -> bool:
    return _margin(rows) + len(books) * (CELL + GAP) <= width


def _name(row: Row) -> str:
    return f"  {row.entry.id}{'' if row.entry.public else ' *'}{DATED if row.entry.dated else ''}"


def _cell(verdict: Verdict) -> str:
    return f"{CELLS[verdict.finding]}{BINDING[verdict.binding]}"


def _side_by_side(rows: Sequence[Row], books: Sequence[Rulebook]) -> Iterator[str]:
    margin = _margin(rows)
    yield _columns("", [_mark(index) for index, _ in enumerate(books)], margin)
    for family in dict.fromkeys(row.entry.family for row in _sorted(rows)):
        yield family.value
        for row in _sorted(rows):
            if row.entry.family is family:
                yield _columns(_name(row), [_cell(verdict) for verdict in row.verdicts], margin)


def _sorted(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.entry.family.value, row.entry.id))


def _columns(first: str, cells: Sequence[str], margin: int) -> str:
    return text.padded(first, margin) + "".join(" " * GAP + text.padded(cell, CELL) for cell in cells)


def _blocks(rows: Sequence[Row], width: int) -> Iterator[str]:
    for row in _sorted(rows):
        yield from text.wrapped(f"{_name(row).strip()} ({row.entry.family.value})", width=width)
        said = ", ".join(f"{_mark(index)} {_cell(verdict)}" for index, verdict in enumerate(row.verdicts))
        yield from text.wrapped(said, width=width, indent="  ")


def _counts(rows: Sequence[Row], books: Sequence[Rulebook], width: int) -> Iterator[str]:
    yield from ("", "How many systems, by book", "")
    found = counts(rows)
    said = [
        (_mark(index), ", ".join(f"{CELLS[finding]} {number}" for finding, number in found[book.id].items() if number))
        for index, book in enumerate(books)
    ]
    yield from text.labelled(said, width=width)
    differing = [row for row in rows if row.differs]
    if len(books) > 1:
        yield from (
            "",
            *text.wrapped(f"Of {len(rows)} systems, {len(differing)} get different findings from different books.", width=width),
        )
    yield from ("", *text.wrapped("Prohibited by at least one book, by family", width=width), "")
    yield from _by_family(rows, width)
    if any(row.entry.dated for row in rows):
        yield from ("", *text.wrapped(f"{DATED.strip()} {DATED_MEANS}", width=width))
    if any(not row.entry.public for row in rows):
        yield from ("", *text.wrapped("* described from memory alone: no fact about it was seen in a source", width=width))


def _by_family(rows: Sequence[Row], width: int) -> Iterator[str]:
    """In each family, how many are prohibited by how much; each system counts once, where the strictest book that counts there puts it."""
    found = [(family.value, _refused(row for row in rows if row.entry.family is family)) for family in _families(rows)]
    yield from text.wrapped(HOW_PROHIBITED, width=width)
    yield ""
    margin = 1 + max(text.columns_of(family) for family, _ in found)
    if margin + (1 + len(HOW)) * (CELL + GAP) <= width:
        yield _columns("", ["all", *HOW], margin)
        yield from (_columns(family, [str(number) for number in numbers], margin) for family, numbers in found)
        return
    for family, (many, *numbers) in found:
        said = ", ".join(f"{how} {number}" for how, number in zip(HOW, numbers, strict=True))
        yield from text.wrapped(f"{family}, {counted(many, 'system', 'systems')}: {said}", width=width, indent="  ", first="")


def _families(rows: Sequence[Row]) -> Iterator[Family]:
    yield from dict.fromkeys(row.entry.family for row in _sorted(rows))


def _refused(rows: Iterable[Row]) -> tuple[int, ...]:
    """How many systems there are, and how many are prohibited, prohibited unless shown, and so only by law of elsewhere."""
    many, banned, unless, elsewhere = 0, 0, 0, 0
    for row in rows:
        of_place = strictest(verdict.finding for verdict in row.verdicts if verdict.binding is not Ternary.NO)
        many += 1
        banned += of_place is Finding.PROHIBITED
        unless += of_place is Finding.PROHIBITED_UNLESS
        elsewhere += not of_place.prohibits and any(verdict.finding.prohibits for verdict in row.verdicts)
    return many, banned, unless, elsewhere
