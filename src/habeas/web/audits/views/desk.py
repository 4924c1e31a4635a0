"""Audits on the desk: bring, watch, publish, withdraw, comment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from habeas.errors import BadInput, NotFound
from habeas.web.audits import actions, queries
from habeas.web.audits.forms import CommentForm, PublishForm, WithdrawForm
from habeas.web.audits.shown import shown_of
from habeas.web.audits.views.frame import framed
from habeas.web.audits.words import STATES
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.base.outbox import job_shown
from habeas.web.register import frame as register_frame
from habeas.web.register.queries import system_for

FORM = ["GET", "HEAD", "POST"]


@signed_in
@require_safe
def audits(request: HttpRequest, slug: str) -> HttpResponse:
    """The audits of a system: published ones, and those of one's own organisation."""
    actor = acting(request)
    system = system_for(actor, slug)
    rows = [(audit, STATES[audit.state]) for audit in queries.audits_for(actor, system)]
    context = register_frame.framed(request, system, rows=rows, may_bring=actor.has(Role.AUDITOR))
    return render(request, "audits/desk/audits.html", context)


@signed_in
@require_safe
def audit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One audit: how far it is, what it found, what may be done."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    context = {
        "audit": found,
        "state": STATES[found.state],
        "job": job_shown(found.job_key) if found.waits else None,
        "may_publish": queries.may_publish(actor, found),
        "may_comment": queries.may_comment(actor, found),
    }
    if found.verdict:
        context |= {"report": queries.fragment_of(found, whole=False), **shown_of(found)}
    return render(request, "audits/desk/audit.html", framed(request, found.system, **context))


@needs(Role.AUDITOR)
@require_http_methods(FORM)
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish it, with the independence statement."""
    return _step(request, slug, number, PublishForm, _publish, "publish", lazy("The audit is published."))


@needs(Role.AUDITOR)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take it back, with the reason."""
    done = lazy("The audit is withdrawn. It stays to be seen, and says so.")
    return _step(request, slug, number, WithdrawForm, actions.withdraw, "withdraw", done)


@needs(Role.SYSTEM_OWNER)
@require_http_methods(FORM)
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something to it, as the system's owner."""
    return _step(request, slug, number, CommentForm, actions.comment, "comment", lazy("The comment stands beside the audit."))


@signed_in
@require_safe
def report_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The report as a page of its own, also before it is published."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    if not found.verdict:
        raise NotFound(f"expected the report of audit {number}; it has none yet: wait until it has run")
    name = f"{slug}-audit-{number}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(queries.report_of(found), content_type="text/html; charset=utf-8", headers=headers)


def _step(
    request: HttpRequest, slug: str, number: int, made: type[Form], act: Callable[..., Any], name: str, told: Promise
) -> HttpResponse:
    """The form of a step; once it is filled in, the step is taken with what was filled in, or refused in words above it."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    form = made(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            act(by=actor, at=now(), audit=found, **form.cleaned_data)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, str(told))
            return redirect("desk_audit", slug=slug, number=number)
    here = (f"{found.number}. {found.title}", reverse("desk_audit", args=[slug, number]))
    shown = framed(request, found.system, here, form=form, audit=found)
    return render(request, f"audits/desk/{name}.html", shown, status=422 if form.errors else 200)


def _publish(*, statement: str, paid_by: str, relation: str, caveats: str, **who: Any) -> None:
    said = actions.Statement(paid_by=paid_by, relation=relation, text=statement, caveats=caveats)
    actions.publish(statement=said, **who)
