"""The address for people, which has a language."""

from __future__ import annotations

from django.urls import path

from habeas.web.api import views

urlpatterns = [path("api/", views.about, name="api_about")]
