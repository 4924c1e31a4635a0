"""Addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from habeas.web.audits.views import bringing, desk, public

DESK = "desk/systems/<slug:slug>/audits/"
PUBLIC = "register/<slug:slug>/audits"

urlpatterns: list[URLPattern] = [
    path(f"{PUBLIC}/", public.audits, name="audits_list"),
    path(f"{PUBLIC}.json", public.audits_json, name="audits_list_json"),
    path(f"{PUBLIC}.csv", public.audits_csv, name="audits_list_csv"),
    path(f"{PUBLIC}/<int:number>/", public.audit, name="audits_audit"),
    path(f"{PUBLIC}/<int:number>.json", public.audit_json, name="audits_audit_json"),
    path(f"{PUBLIC}/<int:number>/report/", public.report, name="audits_report"),
    path(f"{PUBLIC}/<int:number>/report.html", public.report_file, name="audits_report_file"),
    path(f"{PUBLIC}/<int:number>/report.json", public.result_json, name="audits_result"),
    path(f"{PUBLIC}/<int:number>/plan", public.plan_file, name="audits_plan"),
    path(DESK, desk.audits, name="desk_audits"),
    path(f"{DESK}new/", bringing.new, name="desk_audit_new"),
    path(f"{DESK}bring/", bringing.bring, name="desk_audit_bring"),
    path(f"{DESK}<int:number>/", desk.audit, name="desk_audit"),
    path(f"{DESK}<int:number>/report.html", desk.report_file, name="desk_audit_report"),
    path(f"{DESK}<int:number>/publish/", desk.publish, name="desk_audit_publish"),
    path(f"{DESK}<int:number>/withdraw/", desk.withdraw, name="desk_audit_withdraw"),
    path(f"{DESK}<int:number>/comment/", desk.comment, name="desk_audit_comment"),
]
