"""Pages that hold for every site: the first one, help, what the site can't do, statements, and what programs ask for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from habeas.runs.rulebooks import library
from habeas.web.base.access import public
from habeas.web.explore.caching import kept, kept_here
from habeas.web.pages.shown.home import ways_in
from habeas.web.pages.shown.kept import KEPT
from habeas.web.pages.shown.privacy import cookies


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """What this register is, and the ways in."""
    known = ways_in()
    return kept_here(request, shown=known.told, changed=None, make=lambda: render(request, "pages/home.html", {"known": known}))


@public
def about(request: HttpRequest) -> HttpResponseBase:
    """What the site is, and what it can't do."""
    return _still(request, "pages/about.html")


@public
def help(request: HttpRequest) -> HttpResponseBase:  # noqa: A001 - what the page is called
    """Is it used on me, and how to challenge it."""
    return _still(request, "pages/help.html")


@public
def accessibility(request: HttpRequest) -> HttpResponseBase:
    """Who can use the site, and what is known not to work."""
    return _still(request, "pages/accessibility.html", {"contact": settings.SITE.contact})


@public
def privacy(request: HttpRequest) -> HttpResponseBase:
    """What is kept about whoever reads or works here."""
    context = {"contact": settings.SITE.contact, "cookies": cookies(), "kept": KEPT}
    return _still(request, "pages/privacy.html", context)


@public
def open_data(request: HttpRequest) -> HttpResponseBase:
    """What can be taken away, in which form, under which terms."""
    return _still(request, "pages/data.html", {"books": library.books()})


@public
def security(request: HttpRequest) -> HttpResponseBase:
    """How to report a weakness, and how to check that nothing was changed."""
    return _still(request, "pages/security.html", {"contact": settings.SITE.contact})


def _still(request: HttpRequest, template: str, context: dict[str, Any] | None = None) -> HttpResponseBase:
    # nothing on these pages changes but by a new release or other settings, which every tag tells of
    return kept(request, shown=template, changed=None, make=lambda: render(request, template, context))
