"""Rulebooks and rules: law and policy as data that anybody can check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from habeas.rules.plain import digest, plain
from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.pages.shelf import book_of, rule_of, shelf
from habeas.web.pages.shown.rules import book_shown, rule_shown


@public
def book_list(request: HttpRequest) -> HttpResponse:
    """Every rulebook."""
    known = shelf(now().date())
    return render(request, "pages/rules.html", {"books": [book_shown(book, known.on) for book in known.books]})


@public
def book(request: HttpRequest, name: str) -> HttpResponse:
    """One rulebook with its rules."""
    known = shelf(now().date())
    return render(request, "pages/book.html", {"shown": book_shown(book_of(known, name), known.on), "on": known.on})


@public
def book_json(_request: HttpRequest, name: str) -> HttpResponse:
    """One rulebook in full, for programs."""
    found = book_of(shelf(now().date()), name)
    return JsonResponse({"habeas": "rulebook-shown/1", "sha256": digest(found), **plain(found)})


@public
def rule(request: HttpRequest, name: str, rule_name: str) -> HttpResponse:
    """One rule in full."""
    known = shelf(now().date())
    of_book = book_of(known, name)
    shown = rule_shown(rule_of(of_book, rule_name), of_book, known)
    return render(request, "pages/rule.html", {"book": of_book, "shown": shown, "rule": shown.rule, "on": known.on})


@public
def rule_json(_request: HttpRequest, name: str, rule_name: str) -> HttpResponse:
    """One rule in full, for programs."""
    found = book_of(shelf(now().date()), name)
    return JsonResponse({"habeas": "rule-shown/1", "book": found.id, "version": found.version, **plain(rule_of(found, rule_name))})
