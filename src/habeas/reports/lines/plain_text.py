"""Plain text for a terminal of a given width: wrapping, headings and columns, safe to print whatever a label holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

NARROWEST = 40
"""Columns that every report takes for granted; a narrower terminal breaks the lines itself."""
WIDE = frozenset({"F", "W"})


def printable(text: str) -> str:
    """The text in one line without characters that steer a terminal or reorder it; each is shown as `?`."""
    return "".join(character if character.isprintable() else "?" for character in " ".join(text.split()))


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns(character) for character in text)


def wrapped(text: str, *, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text in lines of at most `width` columns; words that are longer are broken. `first`: indent of the first line."""
    lines, line = [], first if first is not None else indent
    empty = True
    for word in _short_words(printable(text).split(" "), width - max(columns_of(indent), columns_of(line))):
        if not empty and columns_of(line) + 1 + columns_of(word) > width:
            lines.append(line)
            line, empty = indent, True
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line.rstrip()]


def heading(text: str) -> list[str]:
    """A heading of a section, after an empty line."""
    return ["", text.upper(), ""]


def rule(width: int) -> str:
    """A line across."""
    return "=" * width


def labelled(pairs: Sequence[tuple[str, str]], *, width: int) -> list[str]:
    """Terms and what they stand for: beside each other, or below where the width doesn't allow it."""
    margin = 2 + max((columns_of(term) for term, _ in pairs), default=0)
    beside = margin * 3 <= width
    indent = " " * (margin if beside else 2)
    lines: list[str] = []
    for term, meaning in pairs:
        if not beside:
            lines.append(term)
        lines += wrapped(meaning, width=width, indent=indent, first=padded(term, margin) if beside else indent)
    return lines


def padded(text: str, columns: int) -> str:
    """The text filled up with blanks on its right."""
    return text + " " * max(0, columns - columns_of(text))


def _short_words(words: Sequence[str], most: int) -> list[str]:
    pieces: list[str] = []
    for word in words:
        piece = ""
        for character in word:
            if piece and columns_of(piece) + _columns(character) > most:
                pieces.append(piece)
                piece = ""
            piece += character
        pieces.append(piece)
    return pieces


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1
