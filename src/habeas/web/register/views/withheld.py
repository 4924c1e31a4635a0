"""What isn't shown to the public: asked for, approved or refused by another person, shown again."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from habeas.errors import BadInput
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.permissions import require
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.register import actions, queries
from habeas.web.register.forms import ReasonForm, WithholdForm
from habeas.web.register.frame import framed
from habeas.web.register.reading import read_field
from habeas.web.register.words import ground_name


@signed_in
@require_GET
def withheld(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, and for its owner a form to ask for one more."""
    actor, at = acting(request), now()
    found = queries.system_for(actor, slug)
    require(actor, "read_drafts", found.organisation_id)
    return _page(request, slug, WithholdForm(fields=queries.withholdable(found, on=at.date()), today=at.date()), at)


@needs(Role.SYSTEM_OWNER)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for one more."""
    actor, at = acting(request), now()
    found = queries.system_for(actor, slug)
    require(actor, "withhold_ask", found.organisation_id)
    data = request.POST if request.method == "POST" else None
    form = WithholdForm(data, fields=queries.withholdable(found, on=at.date()), today=at.date())
    if form.is_valid():
        try:
            actions.withhold(by=actor, at=at, system=found, **form.cleaned_data)
        except BadInput as problem:
            form.add_error("field", in_english(problem))
        else:
            messages.success(request, _("Asked. It stays shown until somebody else approves."))
            return redirect("desk_withheld", slug=slug)
    return _page(request, slug, form, at)


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One of them: approve or refuse what is asked, show again what is withheld."""
    actor, at = acting(request), now()
    found = queries.system_for(actor, slug)
    require(actor, "withhold_approve", found.organisation_id)
    row = queries.withholding_for(found, number)
    asked = request.POST.get("do", "")
    form = ReasonForm(request.POST if asked in ("refuse", "release") else None)
    if asked == "approve":
        actions.approve_withholding(by=actor, at=at, withholding=row)
        messages.success(request, _("Approved: from now it isn't shown, and the entry says why and until when."))
        return redirect("desk_withheld", slug=slug)
    if form.is_valid():
        end = actions.refuse_withholding if asked == "refuse" else actions.release_withholding
        end(by=actor, at=at, withholding=row, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is shown."))
        return redirect("desk_withheld", slug=slug)
    one = next(some for some in queries.withholdings(found, on=at.date()) if some.id == row.pk)
    field = field_set().field(one.field)
    answers = [(held.edition, held.state, read_field(field, held.value)) for held in queries.answers_to(found, one.field)]
    shown = framed(request, found, one=one, label=field.label, form=form)
    own = {"ground": ground_name(one.ground), "own": row.asked_by_id == actor.user, "answers": answers}
    return render(request, "register/desk/withheld_one.html", {**shown, **own}, status=422 if form.errors else 200)


def _page(request: HttpRequest, slug: str, form: WithholdForm, at: datetime) -> HttpResponse:
    actor = acting(request)
    system = queries.system_for(actor, slug)
    rows = [(one, field_set().field(one.field).label, ground_name(one.ground)) for one in queries.withholdings(system, on=at.date())]
    asks, decides = (queries.may(actor, one, system) for one in ("withhold_ask", "withhold_approve"))
    shown = framed(request, system, rows=rows, form=form if asks else None, decides=decides)
    return render(request, "register/desk/withheld.html", shown, status=422 if form.errors else 200)
