"""The versions of a system."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.errors import BadInput
from habeas.web.accounts.permissions import require
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.register import actions, queries
from habeas.web.register.forms import StageForm, VersionForm
from habeas.web.register.frame import framed
from habeas.web.register.words import stage_name


@signed_in
@require_GET
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, and for its owner a form for one more."""
    return _page(request, slug, VersionForm())


@needs(Role.SYSTEM_OWNER)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Name one more."""
    actor = acting(request)
    found = queries.system_for(actor, slug)
    require(actor, "edit_entry", found.organisation_id)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_version(by=actor, at=now(), system=found, **form.cleaned_data)
        except BadInput as problem:
            form.add_error("name", in_english(problem))
        else:
            messages.success(request, _("The version is named."))
            return redirect("desk_versions", slug=slug)
    return _page(request, slug, form)


@needs(Role.SYSTEM_OWNER)
@require_POST
def stage(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version has reached another stage."""
    actor = acting(request)
    found = queries.system_for(actor, slug)
    row = queries.version_numbered(found, number)
    form = StageForm(request.POST, prefix=f"version-{row.pk}")
    if not form.is_valid():
        raise BadInput("expected one of the stages in the list; got something else: go back and choose one")
    actions.move_version(by=actor, at=now(), version=row, stage=form.cleaned_data["stage"])
    messages.success(request, _("The stage is changed. Screens and audits of the stage before say nothing about this one."))
    return redirect("desk_versions", slug=slug)


def _page(request: HttpRequest, slug: str, form: VersionForm) -> HttpResponse:
    actor = acting(request)
    found = queries.system_for(actor, slug)
    writes = queries.may(actor, "edit_entry", found)
    rows = [
        (one, stage_name(one.stage), StageForm(prefix=f"version-{one.pk}", initial=one.stage) if writes else None)
        for one in queries.versions(found)
    ]
    shown = framed(request, found, rows=rows, form=form if writes else None)
    return render(request, "register/desk/versions.html", shown, status=422 if form.errors else 200)
