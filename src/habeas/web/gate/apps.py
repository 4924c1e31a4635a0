"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class GateConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.gate"
    label = "gate"
    default_auto_field = "django.db.models.BigAutoField"
