"""Making a screen: books judge a description, the verdicts are kept for good, and the ledger says so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from habeas.errors import BadInput
from habeas.reports.documents.writing import to_bytes
from habeas.reports.screening.document import as_document
from habeas.reports.screening.subject import Screening
from habeas.reports.screening.telling import told
from habeas.rules.screening import screen as screen_by
from habeas.rules.verdicts import Verdict
from habeas.runs.rulebooks import library
from habeas.terms.records import RecordType
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.base.log import write_log
from habeas.web.base.models import LogLine
from habeas.web.register.hooks import shown_anew
from habeas.web.screening.actions.describing import PERMISSION, author
from habeas.web.screening.describing import meant
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries.descriptions import names_its_version, superseded
from habeas.web.screening.queries.shown import ScreenShown, shown


def screen(*, by: Actor, at: datetime, description: Description) -> ScreenShown:
    """Have every book judge what the description says, by the law of that day, and keep what they say.

    Nobody chooses: whoever could leave a book out could make its refusal go away. The description stays as it is from then on. The same
    verdict of the same description again, on the same day, gives the screen that is there.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
        BadDescription: the description lacks a name, a version, an operator or what it does.
        BadInput: nothing was answered, a later description of the version was screened since, or this one names another version.
    """
    with transaction.atomic():
        # its version too: old answers and new ones that are screened at once come one after the other, or the old ones would be the latest
        rows = Description.objects.select_for_update(of=("self", "version")).select_related("version__system__organisation")
        row = rows.get(pk=description.pk)
        require(by, PERMISSION, row.version.system.organisation_id)
        if superseded(row):
            raise BadInput("expected the newest answers; others were screened since: change the newest ones and screen those")
        if not names_its_version(row):
            raise BadInput(
                f"version: expected answers about version {row.version.name}, for which they stand; they name another: "
                "change them from the first page on, and screen those"
            )
        found = _screening(row, at)
        kept = to_bytes(as_document(found))
        digest = hashlib.sha256(kept).hexdigest()
        _finish(row, at)
        there = Screen.objects.filter(description=row, digest=digest).first()
        if there is not None:
            return shown(there)
        made = _keep(row, found, kept=kept.decode(), digest=digest, by=by, at=at)
        shown_anew(row.version.system, on=at.date())
        return shown(made)


def _screening(row: Description, at: datetime) -> Screening:
    if not row.said.get("answers"):
        raise BadInput("expected at least one answer; got none: a screen of nothing says nothing: answer what the system is used for")
    system = meant(row.said)
    verdicts = screen_by(system, library.books(), on=at.date())
    return Screening(system=system, verdicts=verdicts, on=at.date(), vocabulary=library.vocabulary())


def _keep(row: Description, found: Screening, *, kept: str, digest: str, by: Actor, at: datetime) -> Screen:
    return Screen.objects.create(
        version=row.version,
        description=row,
        on=found.on,
        finding=found.strictest.value,
        kept=kept,
        digest=digest,
        told=told(found),
        made_by_id=author(by),
        made_at=at,
        log=_log(row, found, digest=digest, at=at),
    )


def _log(row: Description, found: Screening, *, digest: str, at: datetime) -> LogLine:
    version, system = row.version, row.version.system
    verdict = "refused" if found.strictest.prohibits else "registered"
    return write_log(
        RecordType.REGISTER,
        authority=system.organisation.authority,
        public={"system": system.slug, "version": version.digest or "unknown", "verdict": verdict},
        document={
            "what": "screen",
            "system": system.slug,
            "system_version": version.name,
            "on": found.on.isoformat(),
            "finding": found.strictest.value,
            "verdicts": digest,
            "books": [_decided(verdict) for verdict in found.verdicts],
        },
        at=at,
    )


def _decided(verdict: Verdict) -> Mapping[str, Any]:
    rules = [ruling.rule.id for ruling in verdict.deciding]
    return {"book": verdict.book.id, "version": verdict.book.version, "finding": verdict.finding.value, "decided_by": rules}


def _finish(row: Description, at: datetime) -> None:
    if row.state == "open":
        row.state, row.finished_at = "finished", at
        row.save(update_fields=["state", "finished_at"])
