"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

from habeas.web.base.watching.logs import set_up_logs


class BaseConfig(AppConfig):
    """Its name and label; the logs are set up once it is there."""

    name = "habeas.web.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Set the logs up."""
        set_up_logs()
