"""What waits for somebody at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from habeas.procedures.publication import TAKEN_BACK, Standing, Step
from habeas.terms.answers import parse_day
from habeas.web.base.actors import Actor
from habeas.web.register.models import Change, Edition, Withholding
from habeas.web.register.queries.systems import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """An entry whose next revision was announced for a day that has come."""

    slug: str
    name: str
    due: date
    made_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for an actor: drafts to finish, drafts that came back from review, reviews to do, withholdings to approve, revisions."""

    drafts: tuple[Edition, ...]
    returned: tuple[Edition, ...]
    reviews: tuple[Edition, ...]
    withholdings: tuple[Withholding, ...]
    overdue: tuple[Overdue, ...]

    def __bool__(self) -> bool:
        return any((self.drafts, self.returned, self.reviews, self.withholdings, self.overdue))


_OF_DRAFTS = (Step.DRAFTED.value, Step.SUBMITTED.value, Step.RETURNED.value)  # a draft's answer can be withheld meanwhile


def waiting(actor: Actor, *, on: date) -> Waiting:
    """What this actor can do today. A review of what they wrote themselves, or of what they asked for, isn't theirs to do."""
    drafts = tuple(_editions("draft", within(actor, "edit_entry", "system__organisation")))
    reviews = (
        _editions("review", within(actor, "approve_entry", "system__organisation"))
        .exclude(submitted_by=actor.user)
        .exclude(writings__user=actor.user)
    )
    asked = Withholding.objects.filter(
        within(actor, "withhold_approve", "system__organisation"), approved_at=None, ended_at=None, until__gt=on
    ).exclude(asked_by=actor.user)
    return Waiting(
        drafts=tuple(one for one in drafts if not _came_back(one)),
        returned=tuple(one for one in drafts if _came_back(one)),
        reviews=tuple(reviews),
        withholdings=tuple(asked.select_related("system__organisation").order_by("id")),
        overdue=_overdue(actor, on),
    )


def overdue(edition: Edition, on: date) -> date | None:
    """The day for which a published edition announced the next revision, if it has come and the system isn't retired.

    It is computed on every look, never stored; a draft that names another day changes nothing before it is published.
    """
    if edition.state != "published" or edition.system.standing == Standing.RETIRED.value:
        return None
    day = parse_day(str(edition.content.get("revision_due", "")))
    return day if day is not None and day <= on else None


def _editions(state: str, whose: Q) -> QuerySet[Edition]:
    last = Change.objects.filter(edition=OuterRef("pk"), kind__in=_OF_DRAFTS).order_by("-id")
    found = Edition.objects.filter(whose, state=state)
    return (
        found.select_related("system__organisation")
        .annotate(last_step=Subquery(last.values("kind")[:1]), last_reason=Subquery(last.values("reason")[:1]))
        .order_by("changed_at", "id")
    )


def _came_back(edition: Edition) -> bool:
    """Whether an approver returned it; who takes back what they sent isn't told that it came back."""
    return getattr(edition, "last_step", "") == Step.RETURNED.value and getattr(edition, "last_reason", "") != TAKEN_BACK


def _overdue(actor: Actor, on: date) -> tuple[Overdue, ...]:
    rows = Edition.objects.filter(within(actor, "edit_entry", "system__organisation"), state="published")
    found = ((row, overdue(row, on)) for row in rows.select_related("system__organisation").order_by("system__slug"))
    return tuple(_told(row, day) for row, day in found if day)


def _told(row: Edition, day: date) -> Overdue:
    name = str(row.content.get("name", row.system.slug))
    return Overdue(slug=row.system.slug, name=name, due=day, made_up=row.system.organisation.made_up)
