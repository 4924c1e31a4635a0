"""Bringing an audit: a plan with data, to be run here, or a report that was made elsewhere.

Both views say for themselves how files are received, and only after it is clear who asks; whatever reads the form before that (Django's
check against forged forms does) would have Django store any number of bytes first. So that check is made here, inside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from habeas.errors import BadInput, BadPlan, Unavailable
from habeas.runs.bounded.parent import RunFault
from habeas.web.audits import actions, queries
from habeas.web.audits.files.receiving import Received, receive
from habeas.web.audits.forms import BringingForm, ReportForm, UploadForm
from habeas.web.audits.views.frame import framed
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.register.queries import system_for, versions

FORM = ["GET", "HEAD", "POST"]
LONGEST_NUMBER = 9
"""Digits of an audit's number; what is longer is none, and no database takes it."""


@csrf_exempt  # checked inside, once it is said how files are received
@needs(Role.AUDITOR)
@require_http_methods(FORM)
def new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Upload a plan and data, to be run by the worker."""
    receive(request, "rows", "plan_file")
    return _new(request, slug)


@csrf_exempt  # checked inside, once it is said how files are received
@needs(Role.AUDITOR)
@require_http_methods(FORM)
def bring(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Bring a report that was made elsewhere."""
    receive(request, "report")
    return _bring(request, slug)


@csrf_protect
def _new(request: HttpRequest, slug: str) -> HttpResponse:
    system = system_for(acting(request), slug)
    form = UploadForm(*_given(request), initial=_again(request, system), **_choices(request, system))
    told = lazy("The audit waits to be run. This page tells how far it is.")
    return _take(request, system, form, _upload, "new", told, file="rows")


@csrf_protect
def _bring(request: HttpRequest, slug: str) -> HttpResponse:
    system = system_for(acting(request), slug)
    form = ReportForm(*_given(request), **_choices(request, system))
    told = lazy("The report agrees with itself. It isn't published yet.")
    return _take(request, system, form, actions.bring, "bring", told, file="report")


def _upload(*, plan: str, plan_file: str, rows: Received, **more: Any) -> Any:  # noqa: ARG001 - the form made one plan of the two
    return actions.upload(plan_text=plan, data=rows, **more)


def _take(
    request: HttpRequest, system: Any, form: BringingForm, act: Callable[..., Any], name: str, told: Promise, *, file: str
) -> HttpResponse:
    """The form; once it is filled in, what it brings is taken, or refused in words beside the plan or the file."""
    actor = acting(request)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["version"] = versions(system).get(pk=given["version"])
        given["organisation"] = queries.auditing_organisations(actor).get(pk=given["organisation"])
        try:
            audit = act(by=actor, at=now(), **given)
        except (BadInput, Unavailable, RunFault) as problem:
            form.add_error("plan" if isinstance(problem, BadPlan) else file, [in_english(line) for line in str(problem).splitlines()])
        else:
            messages.success(request, str(told))
            return redirect("desk_audit", slug=system.slug, number=audit.number)
    return _page(request, f"audits/desk/{name}.html", form, system)


def _again(request: HttpRequest, system: Any) -> dict[str, str]:
    """The plan of the audit that is to be tried again, where the address names one."""
    number = request.GET.get("again", "")
    if not (number.isdecimal() and len(number) <= LONGEST_NUMBER):
        return {}
    return {"plan": queries.audit_for(acting(request), system, int(number)).plan_text}


def _given(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _choices(request: HttpRequest, system: Any) -> dict[str, Any]:
    return {
        "organisations": [(one.pk, one.name) for one in queries.auditing_organisations(acting(request))],
        "versions": [(one.pk, one.name) for one in versions(system)],
    }


def _page(request: HttpRequest, template: str, form: BringingForm, system: Any) -> HttpResponse:
    """The page; what was typed stays in the form, a plan that came as a file included."""
    if form.errors and form.data and "plan" in form.fields:
        form.data = {**form.data.dict(), "plan": form.cleaned_data.get("plan") or form.data.get("plan", "")}  # type: ignore[attr-defined]  # a QueryDict
    return render(request, template, framed(request, system, form=form), status=422 if form.errors else 200)
