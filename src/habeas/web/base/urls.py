"""Addresses without a language."""

from __future__ import annotations

from django.urls import path

from habeas.web.base import views

urlpatterns = [path("health/", views.site_health, name="health")]
