"""People who work with the site, their organisations, and which role they hold where, from when to when."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from habeas.web.base.actors import OrganisationKind, Role

_A_ROLE = models.Q(role__in=[role.value for role in Role])


class Users(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with an account; without a password, they must be sent a link to set one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody with an account. Nobody affected by a decision needs one."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    PRIVACY = "personal"

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A police force, a court, an auditor, an oversight body. `authority` is its name in the ledger, e.g. police.example."""

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)  # OrganisationKind
    authority = models.CharField(max_length=100, unique=True)
    place = models.CharField(max_length=8)  # ISO 3166, e.g. GB-ENG
    contact_email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    documented_by_others = models.BooleanField(default=False)  # no account here: its entries were brought from elsewhere
    made_up = models.BooleanField(default=False)  # for demonstrations; every page about it says so

    PRIVACY = "public"

    class Meta:
        """What must hold."""

        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=[kind.value for kind in OrganisationKind]), name="organisation_kind"),
        )

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """Where an organisation works, as the beginning of a postcode: B matches B1 1AA and B33 8TH, B1 only the first."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="areas")
    country = models.CharField(max_length=2)
    prefix = models.CharField(max_length=8)

    PRIVACY = "public"

    class Meta:
        """Once each."""

        constraints = (models.UniqueConstraint(fields=("organisation", "country", "prefix"), name="area_once"),)
        indexes = (models.Index(fields=("prefix",), name="area_prefix"),)


class Membership(models.Model):
    """A role that somebody holds in an organisation. `until` is the first day without it; None: it goes on."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    PRIVACY = "restricted"

    class Meta:
        """What must hold."""

        constraints = (
            models.UniqueConstraint(fields=("user", "organisation", "role"), name="membership_once"),
            models.CheckConstraint(condition=_A_ROLE, name="membership_role"),
            models.CheckConstraint(condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="membership_days"),
        )


class RoleChange(models.Model):
    """A role given or ended: who did it, to whom, when, and from which day. Never changed, never removed.

    `by` is None where the site's own command did it, before anybody had an account.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="role_changes")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_changes")
    role = models.CharField(max_length=20)
    kind = models.CharField(max_length=5)  # given, ended
    day = models.DateField()  # the first with the role, or the first without it
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    PRIVACY = "restricted"

    class Meta:
        """What must hold, and the order of things."""

        constraints = (
            models.CheckConstraint(condition=_A_ROLE, name="role_change_role"),
            models.CheckConstraint(condition=models.Q(kind__in=("given", "ended")), name="role_change_kind"),
        )
        indexes = (models.Index(fields=("organisation", "id"), name="role_change_order"),)


class Invitation(models.Model):
    """Somebody asked to join an organisation. The letter's link holds `uid` with the site's signature, which the database doesn't keep."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    email = models.EmailField()
    roles = models.JSONField()  # list of Role values
    language = models.CharField(max_length=8, default="en")  # of the letter
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()  # from then on the link opens nothing
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    PRIVACY = "personal"

    class Meta:
        """What must hold: accepted or withdrawn, not both."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True), name="invitation_one_end"
            ),
        )


class Reader(models.Model):
    """An organisation whose auditors may read another's drafts: `owner` opened them. `until` is the first day without it."""

    owner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="readers")
    reader = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reads")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    PRIVACY = "restricted"

    class Meta:
        """What must hold."""

        constraints = (
            models.UniqueConstraint(fields=("owner", "reader"), name="reader_once"),
            models.CheckConstraint(condition=~models.Q(owner=models.F("reader")), name="reader_is_another"),
        )


class ReaderChange(models.Model):
    """Drafts opened to another organisation's auditors, or closed to them: who did it, and when. Never changed, never removed."""

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reader_changes")
    reader = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6)  # opened, closed
    until = models.DateField(null=True)  # the first day without it; None: opened without an end
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    PRIVACY = "restricted"

    class Meta:
        """What must hold, and the order of things."""

        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=("opened", "closed")), name="reader_change_kind"),
            models.CheckConstraint(condition=models.Q(kind="opened") | models.Q(until__isnull=False), name="reader_change_end"),
        )
        indexes = (models.Index(fields=("owner", "id"), name="reader_change_order"),)
