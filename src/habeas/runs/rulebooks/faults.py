"""Faults found inside a field that isn't a part of its own, such as a rule's `when`: each with its place inside the field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from habeas.runs.yaml_text.complaint import Place
from habeas.runs.yaml_text.fields import in_short

MOST_NAMED = 14


@dataclass(slots=True)
class Faults:
    """What is wrong inside one field, gathered while it is read, so that all is told at once."""

    found: list[tuple[Place, str]] = field(default_factory=list)

    def add(self, place: Place, *, expected: str, got: object, hint: str) -> None:
        """Note that something else than expected stands at `place`; `hint` says what to do."""
        self.found.append((place, f"expected {expected}; got {in_short(got)}: {hint}"))

    def say(self, place: Place, message: str) -> None:
        """Note a fault in words of its own."""
        self.found.append((place, message))

    def refuse(self) -> None:
        """Refuse the field if anything was found.

        Raises:
            PydanticCustomError: with every fault, for `habeas.runs.yaml_text.judging`.
        """
        if self.found:
            raise PydanticCustomError("faults", "several things are wrong", {"faults": tuple(self.found)})


def nearest(written: str, names: Iterable[str]) -> str:
    """What to do about a name that isn't known: the nearest one, or all where they are few."""
    known = list(names)
    near = difflib.get_close_matches(written, known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"write one of {', '.join(known)}" if len(known) <= MOST_NAMED else "the reference of the vocabulary lists all"
