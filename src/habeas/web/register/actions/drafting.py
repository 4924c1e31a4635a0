"""Beginning a system's entry, and writing in its draft."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from habeas.errors import BadInput
from habeas.procedures.editions import fingerprint
from habeas.procedures.entries import check_content, ordered
from habeas.procedures.publication import Open, Step
from habeas.runs.registers.fields import field_set
from habeas.terms.records_keys import SYSTEM
from habeas.terms.register import Content, Value
from habeas.web.accounts.models import Organisation
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.register.actions.changes import check, locked, record
from habeas.web.register.actions.publishing import as_seen
from habeas.web.register.models import Edition, System, Writing
from habeas.web.register.queries.systems import state_of
from habeas.web.register.queries.withholdings import answered_fields

DISCARDED = "The draft that alone answered this was discarded."
"""Why a withholding ended that nobody released."""

RESERVED = frozenset({"changes"})
"""No system's name: under it, the register has a page of its own."""


class Taken(BadInput):
    """Another system has that address."""


class Stale(BadInput):
    """Somebody saved other answers to the same fields in between; `content` is what the draft says now."""

    def __init__(self, message: str, *, content: Content) -> None:
        super().__init__(message)
        self.content = content


def begin(*, by: Actor, at: datetime, organisation: Organisation | int, slug: str, name: str) -> System:
    """A new system with a draft of its entry. The slug is its address and its name in the ledger, for ever.

    Whoever asks twice, as by pressing a button twice, gets what they began the first time as long as nobody wrote in it.

    Raises:
        NotAllowed: the actor writes no entries for that organisation.
        BadInput: the slug isn't one, or is taken.
    """
    require(by, "edit_entry", organisation)
    with transaction.atomic():
        owner = organisation if isinstance(organisation, int) else organisation.pk
        content: Content = {"name": name.strip()}
        check_content(content, field_set())
        try:
            made = system_named(slug, organisation=owner, at=at, by=by)
        except Taken:
            again = System.objects.filter(slug=slug, organisation=owner, made_by=by.person).first()
            if again is None or not again.editions.filter(number=1, state="draft", content=content).exists():
                raise
            return again
        _draft(made, by=by, at=at, content=content)
    return made


def system_named(slug: str, *, organisation: int, at: datetime, by: Actor, source: str = "") -> System:
    """A row for a new system. Raises `BadInput`: the slug isn't one; `Taken`: another system has it, maybe since a moment ago."""
    if not SYSTEM.fits(slug):
        raise BadInput(
            f"expected {SYSTEM}; got something else: it stands in the ledger for ever, so no four digits in a row, which may be a year"
        )
    if slug in RESERVED:
        raise BadInput(f"expected an address that names the system; {slug} is a page of the register: add a word, such as your town")
    try:
        with transaction.atomic():  # the database decides who was first
            return System.objects.create(slug=slug, organisation_id=organisation, made_at=at, made_by_id=by.user, source=source)
    except IntegrityError:
        told = f"expected an address that no system has; {slug} is taken: add a word that tells the two apart, such as your town"
        raise Taken(told) from None


def begin_edition(*, by: Actor, at: datetime, system: System) -> Edition:
    """A draft of the next edition, which begins as the published one.

    Raises:
        NotAllowed: the actor doesn't write this organisation's entries.
        BadInput: there is an open draft already.
    """
    with transaction.atomic():
        held = locked(system)
        now = held.editions.filter(state="published").first()
        return _draft(held, by=by, at=at, content=now.content if now else {})


def save(*, by: Actor, at: datetime, system: System, answers: Mapping[str, Value | None], seen: str) -> Edition:
    """Put these answers into the draft; None takes one out. `seen`: the fingerprint of these fields as the writer saw them.

    Raises:
        NotAllowed: the actor doesn't write this organisation's entries.
        BadInput: there is no draft to write in, or an answer isn't one.
        Stale: somebody else saved other answers to these fields in between; nothing is saved.
    """
    require(by, "edit_entry", system.organisation_id)
    check_content({name: value for name, value in answers.items() if value is not None}, field_set())
    with transaction.atomic():
        held = locked(system)
        draft = _open_draft(held)
        if fingerprint(draft.content, tuple(sorted(answers))) != seen:
            raise Stale("somebody else changed these answers while you wrote: see both, and save again", content=dict(draft.content))
        content = {name: value for name, value in {**draft.content, **answers}.items() if value is not None}
        draft.content = dict(ordered(content, field_set()))
        draft.changed_at = at
        draft.save(update_fields=["content", "changed_at"])
        Writing.objects.get_or_create(edition=draft, user_id=by.person)
    return draft


def discard(*, by: Actor, at: datetime, system: System, seen: str | None = None) -> None:
    """Give a draft up: its answers are deleted. That it was begun and given up stays, here and in the ledger, and so does its number.

    Nothing that was published changes. What was asked to be withheld of this draft alone ends with it. `seen`: the fingerprint
    (`as_seen`) of the draft when the actor was asked; None: they mean what is there now.

    Raises:
        NotAllowed: the actor doesn't write this organisation's entries.
        BadInput: there is no draft, it is in review, or somebody wrote in it since.
    """
    with transaction.atomic():
        held = locked(system)
        check(Step.DISCARDED, by=by, system=held)
        draft = held.editions.get(state="draft")
        if seen is not None and seen != as_seen(draft):
            raise BadInput("expected the draft that you were asked about; somebody wrote in it since: read it as it is now, then decide")
        record(Step.DISCARDED, by=by, at=at, system=held, edition=draft)
        draft.state, draft.content, draft.note, draft.changed_at = "discarded", {}, "", at
        draft.secret = ""  # with it, whoever guesses an answer could hold the guess against the digest in the ledger
        draft.save(update_fields=["state", "content", "note", "secret", "changed_at"])
        ended = held.withholdings.filter(ended_at=None, until__gt=at.date()).exclude(field__in=answered_fields(held))
        ended.update(ended_at=at, ended_by=by.person, ended_reason=DISCARDED)


def next_number(system: System) -> int:
    """The number of the system's next edition."""
    last = system.editions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _open_draft(system: System) -> Edition:
    state = state_of(system)
    if state.open is not Open.DRAFT:
        raise BadInput(f"expected an open draft to write in; this entry is {state}: begin a new edition, or have it returned from review")
    return system.editions.get(state="draft")


def _draft(system: System, *, by: Actor, at: datetime, content: Content) -> Edition:
    check(Step.DRAFTED, by=by, system=system)
    made = Edition.objects.create(
        system=system,
        number=next_number(system),
        content=dict(content),
        made_by_id=by.user,
        made_at=at,
        changed_at=at,
        secret=secrets.token_hex(32),
    )
    Writing.objects.create(edition=made, user_id=by.person)
    record(Step.DRAFTED, by=by, at=at, system=system, edition=made)
    return made
