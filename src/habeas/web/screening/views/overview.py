"""The screening of a system: its versions, what is described, what was screened; and beginning to describe one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.screening.actions import begin
from habeas.web.screening.queries.descriptions import version_for
from habeas.web.screening.queries.overview import overview
from habeas.web.screening.views.frame import EDITS, framed, owned, readable


@needs(*Role)
@require_safe
def screening(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version with its description, screens and assessments."""
    system = readable(request, slug)
    versions = overview(system, on=now().date())
    return render(request, "screening/desk/overview.html", framed(request, system, versions=versions))


@needs(EDITS)
@require_POST
def describe(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Begin, or go on, describing a version."""
    system = owned(request, slug)
    made = begin(by=acting(request), at=now(), version=version_for(system, version))
    return redirect("desk_description", slug, made.pk)
