"""Publishing an audit with its statement, and taking it back: each with its entry of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from habeas.errors import BadInput
from habeas.terms.records import RecordType
from habeas.web.accounts.permissions import authority_of, require
from habeas.web.audits.actions.independence import is_independent
from habeas.web.audits.models import Audit
from habeas.web.audits.queries import result_of
from habeas.web.base.actors import Actor
from habeas.web.base.log import write_log
from habeas.web.base.models import LogLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the auditor declares when they publish: who paid, how they stand to owner and supplier, in their own words; own caveats."""

    paid_by: str
    relation: str
    text: str
    caveats: str = ""


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
        found.log = _logged(found, "published", by=by, at=at)
        found.save()
    return found


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
        found.withdrawn_log = _logged(found, "withdrawn", by=by, at=at)
        found.save()
    return found


def _logged(audit: Audit, step: str, *, by: Actor, at: datetime) -> LogLine:
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
    authority = authority_of(by, "publish_audit", audit.organisation)
    return write_log(RecordType.AUDIT, authority=authority, public=public, document=document, at=at)
