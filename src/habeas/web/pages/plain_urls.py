"""Addresses that programs know, without a language."""

from __future__ import annotations

from django.urls import URLPattern, path

from habeas.web.pages.views import texts

urlpatterns: list[URLPattern] = [
    path("robots.txt", texts.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", texts.security_txt, name="security_txt"),
]
