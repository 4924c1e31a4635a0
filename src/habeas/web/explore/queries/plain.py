"""Texts without what people type in different ways: case, accents, punctuation; and how far two words are apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 40
MOST_WORDS = 8
SHORT = 4


def plain(text: str) -> str:
    """A text for searching: lower case, no accents, words with one space between."""
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(re.findall(r"\w+", "".join(mark for mark in parted if not unicodedata.combining(mark))))


def words(text: str) -> tuple[str, ...]:
    """The first words of what somebody looks for."""
    return tuple(plain(text).split()[:MOST_WORDS])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is fewest slips away, at most one for short words and two for others; None: none is near."""
    most = 1 if len(word) <= SHORT else 2
    far = [(slips(word, other, most=most), other) for other in known]
    near = min(((count, other) for count, other in far if count <= most), default=None)
    return near[1] if near is not None else None


def slips(one: str, other: str, *, most: int) -> int:
    """How many letters must be added, left out, exchanged or swapped with the next (Damerau 1964); above `most`, some number above it."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, here[column - 1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, last = last, here
    return last[-1]
