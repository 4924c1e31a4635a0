"""Versions of a system: what is screened, audited and authorised."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from habeas.errors import BadInput
from habeas.procedures.publication import Step
from habeas.terms.records_keys import DIGEST, STAGES
from habeas.web.base.actors import Actor
from habeas.web.register.actions.changes import check, locked, record
from habeas.web.register.models import System, SystemVersion


def add_version(*, by: Actor, at: datetime, system: System, name: str, stage: str, digest: str = "") -> SystemVersion:
    """Name a version of the system. `digest`: SHA-256 of what is run, where there is such a thing.

    Raises:
        NotAllowed: the actor doesn't write this organisation's entries.
        BadInput: no name, a name that the system has, a stage that isn't one, something that isn't a digest.
    """
    _check(name=name, stage=stage, digest=digest)
    with transaction.atomic():
        held = locked(system)
        check(Step.REGISTERED, by=by, system=held)
        if held.versions.filter(name=name.strip()).exists():
            raise BadInput("expected the name of a version that the system doesn't have; it has one of that name: give another")
        made = SystemVersion.objects.create(system=held, name=name.strip(), stage=stage, digest=digest, made_at=at)
        _record(made, by=by, at=at, system=held)
    return made


def move_version(*, by: Actor, at: datetime, version: SystemVersion, stage: str) -> SystemVersion:
    """Say that a version has reached another stage: what holds for one stage says nothing about the next.

    Raises:
        NotAllowed: the actor doesn't write this organisation's entries.
        BadInput: a stage that isn't one.
    """
    with transaction.atomic():
        held = locked(version.system)
        check(Step.REGISTERED, by=by, system=held)
        row = held.versions.get(pk=version.pk)
        _check(name=row.name, stage=stage, digest=row.digest)
        if row.stage != stage:
            row.stage = stage
            row.save(update_fields=["stage"])
            _record(row, by=by, at=at, system=held)
    return row


def _check(*, name: str, stage: str, digest: str) -> None:
    if not name.strip() or len(name.strip()) > _LONGEST:
        raise BadInput(f"expected the version's name, at most {_LONGEST} characters, such as 2.1; got something else")
    if not STAGES.fits(stage):
        raise BadInput(f"expected as stage {STAGES}; got something else")
    if digest and not DIGEST.fits(digest):
        raise BadInput(f"expected {DIGEST}; got something else: leave it out where there is nothing to take a digest of")


_LONGEST = 60


def _record(version: SystemVersion, *, by: Actor, at: datetime, system: System) -> None:
    more = {"version": version.name, "stage": version.stage}
    record(Step.REGISTERED, by=by, at=at, system=system, version=version.digest or "unknown", more=more)
