"""What waits for somebody, and the systems that they work with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from habeas.errors import BadInput
from habeas.procedures.entries import lacking, one_persons_mailbox
from habeas.procedures.publication import Standing
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.queries.organisations import own_organisations
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english
from habeas.web.base.panels import desk_panels, system_panels
from habeas.web.register import actions, queries
from habeas.web.register.forms import NewSystemForm
from habeas.web.register.reading import read
from habeas.web.register.words import open_name, standing_kind, standing_name, step_name


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me."""
    actor, at = acting(request), now()
    panels = desk_panels(request, at=at)
    waiting = queries.waiting(actor, on=at.date())
    shown = {
        "desk_section": "",
        "waiting": waiting,
        "asked": [(one, _label(one.field)) for one in waiting.withholdings],
        "panels": panels,
        "may_begin": actor.has(Role.SYSTEM_OWNER),
    }
    return render(request, "register/desk/home.html", shown)


@signed_in
@require_GET
def systems(request: HttpRequest) -> HttpResponse:
    """The systems that I work with."""
    actor = acting(request)
    words = request.GET.get("q", "").strip().replace("\0", "")[:100]  # PostgreSQL holds no zero byte
    page, listed = queries.listed_for(actor, request.GET.get("page"), words=words)
    rows = [(row, standing_name(row.standing), standing_kind(row.standing), open_name(row.open)) for row in listed]
    shown = {"desk_section": "systems", "page": page, "rows": rows, "q": words, "may_begin": actor.has(Role.SYSTEM_OWNER)}
    return render(request, "register/desk/systems.html", shown)


@needs(Role.SYSTEM_OWNER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a system's entry."""
    actor = acting(request)
    own = [(one.pk, one.name) for one, roles in own_organisations(actor) if Role.SYSTEM_OWNER in roles]
    form = NewSystemForm(request.POST if request.method == "POST" else None, organisations=own)
    if form.is_valid():
        try:
            made = actions.begin(by=actor, at=now(), **form.cleaned_data)
        except BadInput as problem:
            form.add_error("slug", in_english(problem))
        else:
            messages.success(request, _("The entry is begun. Nobody outside sees it before it is published."))
            return redirect("desk_system", slug=made.slug)
    return render(request, "register/desk/new.html", {"desk_section": "systems", "form": form}, status=422 if form.errors else 200)


@signed_in
@require_GET
def system(request: HttpRequest, slug: str) -> HttpResponse:
    """One system: where its entry is, what is missing, what can be done next, what happened."""
    actor, at = acting(request), now()
    found = queries.system_for(actor, slug)
    reads = queries.may_read_draft(actor, found)
    draft = queries.draft(found) if reads else None
    public = queries.edition_now(found)
    latest = draft or public
    content = latest.content if draft and latest else queries.shown(latest, at.date()).content if latest else {}
    state = queries.state_of(found)
    shown = {
        "desk_section": "systems",
        "system": found,
        "name": content.get("name") or found.slug,
        "standing": standing_name(state.standing),
        "standing_kind": standing_kind(state.standing),
        "public": state.standing is not Standing.UNPUBLISHED,
        "open": open_name(state.open) if reads else "",
        "draft": draft,
        "topics": read(content, field_set()) if reads else (),
        "lacking": lacking(content, field_set()) if draft else (),
        "mailbox": draft and one_persons_mailbox(str(content.get("contact_email", ""))),
        "steps": [step.value for step in queries.steps_for(actor, found)],
        "may_take_back": queries.may_take_back(actor, found),
        "history": [(one, step_name(one.step), _label(one.field)) for one in queries.history_for(actor, found)],
        "overdue": queries.overdue(public, at.date()) if public and reads else None,
        "suspension": queries.suspension(found),
        "first": system_panels(request, found, at=at, first=True),
        "panels": system_panels(request, found, at=at),
    }
    return render(request, "register/desk/system.html", shown)


def _label(field: str) -> str:
    """What a field is called; what isn't one any more by its old name; empty where what happened was about none."""
    return next((one.label for one in field_set().fields if one.id == field), field)
