"""One step of an entry: checked, recorded as a change, and written for the ledger, in the transaction of whoever takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from habeas.procedures.editions import edition_digest, field_digests
from habeas.procedures.publication import MOVES, Standing, State, Step, step
from habeas.terms.records import RecordType
from habeas.web.accounts.permissions import authority_of, require
from habeas.web.base.actors import Actor
from habeas.web.base.log import write_log
from habeas.web.register.hooks import shown_anew
from habeas.web.register.models import Change, Edition, System
from habeas.web.register.queries.systems import state_of

_UNSEEN = frozenset({Step.DRAFTED, Step.SUBMITTED, Step.RETURNED, Step.DISCARDED})
"""Steps after which the public sees nothing else; after all others it does."""


def locked(system: System) -> System:
    """The system's row, kept from others until the transaction ends, so that two steps never start from one state."""
    return System.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=system.pk)


def check(taken: Step, *, by: Actor, system: System, reason: str = "") -> State:
    """Where the entry will be after that step.

    Raises:
        NotAllowed: this actor may not take it.
        BadInput: the entry's state doesn't allow it, or it lacks a reason.
    """
    require(by, MOVES[taken].permission, system.organisation_id)
    return step(taken, state=state_of(system), reason=reason)


def record(
    taken: Step,
    *,
    by: Actor,
    at: datetime,
    system: System,
    standing: Standing | None = None,
    edition: Edition | None = None,
    reason: str = "",
    more: Mapping[str, object] | None = None,
    version: str = "",
) -> Change:
    """Keep what happened: the standing, the change, its line for the ledger; then tell those who show the register.

    `more`: what the ledger's document says beside step, edition and reason, nothing personal. `version`: the digest of the version
    that it concerns; empty: the newest one's, `unknown` where that has none. The line stands under the authority of whoever did it: an
    oversight body's suspension under its own.
    """
    if standing is not None and standing.value != system.standing:
        system.standing = standing.value
        system.save(update_fields=["standing"])
    line = write_log(
        RecordType.REGISTER,
        authority=authority_of(by, MOVES[taken].permission, system.organisation),
        public={"system": system.slug, "version": version or _newest(system), "verdict": taken.value},
        document={"system": system.slug, "step": taken.value, **_of(edition), **({"reason": reason} if reason else {}), **(more or {})},
        at=at,
    )
    change = Change.objects.create(system=system, edition=edition, kind=taken.value, at=at, by_id=by.user, reason=reason, log=line)
    if taken not in _UNSEEN:
        shown_anew(system, on=at.date())
    return change


def _newest(system: System) -> str:
    digest = system.versions.order_by("-id").values_list("digest", flat=True).first()
    return digest or "unknown"


def _of(edition: Edition | None) -> Mapping[str, object]:
    if edition is None:
        return {}
    digest = edition.digest or edition_digest(field_digests(edition.content, secret=edition.secret))
    return {"edition": edition.number, "content": digest}
