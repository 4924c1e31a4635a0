"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lend the page of a system its part about screens."""
        from habeas.web.base.panels import SYSTEM_PANELS, SystemPanel  # once the models are there
        from habeas.web.screening.panel import context, refused

        SYSTEM_PANELS.append(SystemPanel(order=10, template="screening/desk/panel.html", context=context))
        SYSTEM_PANELS.append(SystemPanel(order=10, template="screening/desk/refused.html", context=refused, first=True))
