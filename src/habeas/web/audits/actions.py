"""What is done with audits: upload, bring, run, publish, withdraw, comment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from habeas.audit.plan import Plan
from habeas.errors import BadData, BadInput, BadPlan, HabeasError, NotAllowed
from habeas.reports.documents.writing import to_bytes
from habeas.runs.bounded.parent import check_bounded, run_bounded
from habeas.runs.plan_file import parse_plan, plan_digest
from habeas.terms.records import RecordType
from habeas.web.accounts.models import Membership, Organisation
from habeas.web.accounts.permissions import require
from habeas.web.accounts.queries import independent as organisations_apart
from habeas.web.audits.files.content import brought_result, suffix_of
from habeas.web.audits.files.receiving import Received, folder
from habeas.web.audits.models import SHOWN, Audit, OwnerComment
from habeas.web.audits.queries import comment_of, result_of
from habeas.web.base.actors import Actor
from habeas.web.base.log import write_log
from habeas.web.base.models import LogLine
from habeas.web.base.outbox import enqueue
from habeas.web.register.models import System, SystemVersion

KEPT_FOR = timedelta(days=7)
"""How long uploaded rows can lie about, whatever went wrong."""

PLAN = "the plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the auditor declares when they publish: who paid, how they stand to owner and supplier, in their own words; own caveats."""

    paid_by: str
    relation: str
    text: str
    caveats: str = ""


# - bringing in ---------------------------------------------------------------------------------------------------------------------------


def upload(
    *, by: Actor, at: datetime, version: SystemVersion, organisation: Organisation, plan_text: str, data: Received, keep_counts: bool
) -> Audit:
    """Take a plan and data in, to be run by the worker. Everything is checked before anything is written.

    Raises:
        BadPlan: the plan can't be used, or is for another version.
        BadData: the data can't be used, or don't fit the plan.
        NotAllowed: the actor is no auditor of that organisation.
    """
    _may_bring(by, organisation, version.system)
    plan = parse_plan(plan_text, name=PLAN)
    _same_version(plan, version)
    path = _path(data)
    kept = folder("audits") / f"{path.name}{suffix_of(path)}"
    data.taken_to(kept)
    try:
        check_bounded(plan_text, kept)
        with transaction.atomic():
            audit = _begun(by, at, version, organisation, plan, kind="run", state="queued", data_digest=data.sha256)
            audit.plan_text, audit.upload, audit.keep_counts = plan_text, kept.name, keep_counts
            audit.save()
            enqueue("audits.run", payload={"audit": audit.pk}, at=at, key=audit.job_key)
            enqueue("audits.sweep", payload={}, at=at, due_at=at + KEPT_FOR, key=f"audits.sweep:{audit.uid}")
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    return audit


def bring(*, by: Actor, at: datetime, version: SystemVersion, organisation: Organisation, report: Received) -> Audit:
    """Take in a report that was made elsewhere, if it agrees with itself; it is shown as brought, not run here.

    Raises:
        BadData: it can't be used, doesn't agree with itself, or is about another version.
        NotAllowed: the actor is no auditor of that organisation.
    """
    _may_bring(by, organisation, version.system)
    result, document = brought_result(_path(report).read_bytes())
    try:
        _same_version(result.plan, version)
    except BadPlan as problem:
        raise BadData(str(problem)) from None
    with transaction.atomic():
        audit = _begun(by, at, version, organisation, result.plan, kind="report", state="finished", data_digest=report.sha256)
        _finish(audit, document, at=at)
    return audit


def _may_bring(by: Actor, organisation: Organisation, system: System) -> None:
    require(by, "publish_audit", organisation)
    require(by, "upload_audit", system.organisation_id)


def _same_version(plan: Plan, version: SystemVersion) -> None:
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


# - running -------------------------------------------------------------------------------------------------------------------------------


def run(*, audit: int, at: datetime, tell: Callable[[int], None]) -> None:
    """Run an uploaded audit; for the worker. Called again, it runs again what was interrupted and leaves what is done.

    The rows are deleted as soon as the run has ended, however it ended.
    """
    with transaction.atomic():
        found = Audit.objects.select_for_update().filter(pk=audit, state__in=("queued", "running")).first()
        if found is None:
            return
        found.state = "running"
        found.save(update_fields=["state"])
    rows = folder("audits") / found.upload
    counts = folder("counts") / f"{found.uid}.json" if found.keep_counts else None
    try:
        document = dict(run_bounded(found.plan_text, rows, at=at, cells=counts, progress=lambda share: tell(round(100 * share))))
    except HabeasError as problem:
        _end(found, told=str(problem))
    else:
        with transaction.atomic():
            found.counts = "" if counts is None else counts.name
            _finish(found, document, at=at)
    rows.unlink(missing_ok=True)


def fail(*, audit: int, told: str) -> None:
    """End a run that nothing came of, for a reason that is none of ours."""
    found = Audit.objects.filter(pk=audit, state__in=("queued", "running")).first()
    if found is not None:
        rows = folder("audits") / found.upload
        _end(found, told=told)
        rows.unlink(missing_ok=True)


def sweep_later(*, at: datetime) -> None:
    """See that what is received now is deleted even if whoever receives it dies halfway, and nothing else is ever uploaded; once a day."""
    with transaction.atomic():
        enqueue("audits.sweep", payload={}, at=at, due_at=at + KEPT_FOR + timedelta(days=1), key=f"audits.sweep:{at:%Y-%m-%d}")


def sweep(*, at: datetime) -> None:
    """Delete uploaded rows that lie about for too long, whatever they belong to; a run that still waits for them fails, and says so."""
    for name in ("audits", "incoming"):
        for path in folder(name).iterdir():
            if path.stat().st_mtime < (at - KEPT_FOR).timestamp():
                path.unlink(missing_ok=True)
    late = Audit.objects.filter(state__in=("queued", "running"), made_at__lt=at - KEPT_FOR)
    for audit in late:
        _end(audit, told=f"expected the run within {KEPT_FOR.days} days; it didn't come, and the rows were deleted: upload them again")


def _end(audit: Audit, *, told: str) -> None:
    audit.state, audit.told, audit.upload = "failed", told, ""
    audit.save()


def _finish(audit: Audit, document: dict[str, Any], *, at: datetime) -> None:
    text = to_bytes(document)
    audit.result, audit.result_digest = text.decode(), hashlib.sha256(text).hexdigest()
    audit.verdict, audit.state, audit.finished_at, audit.upload = document["verdict"], "finished", at, ""
    audit.save()


# - showing -------------------------------------------------------------------------------------------------------------------------------


def publish(*, by: Actor, at: datetime, audit: Audit, statement: Statement) -> Audit:
    """Publish an audit, with its statement and its entry in the ledger.

    Raises:
        NotAllowed: the actor doesn't belong to the auditors.
        BadInput: it isn't finished, or was published before.
    """
    require(by, "publish_audit", audit.organisation_id)
    if not statement.text.strip():
        raise BadInput("statement: expected how you stand to the owner and the supplier, in a sentence; it is empty: write it")
    with transaction.atomic():
        found = Audit.objects.select_for_update().select_related("system__organisation", "version", "organisation").get(pk=audit.pk)
        if found.state != "finished":
            raise BadInput(f"audit {found.number}: expected a finished audit that isn't published yet; it is {found.state}")
        declared = result_of(found).plan.auditor.independent
        found.paid_by, found.relation, found.statement = statement.paid_by, statement.relation, statement.text.strip()
        found.caveats = statement.caveats.strip()
        found.independent = is_independent(
            found, paid_by=found.paid_by, relation=found.relation, declared=declared, publisher=by.person, on=at.date()
        )
        found.state, found.published_at, found.published_by_id = "published", at, by.person
        found.log = _logged(found, "published", at=at)
        found.save()
    return found


def is_independent(audit: Audit, *, paid_by: str, relation: str, declared: bool, publisher: int, on: date) -> bool:
    """Another organisation, no tie to owner or supplier, not paid by the supplier, declared so in the plan, and nobody on both sides.

    That the owner pays is usual and told; who sells the system may not pay for its test.
    """
    apart = organisations_apart(audit.organisation, audit.system.organisation)
    people = {audit.made_by_id, publisher}
    today = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    both_sides = Membership.objects.filter(today, user__in=people, organisation=audit.system.organisation_id).exists()
    return apart and declared and relation == "none" and paid_by != "supplier" and not both_sides


def withdraw(*, by: Actor, at: datetime, audit: Audit, why: str) -> Audit:
    """Take a published audit back. It stays to be seen, as withdrawn and why, and counts for nothing.

    Raises:
        NotAllowed: the actor doesn't belong to the auditors; an owner can't withdraw what was found about them.
        BadInput: it isn't published, or no reason is given.
    """
    require(by, "publish_audit", audit.organisation_id)
    if not why.strip():
        raise BadInput("reason: expected why the audit is withdrawn, for everybody to read; it is empty: write it")
    with transaction.atomic():
        found = Audit.objects.select_for_update().select_related("system__organisation", "version", "organisation").get(pk=audit.pk)
        if found.state != "published":
            raise BadInput(f"audit {found.number}: expected a published audit; it is {found.state}")
        found.state, found.withdrawn_at, found.withdrawn_by_id, found.withdrawn_why = "withdrawn", at, by.person, why.strip()
        found.withdrawn_log = _logged(found, "withdrawn", at=at)
        found.save()
    return found


def comment(*, by: Actor, at: datetime, audit: Audit, text: str) -> OwnerComment:
    """Put the owner's comment beside a published audit: one, dated, for good.

    Raises:
        NotAllowed: the actor doesn't own the system.
        BadInput: there is a comment already, it is empty, or the audit isn't published.
    """
    require(by, "edit_entry", audit.system.organisation_id)
    if audit.state not in SHOWN:
        raise NotAllowed("expected a published audit; this one isn't: an owner can comment once it is published")
    if not text.strip():
        raise BadInput("comment: expected what the owner says to this audit; it is empty: write it")
    with transaction.atomic():
        if comment_of(audit) is not None:
            raise BadInput("comment: expected the owner's first comment to this audit; there is one: it stays as it is")
        return OwnerComment.objects.create(audit=audit, text=text.strip(), by_id=by.person, at=at)


def _logged(audit: Audit, step: str, *, at: datetime) -> LogLine:
    """The entry of the ledger: what was found, or that the audit is withdrawn; the document says why."""
    said = audit.verdict if step == "published" else "withdrawn"
    public = {"system": audit.system.slug, "version": audit.version.digest or "unknown", "verdict": said, "stage": audit.stage}
    document = {
        "audit": audit.number,
        "step": step,
        "system": audit.system.slug,
        "version": audit.version.name,
        "stage": audit.stage,
        "verdict": audit.verdict,
        "plan_sha256": audit.plan_digest,
        "result_sha256": audit.result_digest,
        "auditor": audit.organisation.authority,
        "independent": audit.independent,
        "paid_by": audit.paid_by,
        "relation": audit.relation,
        "run_here": audit.kind == "run",
        "reason": audit.withdrawn_why,
    }
    return write_log(RecordType.AUDIT, authority=audit.organisation.authority, public=public, document=document, at=at)
