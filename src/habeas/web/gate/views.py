"""Pages of the gate on the desk; what everybody sees of it stands on the entry's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from habeas.errors import BadInput
from habeas.web.base.access import acting, needs, public, signed_in
from habeas.web.base.actors import Actor, Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.gate import actions, queries
from habeas.web.gate.forms import AskForm, ReasonsForm, SureForm, TermsForm
from habeas.web.gate.words import STEPS
from habeas.web.register.frame import framed
from habeas.web.register.queries import may_read_draft, system, system_for

FORM = ["GET", "HEAD", "POST"]


@signed_in
@require_safe
def gates(request: HttpRequest, slug: str) -> HttpResponse:
    """The gate of every version of a system."""
    found = system_for(acting(request), slug)
    return render(request, "gate/desk/gates.html", _framed(request, found, gates=queries.gates_of(found, now().date())))


@signed_in
@require_safe
def gate(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One gate: open or shut, what is missing and who can do something about it, what was decided."""
    actor, on = acting(request), now().date()
    found = queries.version_of(system_for(actor, slug), version)
    shown = {
        "version": found,
        "gate": queries.gate_shown(found, on),
        "steps": queries.steps(actor, found, on),
        "question": queries.pending(found),
        "history": queries.history_of(found),
    }
    return render(request, "gate/desk/gate.html", _framed(request, found.system, (_("Gate"), reverse("desk_gates", args=[slug])), **shown))


@public
@require_safe
def gates_json(_request: HttpRequest, slug: str) -> JsonResponse:
    """The gate of every version, for programs."""
    return JsonResponse(queries.gates_document(system(slug), now().date()))


@needs(Role.SYSTEM_OWNER)
@require_http_methods(FORM)
def ask(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Ask for authorisation."""
    return _step(request, slug, version, AskForm, actions.ask, "ask")


@needs(Role.APPROVER)
@require_http_methods(FORM)
def authorise(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Authorise, where nothing is missing."""
    return _step(request, slug, version, SureForm, _authorise, "authorise")


@needs(Role.APPROVER, Role.OVERSIGHT)
@require_http_methods(FORM)
def approve(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Approve under conditions, until a day."""
    return _step(request, slug, version, TermsForm, _approve, "approve")


@needs(Role.APPROVER)
@require_http_methods(FORM)
def refuse(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Refuse, with reasons."""
    return _step(request, slug, version, ReasonsForm, actions.refuse, "refuse")


@needs(Role.OVERSIGHT)
@require_http_methods(FORM)
def close(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Close it, as oversight."""
    return _step(request, slug, version, ReasonsForm, actions.close, "close")


@needs(Role.OVERSIGHT)
@require_http_methods(FORM)
def reopen(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Lift what oversight closed."""
    return _step(request, slug, version, ReasonsForm, actions.reopen, "reopen")


def _authorise(*, sure: bool, **given: Any) -> object:  # noqa: ARG001 - the form asks for it
    return actions.authorise(**given)


def _approve(*, by: Actor, at: datetime, version: Any, **terms: Any) -> object:
    return actions.approve(by=by, at=at, version=version, terms=actions.Terms(**terms))


def _step(request: HttpRequest, slug: str, version: int, kind: type[Form], action: Callable[..., object], name: str) -> HttpResponse:
    actor, at, words = acting(request), now(), STEPS[name]
    found = queries.version_of(system_for(actor, slug), version)
    read = {"audits": " ".join(str(number) for number in queries.steps(actor, found, at.date()).audits)}
    form = kind(request.POST if request.method == "POST" else None, initial=read)
    if form.is_valid():
        try:
            action(by=actor, at=at, version=found, **form.cleaned_data)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
            form.data = {**request.POST.dict(), **read}  # the page names the audits of now
        else:
            messages.success(request, str(words.done))
            return redirect("desk_gate", slug=slug, version=version)
    gates = (_("Gate"), reverse("desk_gates", args=[slug])), (found.name, reverse("desk_gate", args=[slug, version]))
    shown = {"form": form, "version": found, "words": words, "gate": queries.gate_shown(found, at.date())}
    context = _framed(request, found.system, *gates, **shown)
    return render(request, "gate/desk/step.html", context, status=422 if form.errors else 200)


def _framed(request: HttpRequest, system: Any, *crumbs: tuple[str, str], **context: Any) -> dict[str, Any]:
    """The context of a desk page about this system; `crumbs`: what lies between the system and this page."""
    return framed(request, system, *crumbs, reads=may_read_draft(acting(request), system), **context)
