"""What everybody may read of a published system's screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from habeas.errors import NotFound
from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.register.queries import published, shown, system
from habeas.web.screening.queries.public import PublicScreen, one_of, public_screens


@public
@require_safe
def screened(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest screen of a version: what each book finds, which answers it rests on, what is open."""
    found, name, screens = _found(slug)
    context = {"screens": screens, "screen": one_of(screens, request.GET.get("version"))}
    return render(request, "screening/public/screen.html", {**_framed(found, name), **context})


@public
@require_safe
def screened_book(request: HttpRequest, slug: str, book: str) -> HttpResponse:
    """What one book says, rule by rule."""
    found, name, screens = _found(slug)
    screen = one_of(screens, request.GET.get("version"))
    if screen is None:
        raise NotFound("expected a system that was screened; this one wasn't: see its entry")
    way = (_("Screen"), reverse("screening_public", args=[slug]))
    context = {"screen": screen, "book": screen.book(book)}
    return render(request, "screening/public/verdict.html", {**_framed(found, name, way), **context})


@public
@require_safe
def screened_file(_request: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs."""
    about = system(slug)
    screens = public_screens(about, on=now().date())
    found = [
        {"version": one.version, "on": one.shown.on.isoformat(), "current": one.current, "verdicts_sha256": one.shown.digest, **one.told}
        for one in screens
    ]
    return JsonResponse({"habeas": "screens/1", "system": slug, "made_up": about.organisation.made_up, "screens": found})


def _found(slug: str) -> tuple[Any, str, tuple[PublicScreen, ...]]:
    found, on = system(slug), now().date()
    name = shown(published(slug), on).content.get("name", slug)
    return found, str(name), public_screens(found, on=on)


def _framed(found: Any, name: str, *way: tuple[str, str]) -> dict[str, Any]:
    entry = (name, reverse("register_entry", args=[found.slug]))
    return {"system": found, "name": name, "section": "register", "crumbs": [(_("Register"), reverse("register_list")), entry, *way]}
