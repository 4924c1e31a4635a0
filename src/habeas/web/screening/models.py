"""Descriptions of versions of systems, the screens made from them, and impact assessments. A screen is never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from habeas.rules.assessments.values import Kind
from habeas.rules.verdicts import Finding
from habeas.web.accounts.models import User
from habeas.web.base.models import LogLine
from habeas.web.register.models import SystemVersion


class Description(models.Model):
    """What its owner says of a version: the fields of a description file, as they were given, nothing implied added.

    Open while somebody answers; finished once a screen was made from it, and from then on it stays as it is.
    """

    version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, related_name="descriptions")
    state = models.CharField(max_length=10, default="open")  # open, finished
    said = models.JSONField(default=dict)  # habeas.web.screening.describing
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    PRIVACY = "restricted"  # where evidence is kept stays inside; answers and titles of evidence are shown once published

    class Meta:
        """One open description a version."""

        constraints = (
            models.UniqueConstraint(fields=("version",), condition=models.Q(state="open"), name="description_one_open"),
            models.CheckConstraint(
                condition=models.Q(state="open", finished_at__isnull=True) | models.Q(state="finished", finished_at__isnull=False),
                name="description_state",
            ),
        )


class Screen(models.Model):
    """A description judged by books on a day. `kept`: the verdicts as `habeas screen --out` keeps them, to the byte; `told`: in words."""

    version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, related_name="screens")
    description = models.ForeignKey(Description, on_delete=models.PROTECT, related_name="screens")
    on = models.DateField()
    finding = models.CharField(max_length=30)  # habeas.rules.verdicts.Finding: the strictest of the books
    kept = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of `kept`
    told = models.JSONField()  # habeas.reports.screening.telling
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    log = models.OneToOneField(LogLine, on_delete=models.PROTECT, related_name="+")

    PRIVACY = "restricted"
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {"on": "public", "finding": "public", "told": "public", "digest": "public", "log": "public"}

    class Meta:
        """The same verdict of a description is kept once; of another that says the same, anew: it is the one that counts from then on."""

        constraints = (
            models.UniqueConstraint(fields=("description", "digest"), name="screen_once"),
            models.CheckConstraint(condition=models.Q(finding__in=[one.value for one in Finding]), name="screen_finding"),
        )
        indexes = (models.Index(fields=("version", "id"), name="screen_latest"),)


class Assessment(models.Model):
    """An impact assessment that was drafted from a screen. `text`: the file as `habeas assess` writes and reads it."""

    version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, related_name="assessments")
    screen = models.ForeignKey(Screen, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, default="draft")  # draft, complete
    text = models.TextField()
    left = models.JSONField(default=list)  # answers of the one before that have no place in this: [where, what]
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    PRIVACY = "restricted"

    class Meta:
        """One draft of a kind a version."""

        constraints = (
            models.UniqueConstraint(fields=("version", "kind"), condition=models.Q(state="draft"), name="assessment_one_draft"),
            models.CheckConstraint(condition=models.Q(state__in=("draft", "complete")), name="assessment_state"),
            models.CheckConstraint(condition=models.Q(kind__in=[one.value for one in Kind]), name="assessment_kind"),
        )
