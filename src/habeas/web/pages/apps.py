"""The app, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Its name and label."""

    name = "habeas.web.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
