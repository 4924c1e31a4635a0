"""Answers about a system: yes, no or unknown, a set of words, or a day; and what shows that they are true.

Three-valued logic after Kleene (1952, section 64): what isn't known stays unknown until some other answer settles the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from habeas.errors import BadInput


class Ternary(Enum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def every(values: Iterable[Ternary]) -> Ternary:
    """Whether all hold: one no settles it; of nothing, yes."""
    found = set(values)
    if Ternary.NO in found:
        return Ternary.NO
    return Ternary.UNKNOWN if Ternary.UNKNOWN in found else Ternary.YES


def some(values: Iterable[Ternary]) -> Ternary:
    """Whether at least one holds: one yes settles it; of nothing, no."""
    found = set(values)
    if Ternary.YES in found:
        return Ternary.YES
    return Ternary.UNKNOWN if Ternary.UNKNOWN in found else Ternary.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Words of a closed set that are known to hold. `complete`: whether all others are known not to."""

    words: frozenset[str] = frozenset()
    complete: bool = True


SAYS_NOTHING = frozenset(
    [
        *("n/a", "na", "not applicable", "not available", "none", "none yet", "no", "yes", "nil", "nothing", "nothing yet", "missing"),
        *("tbd", "tba", "tbc", "to be determined", "to be decided", "to be announced", "to be confirmed", "to be done", "todo", "to do"),
        *("not yet", "later", "soon", "to come", "to follow", "follows", "coming", "coming soon", "pending", "in progress", "open", "wip"),
        *("unknown", "not known", "not sure", "don't know", "i don't know", "no idea", "no evidence", "x", "xx", "xxx"),
    ]
)
"""Words that fill a field and answer nothing."""


def says_nothing(text: str) -> bool:
    """Whether a text only fills its field: a word such as none or TBC, whatever its case, or no letter and no digit at all."""
    bare = " ".join(text.split()).strip(" .,;:!?-()[]").casefold().replace("\u2019", "'")
    return bare in SAYS_NOTHING or not any(letter.isalnum() for letter in bare)


def shows_nothing(text: str) -> str:
    """What to tell whoever wrote such a word as evidence."""
    return f"`{text.strip()}` shows nothing: name a document, where it is or who stands for it, or leave the evidence out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows that an answer is true: a document, where it is, and the role of whoever states it."""

    what: str
    where: str | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise BadInput("what: expected a few words on what the evidence is; got nothing: write e.g. order of the district court")
        if says_nothing(self.what):
            raise BadInput(f"what: {shows_nothing(self.what)}")


Value: TypeAlias = Ternary | Several | date
"""`Ternary.UNKNOWN` stands for any kind of answer that nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered to one question about a system, and what shows it."""

    value: Value
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None


UNANSWERED = Answer(value=Ternary.UNKNOWN)


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_day(text: str) -> date | None:
    """The day that `text` says, such as 2026-11-22; None where it says none, or spells it otherwise.

    `date.fromisoformat` alone would also take 20261122 and weeks.
    """
    if not DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
