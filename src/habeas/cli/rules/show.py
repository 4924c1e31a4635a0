"""`habeas rules show`: rulebooks to read, to copy, and what their versions changed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from habeas.cli.streams import say, say_document, say_json, width
from habeas.cli.usage import WrongUsage, parser
from habeas.errors import BadRulebook
from habeas.reports.rulebooks.documents import changes_document
from habeas.reports.rulebooks.listings import render_book, render_changes, render_list, render_rule
from habeas.reports.rulebooks.vocabulary import render_fact, render_vocabulary
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.amending.finding import find
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.rulebooks.vocabulary_model import VocabularyFile
from habeas.runs.yaml_text.door import read_text

DESCRIPTION = """Read the rulebooks: without a name the list of them, with a name the whole book,
with a rule's id that rule in full, whatever its book. `vocabulary` has the
questions that rules ask.

A book is named as in the list, or by a file (.yaml)."""

VOCABULARY = "vocabulary"


def run(arguments: Sequence[str]) -> int:
    """Print the list of books, a book, a rule, a changelog, or the questions."""
    found = parser("habeas rules show", DESCRIPTION)
    found.add_argument("book", nargs="?", metavar="BOOK", help="a book, a rule of any book of habeas, or the word vocabulary")
    found.add_argument("rule", nargs="?", metavar="RULE", help="the id of a rule of the book, or a fact of the vocabulary")
    found.add_argument("--yaml", action="store_true", help="print the file itself, to copy and amend")
    found.add_argument("--changes", action="store_true", help="print what each version changed")
    found.add_argument("--json", action="store_true", help="with --changes: as JSON")
    given = found.parse_args(arguments)
    _refuse_what_does_not_go_together(given)
    if given.yaml:
        say_document(_file(given.book).encode())
    elif given.changes:
        _say_changes(given)
    else:
        say(_vocabulary(given.rule) if given.book == VOCABULARY else _books(given.book, given.rule))
    return 0


def _refuse_what_does_not_go_together(given: argparse.Namespace) -> None:
    if given.json and not given.changes:
        raise WrongUsage("habeas rules show: --json goes with --changes; add it, or leave --json out")
    if given.yaml and given.changes:
        raise WrongUsage("habeas rules show: --yaml prints the file and --changes its changelog; ask for one of them")
    if given.yaml and given.book is None:
        raise WrongUsage("habeas rules show: --yaml prints a file; name the book: habeas rules show --yaml BOOK")
    if given.rule is not None and (given.yaml or given.changes):
        raise WrongUsage("habeas rules show: --yaml and --changes are about a whole book; leave the rule out")
    if given.changes and given.book == VOCABULARY:
        raise WrongUsage("habeas rules show: the vocabulary has no changelog; name a book, or none for all")


def _file(name: str) -> str:
    top, path = (VocabularyFile, library.VOCABULARY) if name == VOCABULARY else (RulebookFile, library.book_path(name))
    return read_text(path, document=top.document, kind=BadRulebook, most_bytes=library.MOST_BYTES)


def _say_changes(given: argparse.Namespace) -> None:
    books = library.books_named([] if given.book is None else [given.book])
    if given.json:
        say_json(changes_document(books))
    else:
        say(render_changes(books, width=width()))


def _vocabulary(fact: str | None) -> str:
    words = library.vocabulary()
    if fact is None:
        return render_vocabulary(words, width=width())
    return render_fact(words.fact(fact), library.books(), width=width())


def _books(name: str | None, rule: str | None) -> str:
    if name is None:
        return render_list(library.books(), width=width())
    book, found = find(name, rule)
    return render_book(book, width=width()) if found is None else render_rule(book, found, width=width())
