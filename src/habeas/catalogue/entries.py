"""A documented system: who uses it, what is known about it and from where, and how far the facts were checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from habeas.errors import BadInput
from habeas.terms.description import SystemDescription
from habeas.terms.sources import Confidence, Source

YEAR = re.compile(r"(?<!since )\b(?:19|20)[0-9]{2}\b")
"""A year that a version names; `since 2022` goes on until now."""


class Family(Enum):
    """What kind of system it is, as its entry in the catalogue is filed."""

    INDIVIDUAL_RISK = "individual-risk"
    PERSON_LIST = "person-list"
    PLACE_BASED = "place-based"
    FACE_LIVE = "face-live"
    FACE_RETROSPECTIVE = "face-retrospective"
    PLATES = "number-plates"
    TRIAGE = "triage"
    VICTIM_RISK = "victim-risk"
    SENSOR = "forensic-sensor"
    PLATFORM = "analytics-platform"
    BORDER = "border"
    PRISON = "prison"
    COURT = "court"
    CASEWORK = "casework"


class Status(Enum):
    """Whether it is in use, as far as the sources say."""

    DEVELOPMENT = "development"
    TRIAL = "trial"
    IN_USE = "in-use"
    ENDED = "ended"
    STRUCK_DOWN = "struck-down"
    """Ended by a court or an authority."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One documented fact, with where it was seen and how far it was checked."""

    says: str
    sources: tuple[Source, ...]
    confidence: Confidence

    def __post_init__(self) -> None:
        if not self.sources and self.confidence is not Confidence.MEMORY:
            raise BadInput(f"sources: expected where this was seen; got none: name a source, or say confidence: memory ({self.says[:40]})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One system of the catalogue.

    `inputs`: what goes in, as the sources word it. `decides`: what its output is used for. `findings`: what others found.
    `verified`: the entry as a whole; `MEMORY` keeps it out of the public catalogue.
    """

    id: str
    name: str
    place: str
    operator: str
    vendor: str | None
    years: str | None
    family: Family
    status: Status
    status_note: Statement
    inputs: tuple[Statement, ...]
    decides: tuple[Statement, ...]
    findings: tuple[Statement, ...]
    verified: Confidence
    description: SystemDescription

    @property
    def public(self) -> bool:
        """Whether the facts were seen in a source, so that the entry may be shown."""
        return self.verified is not Confidence.MEMORY

    @property
    def dated(self) -> bool:
        """Whether it is in use, and yet described as it was in a year that its version names: later use isn't described."""
        return self.status is Status.IN_USE and YEAR.search(self.description.version) is not None
