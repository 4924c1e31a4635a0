"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from habeas.web.pages.views import standing

urlpatterns: list[URLPattern] = [
    path("", standing.home, name="pages_home"),
    path("about/", standing.about, name="pages_about"),
    path("help/", standing.help, name="pages_help"),
    path("accessibility/", standing.accessibility, name="pages_accessibility"),
    path("privacy/", standing.privacy, name="pages_privacy"),
    path("open-data/", standing.open_data, name="pages_data"),
    path("security/", standing.security, name="pages_security"),
    path("technologies/", standing.about, name="pages_technologies"),
    path("catalogue/", standing.about, name="pages_catalogue"),
    path("rules/", standing.about, name="pages_rules"),
]
