"""Entries that others published elsewhere, brought here as documented by others."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from habeas.errors import BadInput
from habeas.procedures.entries import check_content
from habeas.procedures.publication import Standing, State, Step, publishing
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Content
from habeas.web.accounts.models import Organisation
from habeas.web.base.actors import NOBODY
from habeas.web.register.actions.changes import locked, record
from habeas.web.register.actions.drafting import next_number, system_named
from habeas.web.register.actions.publishing import make_public
from habeas.web.register.models import Edition, System
from habeas.web.register.queries.systems import state_of

MOST_SOURCE = 300
"""As many characters as a system's row has for it."""


def import_entry(*, organisation: Organisation, slug: str, content: Content, source: str, at: datetime) -> Edition:
    """Publish what another register says, at once, as documented by others; the same content from the same source changes nothing.

    Nobody here wrote or approved it, so it may lack what publication needs otherwise; what it lacks is shown as missing.

    Raises:
        BadInput: the organisation works here itself, the slug is another organisation's, the content isn't one, or the source is none.
    """
    if not organisation.documented_by_others:
        raise BadInput(f"expected an organisation that is documented by others; {organisation.slug} publishes its entries here itself")
    named = source.strip()
    if not named or len(named) > MOST_SOURCE:
        raise BadInput(f"expected where the entry comes from, with its licence, in 1 to {MOST_SOURCE} characters; got {len(named)}")
    check_content(content, field_set())
    with transaction.atomic():
        system = _system(organisation, slug, at=at, source=named)
        now = system.editions.filter(state="published").first()
        if now is not None and now.content == dict(content) and system.source == named:
            return now
        return _publish(system, content, at=at, source=named)


def _system(organisation: Organisation, slug: str, *, at: datetime, source: str) -> System:
    known = System.objects.filter(slug=slug).first()
    if known is None:
        return system_named(slug, organisation=organisation.pk, at=at, by=NOBODY, source=source)
    held = locked(known)
    if held.organisation_id != organisation.pk:
        raise BadInput(f"expected an address that no other organisation's system has; {slug} is taken: choose another")
    return held


def _publish(system: System, content: Content, *, at: datetime, source: str) -> Edition:
    note = "" if system.source == source else f"The source is another: it was {system.source}"
    system.source = source
    system.save(update_fields=["source"])
    made = Edition.objects.create(
        system=system,
        number=next_number(system),
        content=dict(content),
        note=note,
        made_at=at,
        changed_at=at,
        secret=secrets.token_hex(32),
    )
    taken = publishing(State(standing=state_of(system).standing))
    make_public(made, at=at, by=NOBODY)
    standing = Standing.PUBLISHED if taken is Step.PUBLISHED else None
    record(taken, by=NOBODY, at=at, system=system, standing=standing, edition=made, reason=made.note, more={"source": source})
    return made
