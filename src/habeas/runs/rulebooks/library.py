"""The shelves: the books, the vocabulary and the catalogue that habeas brings, and files that users bring.

What habeas brings is read once per run.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import habeas
from habeas.catalogue.entries import Entry
from habeas.catalogue.families import Guidance
from habeas.errors import BadDescription, BadInput, BadRulebook, NotFound
from habeas.rules.plain import digest
from habeas.rules.rulebook import Force, Rulebook
from habeas.runs.rulebooks.catalogue_model import EntryFile, GuidanceFile
from habeas.runs.rulebooks.description_model import BegunFile, DescriptionFile
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.rulebooks.vocabulary_model import VocabularyFile
from habeas.runs.yaml_text.composing import Compose, quickly, strictly
from habeas.runs.yaml_text.door import parse, read_text
from habeas.runs.yaml_text.part import Part
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary

PACKAGE = Path(habeas.__file__).parent
VOCABULARY = PACKAGE / "terms" / "vocabulary.yaml"
BOOKS = PACKAGE / "rules" / "books"
SYSTEMS = PACKAGE / "catalogue" / "systems"
UNVERIFIED = PACKAGE / "catalogue" / "unverified"
FAMILIES = PACKAGE / "catalogue" / "families"
MOST_BYTES = 1_000_000

Top = TypeVar("Top", bound=Part)


@cache
def vocabulary() -> Vocabulary:
    """The questions that habeas knows."""
    return read_vocabulary(VOCABULARY)


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in a file.

    Raises:
        NotFound, BadRulebook, Unavailable: it isn't there, isn't one (all that is wrong is told), or can't be read.
    """
    text = read_text(path, document=VocabularyFile.document, kind=BadRulebook, most_bytes=MOST_BYTES)
    return parse(text, top=VocabularyFile, name=str(path), kind=BadRulebook, compose=_compose(path)).value()


def read_book(path: Path, *, words: Vocabulary | None = None) -> Rulebook:
    """The rulebook in a file; `words`: the vocabulary it is written in (None: that of habeas).

    Raises:
        NotFound, BadRulebook, Unavailable: it isn't there, isn't one (file, line and field are told), or can't be read.
    """
    return _read(path, RulebookFile, kind=BadRulebook, words=words).value()


def parse_description(text: str, *, name: str, words: Vocabulary | None = None) -> SystemDescription:
    """The description of a system that `text` (YAML) holds; `name` is what messages call it.

    Raises:
        BadDescription: it isn't one; all that is wrong is told with its line.
    """
    return parse(text, top=DescriptionFile, name=name, kind=BadDescription, context=_context(words)).value()


def parse_begun(text: str, *, name: str, words: Vocabulary | None = None) -> SystemDescription:
    """The same of a description that is still being filled in: its answers as they are written, without what they imply."""
    return parse(text, top=BegunFile, name=name, kind=BadDescription, context=_context(words)).value()


def read_description(path: Path, *, words: Vocabulary | None = None) -> SystemDescription:
    """The description of a system in a file; `words`: the vocabulary it answers (None: that of habeas).

    Raises:
        NotFound, BadDescription, Unavailable: it isn't there, isn't one (all that is wrong is told), or can't be read.
    """
    return _read(path, DescriptionFile, kind=BadDescription, words=words).value()


def read_entry(path: Path, *, words: Vocabulary | None = None) -> Entry:
    """The catalogue entry in a file.

    Raises:
        NotFound, BadDescription, Unavailable: as `read_description`.
    """
    return _read(path, EntryFile, kind=BadDescription, words=words).value()


@cache
def books() -> tuple[Rulebook, ...]:
    """Every rulebook that habeas brings, strictest first, then by name."""
    found = [_shipped(path) for path in sorted(BOOKS.glob("*.yaml"))]
    return tuple(sorted(found, key=strictest_first))


def strictest_first(book: Rulebook) -> tuple[bool, str]:
    """By this books are sorted: standards, which ask for more, before laws; then by name."""
    return book.force is Force.LAW, book.id


def books_named(names: Sequence[str], *, words: Vocabulary | None = None) -> tuple[Rulebook, ...]:
    """The books with these ids, or in these files (a name with .yaml is a file); all of habeas where none is named.

    `words`: the vocabulary they are written in (None: that of habeas).

    Raises:
        NotFound: there is no such book, or no such file.
        BadRulebook, Unavailable: as `read_book`; or two of the books have one id.
    """
    return each_once([_book(name, words) for name in names or [book.id for book in books()]])


def each_once(given: Sequence[Rulebook]) -> tuple[Rulebook, ...]:
    """The books, of which no two may have one id: a reader couldn't tell whose finding is whose.

    Raises:
        BadRulebook: two have.
    """
    ids = [book.id for book in given]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise BadRulebook(f"books: expected each book once; got two called {', '.join(twice)}: name one, or give yours an id of its own")
    return tuple(given)


def brings_id(name: str) -> bool:
    """Whether habeas brings a book with this id."""
    return any(path.stem == name for path in BOOKS.glob("*.yaml"))


def brings(book: Rulebook) -> bool:
    """Whether this is a book that habeas brings: one with the same id that says the same, as its digest shows."""
    return brings_id(book.id) and digest(book) == digest(_shipped(BOOKS / f"{book.id}.yaml"))


def names_a_file(name: str) -> bool:
    """Whether a book is named by its file and not by its id: .yaml or .yml ends it."""
    return name.endswith((".yaml", ".yml"))


def book_path(name: str) -> Path:
    """The file of the book with this id; a name that ends in .yaml or .yml is a file already.

    Raises:
        NotFound: there is no such book.
    """
    if names_a_file(name):
        return Path(name)
    if not (BOOKS / f"{name}.yaml").is_file():
        known = ", ".join(sorted(path.stem for path in BOOKS.glob("*.yaml")))
        raise NotFound(f"there is no book {name}; the books are {known}: name one of these, or a file that ends in .yaml")
    return BOOKS / f"{name}.yaml"


@cache
def catalogue() -> tuple[Entry, ...]:
    """The public catalogue: documented systems whose facts were seen in a source."""
    return _entries(SYSTEMS)


@cache
def unverified() -> tuple[Entry, ...]:
    """Systems described from memory alone: they test the screen, and are shown to nobody as facts."""
    return _entries(UNVERIFIED)


@cache
def families() -> tuple[Guidance, ...]:
    """Guidance on every family of technology."""
    return tuple(_read(path, GuidanceFile, kind=BadDescription, words=None).value() for path in sorted(FAMILIES.glob("*.yaml")))


def _entries(folder: Path) -> tuple[Entry, ...]:
    return tuple(read_entry(path) for path in sorted(folder.glob("*.yaml")))


def _book(name: str, words: Vocabulary | None) -> Rulebook:
    path = book_path(name)
    return _shipped(path) if words is None and path.parent == BOOKS else read_book(path, words=words)


@cache
def _shipped(path: Path) -> Rulebook:
    return read_book(path)


def _read(path: Path, top: type[Top], *, kind: type[BadInput], words: Vocabulary | None) -> Top:
    text = read_text(path, document=top.document, kind=kind, most_bytes=MOST_BYTES)
    return parse(text, top=top, name=str(path), kind=kind, context=_context(words), compose=_compose(path))


def _compose(path: Path) -> Compose:
    # the path as it is, not as it is written: one that starts with the package may lead out of it
    return quickly if path.resolve().is_relative_to(PACKAGE.resolve()) else strictly


def _context(words: Vocabulary | None) -> dict[str, object]:
    return {"vocabulary": vocabulary() if words is None else words}
