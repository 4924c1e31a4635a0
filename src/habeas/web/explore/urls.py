"""Addresses. A slug never is `changes`: that address is the list of changes."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from habeas.web.explore.views import entries, lists, whole

_ENTRY = "register/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("register/", lists.entries, name="register_list"),
    path("register.json", lists.entries_json, name="register_list_json"),
    path("register.csv", lists.entries_csv, name="register_list_csv"),
    path("register.atom", lists.entries_atom, name="register_list_atom"),
    path("register.zip", whole.register_zip, name="register_zip"),
    path("register/changes/", lists.changes, name="register_changes"),
    path("register/changes.json", lists.changes_json, name="register_changes_json"),
    path("register/changes.csv", lists.changes_csv, name="register_changes_csv"),
    path("register/changes.atom", lists.changes_atom, name="register_changes_atom"),
    path(f"{_ENTRY}/", entries.entry, name="register_entry"),
    path(f"{_ENTRY}.json", entries.entry_json, name="register_entry_json"),
    path(f"{_ENTRY}.csv", entries.entry_csv, name="register_entry_csv"),
    path(f"{_ENTRY}.atom", entries.entry_atom, name="register_entry_atom"),
    path(f"{_ENTRY}/editions/<int:number>/", entries.edition, name="register_edition"),
    path(f"{_ENTRY}/compare/", entries.compare, name="register_compare"),
    path(f"{_ENTRY}/changes/<int:number>.json", entries.document, name="register_change_document"),
    re_path(
        r"^register/(?P<slug>[-a-zA-Z0-9_]+)/(?P<standard>atrs|algoritmeregister|annex-viii)\.json$",
        entries.export,
        name="register_export",
    ),
]
