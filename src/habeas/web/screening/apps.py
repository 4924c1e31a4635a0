"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
