"""Impact assessments: drafted from a screen, written a section at a time, complete once nothing is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction

from habeas.errors import BadInput
from habeas.rules.assessments.carrying import carry
from habeas.rules.assessments.drafting import draft
from habeas.rules.assessments.values import Assessment as Drafted
from habeas.rules.assessments.values import Kind
from habeas.rules.screening import screen as screen_by
from habeas.runs.assessments.reading import parse_assessment
from habeas.runs.assessments.writing import write
from habeas.runs.rulebooks import library
from habeas.web.accounts.permissions import require
from habeas.web.base.actors import Actor
from habeas.web.register.actions import Stale
from habeas.web.screening.actions.describing import PERMISSION, author
from habeas.web.screening.describing import meant
from habeas.web.screening.models import Assessment, Screen
from habeas.web.screening.parts import stamp
from habeas.web.screening.queries.assessments import lacks

NAME = "assessment"


class Writing(Protocol):
    """What somebody wrote in a part of an assessment."""

    def part(self, assessment: Drafted) -> object:
        """The part in which it is written; None: the assessment has no such part."""

    def change(self, assessment: Drafted) -> Drafted:
        """The assessment with the part as it was written."""


def draft_assessment(*, by: Actor, at: datetime, screen: int, kind: Kind) -> Assessment:
    """The open draft of that kind for the version, by its latest screen; where there is none, a new one.

    Answers of an earlier assessment of the version come with it, to be read again where the description changed.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
        BadInput: the version was screened again since: an assessment stands on what the books say of it now.
    """
    with transaction.atomic():
        row = Screen.objects.select_for_update(of=("self",)).select_related("version__system", "description").get(pk=screen)
        require(by, PERMISSION, row.version.system.organisation_id)
        if Screen.objects.filter(version=row.version_id, pk__gt=row.pk).exists():
            raise BadInput("expected the latest screen; this version was screened again since: draft the assessment from that screen")
        earlier = Assessment.objects.filter(version=row.version, kind=kind.value).order_by("-id").first()
        if earlier is not None and earlier.state == "draft" and earlier.screen_id == row.pk:
            return earlier
        new = _drafted(row, kind)
        carried = None if earlier is None else carry(parse_assessment(earlier.text, name=NAME), into=new)
        left = [] if carried is None else [[one.place, one.says] for one in carried.left]
        text = write(new if carried is None else carried.assessment)
        fields = {"screen": row, "text": text, "left": left, "changed_at": at}
        draft_of = {"version": row.version, "kind": kind.value, "state": "draft"}
        made, _ = Assessment.objects.update_or_create(
            **draft_of, defaults=fields, create_defaults={**draft_of, **fields, "made_by_id": author(by), "made_at": at}
        )
        return made


def write_part(*, by: Actor, at: datetime, assessment: Assessment, writing: Writing, seen: str) -> None:
    """Write a part of a draft. `seen`: the stamp of the part as the writer saw it.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
        BadInput: the assessment is complete, so it stays as it is.
        Stale: somebody else wrote otherwise in this part in between, or drafted it anew; nothing is saved.
    """
    with transaction.atomic():
        row = _draft(assessment, by)
        now = parse_assessment(row.text, name=NAME)
        then = writing.change(now)
        if stamp(writing.part(now)) != seen and (then != now or writing.part(now) is None):
            raise Stale("somebody else changed these answers while you wrote: see both, and save again", content={})
        row.text, row.changed_at = write(then), at
        row.save(update_fields=["text", "changed_at"])


def complete_assessment(*, by: Actor, at: datetime, assessment: Assessment) -> None:
    """Say that an assessment is complete; from then on it stays as it is.

    Raises:
        NotAllowed: the actor doesn't screen this organisation's systems.
        BadInput: something is missing, or it is complete already.
    """
    with transaction.atomic():
        row = _draft(assessment, by)
        missing = lacks(row, on=at.date())
        if missing:
            raise BadInput(f"expected an assessment that lacks nothing; {len(missing)} things are missing: see the list, and write them")
        row.state, row.changed_at = "complete", at
        row.save(update_fields=["state", "changed_at"])


def _draft(assessment: Assessment, by: Actor) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("version__system", "screen__description")
    row = rows.get(pk=assessment.pk)
    require(by, PERMISSION, row.version.system.organisation_id)
    if row.state != "draft":
        raise BadInput("expected a draft; this assessment is complete and stays as it is: draft a new one from the latest screen")
    return row


def _drafted(screen: Screen, kind: Kind) -> Drafted:
    system = meant(screen.description.said)
    return draft(
        system,
        screen_by(system, library.books(), on=screen.on),
        kind=kind,
        vocabulary=library.vocabulary(),
        on=screen.on,
        families=library.families(),
    )
