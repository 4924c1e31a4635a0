"""Impact assessments: those of a version, one with everything that it lacks, and which ones duties ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from habeas.errors import NotFound
from habeas.rules.assessments.completing import Missing, changed, complete, unsaid
from habeas.rules.assessments.forms import FORMS
from habeas.rules.assessments.values import Assessment as Written
from habeas.rules.assessments.values import Kind
from habeas.rules.screening import screen as screen_by
from habeas.runs.assessments.reading import parse_assessment
from habeas.runs.rulebooks import library
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening.describing import meant
from habeas.web.screening.models import Assessment, Description, Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class KindShown:
    """A kind of assessment for a version. `binds`: whether its law is law where the system is used; None: not known."""

    kind: Kind
    title: str
    law: str
    binds: bool | None
    row: Assessment | None
    missing: int


def assessment_for(system: System, number: int) -> Assessment:
    """An assessment of a system. Raises `NotFound`: it has none with that number."""
    rows = Assessment.objects.select_related("version__system__organisation", "screen__description")
    found = rows.filter(version__system=system, pk=number).first()
    if found is None:
        raise NotFound("expected an assessment of this system; there is none with that number: go back to its screening")
    return found


def kinds_for(version: SystemVersion, screen: Screen | None, *, on: date) -> tuple[KindShown, ...]:
    """Every kind of assessment with what there is of it."""
    latest = {one.kind: one for one in Assessment.objects.filter(version=version).select_related("screen__description").order_by("id")}
    return tuple(_kind(kind, latest.get(kind.value), screen, on=on) for kind in Kind)


def _kind(kind: Kind, row: Assessment | None, screen: Screen | None, *, on: date) -> KindShown:
    missing = 0 if row is None or row.state == "complete" else len(lacks(row, on=on))
    form = FORMS[kind]
    return KindShown(kind=kind, title=form.title, law=form.law, binds=_binds(kind, screen), row=row, missing=missing)


def _binds(kind: Kind, screen: Screen | None) -> bool | None:
    said = [] if screen is None else [book["binds"] for book in screen.told["books"] if book["id"] == FORMS[kind].book]
    return {"yes": True, "no": False}.get(said[0]) if said else None


def written(row: Assessment) -> Written:
    """The assessment that a row holds."""
    return parse_assessment(row.text, name="assessment")


def lacks(row: Assessment, *, on: date) -> tuple[Missing, ...]:
    """Everything that an assessment lacks that day, held against what is said of the version now and what the books say of it."""
    latest = Description.objects.filter(version=row.version_id, state="finished").order_by("-id").first()
    system = meant((latest or row.screen.description).said)
    there = written(row)
    since = (*changed(there, system, library.vocabulary()), *unsaid(there, screen_by(system, library.books(), on=on)))
    return (*since, *complete(there, on=on))
