"""Verdicts: having a description screened, and reading what each book says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from habeas.errors import BadInput
from habeas.reports.screening.keeping.changes_text import IN_WORDS, REASONS
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.screening import actions
from habeas.web.screening.forms import ScreenForm
from habeas.web.screening.queries.descriptions import description_for
from habeas.web.screening.queries.screens import changes, verdicts_text, whole_screen
from habeas.web.screening.views.frame import EDITS, framed, owned, readable


@needs(EDITS)
@require_POST
def screen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Have every book judge a description."""
    system = owned(request, slug)
    form, row = ScreenForm(request.POST), description_for(system, number)
    if form.is_valid():
        try:
            made = actions.screen(by=acting(request), at=now(), description=row)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            return redirect("desk_screen", slug, made.id)
    context = framed(request, system, _told(slug, number), form=form, description=row)
    return render(request, "screening/desk/screen.html", context, status=422)


@needs(*Role)
@require_safe
def verdicts(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the books say, the strictest first."""
    system = readable(request, slug)
    found = whole_screen(system, number, on=now().date())
    return render(request, "screening/desk/verdicts.html", framed(request, system, screen=found, form=ScreenForm()))


@needs(*Role)
@require_safe
def verdict(request: HttpRequest, slug: str, number: int, book: str) -> HttpResponse:
    """What one book says, rule by rule."""
    system = readable(request, slug)
    found = whole_screen(system, number, on=now().date())
    context = {"screen": found, "book": found.book(book)}
    return render(request, "screening/desk/verdict.html", framed(request, system, _way(slug, number), **context))


@needs(*Role)
@require_safe
def verdicts_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The verdicts as `habeas screen --json` prints them, to the byte."""
    text = verdicts_text(readable(request, slug), number)
    disposition = f'attachment; filename="{slug}-screen-{number}.json"'
    return HttpResponse(text, content_type="application/json", headers={"Content-Disposition": disposition})


@needs(*Role)
@require_safe
def compared(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What changed since the screen before."""
    system = readable(request, slug)
    found = whole_screen(system, number, on=now().date())
    context: dict[str, Any] = {"screen": found}
    if found.before is not None:
        told = changes(system, before=found.before, after=number)
        context |= {"changes": told, "reasons": [REASONS[one] for one in told.reasons], "words": IN_WORDS}
    return render(request, "screening/desk/compared.html", framed(request, system, _way(slug, number), **context))


def _told(slug: str, number: int) -> tuple[str, str]:
    return _("What you told us"), reverse("desk_description", args=[slug, number])


def _way(slug: str, number: int) -> tuple[str, str]:
    return _("Screen"), reverse("desk_screen", args=[slug, number])
