"""From draft to publication by a second person, and what becomes of a published entry."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from habeas.errors import BadInput, NotAllowed
from habeas.procedures.editions import edition_digest, field_digests, fingerprint
from habeas.procedures.entries import check_content, lacking
from habeas.procedures.publication import MOVES, TAKEN_BACK, Step, check_four_eyes, publishing, step
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.register.actions.changes import check, locked, record
from habeas.web.register.models import Edition, System
from habeas.web.register.queries.steps import acting_as
from habeas.web.register.queries.systems import state_of


def submit(*, by: Actor, at: datetime, system: System, note: str = "") -> Edition:
    """Ask a second person to publish the draft. `note`: what changed and why, for the public.

    Raises:
        NotAllowed: the actor doesn't submit this organisation's entries.
        BadInput: there is no draft, or it lacks answers without which nothing is published; the message names them.
    """
    with transaction.atomic():
        held = locked(system)
        check(Step.SUBMITTED, by=by, system=held)
        draft = held.editions.get(state="draft")
        missing = lacking(draft.content, field_set())
        if missing:
            raise BadInput(
                f"expected answers to every question that publication needs; these are missing: {', '.join(f.label for f in missing)}"
            )
        check_content(draft.content, field_set())
        draft.state, draft.note, draft.submitted_by_id, draft.submitted_at = "review", note.strip(), by.user, at
        draft.save(update_fields=["state", "note", "submitted_by", "submitted_at"])
        record(Step.SUBMITTED, by=by, at=at, system=held, edition=draft)
    return draft


def return_(*, by: Actor, at: datetime, system: System, reason: str) -> Edition:
    """Give the draft back to its writers, with reasons.

    Raises:
        NotAllowed: the actor doesn't review this organisation's entries.
        BadInput: nothing is in review, or no reason is given.
    """
    with transaction.atomic():
        held = locked(system)
        check(Step.RETURNED, by=by, system=held, reason=reason)
        return _to_draft(held, by=by, at=at, reason=reason.strip())


def take_back(*, by: Actor, at: datetime, system: System) -> Edition:
    """Give the draft back to its writers, by whoever sent it to review and wants to go on writing.

    Raises:
        NotAllowed: somebody else sent it, or the actor no longer submits this organisation's entries.
        BadInput: nothing is in review.
    """
    require(by, MOVES[Step.SUBMITTED].permission, system.organisation_id)
    with transaction.atomic():
        held = locked(system)
        step(Step.RETURNED, state=state_of(held), reason=TAKEN_BACK)
        if held.editions.get(state="review").submitted_by_id != by.person:
            raise NotAllowed("expected whoever sent this draft to review; somebody else did: ask them, or have an approver return it")
        return _to_draft(held, by=by, at=at, reason=TAKEN_BACK)


def _to_draft(held: System, *, by: Actor, at: datetime, reason: str) -> Edition:
    edition = held.editions.get(state="review")
    edition.state, edition.submitted_by_id, edition.submitted_at = "draft", None, None
    edition.save(update_fields=["state", "submitted_by", "submitted_at"])
    record(Step.RETURNED, by=by, at=at, system=held, edition=edition, reason=reason)
    return edition


def publish(*, by: Actor, at: datetime, system: System, seen: str | None = None) -> Edition:
    """Show the edition in review to everybody; the one before stays readable as superseded.

    `seen`: the fingerprint (`as_seen`) of what the actor read; None: they read what is there now.

    Raises:
        NotAllowed: the actor doesn't publish this organisation's entries, or wrote or submitted this one.
        BadInput: nothing is in review, or something else than the actor read.
    """
    with transaction.atomic():
        held = locked(system)
        taken = publishing(state_of(held))
        after = check(taken, by=by, system=held)
        edition = held.editions.get(state="review")
        writers = set(edition.writings.values_list("user_id", flat=True))
        check_four_eyes(by.person, others=writers | {one for one in (edition.made_by_id, edition.submitted_by_id) if one is not None})
        if seen is not None and seen != as_seen(edition):
            raise BadInput("expected the entry that you read; it was taken back and sent again since: read it as it is now, then decide")
        make_public(edition, at=at, by=by)
        record(taken, by=by, at=at, system=held, standing=after.standing, edition=edition, reason=edition.note)
    return edition


def as_seen(edition: Edition) -> str:
    """What somebody read who decides on an edition, in short: its answers and what is said of the change."""
    return f"{fingerprint(edition.content, tuple(sorted(edition.content)))}:{hashlib.sha256(edition.note.encode()).hexdigest()}"


def make_public(edition: Edition, *, at: datetime, by: Actor) -> None:
    """Put the edition in the place of the published one, with its digest; for ever."""
    Edition.objects.filter(system_id=edition.system_id, state="published").update(state="superseded")
    edition.digest = edition_digest(field_digests(edition.content, secret=edition.secret))
    edition.state, edition.published_by_id, edition.published_at = "published", by.user, at
    edition.save(update_fields=["state", "digest", "published_by", "published_at"])


def suspend(*, by: Actor, at: datetime, system: System, reason: str) -> None:
    """Say in public that the system may not be used for now, and why. Raises `NotAllowed`, `BadInput`."""
    _stand(Step.SUSPENDED, by=by, at=at, system=system, reason=reason)


def resume(*, by: Actor, at: datetime, system: System, reason: str) -> None:
    """Say in public that it may be used again, and why. Raises `NotAllowed`, also where oversight suspended it; `BadInput`."""
    _stand(Step.RESUMED, by=by, at=at, system=system, reason=reason)


def retire(*, by: Actor, at: datetime, system: System, reason: str) -> None:
    """Say in public that it is no longer used; the entry stays. Raises `NotAllowed`, `BadInput`."""
    _stand(Step.RETIRED, by=by, at=at, system=system, reason=reason)


def _stand(taken: Step, *, by: Actor, at: datetime, system: System, reason: str) -> None:
    with transaction.atomic():
        held = locked(system)
        after = check(taken, by=by, system=held, reason=reason)
        more = {"as": acting_as(by, taken, held).value}
        edition = held.editions.get(state="published")
        record(taken, by=by, at=at, system=held, standing=after.standing, edition=edition, reason=reason.strip(), more=more)
