"""What everybody may read of a published system's screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from habeas.web.base.access import public
from habeas.web.base.clock import now
from habeas.web.register.queries import published, shown, system
from habeas.web.screening.queries.public import one_of, public_screens


@public
@require_safe
def screened(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest screen of a version: what each book says and why, which answers it rests on, what is open."""
    found, on = system(slug), now().date()
    screens, name = public_screens(found, on=on), shown(published(slug), on).content.get("name", slug)
    context = {"system": found, "name": name, "screens": screens, "section": "register"}
    return render(request, "screening/public/screen.html", {**context, "screen": one_of(screens, request.GET.get("version"))})


@public
@require_safe
def screened_file(_: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs."""
    screens = public_screens(system(slug), on=now().date())
    found = [
        {"version": one.version, "on": one.shown.on.isoformat(), "current": one.current, "verdicts_sha256": one.shown.digest, **one.told}
        for one in screens
    ]
    return JsonResponse({"habeas": "screens/1", "system": slug, "screens": found})
