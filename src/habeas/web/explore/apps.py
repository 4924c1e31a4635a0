"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ExploreConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.explore"
    label = "explore"
    default_auto_field = "django.db.models.BigAutoField"
