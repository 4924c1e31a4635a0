"""What waits at gates: questions for whoever may decide, and for owners gates that closed though they were let through."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, Q

from habeas.procedures.gate import Lack, Who
from habeas.procedures.publication import Standing
from habeas.web.base.actors import Actor, Role
from habeas.web.gate.models import OVERSEEN, Act
from habeas.web.gate.queries.acts import closed_in, decision_in, question_in
from habeas.web.gate.queries.shown import GateShown, gate_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedGate:
    """A gate that closed after it was opened, or that oversight closed. `reasons`: those of oversight, if it was they."""

    gate: GateShown
    made_up: bool
    reasons: str


def waiting_for(actor: Actor) -> tuple[Act, ...]:
    """Questions that the actor could decide: of their organisations, asked by somebody else, not decided yet."""
    asked = (question_in(acts) for acts in _acts_of(actor.organisations(Role.APPROVER)))
    return tuple(act for act in asked if act is not None and act.by_id != actor.user)


def closed_for(actor: Actor, on: date) -> tuple[ClosedGate, ...]:
    """Of the actor's systems: what was let through and may not be used that day, and what oversight closed.

    A version that was never let through has its list on its own page; nothing of a retired system waits for anybody.
    """
    found = (_closed(acts, on) for acts in _acts_of(actor.organisations(Role.SYSTEM_OWNER)))
    return tuple(one for one in found if one is not None)


def _closed(acts: tuple[Act, ...], on: date) -> ClosedGate | None:
    version, decision, closed = acts[0].version, decision_in(acts), closed_in(acts)
    let_through = decision is not None and decision.kind != "refused"
    if version.system.standing == Standing.RETIRED.value or not (let_through or closed):
        return None
    gate = gate_shown(version, on)
    if not gate.missing or (question_in(acts) is not None and not _owners(gate)):
        return None
    return ClosedGate(gate=gate, made_up=version.system.organisation.made_up, reasons=closed.reasons if closed else "")


def _owners(gate: GateShown) -> bool:
    """Whether anything but the decision is missing: somebody asked for that already."""
    waits = {Lack.APPROVAL_EXPIRED, Lack.UNDECIDED}
    return any(one.missing.kind not in waits and one.missing.who_can is not Who.APPROVER for one in gate.missing)


def _acts_of(organisations: Collection[int]) -> tuple[tuple[Act, ...], ...]:
    """Of each version of their systems, the acts that hold at the stage it is at, the earliest first."""
    holds = Q(stage=F("version__stage")) | Q(kind__in=OVERSEEN)
    rows = Act.objects.filter(holds, version__system__organisation__in=list(organisations))
    rows = rows.select_related("version__system__organisation").order_by("version_id", "id")
    return tuple(tuple(acts) for _, acts in groupby(rows, key=lambda act: act.version_id))
