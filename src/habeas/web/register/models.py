"""Systems, their versions, and the editions of their entries: nothing that was published is ever overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from habeas.procedures.publication import Standing, Step
from habeas.procedures.withholding import Ground
from habeas.web.accounts.models import Organisation, User
from habeas.web.base.models import LogLine

_NEVER_SHOWN = ("draft", "review", "discarded")  # the states of an edition that no reader ever sees


class System(models.Model):
    """A system that an organisation uses or means to use; the entry's permanent address is /register/SLUG/."""

    slug = models.CharField(max_length=64, unique=True)  # as the ledger knows it: habeas.terms.records_keys.SYSTEM
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="systems")
    standing = models.CharField(max_length=12, default="unpublished")  # unpublished, published, suspended, retired
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # None: brought by an import
    source = models.CharField(max_length=300, blank=True)  # where an imported entry comes from, with its licence

    PRIVACY = "public"  # once published; before that, who may see it is decided by queries
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {"made_by": "restricted"}

    class Meta:
        """What must hold."""

        constraints = (models.CheckConstraint(condition=models.Q(standing__in=[one.value for one in Standing]), name="system_standing"),)

    def __str__(self) -> str:
        return self.slug


class SystemVersion(models.Model):
    """A version of the system itself (software, model, checklist): what is screened, audited and authorised."""

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=60)  # e.g. 2.1
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what is run, where there is one
    stage = models.CharField(max_length=16, default="design")  # design, pre-deployment, live
    made_at = models.DateTimeField()

    PRIVACY = "public"

    class Meta:
        """What must hold."""

        constraints = (
            models.UniqueConstraint(fields=("system", "name"), name="version_once"),
            models.CheckConstraint(condition=models.Q(stage__in=("design", "pre-deployment", "live")), name="version_stage"),
        )


class Edition(models.Model):
    """One edition of a system's entry. `content`: `habeas.terms.register.Content`. Published, it never changes again (a trigger).

    A draft can be discarded: its answers are deleted, its row and number stay.
    """

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default="draft")  # draft, review, published, superseded, discarded
    content = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)  # what changed and why, for the public
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of the published content, as the log names it
    secret = models.CharField(max_length=64)  # what the digest's random numbers come from: habeas.procedures.editions

    PRIVACY = "public"  # once published, but for fields that are withheld: read it through queries.shown
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {
        "content": "restricted",
        "made_by": "restricted",
        "submitted_by": "restricted",
        "published_by": "restricted",
        "secret": "restricted",
    }

    class Meta:
        """What must hold: one open edition and one published one a system; whoever publishes isn't who submitted.

        That whoever publishes isn't one of the writers either, and that what was published stays, is for triggers: `triggers.py`.
        """

        constraints = (
            models.UniqueConstraint(fields=("system", "number"), name="edition_once"),
            models.UniqueConstraint(fields=("system",), condition=models.Q(state__in=("draft", "review")), name="edition_one_open"),
            models.UniqueConstraint(fields=("system",), condition=models.Q(state="published"), name="edition_one_published"),
            models.CheckConstraint(condition=models.Q(state__in=(*_NEVER_SHOWN, "published", "superseded")), name="edition_state"),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | models.Q(submitted_by__isnull=True)
                | ~models.Q(published_by=models.F("submitted_by")),
                name="edition_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_NEVER_SHOWN) | (models.Q(published_at__isnull=False) & ~models.Q(digest="")),
                name="edition_published_when",
            ),
            models.CheckConstraint(  # only what an import brought was published by nobody: it is documented by others, and says so
                condition=models.Q(state__in=_NEVER_SHOWN) | models.Q(published_by__isnull=False) | models.Q(made_by__isnull=True),
                name="edition_published_by",
            ),
        )


class Writing(models.Model):
    """Who wrote in an edition; none of them may publish it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="writings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    PRIVACY = "restricted"

    class Meta:
        """Once each."""

        constraints = (models.UniqueConstraint(fields=("edition", "user"), name="writing_once"),)


class Withholding(models.Model):
    """A field of the entry that isn't shown: on which ground, who approved it, until when. After `until` it is shown by itself.

    Every outlet (pages, JSON, CSV, feeds, exports, downloads, comparisons) takes its content from `queries.shown`, which applies these.
    """

    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="withholdings")
    field = models.CharField(max_length=60)
    ground = models.CharField(max_length=30)
    reason = models.TextField()  # for the public: why, in words that don't give it away
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    until = models.DateField()  # the first day on which it is shown
    ended_at = models.DateTimeField(null=True)  # lifted before that day, or refused
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_reason = models.TextField(blank=True)

    PRIVACY = "public"
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {"asked_by": "restricted", "approved_by": "restricted", "ended_by": "restricted"}

    class Meta:
        """Whoever approves isn't who asked."""

        constraints = (
            models.CheckConstraint(condition=models.Q(ground__in=[one.value for one in Ground]), name="withholding_ground"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True, approved_at__isnull=True)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="withholding_approved",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("asked_by")), name="withholding_four_eyes"
            ),
        )


class Change(models.Model):
    """One thing that happened to an entry, in order; `log` is its entry of the ledger."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="changes")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="changes")
    kind = models.CharField(max_length=20)  # habeas.procedures.publication.Step
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    log = models.OneToOneField(LogLine, on_delete=models.PROTECT, related_name="+")

    PRIVACY = "public"  # once the entry is published; before that, who may see it is decided by queries
    FIELD_PRIVACY: ClassVar[dict[str, str]] = {"by": "restricted"}

    class Meta:
        """The order of things. Nobody changes or removes a row: `triggers.py`."""

        constraints = (models.CheckConstraint(condition=models.Q(kind__in=[one.value for one in Step]), name="change_kind"),)
        indexes = (models.Index(fields=("system", "id"), name="change_order"),)
