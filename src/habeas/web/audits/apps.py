"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.audits"
    label = "audits"
    default_auto_field = "django.db.models.BigAutoField"
