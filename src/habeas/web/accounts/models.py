"""People who work with the site, their organisations, and which role they hold where, from when to when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from habeas.web.base.actors import Role


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
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="membership_role"),
        )
