"""The app, as Django knows it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_save


class AccountsConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep network addresses out of the list of somebody's open sessions."""
        from allauth.usersessions.models import UserSession

        pre_save.connect(_forget_address, sender=UserSession, dispatch_uid="habeas.accounts.forget_address")


def _forget_address(*, instance: Any, **_rest: Any) -> None:
    instance.ip = "0.0.0.0"  # noqa: S104 - no server listens here: it stands for "not kept"
