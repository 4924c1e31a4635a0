"""What was asked and decided about letting a version be used. Whether it may be used today is worked out from this, never stored."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from habeas.terms.system import Stage
from habeas.web.accounts.models import User
from habeas.web.base.models import LogLine
from habeas.web.register.models import SystemVersion

KINDS = ("asked", "authorised", "conditional", "refused", "closed", "reopened")
DECIDED = ("authorised", "conditional", "refused")
OVERSEEN = ("closed", "reopened")
"""What oversight does holds for the version, at whichever stage it is."""


class Act(models.Model):
    """One act: asked, decided by somebody else, closed or reopened by oversight. Rows are added, never changed."""

    version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, related_name="gate_acts")
    stage = models.CharField(max_length=16)
    kind = models.CharField(max_length=12)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)  # as they were called then: everybody reads it, and nobody rewrites it by another name
    at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # whose question was decided
    reasons = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    until = models.DateField(null=True)  # the first day on which the conditions no longer carry it
    audits = models.JSONField(default=list)  # numbers of the audits that a conditional approval answers for
    log = models.OneToOneField(LogLine, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY = "public"
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {"asked_by": "restricted"}

    class Meta:
        """What must hold: whoever decides isn't who asked; conditions have reasons and an end; what was decided is in the ledger."""

        constraints = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="act_kind"),
            models.CheckConstraint(condition=~Q(by_name=""), name="act_named"),
            models.CheckConstraint(condition=Q(stage__in=[one.value for one in Stage]), name="act_stage"),
            models.CheckConstraint(
                condition=~Q(kind__in=DECIDED) | (Q(asked_by__isnull=False) & ~Q(asked_by=F("by"))), name="act_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(kind="conditional") | (Q(until__isnull=False) & ~Q(reasons="") & ~Q(conditions="")), name="act_conditions"
            ),
            models.CheckConstraint(condition=~Q(kind__in=("refused", "closed")) | ~Q(reasons=""), name="act_reasons"),
            models.CheckConstraint(condition=Q(kind="asked") | Q(log__isnull=False), name="act_logged"),
        )
        indexes = (models.Index(fields=("version", "stage", "id"), name="act_order"),)
