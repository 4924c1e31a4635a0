"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"
