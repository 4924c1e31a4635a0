"""What is done at the gate: ask, authorise, approve under conditions, refuse; close and reopen, by oversight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from habeas.errors import BadInput, NotAllowed
from habeas.procedures.gate import Approval, approvable, askable, ready
from habeas.terms.records import RecordType
from habeas.web.accounts.permissions import NOT_ONES_OWN, authority_of, oversees, require
from habeas.web.base.actors import Actor, Role
from habeas.web.base.log import write_log
from habeas.web.base.models import LogLine
from habeas.web.gate.models import Act
from habeas.web.gate.queries import facts_of, pending
from habeas.web.register.models import System, SystemVersion

WRITTEN: Mapping[str, tuple[str, str]] = {
    "authorised": ("approve_entry", "authorised"),
    "conditional": ("approve_conditionally", "authorised"),
    "refused": ("approve_entry", "refused"),
    "closed": ("suspend", "suspended"),
    "reopened": ("suspend", "resumed"),
}
"""Of each kind of act that the ledger keeps: by which permission it is done, and the ledger's word for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an approval under conditions says: why, under which conditions, and the first day on which it no longer holds.

    `audits`: the numbers of those that it answers for, as whoever approves has read them.
    """

    reasons: str
    conditions: str
    until: date
    audits: frozenset[int]


def ask(*, by: Actor, at: datetime, version: SystemVersion, reasons: str = "") -> Act:
    """Ask that the version be authorised at its stage; another person decides.

    Raises:
        NotAllowed: the actor doesn't own the system.
        BadInput: it is asked already, or authorised; or the system is retired.
    """
    require(by, "edit_entry", version.system.organisation_id)
    with transaction.atomic():
        _locked(version)
        if not askable(facts_of(version, at.date())):
            raise BadInput("authorisation: expected a version to ask about; it is asked or authorised already, or its system is retired")
        return _act(by, at, version, kind="asked", reasons=reasons)


def authorise(*, by: Actor, at: datetime, version: SystemVersion) -> Act:
    """Authorise the version at its stage: every piece is there.

    Raises:
        NotAllowed: the actor is no approver of the system's organisation, or asked themselves.
        BadInput: nobody asked, or something is missing.
    """
    require(by, "approve_entry", version.system.organisation_id)
    with transaction.atomic():
        _locked(version)
        question = _question(by, version)
        if not ready(facts_of(version, at.date())):
            raise BadInput("authorisation: expected every piece to be there; something is missing: see the list on the page of the gate")
        return _act(by, at, version, kind="authorised", asked_by=question.by_id, log=_logged(by, at, version, "authorised"))


def approve(*, by: Actor, at: datetime, version: SystemVersion, terms: Terms) -> Act:
    """Answer, until a day and under conditions, for what the published audits of the version found.

    Raises:
        NotAllowed: the actor may not approve so, or asked themselves.
        BadInput: nobody asked; reasons, conditions or end don't do; another audit is to be answered for than was read; or something else is
            missing, such as that no book prohibits it.
    """
    require(by, "approve_conditionally", version.system.organisation_id)
    with transaction.atomic():
        _locked(version)
        question = _question(by, version)
        audits = approvable(facts_of(version, at.date()))
        if not audits:
            raise BadInput(
                "conditional approval: expected an audit to answer for, and nothing else missing; it isn't so: "
                "an approval lifts no prohibition and stands in for no missing piece"
            )
        if audits != terms.audits:
            raise BadInput(
                "conditional approval: expected it to answer for the audits that you read; one was published or withdrawn meanwhile: "
                "read what is missing today, and approve again"
            )
        Approval(  # refuses what an approval may not be
            authorised=True,
            asked_by=question.by_id,
            decided_by=by.person,
            since=at.date(),
            reasons=terms.reasons,
            conditions=terms.conditions,
            until=terms.until,
            audits=audits,
        )
        log = _logged(by, at, version, "conditional", terms=terms, audits=sorted(audits))
        return _act(by, at, version, kind="conditional", asked_by=question.by_id, terms=terms, audits=sorted(audits), log=log)


def refuse(*, by: Actor, at: datetime, version: SystemVersion, reasons: str) -> Act:
    """Refuse to authorise the version, with reasons for everybody to read. What was authorised before ends with it.

    Raises:
        NotAllowed: the actor is no approver of the system's organisation, or asked themselves.
        BadInput: nobody asked, or no reasons are given.
    """
    require(by, "approve_entry", version.system.organisation_id)
    with transaction.atomic():
        _locked(version)
        question = _question(by, version)
        log = _logged(by, at, version, "refused", reasons=_said(reasons))
        return _act(by, at, version, kind="refused", asked_by=question.by_id, reasons=reasons, log=log)


def close(*, by: Actor, at: datetime, version: SystemVersion, reasons: str) -> Act:
    """Close the gate, whatever was authorised; oversight alone can reopen it.

    Raises:
        NotAllowed: the actor is no oversight.
        BadInput: it is closed by oversight already, or no reasons are given.
    """
    return _overseen(by, at, version, "closed", _said(reasons))


def reopen(*, by: Actor, at: datetime, version: SystemVersion, reasons: str) -> Act:
    """Lift what oversight closed; whether the gate opens still hangs on everything else. Raises as `close`."""
    return _overseen(by, at, version, "reopened", _said(reasons))


def _overseen(by: Actor, at: datetime, version: SystemVersion, kind: str, reasons: str) -> Act:
    if not by.has(Role.OVERSIGHT):
        raise NotAllowed("expected somebody of an oversight body; you hold that role nowhere: tell an oversight body your reasons")
    if not oversees(by, version.system.organisation_id):
        raise NotAllowed(NOT_ONES_OWN)
    with transaction.atomic():
        _locked(version)
        if facts_of(version, at.date()).closed_by_oversight == (kind == "closed"):
            raise BadInput(f"gate: expected one that can be {kind}; it is so already")
        return _act(by, at, version, kind=kind, reasons=reasons, log=_logged(by, at, version, kind, reasons=reasons))


def _locked(version: SystemVersion) -> None:
    """What is looked at stays so until it is decided; what happened meanwhile is seen."""
    version.system = System.objects.select_for_update().select_related("organisation").get(pk=version.system_id)
    version.refresh_from_db(fields=["stage", "digest"])


def _question(by: Actor, version: SystemVersion) -> Act:
    question = pending(version)
    if question is None:
        raise BadInput("authorisation: expected a question to decide; nobody asked: the system's owner asks on the page of the gate")
    if question.by_id == by.user:
        raise NotAllowed("expected another person than who asked; you asked yourself: let somebody else decide")
    return question


def _said(reasons: str) -> str:
    if not reasons.strip():
        raise BadInput("reasons: expected why, for everybody to read; it is empty: write it")
    return reasons.strip()


def _act(
    by: Actor,
    at: datetime,
    version: SystemVersion,
    *,
    kind: str,
    asked_by: int | None = None,
    reasons: str = "",
    terms: Terms | None = None,
    audits: list[int] | None = None,
    log: LogLine | None = None,
) -> Act:
    return Act.objects.create(
        version=version,
        stage=version.stage,
        kind=kind,
        by_id=by.person,
        by_name=by.name,
        at=at,
        asked_by_id=asked_by,
        reasons=(terms.reasons if terms else reasons).strip(),
        conditions=terms.conditions.strip() if terms else "",
        until=terms.until if terms else None,
        audits=audits or [],
        log=log,
    )


def _logged(
    by: Actor,
    at: datetime,
    version: SystemVersion,
    kind: str,
    *,
    reasons: str = "",
    terms: Terms | None = None,
    audits: list[int] | None = None,
) -> LogLine:
    permission, word = WRITTEN[kind]
    said = {"reasons": reasons} if terms is None else {"reasons": terms.reasons, "conditions": terms.conditions, "until": str(terms.until)}
    document = {
        "gate": word if terms is None else "authorised under conditions",
        "system": version.system.slug,
        "version": version.name,
        "stage": version.stage,
        "audits": audits or [],
        **said,
    }
    public = {"system": version.system.slug, "version": version.digest or "unknown", "verdict": word}
    authority = authority_of(by, permission, version.system.organisation)
    return write_log(RecordType.REGISTER, authority=authority, public=public, document=document, at=at)
