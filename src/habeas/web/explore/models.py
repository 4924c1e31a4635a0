"""What the public searches: one row a system, made anew whenever what the public sees of it changes, and the words that rows have."""

from __future__ import annotations

from django.db import models

from habeas.web.accounts.models import Organisation
from habeas.web.register.models import System


class SearchRow(models.Model):
    """A published system as lists show it. Everything here comes from what is shown to everybody; it can be made anew at any time."""

    system = models.OneToOneField(System, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    sort_name = models.CharField(max_length=300)
    summary = models.TextField()
    text = models.TextField()  # what is searched, plain: habeas.web.explore.queries.plain
    standing = models.CharField(max_length=12)
    status = models.CharField(max_length=40, blank=True)
    technology = models.CharField(max_length=60, blank=True)
    used_for = models.TextField(blank=True)  # |word|word|
    used_on = models.TextField(blank=True)  # |word|word|
    prohibited = models.BooleanField(default=False)
    edition = models.PositiveIntegerField()
    asked = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField()
    withheld = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    stamp = models.BigIntegerField(default=0)  # another number each time the row is written: queries.orders

    PRIVACY = "public"

    class Meta:
        """How lists are sorted and narrowed."""

        indexes = (
            models.Index(fields=("stamp",), name="search_stamp"),
            models.Index(fields=("-changed_at", "slug"), name="search_newest"),
            models.Index(fields=("sort_name", "slug"), name="search_name"),
            models.Index(fields=("organisation", "sort_name"), name="search_organisation"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def audited(self) -> bool:
        """Whether an audit of it stands: `queries.search` asks for that with the row, so that it is never old."""
        return bool(vars(self)["has_audit"])

    @property
    def shown_different(self) -> bool:
        """Whether an audit that stands shows that groups are treated differently; only of rows that the search gave."""
        return bool(vars(self)["has_difference"])


class SearchWord(models.Model):
    """A word that some entry has or had, for those who spell it otherwise. Only from fields that are never withheld."""

    text = models.CharField(max_length=40, unique=True)
    length = models.PositiveSmallIntegerField()

    PRIVACY = "public"

    class Meta:
        """How near words are found."""

        indexes = (models.Index(fields=("length", "text"), name="search_word_near"),)

    def __str__(self) -> str:
        return self.text
