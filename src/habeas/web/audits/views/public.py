"""Audits for everybody: what was tested, what was found, how to check it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from habeas.reports.registers.table import table
from habeas.web.audits import queries
from habeas.web.audits.shown import COLUMNS, cells, facts, said_of, shown_of, summary
from habeas.web.base.access import public
from habeas.web.register.queries import published, system


@public
@require_safe
def audits(request: HttpRequest, slug: str) -> HttpResponse:
    """The published audits of a system."""
    found = queries.published_audits(system(slug))
    return render(request, "audits/public/audits.html", {**_of_system(slug), "audits": [summary(one) for one in found]})


@public
@require_safe
def audits_json(_: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs."""
    about = system(slug)
    found = [facts(one) for one in queries.published_audits(about)]
    return JsonResponse({"habeas": "audits/1", "system": slug, "made_up": about.organisation.made_up, "audits": found})


@public
@require_safe
def audits_csv(_: HttpRequest, slug: str) -> HttpResponse:
    """The same as a table, in which no cell is a formula."""
    lines = table(COLUMNS, [cells(one) for one in queries.published_audits(system(slug))])
    return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8", headers=_download(f"{slug}-audits.csv"))


@public
@require_safe
def audit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One audit: the verdict in words, what it means, what was tested on whom, by whom, and its figures."""
    found = queries.published_audit(system(slug), number)
    context = {"audit": found, "report": queries.fragment_of(found, whole=False), **shown_of(found)}
    return render(request, "audits/public/audit.html", {**_of_system(slug), **context})


@public
@require_safe
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole report."""
    found = queries.published_audit(system(slug), number)
    context = {"audit": found, "report": queries.fragment_of(found, whole=True), **shown_of(found)}
    return render(request, "audits/public/report.html", {**_of_system(slug), **context})


@public
@require_safe
def audit_json(_: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One audit for programs: what the site says of it, and its result as habeas wrote it."""
    found = queries.published_audit(system(slug), number)
    marks = {"made_up": found.system.organisation.made_up or found.organisation.made_up}
    return JsonResponse({"habeas": "site-audit/1", **marks, **said_of(found), "result": queries.document_of(found)})


@public
@require_safe
def result_json(_: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The result to the byte, as its digest says."""
    found = queries.published_audit(system(slug), number)
    return HttpResponse(found.result, content_type="application/json", headers=_download(f"{slug}-audit-{number}-report.json"))


@public
@require_safe
def report_file(_: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The report as a page of its own, to keep."""
    found = queries.published_audit(system(slug), number)
    return HttpResponse(queries.report_of(found), content_type="text/html; charset=utf-8", headers=_download(f"{slug}-audit-{number}.html"))


@public
@require_safe
def plan_file(_: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The plan as it was written; of a report that was brought, as its result holds it."""
    found = queries.published_audit(system(slug), number)
    if found.plan_text:
        return HttpResponse(
            found.plan_text, content_type="application/yaml; charset=utf-8", headers=_download(f"{slug}-plan-{number}.yaml")
        )
    plan = json.dumps(queries.document_of(found)["plan"], ensure_ascii=False, indent=1, sort_keys=True)
    return HttpResponse(plan, content_type="application/json", headers=_download(f"{slug}-plan-{number}.json"))


def _of_system(slug: str) -> dict[str, Any]:
    found = published(slug)
    return {"system": found.system, "name": found.content.get("name", slug), "section": "register"}


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
