"""A system as its owner, or whoever documents it, describes it: what a screen works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from habeas.errors import BadInput
from habeas.terms.answers import UNANSWERED, Answer


class Technique(Enum):
    """How a system works inside. Told for the reader's sake: no rule may ask for it, so that no technique lets a system out."""

    MACHINE_LEARNING = "machine-learning"
    STATISTICAL_MODEL = "statistical-model"
    CHECKLIST = "checklist"
    RULES = "rules"
    MATCHING = "matching"
    GENERATIVE = "generative"
    LINK_ANALYSIS = "link-analysis"
    LIST = "list"
    """People put on a list by human judgement with criteria."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemDescription:
    """What is said about one version of a system.

    `used_in`: ISO 3166 codes of countries or their parts (NL, GB-ENG), which say whose law binds; empty: not known. `answers`: by the
    name of the fact; a fact that isn't named is unknown.
    """

    name: str
    version: str
    operator: str
    about: str
    used_in: tuple[str, ...] = ()
    techniques: tuple[Technique, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for what in ("name", "version", "operator", "about"):
            if not getattr(self, what).strip():
                raise BadInput(f"{what}: expected text; got nothing: write it, or say that it isn't known")
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def answer(self, fact: str) -> Answer:
        """What is answered to the question; unknown where nothing is."""
        return self.answers.get(fact, UNANSWERED)
