"""Pages that hold for every site: the first one, help, what the site can't do, statements, and what programs ask for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from habeas.runs.rulebooks import library
from habeas.web.base.access import public
from habeas.web.pages.shown.home import ways_in
from habeas.web.pages.shown.privacy import cookies, kept


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this register is, and the ways in."""
    return render(request, "pages/home.html", ways_in())


@public
def about(request: HttpRequest) -> HttpResponse:
    """What the site is, and what it can't do."""
    return render(request, "pages/about.html")


@public
def help(request: HttpRequest) -> HttpResponse:  # noqa: A001 - what the page is called
    """Is it used on me, and how to challenge it."""
    return render(request, "pages/help.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Who can use the site, and what is known not to work."""
    return render(request, "pages/accessibility.html", {"contact": settings.SITE.contact})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whoever reads or works here."""
    return render(request, "pages/privacy.html", {"contact": settings.SITE.contact, "cookies": cookies(), "kept": kept()})


@public
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be taken away, in which form, under which terms."""
    return render(request, "pages/data.html", {"books": library.books()})


@public
def security(request: HttpRequest) -> HttpResponse:
    """How to report a weakness, and how to check that nothing was changed."""
    return render(request, "pages/security.html", {"contact": settings.SITE.contact})
