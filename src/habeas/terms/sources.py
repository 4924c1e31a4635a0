"""Where a statement comes from, and how far it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from habeas.errors import BadInput


class Confidence(Enum):
    """How far a statement was checked against what it cites."""

    SOURCE = "source"
    """The cited text itself was read."""
    SECONDARY = "secondary"
    """Read in texts about it that agree."""
    MIXED = "mixed"
    """Some of it was read, some is from memory."""
    MEMORY = "memory"
    """From general knowledge; it must be checked before anyone relies on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that says it: its title, where it is, and when it was read (None: not read for this purpose)."""

    title: str
    where: str | None = None
    read_on: date | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise BadInput("title: expected what the source is called; got nothing: write e.g. Regulation (EU) 2024/1689, Art 5")
