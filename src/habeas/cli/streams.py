"""What the program says, and where: results to standard output, everything else to standard error.

A stream that can't be written must not decide the exit code: 1 would be read as a verdict.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from habeas.errors import CannotWrite

NARROWEST, WIDEST = 40, 100
"""Columns."""


def let_every_label_be_said() -> None:
    """Write what a terminal's encoding lacks as an escape (an e with two dots as its number), rather than stop at it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def width() -> int:
    """How many columns text may take: the terminal's, as long as lines stay readable."""
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


def say(text: str) -> None:
    """Print text to standard output.

    Raises:
        CannotWrite: it can't be written to.
        BrokenPipeError: whoever read it (head, less) had enough.
    """
    with _output() as stream:
        stream.write(f"{text}\n")


def say_document(content: bytes) -> None:
    """Write a document to standard output: its own bytes, whatever the terminal's encoding, so that JSON stays JSON.

    Raises:
        CannotWrite, BrokenPipeError: as `say`.
    """
    with _output() as stream:
        if isinstance(stream, io.TextIOWrapper):
            stream.flush()
            stream.buffer.write(content)
        else:
            stream.write(content.decode())


def say_json(document: Mapping[str, Any]) -> None:
    """Write a document as JSON whose names stand in the order in which they were given.

    Raises:
        CannotWrite, BrokenPipeError: as `say`.
    """
    say_document((json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode())


def remark(text: str) -> None:
    """Print text to standard error; where that can't be written, nobody can be told, and the exit code speaks alone."""
    if sys.stderr is None:
        return
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _turn_away(sys.stderr)


@contextlib.contextmanager
def _output() -> Iterator[TextIO]:
    """Standard output, flushed at the end, so that faults show here and not when the interpreter ends."""
    if sys.stdout is None:
        raise CannotWrite("expected to print the result; standard output is closed: leave it open, or send it to a file")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        _turn_away(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        reason = error.strerror or type(error).__name__
        raise CannotWrite(f"expected to print to standard output; the system said: {reason}. Send it elsewhere") from error


def _turn_away(stream: TextIO) -> None:
    """Lead a stream that failed nowhere, lest the interpreter try once more at its end and leave with a code of its own."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
