"""Suspending, resuming and retiring a system, each on a page that asks why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from habeas.procedures.publication import MOVES, Step, step
from habeas.web.accounts.permissions import require
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.register import actions, queries
from habeas.web.register.forms import ReasonForm
from habeas.web.register.frame import framed

_ACTIONS = {Step.SUSPENDED: actions.suspend, Step.RESUMED: actions.resume, Step.RETIRED: actions.retire}


@needs(Role.APPROVER, Role.OVERSIGHT)
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the system may not be used for now."""
    return _page(request, slug, Step.SUSPENDED)


@needs(Role.APPROVER, Role.OVERSIGHT)
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it may be used again."""
    return _page(request, slug, Step.RESUMED)


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it is no longer used."""
    return _page(request, slug, Step.RETIRED)


def _page(request: HttpRequest, slug: str, taken: Step) -> HttpResponse:
    actor = acting(request)
    found = queries.system_for(actor, slug)
    require(actor, MOVES[taken].permission, found.organisation_id)
    step(taken, state=queries.state_of(found), reason="-")  # refused here as well, before somebody writes reasons
    queries.acting_as(actor, taken, found)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _ACTIONS[taken](by=actor, at=now(), system=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("Done: everybody can see it now."))
        return redirect("desk_system", slug=slug)
    title, told, button = _words(taken)
    shown = framed(request, found, form=form, title=title, told=told, button=button)
    return render(request, "register/desk/standing.html", shown, status=422 if form.errors else 200)


def _words(taken: Step) -> tuple[str, str, str]:
    return {
        Step.SUSPENDED: (
            _("Suspend this system"),
            _("The entry stays in the register and says at its top that the system may not be used for now, and why."),
            _("Suspend"),
        ),
        Step.RESUMED: (
            _("Let this system be used again"),
            _("The entry says no longer that the system is suspended. That it was stays in its history."),
            _("Resume"),
        ),
        Step.RETIRED: (
            _("Retire this system"),
            _("The entry stays in the register for ever and says that the system is no longer used. This can't be undone."),
            _("Retire"),
        ),
    }[taken]
