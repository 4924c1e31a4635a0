"""`habeas screen init SYSTEM.yaml`: describe a system by answering questions; go on another time with the same command."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import remark, say, width
from habeas.cli.usage import parser, today
from habeas.errors import CannotWrite
from habeas.rules.checking import asked
from habeas.rules.plain import digest
from habeas.rules.rulebook import Rulebook
from habeas.runs.outputs import write_file
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.asking.begun import read_begun
from habeas.runs.rulebooks.description_text import blank_text, description_text
from habeas.runs.rulebooks.interview import Desk, Stopped, interview
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary

DESCRIPTION = """Describe a system for a screen: questions in plain words, each with why it is
asked and which rule asks it. Only what some rule still needs is asked.

Every answer is saved at once, from the fourth on. Stop whenever you like (type
stop, or Ctrl-C); the same command goes on where you stopped, also with a draft
that still holds REPLACE. Type back for the question before, ? for more. Enter
leaves a question unknown: it isn't asked again; answer it in the file once you
know. The file is written anew each time, so comments of your own don't last.
Without a terminal, a file with every question (of the books that --book names)
is written for you to fill in."""


def run(arguments: Sequence[str]) -> int:
    """Ask, and save the description."""
    found = parser("habeas screen init", DESCRIPTION)
    found.add_argument("system", type=Path, metavar="SYSTEM.yaml", help="where the description is kept, new or begun")
    found.add_argument(
        "--book", action="append", default=[], metavar="BOOK", help="ask only what this book asks; may be repeated (default: all)"
    )
    found.add_argument("--vocabulary", type=Path, metavar="FILE", help="the questions to ask (default: those of habeas)")
    given = found.parse_args(arguments)
    path: Path = given.system
    words = library.vocabulary() if given.vocabulary is None else library.read_vocabulary(given.vocabulary)
    books = library.books_named(given.book, words=None if given.vocabulary is None else words)
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return _draft(path, words, asking=books if given.book else None)
    return _interview(path, words, books)


def _interview(path: Path, words: Vocabulary, books: Sequence[Rulebook]) -> int:
    begun = read_begun(path, words=words) if path.exists() else None
    desk = Desk(
        ask=_ask,
        tell=_tell,
        save=lambda system: write_file(path, description_text(system, words).encode()),
        books=books,
        vocabulary=words,
        on=today(),
    )
    say(f"{'Going on with' if begun else 'A new description goes to'} {path}. Type stop to end for today.")
    try:
        system = interview(begun, desk)
    except (Stopped, EOFError, KeyboardInterrupt):
        remark(_when_stopped(path))
        return 0
    say(_when_done(path, system))
    return 0


def _when_stopped(path: Path) -> str:
    if not path.exists():
        return "\nStopped; nothing was saved yet: the first four answers are kept together."
    return f"\nStopped; what you answered is saved. Go on with: habeas screen init {path}"


def _when_done(path: Path, system: SystemDescription) -> str:
    unknown = [name for name, answer in system.answers.items() if answer.value is Ternary.UNKNOWN]
    open_still = f"\nUnknown so far: {', '.join(unknown)}. Answer them in the file once you know." if unknown else ""
    return f"\nSaved: {path} (digest {digest(system)[:16]}).{open_still}\nNext: habeas screen {path}"


def _draft(path: Path, words: Vocabulary, *, asking: Sequence[Rulebook] | None) -> int:
    if path.exists():
        raise CannotWrite(f"expected a terminal to go on with {path}, or a new file to draft; there is one already: choose another name")
    write_file(path, blank_text(words, facts=None if asking is None else asked(asking)).encode())
    say(f"drafted: {path}\nFill it in; what stays unknown stays unknown. Then: habeas screen {path}")
    return 0


def _ask(question: str) -> str:
    return input(f"\n{_wrapped(question)}\n> ").strip()


def _tell(text: str) -> None:
    say(_wrapped(text))


def _wrapped(text: str) -> str:
    """Every line wrapped to the terminal, with what goes on set in."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    start = len(line) - len(line.lstrip())
    return textwrap.fill(line, width(), subsequent_indent=" " * (start + 2), drop_whitespace=True, initial_indent="") if line else ""
