"""Assessments put together: a draft from a description and a screen, and what one still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from habeas.rules.assessments.completing import Missing, changed, complete, unsaid
from habeas.rules.assessments.drafting import draft
from habeas.rules.assessments.values import Assessment, Kind
from habeas.rules.rulebook import Rulebook
from habeas.rules.screening import screen
from habeas.runs.assessments.measuring import harms
from habeas.runs.assessments.reading import read_assessment
from habeas.runs.rulebooks import library


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An assessment and everything that it lacks. `compared`: whether it was held against the description."""

    assessment: Assessment
    missing: tuple[Missing, ...]
    compared: bool


def drafted(description: Path, *, kind: Kind, on: date, audits: Sequence[Path] = (), books: Sequence[Rulebook] | None = None) -> Assessment:
    """A draft from the description in a file, what the books say of it on that day, and the findings of audits.

    `books`: None: all that habeas brings.

    Raises:
        NotFound, BadInput, Unavailable: a file isn't there, isn't what it should be, or can't be read.
    """
    system = library.read_description(description)
    return draft(
        system,
        screen(system, library.books() if books is None else books, on=on),
        kind=kind,
        vocabulary=library.vocabulary(),
        on=on,
        families=library.families(),
        measured=harms(audits),
    )


def checked(path: Path, *, on: date, description: Path | None = None, books: Sequence[Rulebook] | None = None) -> Checked:
    """What the assessment in a file lacks on that day; with the description also what changed since, in it or in the law.

    Raises:
        NotFound, BadDescription, Unavailable: as `drafted`.
    """
    assessment = read_assessment(path)
    missing = complete(assessment, on=on)
    if description is None:
        return Checked(assessment=assessment, missing=missing, compared=False)
    system = library.read_description(description)
    verdicts = screen(system, library.books() if books is None else books, on=on)
    since = (*changed(assessment, system, library.vocabulary()), *unsaid(assessment, verdicts))
    return Checked(assessment=assessment, missing=(*since, *missing), compared=True)
