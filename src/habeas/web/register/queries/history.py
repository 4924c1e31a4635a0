"""What happened to an entry, in order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from habeas.procedures.publication import Step
from habeas.web.base.actors import Actor
from habeas.web.register.models import Change, System
from habeas.web.register.queries.systems import may_read_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShown:
    """One thing that happened. `edition`: the number of the one it happened to. `by`: for staff only.

    `log_index`: of its entry in the ledger; None: the worker hasn't recorded it yet. `document`: the exact text whose digest the
    ledger's entry names. `version` and `field`: of the system's version or the entry's field that it was about, if it was about one.
    """

    id: int
    step: Step
    at: datetime
    edition: int | None
    reason: str
    document: str
    log_index: int | None
    leaf_hash: str
    by: str = ""
    version: str = ""
    field: str = ""


def history(system: System) -> tuple[ChangeShown, ...]:
    """What happened to an entry, for everybody, newest first: without what happened to a draft that isn't published yet."""
    return tuple(_shown(change) for change in _changes(system) if change.edition is None or change.edition.published_at is not None)


def history_for(actor: Actor, system: System) -> tuple[ChangeShown, ...]:
    """The same for staff, with who did it; drafts' too for those who may read them."""
    if not may_read_draft(actor, system):
        return history(system)
    return tuple(_shown(change, by=change.by.name if change.by else "") for change in _changes(system))


def _changes(system: System) -> list[Change]:
    return list(system.changes.select_related("edition", "log", "by").order_by("-id"))


def _shown(change: Change, by: str = "") -> ChangeShown:
    said = json.loads(change.log.document)
    return ChangeShown(
        id=change.pk,
        step=Step(change.kind),
        at=change.at,
        edition=change.edition.number if change.edition else None,
        reason=change.reason,
        document=change.log.document,
        log_index=change.log.index,
        leaf_hash=change.log.leaf_hash,
        by=by,
        version=str(said.get("version", "")),
        field=str(said.get("field", "")),
    )
