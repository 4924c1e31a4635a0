"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GateConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.gate"
    label = "gate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lend the desk its parts."""
        from habeas.web.gate.panels import register  # once the models are there

        register()
