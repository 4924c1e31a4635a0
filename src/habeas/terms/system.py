"""What is audited: a version of a system, the kind of technology it is, and the stage of its life."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from habeas.errors import BadInput


class Technology(Enum):
    """The family of technology, which decides the study that tests it."""

    RISK_SCORE = "risk-score"


class Stage(Enum):
    """When in a system's life it was tested; a test at one stage says nothing about another."""

    DESIGN = "design"
    PRE_DEPLOYMENT = "pre-deployment"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemVersion:
    """A system as it stood at one time; another version needs another audit."""

    name: str
    version: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.version.strip():
            raise BadInput("a system needs a name and a version; one of them is empty: write both, e.g. 'as used 2024'")
