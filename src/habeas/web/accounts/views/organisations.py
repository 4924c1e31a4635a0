"""An organisation's pages: its facts, who may read its drafts, which roles were given and ended."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.errors import BadInput
from habeas.web.accounts import permissions
from habeas.web.accounts.actions.organisations import change_organisation, close_drafts, open_drafts
from habeas.web.accounts.forms import OrganisationForm, ReaderForm
from habeas.web.accounts.queries import invitations, organisations
from habeas.web.accounts.words import kind_name, role_name
from habeas.web.base.access import acting, needs, signed_in
from habeas.web.base.actors import OrganisationKind, Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english

ON_A_PAGE = 50
"""Lines of a record."""


@signed_in
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The organisations that somebody works in; of one alone, its page."""
    mine = organisations.own_organisations(acting(request))
    if len(mine) == 1:
        return redirect("desk_organisation", organisation=mine[0][0].slug)
    listed = [(one, [role_name(role) for role in roles]) for one, roles in mine]
    return render(request, "accounts/desk/organisations.html", {"organisations": listed})


@signed_in
@require_GET
def show(request: HttpRequest, organisation: str) -> HttpResponse:
    """An organisation with its people, for who works there."""
    actor, at = acting(request), now()
    found = organisations.organisation_for(actor, organisation)
    people = organisations.members(found, at.date())
    administers = permissions.allowed(actor, "members", found)
    asked = invitations.open_invitations(found, at) if administers else ()
    said = {
        "organisation": found,
        "kind": kind_name(OrganisationKind(found.kind)),
        "areas": organisations.areas(found),
        "people": [(one.user, [(role_name(Role(held.role)), held) for held in one.memberships]) for one in people],
        "invitations": [(one, [role_name(Role(role)) for role in one.roles]) for one in asked],
        "administers": administers,
        "opens_drafts": permissions.allowed(actor, "open_drafts", found),
        "reads_changes": permissions.allowed(actor, "read_role_changes", found),
        "today": at.date(),
    }
    return render(request, "accounts/desk/organisation.html", said)


@needs(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, organisation: str) -> HttpResponse:
    """Change an organisation's facts."""
    actor = acting(request)
    found = organisations.organisation_for(actor, organisation, "members")
    areas = "\n".join(f"{one.country} {one.prefix}" for one in organisations.areas(found))
    known = {"name": found.name, "contact_email": found.contact_email, "website": found.website, "areas": areas}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        change_organisation(organisation=found, **form.cleaned_data, by=actor, at=now())
        messages.success(request, _("The organisation was changed."))
        return redirect("desk_organisation", organisation=found.slug)
    said = {"organisation": found, "form": form}
    return render(request, "accounts/desk/organisation_change.html", said, status=422 if form.errors else 200)


@needs(Role.ADMINISTRATOR, Role.OVERSIGHT)
@require_GET
def role_changes(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which roles were given and ended, by whom."""
    found = organisations.organisation_for(acting(request), organisation, "read_role_changes")
    page = Paginator(organisations.role_changes(found), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, role_name(Role(one.role))) for one in page]
    return render(request, "accounts/desk/role_changes.html", {"organisation": found, "page": page, "rows": rows})


@needs(Role.ADMINISTRATOR, Role.OVERSIGHT)
@require_GET
def reader_changes(request: HttpRequest, organisation: str) -> HttpResponse:
    """To whose auditors the drafts were opened and closed, by whom."""
    found = organisations.organisation_for(acting(request), organisation, "read_role_changes")
    page = Paginator(organisations.reader_changes(found), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/desk/reader_changes.html", {"organisation": found, "page": page})


@needs(Role.SYSTEM_OWNER, Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def readers(request: HttpRequest, organisation: str) -> HttpResponse:
    """Whose auditors may read the drafts; let one more."""
    actor, at = acting(request), now()
    found = organisations.organisation_for(actor, organisation, "open_drafts")
    possible = {str(one.pk): one for one in organisations.possible_readers(found, at.date())}
    choices = [(key, one.name) for key, one in possible.items()]
    form = ReaderForm(request.POST if request.method == "POST" else None, organisations=choices)
    if form.is_valid():
        try:
            reader = possible[form.cleaned_data["reader"]]
            open_drafts(organisation=found, reader=reader, until=form.cleaned_data["until"], by=actor, at=at)
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, _("Its auditors may read the drafts now."))
            return redirect("desk_readers", organisation=found.slug)
    said = {"organisation": found, "form": form, "readers": organisations.readers(found, at.date()), "any": bool(choices)}
    return render(request, "accounts/desk/readers.html", said, status=422 if form.errors else 200)


@needs(Role.SYSTEM_OWNER, Role.ADMINISTRATOR)
@require_POST
def stop_reading(request: HttpRequest, organisation: str, reader: str) -> HttpResponse:
    """Let another organisation's auditors read the drafts no more."""
    actor, at = acting(request), now()
    found = organisations.organisation_for(actor, organisation, "open_drafts")
    opened = organisations.reader_of(found, reader, at.date())
    close_drafts(organisation=found, reader=opened.reader, by=actor, at=at)
    messages.success(request, _("Its auditors may read the drafts no more."))
    return redirect("desk_readers", organisation=found.slug)
