"""Beginning a description, and answering in it, a page at a time; what is saved on one page never touches another's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from habeas.errors import BadInput, NotAllowed
from habeas.terms.answers import Answer
from habeas.terms.places import place
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.register.models import SystemVersion
from habeas.web.register.queries import draft
from habeas.web.screening.describing import Said, answers_said, given
from habeas.web.screening.models import Description

PERMISSION = "screen"


def begin(*, by: Actor, at: datetime, version: SystemVersion) -> Description:
    """The open description of a version; where there is none, a new one that begins with what was last said of it.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
    """
    require(by, PERMISSION, version.system.organisation_id)
    with transaction.atomic():
        SystemVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)  # two clicks begin one description
        there = Description.objects.filter(version=version, state="open").first()
        if there is not None:
            return there
        last = Description.objects.filter(version=version).order_by("-id").first()
        said = _first(version) if last is None else last.said
        return Description.objects.create(version=version, said=said, made_by_id=author(by), made_at=at, changed_at=at)


def describe(*, by: Actor, at: datetime, description: Description, fields: Mapping[str, Any]) -> None:
    """Say what the system is called, who uses it, where: every field of the description but the answers.

    Raises:
        NotAllowed, BadInput: as `answer`.
    """
    with transaction.atomic():
        row = _open(description, by)
        _save(row, {**row.said, **{name: value for name, value in fields.items() if name != "answers"}}, at)


def answer(*, by: Actor, at: datetime, description: Description, answers: Mapping[str, Answer | None]) -> None:
    """Answer questions; None takes an answer back. Questions that aren't named keep theirs.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
        BadInput: a screen was made from it, so it stays as it is.
    """
    with transaction.atomic():
        row = _open(description, by)
        kept = {**given(row.said).answers, **answers}
        said = answers_said({name: one for name, one in kept.items() if one is not None})
        _save(row, {**row.said, "answers": said}, at)


def replace_with(*, by: Actor, at: datetime, description: Description, said: Said) -> None:
    """Put what a file says in place of everything said so far.

    Raises:
        NotAllowed, BadInput: as `answer`.
    """
    with transaction.atomic():
        _save(_open(description, by), dict(said), at)


def author(by: Actor) -> int:
    """The id of whoever acts. Raises `NotAllowed`: nobody is signed in."""
    if by.user is None:
        raise NotAllowed("expected somebody who is signed in; nobody is: sign in first")
    return by.user


def _open(description: Description, by: Actor) -> Description:
    row = Description.objects.select_for_update(of=("self",)).select_related("version__system").get(pk=description.pk)
    require(by, PERMISSION, row.version.system.organisation_id)
    if row.state != "open":
        raise BadInput("expected a description that is still open; a screen was made from this one: change the answers in a new one")
    return row


def _save(row: Description, said: Mapping[str, Any], at: datetime) -> None:
    row.said, row.changed_at = dict(said), at
    row.save(update_fields=["said", "changed_at"])


def _first(version: SystemVersion) -> dict[str, Any]:
    system = version.system
    edition = draft(system) or system.editions.filter(state="published").first()
    content = {} if edition is None else edition.content
    where = system.organisation.place
    return {
        "name": str(content.get("name") or system.slug),
        "version": version.name,
        "operator": system.organisation.name,
        "about": " ".join(str(content.get("plain_summary") or "").split())[:500],
        "used_in": [where] if place(where) == where else [],
        "answers": {},
    }
