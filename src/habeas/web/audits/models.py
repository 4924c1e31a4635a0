"""Audits of versions of systems: uploaded or brought, run by the worker, published by their auditors, never hidden by an owner."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from habeas.audit.result import Verdict
from habeas.terms.system import Stage
from habeas.web.accounts.models import Organisation, User
from habeas.web.base.models import LogLine
from habeas.web.register.models import System, SystemVersion

STATES = ("queued", "running", "failed", "finished", "published", "withdrawn")
PAID_BY = ("nobody", "auditor", "owner", "supplier", "oversight", "court", "grant", "other")
RELATIONS = ("none", "owner", "supplier", "both", "other")
SHOWN = ("published", "withdrawn")
WAITING = ("queued", "running")


class Audit(models.Model):
    """One audit of one version at one stage. `result`: the document of `habeas audit --json`; counts of single cells are never kept here.

    Rows of people that were uploaded lie in the site's folder under `upload`, until the run has finished; `counts` names the file of
    cells that the auditor asked to keep. Neither is ever shown.
    """

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="audits")
    version = models.ForeignKey(SystemVersion, on_delete=models.PROTECT, related_name="audits")
    number = models.PositiveIntegerField()  # of the system's audits; the permanent address is /register/SLUG/audits/NUMBER/
    uid = models.UUIDField(unique=True, default=uuid.uuid4)  # names its job and what is kept of it
    title = models.CharField(max_length=200)  # of the plan
    stage = models.CharField(max_length=16)
    kind = models.CharField(max_length=8)  # run: here; report: brought, not run here
    state = models.CharField(max_length=10)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audits")  # the auditor's
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    plan_text = models.TextField(blank=True)  # as it was written; a report that was brought has none
    plan_digest = models.CharField(max_length=64)
    data_digest = models.CharField(max_length=64)  # SHA-256 of what was uploaded, rows or report
    upload = models.CharField(max_length=60, blank=True)  # the file's name in the folder of uploads, while it is there
    keep_counts = models.BooleanField(default=False)
    counts = models.CharField(max_length=60, blank=True)
    told = models.TextField(blank=True)  # why it failed

    result = models.TextField(blank=True)  # to the byte, as its digest says
    result_digest = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=16, blank=True)
    finished_at = models.DateTimeField(null=True)

    independent = models.BooleanField(default=False)  # as judged when it was published
    paid_by = models.CharField(max_length=12, blank=True)
    relation = models.CharField(max_length=12, blank=True)  # to the system's owner or supplier
    statement = models.TextField(blank=True)  # the auditor's own words on it
    caveats = models.TextField(blank=True)  # the auditor's own, beside those of the result
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    log = models.OneToOneField(LogLine, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.TextField(blank=True)
    withdrawn_log = models.OneToOneField(LogLine, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY = "public"  # once published
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {
        "made_by": "restricted",
        "published_by": "restricted",
        "withdrawn_by": "restricted",
        "upload": "personal",  # names a file with rows of people
        "keep_counts": "restricted",
        "counts": "restricted",
        "told": "restricted",  # may quote a value of the data
        "uid": "restricted",
        "data_digest": "restricted",  # counts could be guessed against it; the result says what may be published
    }

    class Meta:
        """What must hold: what is published has a verdict, a statement and an entry of the ledger."""

        constraints = (
            models.UniqueConstraint(fields=("system", "number"), name="audit_number_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="audit_state"),
            models.CheckConstraint(condition=Q(kind__in=("run", "report")), name="audit_kind"),
            models.CheckConstraint(condition=Q(stage__in=[one.value for one in Stage]), name="audit_stage"),
            models.CheckConstraint(condition=Q(verdict__in=["", *(one.value for one in Verdict)]), name="audit_verdict"),
            models.CheckConstraint(condition=Q(paid_by__in=("", *PAID_BY)), name="audit_paid_by"),
            models.CheckConstraint(condition=Q(relation__in=("", *RELATIONS)), name="audit_relation"),
            models.CheckConstraint(condition=~Q(state__in=("finished", *SHOWN)) | ~Q(Q(result="") | Q(verdict="")), name="audit_result"),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN)
                | (Q(published_at__isnull=False, log__isnull=False) & ~Q(paid_by="") & ~Q(relation="") & ~Q(statement="")),
                name="audit_published",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | (Q(withdrawn_at__isnull=False, withdrawn_log__isnull=False) & ~Q(withdrawn_why="")),
                name="audit_withdrawn",
            ),
            models.CheckConstraint(condition=Q(state__in=("queued", "running")) | Q(upload=""), name="audit_rows_gone"),
        )
        indexes = (models.Index(fields=("version", "stage", "state"), name="audit_gate"),)

    @property
    def waits(self) -> bool:
        """Whether it is still to be run, and its rows are needed."""
        return self.state in WAITING

    @property
    def job_key(self) -> str:
        """The key of the job that runs it."""
        return f"audits.run:{self.uid}"

    @property
    def counts_name(self) -> str:
        """The name of the file of counts, where they are kept."""
        return f"{self.uid}.json"


class OwnerComment(models.Model):
    """What the system's owner says to a published audit: once, dated, beside it. The audit itself they can't touch."""

    audit = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="comment")
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PRIVACY = "public"
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {"by": "restricted"}
