"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
