"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
