"""The people of an organisation: invited, given roles, their roles ended."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from habeas.errors import BadInput
from habeas.web.accounts.actions.invitations import invite as send_invitation
from habeas.web.accounts.actions.invitations import withdraw_invitation
from habeas.web.accounts.actions.roles import end_role, give_role
from habeas.web.accounts.forms import EndForm, GiveForm, InviteForm
from habeas.web.accounts.queries import invitations, organisations
from habeas.web.accounts.words import role_name
from habeas.web.base.access import acting, needs
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from habeas.web.base.looks import in_english


@needs(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, organisation: str) -> HttpResponse:
    """Invite somebody by a letter."""
    actor = acting(request)
    found = organisations.organisation_for(actor, organisation, "members")
    form = InviteForm(
        request.POST if request.method == "POST" else None, languages=settings.LANGUAGES, initial={"language": get_language()}
    )
    if form.is_valid():
        try:
            send_invitation(organisation=found, **form.cleaned_data, by=actor, at=now())
        except BadInput as problem:
            form.add_error("roles", in_english(problem))
        else:
            messages.success(request, _("The invitation is on its way. Its link is good for seven days."))
            return redirect("desk_organisation", organisation=found.slug)
    return render(request, "accounts/desk/invite.html", {"organisation": found, "form": form}, status=422 if form.errors else 200)


@needs(Role.ADMINISTRATOR)
@require_POST
def withdraw(request: HttpRequest, organisation: str, invitation: int) -> HttpResponse:
    """Have a letter's link open nothing any more."""
    actor = acting(request)
    found = organisations.organisation_for(actor, organisation, "members")
    withdraw_invitation(invitation=invitations.invitation_of(found, invitation), by=actor, at=now())
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("desk_organisation", organisation=found.slug)


@needs(Role.ADMINISTRATOR)
@require_GET
def member(request: HttpRequest, organisation: str, person: int) -> HttpResponse:
    """Somebody's roles in an organisation, and the forms to give and end them."""
    return _page(request, organisation, person)


@needs(Role.ADMINISTRATOR)
@require_POST
def give(request: HttpRequest, organisation: str, person: int) -> HttpResponse:
    """Give somebody a role."""
    actor = acting(request)
    found = organisations.organisation_for(actor, organisation, "members")
    one = organisations.member(found, person, now().date())
    form = GiveForm(request.POST, prefix="give")
    if form.is_valid():
        try:
            give_role(organisation=found, user=one.user, **form.cleaned_data, by=actor, at=now())
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, _("The role was given, and that is recorded."))
            return redirect("desk_member", organisation=found.slug, person=one.user.pk)
    return _page(request, organisation, person, give=form)


@needs(Role.ADMINISTRATOR)
@require_POST
def end(request: HttpRequest, organisation: str, person: int) -> HttpResponse:
    """End somebody's role."""
    actor = acting(request)
    found = organisations.organisation_for(actor, organisation, "members")
    one = organisations.member(found, person, now().date())
    form = EndForm(request.POST, prefix="end", held=[held.role for held in one.memberships])
    if form.is_valid():
        try:
            end_role(organisation=found, user=one.user, **form.cleaned_data, by=actor, at=now())
        except BadInput as problem:
            form.add_error(None, in_english(problem))
        else:
            messages.success(request, _("The role was ended, and that is recorded."))
            return redirect("desk_organisation", organisation=found.slug)
    return _page(request, organisation, person, end=form)


def _page(request: HttpRequest, organisation: str, person: int, *, give: Form | None = None, end: Form | None = None) -> HttpResponse:
    today = now().date()
    found = organisations.organisation_for(acting(request), organisation, "members")
    one = organisations.member(found, person, today)
    said = {
        "organisation": found,
        "person": one.user,
        "roles": [(role_name(Role(held.role)), held) for held in one.memberships],
        "give": give or GiveForm(prefix="give", initial={"since": today}),
        "end": end or EndForm(prefix="end", held=[held.role for held in one.memberships], initial={"until": today}),
        "wrong": give or end,
    }
    return render(request, "accounts/desk/member.html", said, status=422 if give or end else 200)
