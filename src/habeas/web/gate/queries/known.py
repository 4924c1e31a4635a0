"""What is known of a version on a day, from which its gate is worked out anew at each look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from habeas.errors import NotFound
from habeas.procedures.gate import Approval, Audit, BookFinding, Facts, Screen
from habeas.procedures.publication import Standing
from habeas.terms.system import Stage
from habeas.web.audits.queries import AuditShown, standing_audits
from habeas.web.gate.models import Act
from habeas.web.gate.queries.acts import acts_of, closed_in, decision_in, question_in
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening.queries import ScreenShown, StandingScreen, standing_screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that the gate of a version is worked out from, with what was read for it: each thing is read once."""

    facts: Facts
    screen: ScreenShown | None
    decision: Act | None
    question: Act | None


def known(version: SystemVersion, on: date) -> Known:
    """All that the gate of a version is worked out from, on that day."""
    screen, acts = standing_screen(version, on=on), acts_of(version)
    decision, question = decision_in(acts), question_in(acts)
    facts = Facts(
        on=on,
        stage=Stage(version.stage),
        standing=Standing(version.system.standing),
        screen=None if screen is None else _screen(screen),
        audits=tuple(_audit(one) for one in standing_audits(version)),
        decision=None if decision is None else _approval(decision),
        asked=question is not None,
        closed_by_oversight=closed_in(acts) is not None,
    )
    return Known(facts=facts, screen=None if screen is None else screen.shown, decision=decision, question=question)


def facts_of(version: SystemVersion, on: date) -> Facts:
    """The facts alone."""
    return known(version, on).facts


def version_of(system: System, number: int) -> SystemVersion:
    """A version of the system by its id. Raises `NotFound`."""
    found = SystemVersion.objects.select_related("system__organisation").filter(system=system, pk=number).first()
    if found is None:
        raise NotFound(f"expected a version of {system.slug}; number {number} is none: see the list of its versions")
    return found


def _screen(found: StandingScreen) -> Screen:
    findings = tuple(BookFinding(book=book.title, finding=book.finding) for book in found.shown.books)
    return Screen(on=found.shown.on, findings=findings, current=found.current)


def _audit(one: AuditShown) -> Audit:
    return Audit(number=one.number, stage=one.stage, verdict=one.verdict, independent=one.independent)


def _approval(act: Act) -> Approval:
    return Approval(
        authorised=act.kind != "refused",
        asked_by=act.asked_by_id or 0,
        decided_by=act.by_id,
        since=act.at.date(),
        reasons=act.reasons,
        conditions=act.conditions,
        until=act.until,
        audits=frozenset(act.audits),
    )
