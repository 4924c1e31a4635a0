"""Finding a book or a rule by what people type: in any case, with or without the book, the nearest name where there is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from habeas.errors import BadRulebook, NotFound
from habeas.rules.rulebook import Rule, Rulebook
from habeas.runs.rulebooks import library


def find(name: str, rule: str | None = None) -> tuple[Rulebook, Rule | None]:
    """The book called `name` and its rule, if one is named; `name` alone may also be the id of a rule of any book of habeas.

    Raises:
        NotFound: there is no such book, rule or file.
        BadRulebook: the book has no such rule, or the file is no rulebook.
        Unavailable: the file can't be read.
    """
    book = _book(name)
    if book is not None:
        return book, None if rule is None else _rule(book, rule)
    known = library.books()
    found = next(((one, held) for one in known for held in one.rules if _same(held.id, name)), None)
    if found is None or rule is not None:
        raise NotFound(_nothing(name, known, rules=rule is None))
    return found


def _book(name: str) -> Rulebook | None:
    if library.names_a_file(name):
        (book,) = library.books_named([name])
        return book
    return next((book for book in library.books() if _same(book.id, name)), None)


def _rule(book: Rulebook, name: str) -> Rule:
    found = next((rule for rule in book.rules if _same(rule.id, name)), None)
    if found is None:
        elsewhere = [other.id for other in library.books() for rule in other.rules if other.id != book.id and _same(rule.id, name)]
        hint = f"it stands in {elsewhere[0]}" if elsewhere else _nearest(name, (rule.id for rule in book.rules))
        raise BadRulebook(f"{book.id} has no rule {name}: {hint or f'habeas rules show {book.id} lists all'}")
    return found


def _nothing(name: str, books: Sequence[Rulebook], *, rules: bool) -> str:
    ids = [book.id for book in books]
    near = _nearest(name, [*ids, *(rule.id for book in books for rule in book.rules)] if rules else ids)
    known = f"the books are {', '.join(sorted(ids))}; a file's name ends in .yaml"
    return f"there is no book{' or rule' if rules else ''} {name}: {near or 'mend the name'}; {known}"


def _nearest(name: str, names: Iterable[str]) -> str:
    by_key = {known.casefold(): known for known in names}
    near = difflib.get_close_matches(name.casefold(), by_key, n=1)
    return f"did you mean {by_key[near[0]]}" if near else ""


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
