"""Beginning a description, and answering in it, a page at a time; what is saved on one page never touches another's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from habeas.errors import BadDescription, BadInput, NotAllowed
from habeas.procedures.editions import fingerprint
from habeas.terms.answers import Answer
from habeas.terms.places import place
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.register.actions import Stale
from habeas.web.register.models import SystemVersion
from habeas.web.register.queries import draft, is_called, names_of, quoted_names
from habeas.web.screening.describing import Said, answers_said, given
from habeas.web.screening.models import Description

PERMISSION = "screen"


def begin(*, by: Actor, at: datetime, version: SystemVersion) -> Description:
    """The open description of a version; where there is none, a new one that begins with what was last said of it.

    Which system and version it speaks of isn't asked: it is the version, by the name that its system has in the register.

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
        said = {**said, **_names(version, said, by)}
        return Description.objects.create(version=version, said=said, made_by_id=author(by), made_at=at, changed_at=at)


def describe(*, by: Actor, at: datetime, description: Description, fields: Mapping[str, Any], seen: str) -> None:
    """Say who uses the system, what for, where. `seen`: the fingerprint of these fields as the writer saw them.

    Raises:
        NotAllowed, BadInput, Stale: as `answer`.
    """
    with transaction.atomic():
        row = _open(description, by)
        said = {**row.said, **fields, **_names(row.version, row.said, by)}
        _refuse_overtaken(row.said, said, tuple(fields), seen)
        _save(row, said, at)


def answer(*, by: Actor, at: datetime, description: Description, answers: Mapping[str, Answer | None], seen: str) -> None:
    """Answer questions; None takes an answer back. Questions that aren't named keep theirs.

    `seen`: the fingerprint of these answers as the writer saw them.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
        BadInput: a screen was made from it, so it stays as it is.
        Stale: somebody else answered these questions otherwise in between; nothing is saved.
    """
    with transaction.atomic():
        row = _open(description, by)
        kept = {**given(row.said).answers, **answers}
        said = answers_said({name: one for name, one in kept.items() if one is not None})
        _refuse_overtaken(row.said["answers"], said, tuple(answers), seen)
        _save(row, {**row.said, "answers": said}, at)


def replace_with(*, by: Actor, at: datetime, description: Description, said: Said) -> None:
    """Put what a file says in place of everything said so far.

    Raises:
        NotAllowed, BadInput: as `answer`; or it speaks of another system or version.
    """
    with transaction.atomic():
        row = _open(description, by)
        _refuse_another(row.version, said, by)
        _save(row, dict(said), at)


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


def _refuse_overtaken(now: Mapping[str, Any], then: Mapping[str, Any], names: tuple[str, ...], seen: str) -> None:
    """Nobody's answers are written over unseen. Whoever writes what stands there already is in nobody's way."""
    if fingerprint(now, tuple(sorted(names))) != seen and any(now.get(name) != then.get(name) for name in names):
        raise Stale("somebody else changed these answers while you wrote: see both, and save again", content=dict(now))


def _refuse_another(version: SystemVersion, said: Said, by: Actor) -> None:
    """See that what a file says is said of that version of that system, by a name that its entry has or had."""
    if not is_called(version.system, said["name"], by):
        known = quoted_names(version.system, by)
        raise BadDescription(
            f"name: expected a description of the system that you chose, by its address's name or one of its entry's ({known}); "
            f'it says "{said["name"]}": choose the system that it describes, or mend the description'
        )
    if said["version"] != version.name:
        raise BadDescription(
            f"version: expected a description of version {version.name}, which you chose; it says {said['version']}: "
            "choose the version that it describes, or mend the description"
        )


def _names(version: SystemVersion, said: Said, by: Actor) -> dict[str, str]:
    """The system by the name that was said, where its entry has or had it, else by the one that it has now; and the version."""
    name, (address, *names) = str(said.get("name", "")), names_of(version.system, by)
    return {"name": name if is_called(version.system, name, by) else (names[0] if names else address), "version": version.name}


def _save(row: Description, said: Mapping[str, Any], at: datetime) -> None:
    row.said, row.changed_at = dict(said), at
    row.save(update_fields=["said", "changed_at"])


def _first(version: SystemVersion) -> dict[str, Any]:
    system = version.system
    edition = draft(system) or system.editions.filter(state="published").first()
    content = {} if edition is None else edition.content
    where = system.organisation.place
    return {
        "operator": system.organisation.name,
        "about": " ".join(str(content.get("plain_summary") or "").split())[:500],
        "used_in": [where] if place(where) == where else [],
        "answers": {},
    }
