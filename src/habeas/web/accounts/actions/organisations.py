"""An organisation's own facts, and who else may read its drafts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from habeas.errors import BadInput
from habeas.web.accounts.actions.roles import one_at_a_time
from habeas.web.accounts.hooks import renamed
from habeas.web.accounts.models import Area, Organisation, Reader, ReaderChange
from habeas.web.accounts.permissions import require
from habeas.web.accounts.queries.days import not_over
from habeas.web.base.actors import Actor

Place = tuple[str, str]
"""A country (ISO 3166) and the beginning of a postcode there."""


def change_organisation(
    *, organisation: Organisation, name: str, contact_email: str, website: str, areas: Collection[Place], by: Actor, at: datetime
) -> None:
    """Say anew what an organisation is called, how it is reached, and where it works.

    Raises:
        NotAllowed: `by` administers another organisation, or none.
    """
    require(by, "members", organisation)
    with transaction.atomic():
        known = one_at_a_time(organisation)  # two who say at once where it works would each write the same area
        organisation.name, organisation.contact_email, organisation.website = name, contact_email, website
        organisation.save(update_fields=["name", "contact_email", "website"])
        organisation.areas.all().delete()
        Area.objects.bulk_create(Area(organisation=organisation, country=country, prefix=prefix) for country, prefix in sorted(set(areas)))
        if known.name != name:
            renamed(organisation, on=at.date())


def open_drafts(*, organisation: Organisation, reader: Organisation, until: date | None, by: Actor, at: datetime) -> None:
    """Let another organisation's auditors read the drafts, and record it; `until` is the first day on which they can't any more.

    Raises:
        NotAllowed: `by` neither owns a system of the organisation nor administers it.
        BadInput: the reader is the organisation itself, or the day is past.
    """
    require(by, "open_drafts", organisation)
    if reader.pk == organisation.pk:
        raise BadInput("expected another organisation; its own people read its drafts anyway: choose the auditor's")
    if until is not None and until <= at.date():
        raise BadInput(f"expected a day after today; got {until}: choose a later one, or none")
    with transaction.atomic():
        Reader.objects.update_or_create(
            owner=organisation, reader=reader, defaults={"since": at.date(), "until": until, "by_id": by.person}
        )
        ReaderChange.objects.create(owner=organisation, reader=reader, kind="opened", until=until, by_id=by.person, at=at)


def close_drafts(*, organisation: Organisation, reader: Organisation, by: Actor, at: datetime) -> None:
    """Stop letting another organisation's auditors read the drafts, from now on, and record it. Who can't read them stays as they are.

    Raises:
        NotAllowed: `by` neither owns a system of the organisation nor administers it.
    """
    require(by, "open_drafts", organisation)
    today = at.date()
    with transaction.atomic():
        opened = Reader.objects.filter(not_over(today), owner=organisation, reader=reader)
        if opened.update(until=today):
            ReaderChange.objects.create(owner=organisation, reader=reader, kind="closed", until=today, by_id=by.person, at=at)
