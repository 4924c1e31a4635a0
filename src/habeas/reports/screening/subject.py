"""A screen to be told: the system, the day, and what each book found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from habeas.errors import BadInput
from habeas.rules.verdicts import Finding, Verdict, strictest
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBook:
    """Where a book comes from that habeas doesn't bring; `same_id`: habeas brings another one under its id."""

    file: str
    same_id: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """One system, screened on one day by one or more books; `vocabulary` has the questions that the books ask.

    `own`: by id, the books that habeas doesn't bring.
    """

    system: SystemDescription
    verdicts: tuple[Verdict, ...]
    on: date
    vocabulary: Vocabulary
    own: Mapping[str, OwnBook] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.verdicts:
            raise BadInput("books: expected at least one rulebook to screen by; got none: name one")

    @property
    def strictest(self) -> Finding:
        """The strictest finding of all books."""
        return strictest(verdict.finding for verdict in self.verdicts)

    def strictest_first(self) -> tuple[Verdict, ...]:
        """The verdicts, strictest finding first; equals stay in the order of the books."""
        return tuple(sorted(self.verdicts, key=lambda verdict: verdict.finding.severity))
