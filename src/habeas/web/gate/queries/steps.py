"""What somebody may do about a gate now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from habeas.procedures.gate import approvable, askable, ready
from habeas.web.accounts.permissions import oversees
from habeas.web.base.actors import Actor
from habeas.web.gate.queries.known import known
from habeas.web.register.models import SystemVersion
from habeas.web.register.queries import may


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


def steps(actor: Actor, version: SystemVersion, on: date) -> Steps:
    """What the actor may do now; whoever asked decides nothing."""
    there = known(version, on)
    facts, question, system = there.facts, there.question, version.system
    decides = question is not None and question.by_id != actor.user
    approver, answers = may(actor, "approve_entry", system), approvable(facts)
    overseer = oversees(actor, system.organisation_id)
    return Steps(
        ask=askable(facts) and may(actor, "edit_entry", system),
        authorise=decides and approver and ready(facts),
        approve=decides and bool(answers) and may(actor, "approve_conditionally", system),
        refuse=decides and approver,
        close=not facts.closed_by_oversight and overseer,
        reopen=facts.closed_by_oversight and overseer,
        audits=tuple(sorted(answers)),
    )
