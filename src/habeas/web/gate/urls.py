"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from habeas.web.gate import views

DESK = "desk/systems/<slug:slug>/gate/"
ONE = f"{DESK}<int:version>/"

urlpatterns: list[URLPattern] = [
    path("register/<slug:slug>/gate.json", views.gates_json, name="gate_json"),
    path(DESK, views.gates, name="desk_gates"),
    path(ONE, views.gate, name="desk_gate"),
    path(f"{ONE}ask/", views.ask, name="desk_gate_ask"),
    path(f"{ONE}authorise/", views.authorise, name="desk_gate_authorise"),
    path(f"{ONE}approve/", views.approve, name="desk_gate_approve"),
    path(f"{ONE}refuse/", views.refuse, name="desk_gate_refuse"),
    path(f"{ONE}close/", views.close, name="desk_gate_close"),
    path(f"{ONE}reopen/", views.reopen, name="desk_gate_reopen"),
]
