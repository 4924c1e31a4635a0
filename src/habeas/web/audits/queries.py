"""What may be seen of audits: for everybody what was published, for the auditors' organisation its own, for nobody else anything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from markupsafe import Markup

from habeas.audit.result import AuditResult, Verdict
from habeas.errors import NotFound
from habeas.reports import html
from habeas.reports.documents.reading import read_result
from habeas.terms.system import Stage
from habeas.web.accounts.models import Organisation
from habeas.web.accounts.permissions import allowed
from habeas.web.audits.models import SHOWN, Audit, OwnerComment
from habeas.web.base.actors import Actor, Role
from habeas.web.register.models import System, SystemVersion

SUMMARY = frozenset({"reading", "findings", "limits", "check"})
"""Sections of a report on its first page; the rest is a page further."""

LONG = ("result", "plan_text", "log__record", "log__document", "withdrawn_log__record", "withdrawn_log__document")
"""What is fetched only where it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditShown:
    """A published audit in short. `withdrawn`: its auditor takes it back; it stays to be seen and counts for nothing."""

    number: int
    title: str
    version: str
    stage: Stage
    verdict: Verdict
    auditor: str
    independent: bool
    brought: bool
    published_at: datetime
    withdrawn: bool


def published_audits(system: System) -> tuple[AuditShown, ...]:
    """The published audits of a system, the latest first; those that were withdrawn are among them, and say so."""
    return tuple(_shown(one) for one in _all().filter(system=system, state__in=SHOWN).order_by("-number"))


def standing_audits(version: SystemVersion) -> tuple[AuditShown, ...]:
    """Those of one version that weren't withdrawn: what a gate may go by."""
    return tuple(_shown(one) for one in _all().filter(version=version, state="published").order_by("number"))


def published_audit(system: System, number: int) -> Audit:
    """A published audit, withdrawn or not. Raises `NotFound`."""
    found = _all().filter(system=system, number=number, state__in=SHOWN).first()
    if found is None:
        raise NotFound(f"expected a published audit of {system.slug}; number {number} is none: see the list of its audits")
    return found


def audits_for(actor: Actor, system: System) -> QuerySet[Audit]:
    """The audits of a system on somebody's desk: what is published, and those of their own organisation as its auditors."""
    own = Q(organisation__in=list(actor.organisations(Role.AUDITOR)))
    return _all().filter(Q(state__in=SHOWN) | own, system=system).order_by("-number")


def audit_for(actor: Actor, system: System, number: int) -> Audit:
    """One of these. Raises `NotFound`: there is none, or it isn't this actor's to see."""
    found = audits_for(actor, system).filter(number=number).first()
    if found is None:
        raise NotFound(f"expected an audit of {system.slug} that you can see; number {number} is none: see the list of its audits")
    return found


def open_audits(actor: Actor) -> QuerySet[Audit]:
    """The audits of the actor's own organisations that aren't published yet: what waits for an auditor."""
    own = list(actor.organisations(Role.AUDITOR))
    return _all().filter(organisation__in=own).exclude(state__in=SHOWN).order_by("-made_at", "-id")


def auditing_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations in whose name the actor may audit."""
    return Organisation.objects.filter(pk__in=list(actor.organisations(Role.AUDITOR))).order_by("name")


def may_publish(actor: Actor, audit: Audit) -> bool:
    """Whether the actor may publish or withdraw it: the auditor's organisation alone."""
    return allowed(actor, "publish_audit", audit.organisation_id)


def comment_of(audit: Audit) -> OwnerComment | None:
    """What the system's owner says to it, if anything."""
    return OwnerComment.objects.filter(audit=audit).first()


def may_comment(actor: Actor, audit: Audit) -> bool:
    """Whether the actor may add the owner's comment: once, to what is published."""
    return audit.state in SHOWN and allowed(actor, "edit_entry", audit.system.organisation_id) and comment_of(audit) is None


def document_of(audit: Audit) -> dict[str, Any]:
    """The result document, as it was kept."""
    document: dict[str, Any] = json.loads(audit.result)
    return document


def fragment_of(audit: Audit, *, whole: bool) -> Markup:
    """The report as a part of a page: the verdict with its findings, or all of it."""
    return _fragment(audit.pk, audit.result_digest, whole=whole)


def report_of(audit: Audit) -> str:
    """The whole report as a file of its own."""
    result, at = _result(audit.pk, audit.result_digest)
    return html.render(result, at=at)


def result_of(audit: Audit) -> AuditResult:
    """The result as values."""
    return _result(audit.pk, audit.result_digest)[0]


@lru_cache(maxsize=16)
def _fragment(audit: int, digest: str, *, whole: bool) -> Markup:
    """Kept by the result's digest, which is short; its text is fetched only where it isn't known yet."""
    result, at = _result(audit, digest)
    return html.fragment(result, at=at, sections=None if whole else SUMMARY)


@lru_cache(maxsize=8)
def _result(audit: int, digest: str) -> tuple[AuditResult, datetime]:
    document = json.loads(Audit.objects.values_list("result", flat=True).get(pk=audit, result_digest=digest))
    return read_result(document), datetime.fromisoformat(str(document["created"]))


def _all() -> QuerySet[Audit]:
    """With what pages name beside it; what is long is fetched where it is asked for."""
    return Audit.objects.select_related("system__organisation", "version", "organisation", "log", "withdrawn_log").defer(*LONG)


def _shown(audit: Audit) -> AuditShown:
    if audit.published_at is None:
        raise NotFound(f"expected a published audit; number {audit.number} isn't")
    return AuditShown(
        number=audit.number,
        title=audit.title,
        version=audit.version.name,
        stage=Stage(audit.stage),
        verdict=Verdict(audit.verdict),
        auditor=audit.organisation.name,
        independent=audit.independent,
        brought=audit.kind == "report",
        published_at=audit.published_at,
        withdrawn=audit.state == "withdrawn",
    )
