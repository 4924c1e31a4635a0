"""A family of technology: what it is, what is claimed for it, what to ask about it, and how it is tested."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from habeas.errors import BadInput
from habeas.terms.sources import Source


class Concern(Enum):
    """The five families of concern that the UK Parliament's technology office names (POST, October 2024)."""

    RIGHTS = "human-rights-and-trial"
    DATA_PROTECTION = "data-protection"
    VALIDITY = "validity-and-accuracy"
    EQUALITY = "equality"
    PRIVACY = "privacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One concern about a family: what the worry is, and the questions that whoever uses the system must be able to answer."""

    concern: Concern
    worry: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What to know about a family of technology.

    `purposes`: words of the fact `purpose` that it is used for; by them the rules that speak of it are found. `benefits`: what is claimed
    for it. `tested_by`: how habeas tests it, `waits_for`: what it can't test yet (None: nothing). `examples`: ids of catalogue entries.
    """

    id: str
    name: str
    what: str
    purposes: tuple[str, ...]
    benefits: tuple[str, ...]
    worries: tuple[Worry, ...]
    tested_by: str
    waits_for: str | None
    examples: tuple[str, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if {worry.concern for worry in self.worries} != set(Concern) or len(self.worries) != len(Concern):
            raise BadInput(f"worries: expected each of {', '.join(concern.value for concern in Concern)} once: add or remove")
