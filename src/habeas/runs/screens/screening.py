"""Screens from files, mappings or values: a description and books in, verdicts out; and every system of the catalogue by every book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from habeas.catalogue.entries import Entry
from habeas.errors import BadInput, BadRulebook
from habeas.reports.screening.subject import OwnBook, Screening
from habeas.reports.screening.table import Row
from habeas.rules.rulebook import Rulebook
from habeas.rules.screening import screen as screen_by
from habeas.rules.verdicts import Verdict
from habeas.runs.rulebooks import library
from habeas.runs.screens.describing import described, is_day
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary


def screen(
    description: str | Path | Mapping[str, object] | SystemDescription,
    *,
    on: date,
    books: Sequence[str | Path | Rulebook] | None = None,
    vocabulary: str | Path | Vocabulary | None = None,
) -> tuple[Verdict, ...]:
    """Tell, per rulebook, whether a system may be used on that day and under which duties: one verdict per book.

    `description`: the path of a description, a mapping of its fields (of which `answers` is enough), or a `SystemDescription`.
    `books`: ids of books that habeas brings, paths of others (.yaml), or rulebooks; None: every book of habeas.
    `vocabulary`: the questions that description and books use, or their file; None: those of habeas.
    `verdict.finding.prohibits` where a rule forbids the use (`PROHIBITED_UNLESS`: an exception may still be shown); `Finding.BLOCKED`
    where that hangs on what is not answered or not shown; anything else says that no prohibition was found, which is no permission.

    Raises:
        BadInput: the description, a book or the day can't be used; the message says how to mend it, with file, line and field.
    """
    if not is_day(on):
        raise BadInput(f"on: expected a day; got {type(on).__name__}: write e.g. on=date(2026, 11, 22)")
    own = library.read_vocabulary(Path(vocabulary)) if isinstance(vocabulary, str | Path) else vocabulary
    system = described(description, library.vocabulary() if own is None else own)
    return screen_by(system, _books(books, own), on=on)


def read_description(path: str | Path) -> SystemDescription:
    """The description of a system in a file, as `habeas.screen` takes it.

    Raises:
        NotFound, BadDescription, Unavailable: it isn't there, isn't one (all that is wrong is told), or can't be read.
    """
    return library.read_description(Path(path))


def screening(path: Path, *, names: Sequence[str], on: date, words: Path | None = None) -> Screening:
    """The system in a file, screened by the named books (none: all of habeas); `words`: the file of a vocabulary of one's own."""
    known = None if words is None else library.read_vocabulary(words)
    system, books = library.read_description(path, words=known), library.books_named(names, words=known)
    found = screen_by(system, books, on=on)
    return Screening(system=system, verdicts=found, on=on, vocabulary=known or library.vocabulary(), own=own_books(names, books))


def catalogue_rows(*, names: Sequence[str], on: date, with_unverified: bool = False, words: Path | None = None) -> tuple[Row, ...]:
    """Every system of the public catalogue by the named books; with those described from memory alone only on demand.

    `words`: as `screening`.
    """
    books = library.books_named(names, words=None if words is None else library.read_vocabulary(words))
    entries = [*library.catalogue(), *(library.unverified() if with_unverified else ())]
    return tuple(catalogue_row(entry, on=on, books=books) for entry in entries)


def catalogue_row(entry: Entry, *, on: date, books: Sequence[Rulebook] | None = None) -> Row:
    """What each book finds of one system of the catalogue; `books`: None asks every book of habeas."""
    return Row(entry=entry, verdicts=screen_by(entry.description, library.books() if books is None else books, on=on))


def own_books(names: Sequence[str], books: Sequence[Rulebook]) -> dict[str, OwnBook]:
    """Those of the named books that habeas doesn't bring, by id; where none was named, there are none."""
    read_from = {book.id: library.book_path(name) for name, book in zip(names, books, strict=False)}
    return {
        book.id: OwnBook(file=str(read_from[book.id]), same_id=library.brings_id(book.id))
        for book in books
        if book.id in read_from and not library.brings(book)
    }


def _books(given: Sequence[str | Path | Rulebook] | None, words: Vocabulary | None) -> tuple[Rulebook, ...]:
    if given is None:
        return library.books_named([], words=words)
    if isinstance(given, str | Path) or not given:
        raise BadRulebook(f"books: expected a list of at least one book; got {given!r}: write e.g. books=['fair-trials'], or leave it out")
    return library.each_once([book if isinstance(book, Rulebook) else library.books_named([str(book)], words=words)[0] for book in given])
