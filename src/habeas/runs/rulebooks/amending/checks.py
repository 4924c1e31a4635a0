"""Checking rulebooks: everything that is wrong with them, each thing with its file, line and field; and what they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import BadRulebook
from habeas.rules.checking import Fault, Unasked, day_of, faults, ruling_on, unasked
from habeas.rules.rulebook import Example, Rule, Rulebook
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.rulebooks.vocabulary_model import VocabularyFile
from habeas.runs.yaml_text.complaint import Complaint, Place, refusal
from habeas.runs.yaml_text.door import parse, read_text
from habeas.runs.yaml_text.written import Reading, read
from habeas.terms.answers import Ternary
from habeas.terms.vocabulary import Vocabulary

STEP = re.compile(r"[A-Za-z_]+|[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFile:
    """A file that should be a rulebook, with the book in it (None: it holds none), and what is wrong with it."""

    path: Path
    book: Rulebook | None
    wrong: str | None


def check(names: Sequence[str], *, words: Path | None = None) -> tuple[Rulebook, ...]:
    """The books with these ids or in these files, all of habeas where none is named, if nothing is wrong with any of them.

    `words`: the file of the vocabulary that the books are written in (None: that of habeas). Where no book is named, every fact and
    word of the vocabulary must be asked for by some rule.

    Raises:
        BadRulebook: something is wrong; the message tells all of it.
        NotFound, Unavailable: a book or file isn't there, or can't be read.
    """
    vocabulary = library.vocabulary() if words is None else library.read_vocabulary(words)
    files = [_checked(path, vocabulary) for path in _paths(names)]
    books = tuple(file.book for file in files if file.book is not None)
    wrong = [file.wrong for file in files if file.wrong is not None]
    if not names:
        wrong += [_misnamed(file) for file in files if file.book is not None and file.book.id != file.path.stem]
    if not names and not wrong:
        wrong += _nobody_asks(books, vocabulary, library.VOCABULARY if words is None else words)
    if wrong:
        raise BadRulebook("\n".join(wrong))
    return tuple(sorted(books, key=library.strictest_first)) if not names else books


def _paths(names: Sequence[str]) -> list[Path]:
    return [library.book_path(name) for name in names] if names else sorted(library.BOOKS.glob("*.yaml"))


def _checked(path: Path, vocabulary: Vocabulary) -> BookFile:
    text = read_text(path, document=RulebookFile.document, kind=BadRulebook, most_bytes=library.MOST_BYTES)
    try:
        book = parse(text, top=RulebookFile, name=str(path), kind=BadRulebook, context={"vocabulary": vocabulary}).value()
    except BadRulebook as refused:
        return BookFile(path=path, book=None, wrong=str(refused))
    found = faults(book)
    if not found:
        return BookFile(path=path, book=book, wrong=None)
    reading = read(text, document=RulebookFile.document)  # read once more, for the lines
    complaints = [_complaint(fault, book, reading) for fault in found]
    return BookFile(path=path, book=book, wrong=str(refusal(complaints, name=str(path))))


def _complaint(fault: Fault, book: Rulebook, reading: Reading) -> Complaint:
    inside: Place = tuple(int(step) if step.isdigit() else step for step in STEP.findall(fault.field))
    if fault.rule is None:
        return Complaint(message=fault.message, place=inside, line=reading.line(inside))
    index = [rule.id for rule in book.rules].index(fault.rule)
    place: Place = ("rules", index, *inside)
    message = f"{fault.rule}: {fault.message}{_because(book, book.rules[index], inside)}"
    return Complaint(message=message, place=place, line=reading.line(place))


def _because(book: Rulebook, rule: Rule, inside: Place) -> str:
    """Why an example doesn't come out as it should, where that can be said."""
    example = _example(rule, inside)
    if example is None:
        return ""
    ruling = ruling_on(example, rule, book)
    if ruling.applies is Ternary.NO:
        return f"; on {day_of(example, book)} the rule doesn't apply: say another day under on, or mend applies"
    if ruling.bites is Ternary.UNKNOWN:
        facts = dict.fromkeys(test.fact for test in ruling.hinges)
        open_facts = ", ".join(f"{fact} (shown by evidence)" if fact in rule.clears else fact for fact in facts)
        return f"; it hinges on {open_facts}" if facts else f"; {ruling.disputed or 'a class of this book is open'}"
    return ""


def _example(rule: Rule, inside: Place) -> Example | None:
    match inside:
        case ("examples", "caught", int(index)):
            return rule.caught[index]
        case ("examples", "passed", int(index)):
            return rule.passed[index]
    return None


def _misnamed(file: BookFile) -> str:
    book = file.path.stem if file.book is None else file.book.id
    complaint = f"expected the file to be called {book}.yaml, after the book: rename it, or mend the id"
    return str(refusal([Complaint(message=complaint, place=("id",))], name=str(file.path)))


def _nobody_asks(books: Sequence[Rulebook], vocabulary: Vocabulary, path: Path) -> list[str]:
    found = unasked(books, vocabulary)
    if not found:
        return []
    document = VocabularyFile.document
    reading = read(read_text(path, document=document, kind=BadRulebook, most_bytes=library.MOST_BYTES), document=document)
    complaints = [_idle(one, vocabulary, reading) for one in found]
    return [str(refusal(complaints, name=str(path)))]


def _idle(one: Unasked, vocabulary: Vocabulary, reading: Reading) -> Complaint:
    index = vocabulary.names().index(one.fact)
    place: Place = ("facts", index) if one.word is None else ("facts", index, "words", one.word)
    what = one.fact if one.word is None else f"the word {one.word} of {one.fact}"
    message = f"no rule asks for {what}: take it out, or write the rule that needs it"
    return Complaint(message=message, place=place, line=reading.line(place))
