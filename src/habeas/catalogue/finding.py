"""Finding systems and families of technology by what people call them."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from habeas.catalogue.entries import Entry
from habeas.catalogue.families import Guidance

WORD = re.compile(r"[^\W_]+")
NEAREST = 3
LEAST_ALIKE = 0.5

Thing = TypeVar("Thing", Entry, Guidance)


def find(said: str, things: Sequence[Thing]) -> tuple[Thing, ...]:
    """The systems or families that `said` names, whatever its case, accents and hyphens: by id, else by whole words, else by a part.

    Searched in what people call a system: id, name, place, operator, vendor, family. Empty: nothing is called so.
    """
    wanted = _words(said)
    if not wanted:
        return ()
    by_id = [thing for thing in things if _words(thing.id) == wanted]
    by_words = [thing for thing in things if any(_within(wanted, _words(name)) for name in _names(thing))]
    by_part = [thing for thing in things if any("".join(wanted) in "".join(_words(name)) for name in _names(thing))]
    return tuple(by_id or by_words or by_part)


def nearest(said: str, things: Sequence[Entry | Guidance]) -> tuple[str, ...]:
    """The ids that are written most alike, or whose names are; the likest first."""
    wanted = "".join(_words(said))
    likeness = {
        thing.id: max(difflib.SequenceMatcher(None, wanted, "".join(_words(name))).ratio() for name in (thing.id, thing.name))
        for thing in things
    }
    near = sorted((name for name, alike in likeness.items() if alike >= LEAST_ALIKE), key=lambda name: -likeness[name])
    return tuple(near[:NEAREST])


def _names(thing: Entry | Guidance) -> tuple[str, ...]:
    if isinstance(thing, Guidance):
        return (thing.id, thing.name)
    return (thing.id, thing.name, thing.place, thing.operator, thing.vendor or "", thing.family.value)


def _words(text: str) -> list[str]:
    plain = "".join(character for character in unicodedata.normalize("NFKD", text) if not unicodedata.combining(character))
    return WORD.findall(plain.casefold())


def _within(wanted: list[str], words: list[str]) -> bool:
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))
