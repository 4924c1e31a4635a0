"""Bringing an audit in: a plan with data, to be run here, or a report that was made elsewhere."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from habeas.audit.plan import Plan
from habeas.errors import BadData, BadPlan
from habeas.runs.bounded.parent import check_bounded
from habeas.runs.plan_file import parse_plan, plan_digest
from habeas.web.accounts.models import Organisation
from habeas.web.accounts.permissions import require
from habeas.web.audits.actions.ending import finish, log_fault
from habeas.web.audits.files.content import brought_result, suffix_of
from habeas.web.audits.files.receiving import Received, folder
from habeas.web.audits.models import Audit
from habeas.web.base.actors import Actor
from habeas.web.base.outbox import enqueue
from habeas.web.register.models import System, SystemVersion
from habeas.web.register.queries import is_called, quoted_names

PLAN = "the plan"


def upload(
    *, by: Actor, at: datetime, version: SystemVersion, organisation: Organisation, plan_text: str, data: Received, keep_counts: bool
) -> Audit:
    """Take a plan and data in, to be run by the worker. Everything is checked before anything is written.

    Raises:
        BadPlan: the plan can't be used, or is for another system or version.
        BadData: the data can't be used, or don't fit the plan.
        NotAllowed: the actor is no auditor of that organisation.
        Unavailable, RunFault: looking at the data took too much, or failed.
    """
    _may_bring(by, organisation, version.system)
    plan = parse_plan(plan_text, name=PLAN)
    _refuse_another(plan, version, by)
    path = _path(data)
    uid = uuid.uuid4()
    kept = folder("audits") / f"{uid.hex}{suffix_of(path)}"
    data.taken_to(kept)
    try:
        check_bounded(plan_text, kept)
        with transaction.atomic():
            audit = _begun(by, at, version, organisation, plan, kind="run", state="queued", data_digest=data.sha256)
            audit.uid, audit.plan_text, audit.upload, audit.keep_counts = uid, plan_text, kept.name, keep_counts
            audit.save()
            enqueue("audits.run", payload={"audit": audit.pk}, at=at, key=audit.job_key)
    except BaseException as problem:
        kept.unlink(missing_ok=True)
        log_fault(problem)
        raise
    return audit


def bring(*, by: Actor, at: datetime, version: SystemVersion, organisation: Organisation, report: Received) -> Audit:
    """Take in a report that was made elsewhere, if it agrees with itself; it is shown as brought, not run here.

    Raises:
        BadData: it can't be used, doesn't agree with itself, or is about another system or version.
        NotAllowed: the actor is no auditor of that organisation.
    """
    _may_bring(by, organisation, version.system)
    result, document = brought_result(_path(report).read_bytes())
    try:
        _refuse_another(result.plan, version, by)
    except BadPlan as problem:
        raise BadData(str(problem)) from None
    with transaction.atomic():
        audit = _begun(by, at, version, organisation, result.plan, kind="report", state="finished", data_digest=report.sha256)
        finish(audit, document, at=at)
    return audit


def _may_bring(by: Actor, organisation: Organisation, system: System) -> None:
    require(by, "publish_audit", organisation)
    require(by, "upload_audit", system.organisation_id)


def _refuse_another(plan: Plan, version: SystemVersion, by: Actor) -> None:
    """See that the plan is for that version of that system, by a name that its entry has or had."""
    if not is_called(version.system, plan.system.name, by):
        known = quoted_names(version.system, by)
        raise BadPlan(
            f"system: expected a plan for the system that you chose, by its address's name or one of its entry's ({known}); "
            f'it says "{plan.system.name}": choose the system that was tested, or mend the plan'
        )
    if plan.system.version != version.name:
        raise BadPlan(
            f"system: expected a plan for version {version.name}, which you chose; it says {plan.system.version}: "
            "choose the version that was tested, or mend the plan"
        )


def _path(received: Received) -> Path:
    if received.path is None:
        raise BadData("data: expected a file within the limit; more came, and nothing was kept: bring a table of counts instead of rows")
    return received.path


def _begun(
    by: Actor, at: datetime, version: SystemVersion, organisation: Organisation, plan: Plan, *, kind: str, state: str, data_digest: str
) -> Audit:
    """A new audit with the next number of its system; call it in a transaction. Not saved yet where it has no result to show."""
    System.objects.select_for_update().get(pk=version.system_id)  # numbers are given one after the other
    last = Audit.objects.filter(system=version.system_id).aggregate(last=Max("number"))["last"] or 0
    return Audit(
        system=version.system,
        version=version,
        number=last + 1,
        stage=plan.stage.value,
        title=plan.title[:200],
        kind=kind,
        state=state,
        organisation=organisation,
        made_by_id=by.person,
        made_at=at,
        plan_digest=plan_digest(plan),
        data_digest=data_digest,
    )
