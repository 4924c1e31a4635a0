"""Audits on the desk: bring, watch, publish, withdraw, comment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from habeas.errors import BadInput, NotFound
from habeas.web.audits import actions, queries
from habeas.web.audits.forms import CommentForm, PublishForm, WithdrawForm
from habeas.web.audits.shown import shown_of
from habeas.web.audits.words import STATES
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.base.outbox import job_shown
from habeas.web.register.queries import system_for

FORM = ["GET", "HEAD", "POST"]


@signed_in
@require_safe
def audits(request: HttpRequest, slug: str) -> HttpResponse:
    """The audits of a system: published ones, and those of one's own organisation."""
    actor = acting(request)
    system = system_for(actor, slug)
    rows = [(audit, STATES[audit.state]) for audit in queries.audits_for(actor, system)]
    context = {"system": system, "rows": rows, "may_bring": actor.has(Role.AUDITOR), "desk_section": "systems"}
    return render(request, "audits/desk/audits.html", context)


@signed_in
@require_safe
def audit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One audit: how far it is, what it found, what may be done. While it runs, the page loads itself anew."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    context = {
        "system": found.system,
        "audit": found,
        "state": STATES[found.state],
        "job": job_shown(found.job_key) if found.state in ("queued", "running") else None,
        "may_publish": queries.may_publish(actor, found),
        "may_comment": queries.may_comment(actor, found),
        "desk_section": "systems",
    }
    if found.result:
        context |= {"report": queries.fragment_of(found, whole=False), **shown_of(found)}
    return render(request, "audits/desk/audit.html", context)


@needs(Role.AUDITOR)
@require_http_methods(FORM)
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish it, with the independence statement."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        statement = actions.Statement(
            paid_by=given["paid_by"], relation=given["relation"], text=given["statement"], caveats=given["caveats"]
        )
        try:
            actions.publish(by=actor, at=now(), audit=found, statement=statement)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, _("The audit is published."))
            return redirect("desk_audit", slug=slug, number=number)
    return _form(request, "audits/desk/publish.html", form, audit=found)


@needs(Role.AUDITOR)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take it back, with the reason."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw(by=actor, at=now(), audit=found, why=form.cleaned_data["why"])
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, _("The audit is withdrawn. It stays to be seen, and says so."))
            return redirect("desk_audit", slug=slug, number=number)
    return _form(request, "audits/desk/withdraw.html", form, audit=found)


@needs(Role.SYSTEM_OWNER)
@require_http_methods(FORM)
def comment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something to it, as the system's owner."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.comment(by=actor, at=now(), audit=found, text=form.cleaned_data["text"])
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, _("The comment stands beside the audit."))
            return redirect("desk_audit", slug=slug, number=number)
    return _form(request, "audits/desk/comment.html", form, audit=found)


@signed_in
@require_safe
def report_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The report as a page of its own, also before it is published."""
    actor = acting(request)
    found = queries.audit_for(actor, system_for(actor, slug), number)
    if not found.result:
        raise NotFound(f"expected the report of audit {number}; it has none yet: wait until it has run")
    name = f"{slug}-audit-{number}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(queries.report_of(found), content_type="text/html; charset=utf-8", headers=headers)


def _form(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    shown = {"form": form, "desk_section": "systems", "system": context["audit"].system, **context}
    return render(request, template, shown, status=422 if form.errors else 200)
