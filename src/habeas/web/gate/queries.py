"""Whether a version may be used on a day, worked out anew at each look; what was asked and decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from habeas.errors import NotFound
from habeas.procedures.gate import Approval, Audit, BookFinding, Facts, Gate, Lack, Missing, Screen, approvable, gate, ready
from habeas.procedures.publication import Standing
from habeas.runs.rulebooks import library
from habeas.terms.system import Stage
from habeas.web.audits.queries import standing_audits
from habeas.web.base.actors import Actor, Role
from habeas.web.gate.models import DECIDED, Act
from habeas.web.gate.words import ACTS, LACKS, PLACES, STATES, WHO
from habeas.web.register.models import System, SystemVersion
from habeas.web.register.queries import may
from habeas.web.screening.queries import RuleShown, ScreenShown, is_current, latest_screen


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
class ActShown:
    """One act: who, when, why."""

    kind: str
    what: Promise
    by: str
    at: datetime
    reasons: str
    conditions: str
    until: date | None
    audits: tuple[int, ...]
    log_index: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateShown:
    """A version's gate on a page; `decision`: the act by which it is authorised, if it is. `published`: everybody sees the entry.

    `missing`: prohibitions first. `screen`: the number of the latest screen.
    """

    system: str
    published: bool
    version: str
    stage: Stage
    state: str
    told: Promise
    missing: tuple[MissingShown, ...]
    decision: ActShown | None
    screen: int | None = None

    @property
    def prohibited(self) -> bool:
        """Whether a rulebook prohibits it."""
        return any(one.forbids for one in self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What the actor may do about a gate now. `audits`: those that an approval under conditions would answer for."""

    ask: bool
    authorise: bool
    approve: bool
    refuse: bool
    close: bool
    reopen: bool
    audits: tuple[int, ...] = ()


def gate_of(version: SystemVersion, on: date) -> Gate:
    """Whether the version may be used, at the stage it is at, on that day."""
    return gate(facts_of(version, on))


def gate_shown(version: SystemVersion, on: date) -> GateShown:
    """The same in the reader's language, for `gate/public.html`."""
    found = gate_of(version, on)
    decision = _acts(version).filter(kind__in=DECIDED).last() if found.authorised else None
    screen = latest_screen(version)
    missing = sorted((_missing(one, screen) for one in found.missing), key=lambda one: not one.forbids)
    return GateShown(
        system=version.system.slug,
        published=version.system.standing != Standing.UNPUBLISHED.value,
        version=version.name,
        stage=Stage(version.stage),
        state=found.state.value,
        told=STATES[found.state],
        missing=tuple(missing),
        decision=None if decision is None else _shown(decision),
        screen=None if screen is None else screen.id,
    )


def gates_of(system: System, on: date) -> tuple[GateShown, ...]:
    """The gate of each version, the newest first."""
    return tuple(gate_shown(version, on) for version in system.versions.select_related("system").order_by("-id"))


def gates_with_versions(system: System, on: date) -> tuple[tuple[int, GateShown], ...]:
    """The same, each with the id of its version."""
    return tuple((version.pk, gate_shown(version, on)) for version in system.versions.select_related("system").order_by("-id"))


def gates_document(system: System, on: date) -> dict[str, Any]:
    """The same for programs, in the words of `habeas.procedures.gate`."""
    versions = system.versions.select_related("system").order_by("-id")
    about = {"system": system.slug, "made_up": system.organisation.made_up, "on": on.isoformat()}
    return {"habeas": "gates/1", **about, "versions": [_told(version, on) for version in versions]}


def version_of(system: System, number: int) -> SystemVersion:
    """A version of the system by its id. Raises `NotFound`."""
    found = SystemVersion.objects.select_related("system__organisation").filter(system=system, pk=number).first()
    if found is None:
        raise NotFound(f"expected a version of {system.slug}; number {number} is none: see the list of its versions")
    return found


def facts_of(version: SystemVersion, on: date) -> Facts:
    """All that the gate of a version is worked out from."""
    stage = Stage(version.stage)
    last = _acts(version).filter(kind__in=DECIDED).last()
    return Facts(
        on=on,
        stage=stage,
        standing=Standing(version.system.standing),
        screen=_screen(version, on),
        audits=tuple(
            Audit(number=one.number, stage=one.stage, verdict=one.verdict, independent=one.independent) for one in standing_audits(version)
        ),
        decision=None if last is None else _decision(last),
        asked=pending(version) is not None,
        closed_by_oversight=_closed(version),
    )


def history_of(version: SystemVersion) -> tuple[ActShown, ...]:
    """Everything asked and decided about a version at its stage, the latest first."""
    return tuple(_shown(act) for act in reversed(_acts(version)))


def pending(version: SystemVersion) -> Act | None:
    """The question that nobody has decided yet; None: there is none."""
    last = _acts(version).filter(kind__in=("asked", *DECIDED)).last()
    return last if last is not None and last.kind == "asked" else None


def steps(actor: Actor, version: SystemVersion, on: date) -> Steps:
    """What the actor may do now; whoever asked decides nothing."""
    facts, question = facts_of(version, on), pending(version)
    system = version.system
    decides = question is not None and question.by_id != actor.user
    approver, answers = may(actor, "approve_entry", system), approvable(facts)
    oversees = actor.has(Role.OVERSIGHT) and system.organisation_id not in actor.roles
    return Steps(
        ask=question is None and not gate(facts).authorised and may(actor, "edit_entry", system),
        authorise=decides and approver and ready(facts),
        approve=decides and bool(answers) and may(actor, "approve_conditionally", system),
        refuse=decides and approver,
        close=not facts.closed_by_oversight and oversees,
        reopen=facts.closed_by_oversight and oversees,
        audits=tuple(sorted(answers)),
    )


def waiting_for(actor: Actor) -> tuple[Act, ...]:
    """Questions that the actor could decide: of their organisations, asked by somebody else, not decided yet."""
    own = actor.organisations(Role.APPROVER)
    versions = SystemVersion.objects.filter(system__organisation__in=list(own)).select_related("system")
    asked = (pending(version) for version in versions.filter(gate_acts__kind="asked").distinct())
    return tuple(act for act in asked if act is not None and act.by_id != actor.user)


def _acts(version: SystemVersion) -> QuerySet[Act]:
    return Act.objects.filter(version=version, stage=version.stage).select_related("by", "log", "version__system").order_by("id")


def _closed(version: SystemVersion) -> bool:
    last = _acts(version).filter(kind__in=("closed", "reopened")).last()
    return last is not None and last.kind == "closed"


def _screen(version: SystemVersion, on: date) -> Screen | None:
    found = latest_screen(version)
    if found is None:
        return None
    findings = tuple(BookFinding(book=book.title, finding=book.finding) for book in found.books)
    all_asked = {book.id for book in library.books()} <= {book.id for book in found.books}  # who leaves a book out can't pass by that
    return Screen(on=found.on, findings=findings, current=all_asked and is_current(found, on))


def _decision(act: Act) -> Approval:
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


def _told(version: SystemVersion, on: date) -> dict[str, Any]:
    found = gate_of(version, on)
    return {
        "version": version.name,
        "stage": version.stage,
        "state": found.state.value,
        "conditions": found.conditions,
        "until": None if found.until is None else found.until.isoformat(),
        "missing": [{"kind": one.kind.value, "told": one.told, "about": one.about, "who": one.who_can.value} for one in found.missing],
    }


def _missing(one: Missing, screen: ScreenShown | None) -> MissingShown:
    what, next_step = LACKS[one.kind]
    books = screen.books if screen is not None and one.kind in (Lack.PROHIBITED, Lack.BLOCKED) else ()
    rules = tuple(rule for book in books if book.title == one.about for rule in book.rules)
    return MissingShown(what=what, next_step=next_step, who=WHO[one.who_can], about=one.about, missing=one, rules=rules)


def _shown(act: Act) -> ActShown:
    return ActShown(
        kind=act.kind,
        what=ACTS[act.kind],
        by=act.by.name,
        at=act.at,
        reasons=act.reasons,
        conditions=act.conditions,
        until=act.until,
        audits=tuple(act.audits),
        log_index=None if act.log is None else act.log.index,
    )
