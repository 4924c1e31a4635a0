"""Rulebooks and rules: law and policy as data that anybody can check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from habeas.reports.rulebooks.documents import book_document, rule_document
from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.explore.caching import kept
from habeas.web.explore.shelf import book_of, rule_of, shelf
from habeas.web.pages.shown.rules import book_shown, rule_shown


@public
def book_list(request: HttpRequest) -> HttpResponseBase:
    """Every rulebook."""
    known = shelf(now().date())

    def made() -> HttpResponse:
        return render(request, "pages/rules.html", {"books": [book_shown(book, known.on) for book in known.books]})

    return kept(request, shown=known.on, changed=None, make=made)


@public
def book(request: HttpRequest, name: str) -> HttpResponseBase:
    """One rulebook with its rules."""
    known = shelf(now().date())
    found = book_of(known, name)

    def made() -> HttpResponse:
        return render(request, "pages/book.html", {"shown": book_shown(found, known.on), "on": known.on})

    return kept(request, shown=known.on, changed=None, make=made)


@public
def book_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """One rulebook in full, for programs."""
    found = book_of(shelf(now().date()), name)

    return kept(request, shown=found.version, changed=None, make=lambda: JsonResponse(book_document(found)))


@public
def rule(request: HttpRequest, name: str, rule_name: str) -> HttpResponseBase:
    """One rule in full."""
    known = shelf(now().date())
    of_book = book_of(known, name)
    found = rule_of(of_book, rule_name)

    def made() -> HttpResponse:
        context = {"book": of_book, "shown": rule_shown(found, of_book, known), "rule": found, "on": known.on}
        return render(request, "pages/rule.html", context)

    return kept(request, shown=known.on, changed=None, make=made)


@public
def rule_json(request: HttpRequest, name: str, rule_name: str) -> HttpResponseBase:
    """One rule in full, for programs."""
    of_book = book_of(shelf(now().date()), name)
    found = rule_of(of_book, rule_name)

    return kept(request, shown=of_book.version, changed=None, make=lambda: JsonResponse(rule_document(found, of_book)))
