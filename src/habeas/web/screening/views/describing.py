"""The questionnaire: an overview of what was told, a page a topic, the first page, the file."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from habeas.errors import BadInput
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.description_text import description_text
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.screening import actions
from habeas.web.screening.describing import given, implied, lacks, progress
from habeas.web.screening.forms import AboutForm, AnswersForm, ScreenForm, UploadForm
from habeas.web.screening.queries.descriptions import description_for, superseded
from habeas.web.screening.telling import answered_otherwise, answered_topics
from habeas.web.screening.topics import Topic, topic
from habeas.web.screening.views.asking import Page, next_page, page_of
from habeas.web.screening.views.frame import EDITS, framed, owned, readable, status


@needs(*Role)
@require_safe
def description(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was told so far, topic by topic, with what it implies; each answer can be changed from here."""
    system = readable(request, slug)
    row = description_for(system, number)
    said, far = given(row.said), progress(row.said, on=now().date())
    context = {
        "description": row,
        "said": said,
        "lacks": lacks(row.said),
        "topics": answered_topics(said, far),
        "done": sum(one.done for one in far),
        "implied": implied(said),
        "following": next((one.topic for one in far if one.open), None),
        "superseded": superseded(row),
        "form": ScreenForm(),
    }
    return render(request, "screening/desk/description.html", framed(request, system, **context))


@needs(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The first page: who uses it, what it does, where."""
    system = owned(request, slug)
    row = description_for(system, number)
    form = AboutForm(request.POST) if request.method == "POST" else AboutForm.of(row.said)
    theirs: Sequence[object] = ()
    if form.is_bound and form.is_valid():
        try:
            actions.describe(by=acting(request), at=now(), description=row, fields=form.told(), seen=form.cleaned_data["seen"])
        except actions.Stale as stale:
            form, theirs = form.again(stale.content), form.theirs(stale.content)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            return redirect(_onward(request, slug, number, None))
    context = framed(request, system, _way(slug, number), form=form, description=row, theirs=theirs)
    return render(request, "screening/desk/about.html", context, status=status(form, theirs))


@needs(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """One topic: the questions that still matter and those answered already; all of them where that is asked for."""
    system = owned(request, slug)
    row, about_what = description_for(system, number), topic(name)
    asked = request.POST.getlist("asked") if request.method == "POST" else None
    page = page_of(row.said, about_what, on=now().date(), asked=asked, all_of_them="all" in request.GET)
    form = AnswersForm(request.POST if request.method == "POST" else None, facts=page.facts, answers=page.answers)
    theirs: Sequence[object] = ()
    if form.is_bound and form.is_valid():
        try:
            actions.answer(by=acting(request), at=now(), description=row, answers=form.taken(), seen=form.cleaned_data["seen"])
        except actions.Stale as stale:
            page = page_of({**row.said, "answers": stale.content}, about_what, on=now().date(), asked=asked)
            form, theirs = form.again(page.answers), answered_otherwise(form.taken(), page.answers)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            return redirect(_onward(request, slug, number, about_what, page))
    context = framed(request, system, _way(slug, number), description=row, form=form, page=page, topic=about_what, theirs=theirs)
    return render(request, "screening/desk/questions.html", context, status=status(form, theirs))


@needs(EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A file in place of the pages."""
    system = owned(request, slug)
    row = description_for(system, number)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            actions.replace_with(by=acting(request), at=now(), description=row, said=form.cleaned_data["file"])
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            return redirect("desk_description", slug, number)
    crumbs = _way(slug, number)
    return render(request, "screening/desk/upload.html", framed(request, system, crumbs, form=form, description=row), status=status(form))


@needs(*Role)
@require_safe
def description_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What was told, as the file that `habeas screen` reads."""
    row = description_for(readable(request, slug), number)
    text = description_text(given(row.said), library.vocabulary())
    disposition = f'attachment; filename="{slug}-{number}.yaml"'
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers={"Content-Disposition": disposition})


def _way(slug: str, number: int) -> tuple[str, str]:
    return _("Description"), reverse("desk_description", args=[slug, number])


def _onward(request: HttpRequest, slug: str, number: int, after: Topic | None, page: Page | None = None) -> str:
    """Where to go once a page is saved: to the overview if that was asked for, else to the next page with something open."""
    overview = reverse("desk_description", args=[slug, number])
    if "back" in request.POST:
        return overview
    row = description_for(owned(request, slug), number)
    following = next_page(row.said, after, on=now().date(), was=page)
    return overview if following is None else reverse("desk_description_topic", args=[slug, number, following.id])
