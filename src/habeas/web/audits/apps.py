"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.audits"
    label = "audits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lend the desk its parts."""
        from habeas.web.audits.panels import register  # once the models are there

        register()
