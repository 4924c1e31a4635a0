"""The outbox (what must happen after a commit) and the log's waiting room (what must be recorded in the ledger).

Both are rows written in the same transaction as the change they belong to, so neither can be lost and neither can happen without it.
"""

from __future__ import annotations

import uuid

from django.db import models


class Job(models.Model):
    """One thing for the worker to do, such as sending a letter: deleted 30 days after it was done, kept where it failed.

    `key` keeps the same job from waiting twice.
    """

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True, null=True)  # noqa: DJ001 - unique where there is one
    state = models.CharField(max_length=10, default="waiting")  # waiting, running, done, failed
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    told = models.TextField(default="")  # what went wrong, for whoever waits

    PRIVACY = "restricted"

    class Meta:
        """What must hold."""

        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=("waiting", "running", "done", "failed")), name="job_state"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="job_progress"),
        )
        indexes = (models.Index(fields=("state", "due_at"), name="job_due"),)


class LogLine(models.Model):
    """One entry of the ledger: due when written, recorded once it has an index.

    `document`: the canonical JSON whose digest the entry names; everyone may read it.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    record = models.JSONField()  # a record line as `habeas ledger append` takes it
    document = models.TextField()
    made_at = models.DateTimeField()
    index = models.BigIntegerField(null=True, unique=True)
    leaf_hash = models.CharField(max_length=64, default="")
    logged_at = models.DateTimeField(null=True)

    PRIVACY = "public"

    class Meta:
        """The order of recording."""

        indexes = (models.Index(fields=("index", "id"), name="log_line_due"),)


class Beat(models.Model):
    """When the worker was last seen at work, for whoever watches over the site."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    PRIVACY = "restricted"
