"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from habeas.web.register.views import desk, entry, review, standing, versions, withheld

_SYSTEM = "desk/systems/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("desk/", desk.home, name="desk_home"),
    path("desk/systems/", desk.systems, name="desk_systems"),
    path("desk/systems/new/", desk.new, name="desk_system_new"),
    path(_SYSTEM, desk.system, name="desk_system"),
    path(f"{_SYSTEM}begin/", entry.begin, name="desk_entry_begin"),
    path(f"{_SYSTEM}discard/", entry.discard, name="desk_entry_discard"),
    path(f"{_SYSTEM}entry/<slug:topic>/", entry.topic, name="desk_entry_topic"),
    path(f"{_SYSTEM}preview/", entry.preview, name="desk_entry_preview"),
    path(f"{_SYSTEM}submit/", review.submit, name="desk_entry_submit"),
    path(f"{_SYSTEM}take-back/", review.take_back, name="desk_entry_take_back"),
    path(f"{_SYSTEM}review/", review.review, name="desk_entry_review"),
    path(f"{_SYSTEM}suspend/", standing.suspend, name="desk_system_suspend"),
    path(f"{_SYSTEM}resume/", standing.resume, name="desk_system_resume"),
    path(f"{_SYSTEM}retire/", standing.retire, name="desk_system_retire"),
    path(f"{_SYSTEM}versions/", versions.versions, name="desk_versions"),
    path(f"{_SYSTEM}versions/add/", versions.add, name="desk_version_add"),
    path(f"{_SYSTEM}versions/<int:number>/stage/", versions.stage, name="desk_version_stage"),
    path(f"{_SYSTEM}withheld/", withheld.withheld, name="desk_withheld"),
    path(f"{_SYSTEM}withheld/ask/", withheld.ask, name="desk_withheld_ask"),
    path(f"{_SYSTEM}withheld/<int:number>/", withheld.decide, name="desk_withheld_one"),
]
