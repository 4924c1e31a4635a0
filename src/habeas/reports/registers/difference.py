"""What changed between two editions, field by field and, in texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from habeas.reports.registers.words import plain_text
from habeas.terms.register import Content, Field, FieldSet

MOST_WORDS = 4_000
"""Longer texts are shown as removed and added as a whole: to compare them word by word takes too long for a page."""

WORDS = re.compile(r"\s+|[^\s\w]|\w+")


class Turn(Enum):
    """What became of a field or of a part of its text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text: in both, added, or removed."""

    turn: Turn
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field whose answer was added, removed or changed. `pieces` joined without what was added is the earlier text."""

    field: Field
    turn: Turn
    pieces: tuple[Piece, ...]


def difference(before: Content, after: Content, fields: FieldSet) -> tuple[FieldChange, ...]:
    """Every field that differs, in the order of the register; empty where both say the same."""
    changed = (field for field in fields.fields if before.get(field.id) != after.get(field.id))
    return tuple(_change(field, before, after) for field in changed)


def _change(field: Field, before: Content, after: Content) -> FieldChange:
    earlier = plain_text(field, before.get(field.id, ""))
    later = plain_text(field, after.get(field.id, ""))
    turn = Turn.CHANGED if earlier and later else Turn.ADDED if later else Turn.REMOVED
    return FieldChange(field=field, turn=turn, pieces=tuple(pieces(earlier, later)))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Two texts as one row of pieces; what was removed stands before what was added in its place."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from _replaced([before], [after])
        return
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Piece(turn=Turn.SAME, text="".join(old[from_old:to_old]))
        else:
            yield from _replaced(old[from_old:to_old], new[from_new:to_new])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for turn, words in ((Turn.REMOVED, old), (Turn.ADDED, new)):
        if text := "".join(words):
            yield Piece(turn=turn, text=text)
