"""Documented systems elsewhere, and families of technology."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from habeas.reports.catalogue import entries, technologies
from habeas.reports.screening import table
from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.pages.forms import CatalogueFilter
from habeas.web.pages.shelf import matching, row_of, shelf, technology_of
from habeas.web.pages.shown.systems import line_of, system_shown
from habeas.web.pages.shown.technologies import technology_line, technology_shown

ON_A_PAGE = 20


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """Documented systems, those that are asked for."""
    known = shelf(now().date())
    form = CatalogueFilter(request.GET, known=known)
    rows = matching(known, **form.cleaned_data) if form.is_valid() else ()
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": [line_of(row) for row in page], "on": known.on, "number": len(rows)}
    return render(request, "pages/catalogue.html", context, status=200 if form.is_valid() else 422)


@public
def catalogue_json(_request: HttpRequest) -> HttpResponse:
    """Every documented system with what each book finds of it, for programs."""
    known = shelf(now().date())
    return JsonResponse(table.as_document(known.documented, on=known.on))


@public
def system(request: HttpRequest, name: str) -> HttpResponse:
    """One documented system."""
    known = shelf(now().date())
    shown = system_shown(row_of(known, name), known)
    return render(request, "pages/system.html", {"system": shown, "entry": shown.line.entry, "on": known.on})


@public
def system_json(_request: HttpRequest, name: str) -> HttpResponse:
    """One documented system, for programs."""
    row = row_of(shelf(now().date()), name)
    return JsonResponse(entries.as_document(row.entry, row.verdicts))


@public
def technology_list(request: HttpRequest) -> HttpResponse:
    """Every family of technology."""
    known = shelf(now().date())
    lines = [technology_line(family, known) for family in known.technologies]
    return render(request, "pages/technologies.html", {"lines": lines})


@public
def technologies_json(_request: HttpRequest) -> HttpResponse:
    """Every family of technology, for programs."""
    return JsonResponse(technologies.list_as_document(shelf(now().date()).technologies))


@public
def technology(request: HttpRequest, name: str) -> HttpResponse:
    """One family of technology."""
    known = shelf(now().date())
    return render(request, "pages/technology.html", {"technology": technology_shown(technology_of(known, name), known), "on": known.on})


@public
def technology_json(_request: HttpRequest, name: str) -> HttpResponse:
    """One family of technology, for programs."""
    known = shelf(now().date())
    return JsonResponse(technologies.as_document(technology_of(known, name), known.books))
