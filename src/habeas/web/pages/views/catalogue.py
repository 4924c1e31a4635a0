"""Documented systems elsewhere, and families of technology."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from habeas.reports.catalogue import entries, technologies
from habeas.reports.screening import table
from habeas.reports.screening.table import Row
from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.explore.caching import kept
from habeas.web.explore.shelf import row_of, shelf, technology_of
from habeas.web.pages.forms import CatalogueFilter
from habeas.web.pages.shelf import matching
from habeas.web.pages.shown.systems import line_of, system_shown
from habeas.web.pages.shown.technologies import technology_line, technology_shown

ON_A_PAGE = 20


@public
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Documented systems, those that are asked for."""
    known = shelf(now().date())
    form = CatalogueFilter(request.GET, known=known)
    if not form.is_valid():
        return _listed(request, form, (), known.on, status=422)

    def made() -> HttpResponse:
        return _listed(request, form, matching(known, **form.cleaned_data), known.on)

    return kept(request, shown=known.on, changed=None, make=made)


def _listed(request: HttpRequest, form: CatalogueFilter, rows: tuple[Row, ...], on: date, *, status: int = 200) -> HttpResponse:
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "lines": [line_of(row) for row in page], "on": on, "number": len(rows)}
    return render(request, "pages/catalogue.html", context, status=status)


@public
def catalogue_json(request: HttpRequest) -> HttpResponseBase:
    """Every documented system with what each book finds of it, for programs."""
    known = shelf(now().date())
    return kept(request, shown=known.on, changed=None, make=lambda: JsonResponse(table.as_document(known.documented, on=known.on)))


@public
def system(request: HttpRequest, name: str) -> HttpResponseBase:
    """One documented system."""
    known = shelf(now().date())
    row = row_of(known, name)

    def made() -> HttpResponse:
        context = {"system": system_shown(row, known), "entry": row.entry, "on": known.on}
        return render(request, "pages/system.html", context)

    return kept(request, shown=known.on, changed=None, make=made)


@public
def system_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """One documented system, for programs."""
    known = shelf(now().date())
    row = row_of(known, name)
    return kept(request, shown=known.on, changed=None, make=lambda: JsonResponse(entries.as_document(row.entry, row.verdicts)))


@public
def technology_list(request: HttpRequest) -> HttpResponseBase:
    """Every family of technology."""
    known = shelf(now().date())

    def made() -> HttpResponse:
        lines = [technology_line(family, known) for family in known.technologies]
        return render(request, "pages/technologies.html", {"lines": lines})

    return kept(request, shown=known.on, changed=None, make=made)


@public
def technologies_json(request: HttpRequest) -> HttpResponseBase:
    """Every family of technology, for programs."""
    known = shelf(now().date())
    return kept(request, shown=known.on, changed=None, make=lambda: JsonResponse(technologies.list_as_document(known.technologies)))


@public
def technology(request: HttpRequest, name: str) -> HttpResponseBase:
    """One family of technology."""
    known = shelf(now().date())
    family = technology_of(known, name)

    def made() -> HttpResponse:
        return render(request, "pages/technology.html", {"technology": technology_shown(family, known), "on": known.on})

    return kept(request, shown=known.on, changed=None, make=made)


@public
def technology_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """One family of technology, for programs."""
    known = shelf(now().date())
    family = technology_of(known, name)
    return kept(request, shown=known.on, changed=None, make=lambda: JsonResponse(technologies.as_document(family, known.books)))
