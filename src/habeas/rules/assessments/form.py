"""A form: the headings that one law gives an assessment, as questions in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.terms.sources import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that only people can answer; `id` is stable."""

    id: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading of the law.

    `facts`: questions of the vocabulary that the description should have answered; where it didn't, a person must. `also`: facts told
    where the description answers them, and not asked otherwise. `takes`: safeguards whose duties are answered here.
    """

    id: str
    article: str
    question: str
    asked: tuple[Asked, ...]
    facts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The headings of one kind of assessment. `book`: the rulebook that states its law.

    `rest`: the heading that takes duties which serve no safeguard of the others (None: none). `confidence`: how far the wording of the
    law was checked; `note` says what that means here.
    """

    title: str
    law: str
    confidence: Confidence
    note: str
    headings: tuple[Heading, ...]
    book: str
    rest: str | None = None
