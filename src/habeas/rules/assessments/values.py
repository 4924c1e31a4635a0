"""An impact assessment as values: its sections, the benefits claimed beside the harms measured, and who signs.

What somebody must still write is a `Blank`, so that nothing missing can be mistaken for an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from habeas.errors import BadDescription
from habeas.rules.verdicts import Finding
from habeas.terms.answers import Evidence


class Kind(Enum):
    """Which assessment it is, by the law that asks for it."""

    FUNDAMENTAL_RIGHTS = "fundamental-rights"
    """AI Act, Art 27."""
    DATA_PROTECTION = "data-protection"
    """Law Enforcement Directive, Art 27."""
    EQUALITY = "equality"
    """Equality Act 2010, s.149."""


class Binds(Enum):
    """Whether a book is law where the system is used."""

    HERE = "here"
    UNKNOWN = "unknown"
    """Nobody said where the system is used."""
    STANDARD = "standard"
    """A standard: asked for, binding nobody by itself."""
    ELSEWHERE = "elsewhere"


class Stands(Enum):
    """Whether a duty applies on the day of the draft."""

    NOW = "now"
    LATER = "later"
    UNCLEAR = "unclear"
    """It hangs on an answer that is missing, or on a dispute about the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What somebody must still write; `ask` says what."""

    ask: str


Written: TypeAlias = str | Blank
DayWritten: TypeAlias = date | Blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The system that is assessed; `digest`: SHA-256 (hex) of its description as it was when the draft was made."""

    name: str
    version: str
    operator: str
    about: str
    digest: str
    used_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What a book said of the system on the day of the draft."""

    book: str
    title: str
    version: str
    finding: Finding
    binds: Binds


@dataclass(frozen=True, slots=True, kw_only=True)
class Prohibition:
    """A rule that prohibits the system, or may: then its use is blocked until evidence comes. No assessment lifts it."""

    book: str
    rule: str
    article: str
    title: str
    finding: Finding
    binds: Binds


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the description answers to one of its questions, and what shows it."""

    fact: str
    asked: str
    says: str
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty or right that the screen found, and how it is met. `since`: from which day it applies, where a day is set."""

    book: str
    rule: str
    article: str
    title: str
    binds: Binds
    stands: Stands
    since: date | None = None
    deadline: str | None = None
    met_by: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that a person must write; `id` is a question of the form, a fact of the vocabulary, or the author's own."""

    id: str
    asks: str
    answer: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One heading of the law: what is known, what must be written, and the duties it must answer."""

    id: str
    article: str
    question: str
    known: tuple[Known, ...] = ()
    to_write: tuple[Question, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """One finding of an audit, in words with its count and interval; `detail`: what it means in people, and how sure it is.

    `report_sha256`: SHA-256 (hex) of the report it was read from.
    """

    id: str
    says: str
    detail: str | None = None
    audited: str
    plan_sha256: str
    report_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """A benefit that is claimed, beside the harm that was measured.

    `claimed_by`: who claims it. `shown_by`: what shows it for this system. `harms`: ids of harms; `not_measured`: why there is none.
    """

    claim: Written
    claimed_by: Written
    shown_by: Written
    harms: tuple[str, ...] = ()
    not_measured: Written | None = None

    def __post_init__(self) -> None:
        if self.harms and self.not_measured is not None:
            raise BadDescription("not_measured: expected a reason only where no harm is named; got both: remove one of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A benefit that others claim of such systems, and who says so: nothing that this system is said to bring."""

    claim: str
    claimed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who answers for the assessment: a role, not a name, and the day."""

    role: Written
    on: DayWritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A whole assessment, complete or not."""

    kind: Kind
    system: Subject
    drafted_on: date
    screened: tuple[Screened, ...]
    sections: tuple[Section, ...]
    benefits: tuple[Benefit, ...]
    signatures: tuple[Signature, ...]
    review_on: DayWritten
    prohibitions: tuple[Prohibition, ...] = ()
    measured: tuple[Harm, ...] = ()
    claims_of_others: tuple[Claim, ...] = ()

    def __post_init__(self) -> None:
        _refuse_twice("sections", [section.id for section in self.sections])
        for section in self.sections:
            _refuse_twice("sections", [question.id for question in section.to_write])
        _refuse_twice("measured", [harm.id for harm in self.measured])
        known = {harm.id for harm in self.measured}
        strangers = sorted({name for benefit in self.benefits for name in benefit.harms} - known)
        if strangers:
            raise BadDescription(f"benefits: {', '.join(strangers)} is no harm under measured: mend the name, or remove it")

    def elsewhere(self, book: str) -> bool:
        """Whether the book was found to be no law where the system is used."""
        return any(one.book == book and one.binds is Binds.ELSEWHERE for one in self.screened)

    @property
    def prohibited(self) -> bool:
        """Whether some book prohibited the system when the draft was made."""
        return any(found.finding.prohibits for found in self.prohibitions)


def _refuse_twice(field: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadDescription(f"{field}: {', '.join(twice)} stands twice: keep one of each")
