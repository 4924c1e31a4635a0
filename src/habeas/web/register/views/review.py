"""Sending a draft to review, and what the second person does with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from habeas.procedures.entries import lacking
from habeas.procedures.publication import Standing, Step
from habeas.reports.registers.difference import difference
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.permissions import require
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.register import actions, queries
from habeas.web.register.forms import NoteForm, ReasonForm
from habeas.web.register.frame import framed
from habeas.web.register.reading import read


@needs(Role.SYSTEM_OWNER)
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the draft to review."""
    actor = acting(request)
    found = queries.system_for(actor, slug)
    require(actor, "submit_entry", found.organisation_id)
    draft = queries.draft_to_write(found)
    first = found.standing == Standing.UNPUBLISHED.value
    form = NoteForm(request.POST if request.method == "POST" else None, first=first)
    missing = lacking(draft.content, field_set())
    if form.is_valid() and not missing:
        actions.submit(by=actor, at=now(), system=found, note=form.cleaned_data["note"])
        messages.success(request, _("The draft waits for an approver, who must be somebody else than its writers."))
        return redirect("desk_system", slug=slug)
    shown = framed(request, found, form=form, lacking=missing, first=first)
    return render(request, "register/desk/submit.html", shown, status=422 if form.errors or (missing and form.is_bound) else 200)


@needs(Role.SYSTEM_OWNER)
@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own draft back from review."""
    actor = acting(request)
    actions.take_back(by=actor, at=now(), system=queries.system_for(actor, slug))
    messages.success(request, _("The draft is back: write on, and send it again."))
    return redirect("desk_system", slug=slug)


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish what is in review, or give it back with reasons."""
    actor = acting(request)
    found = queries.system_for(actor, slug)
    require(actor, "approve_entry", found.organisation_id)
    edition = queries.in_review(found)
    returning = ReasonForm(request.POST if request.POST.get("do") == "return" else None)
    if request.POST.get("do") == "publish":
        actions.publish(by=actor, at=now(), system=found, seen=request.POST.get("seen", ""))
        messages.success(request, _("The entry is published."))
        return redirect("desk_system", slug=slug)
    if returning.is_valid():
        actions.return_(by=actor, at=now(), system=found, reason=returning.cleaned_data["reason"])
        messages.success(request, _("The draft is back with its writers."))
        return redirect("desk_system", slug=slug)
    before = queries.edition_now(found)
    shown = {
        "edition": edition,
        "seen": actions.as_seen(edition),
        "before": before,
        "changes": difference(before.content, edition.content, field_set()) if before else (),
        "topics": read(edition.content, field_set()),
        "own": not {Step.PUBLISHED, Step.CHANGED} & set(queries.steps_for(actor, found)),
        "form": returning,
    }
    return render(request, "register/desk/review.html", framed(request, found, **shown), status=422 if returning.errors else 200)
