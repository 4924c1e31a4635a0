"""Gates in the reader's language, and for programs in the words of `habeas.procedures.gate`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from habeas.procedures.gate import Lack, Missing, State, gate
from habeas.procedures.publication import Standing
from habeas.reports.registers.twin import moment
from habeas.terms.system import Stage
from habeas.web.gate.queries.acts import ActShown, shown
from habeas.web.gate.queries.known import known
from habeas.web.gate.words import LACKS, PLACES, STATES, WHO
from habeas.web.register.models import System, SystemVersion
from habeas.web.register.queries import versions
from habeas.web.register.words import stage_name
from habeas.web.screening.queries import RuleShown, ScreenShown


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingShown:
    """One missing piece in the reader's language. `about`: a book, an audit or a day, as it is called; `missing`: the same as a value.

    `rules`: of a book that prohibits or blocks, the rules that decide it.
    """

    what: Promise
    next_step: Promise
    who: Promise
    about: str
    missing: Missing
    rules: tuple[RuleShown, ...] = ()

    @property
    def place(self) -> str:
        """The name of the desk's page where it is done; empty: on the page of the gate itself."""
        return PLACES.get(self.missing.kind, "")

    @property
    def forbids(self) -> bool:
        """Whether it is a prohibition, which comes first of all that is said."""
        return self.missing.kind is Lack.PROHIBITED

    @property
    def audit(self) -> int | None:
        """The number of the audit it is about; None: of none."""
        return int(self.about) if self.missing.kind in (Lack.SHOWN_DIFFERENT, Lack.CANNOT_TELL) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateShown:
    """A version's gate on a page; `decision`: the act by which it is authorised, if it is. `published`: everybody sees the entry.

    `number`: the version's id. `missing`: prohibitions first. `screen`: the latest screen, by which it was worked out: whoever shows both
    needn't read it again.
    """

    system: str
    published: bool
    number: int
    version: str
    stage: Stage
    state: str
    told: Promise
    missing: tuple[MissingShown, ...]
    decision: ActShown | None
    screen: ScreenShown | None = None

    @property
    def stage_name(self) -> str:
        """The stage at which it may be used or not, as it is called."""
        return stage_name(self.stage.value)

    @property
    def prohibited(self) -> bool:
        """Whether a rulebook prohibits it."""
        return any(one.forbids for one in self.missing)


def gate_shown(version: SystemVersion, on: date) -> GateShown:
    """The gate of a version on that day."""
    there = known(version, on)
    found = gate(there.facts)
    missing = sorted((missing_shown(one, there.screen) for one in found.missing), key=lambda one: not one.forbids)
    return GateShown(
        system=version.system.slug,
        published=version.system.standing != Standing.UNPUBLISHED.value,
        number=version.pk,
        version=version.name,
        stage=Stage(version.stage),
        state=found.state.value,
        told=STATES[found.state],
        missing=tuple(missing),
        decision=shown(there.decision) if found.authorised and there.decision is not None else None,
        screen=there.screen,
    )


def gates_of(system: System, on: date) -> tuple[GateShown, ...]:
    """The gate of each version, the newest first."""
    return tuple(gate_shown(version, on) for version in _versions(system))


def gates_document(system: System, on: date) -> dict[str, Any]:
    """The same for programs, on the site and in the API."""
    about = {"system": system.slug, "made_up": system.organisation.made_up, "on": on.isoformat()}
    return {"habeas": "gates/1", **about, "versions": [_line(one) for one in gates_of(system, on)]}


def missing_shown(one: Missing, screen: ScreenShown | None) -> MissingShown:
    """A missing piece in the reader's language; `screen`: the one whose rules decide it, where rules do."""
    what, next_step = LACKS[one.kind]
    books = screen.books if screen is not None and one.kind in (Lack.PROHIBITED, Lack.BLOCKED) else ()
    rules = tuple(rule for book in books if book.title == one.about for rule in book.rules)
    return MissingShown(what=what, next_step=next_step, who=WHO[one.who_can], about=one.about, missing=one, rules=rules)


def _versions(system: System) -> QuerySet[SystemVersion]:
    return versions(system).select_related("system")


def _line(one: GateShown) -> dict[str, Any]:
    missing = [
        {"kind": piece.missing.kind.value, "told": piece.missing.told, "about": piece.about, "who_can": piece.missing.who_can.value}
        for piece in one.missing
    ]
    return {
        "version": one.version,
        "stage": one.stage.value,
        "state": one.state,
        "authorised": one.state != State.CLOSED.value,
        "missing": missing,
        "decision": None if one.decision is None else _decision(one.decision),
    }


def _decision(one: ActShown) -> dict[str, Any]:
    """By what a version is authorised, with the name of who answers for it: everybody may know."""
    return {
        "kind": one.kind,
        "by": one.by,
        "at": moment(one.at),
        "reasons": one.reasons,
        "conditions": one.conditions,
        "until": None if one.until is None else one.until.isoformat(),
        "audits": list(one.audits),
        "log_index": one.log_index,
    }
