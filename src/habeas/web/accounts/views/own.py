"""One's own account: accepting an invitation, one's name, and how one signs in."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from habeas.web.accounts.actions.invitations import accept_invitation
from habeas.web.accounts.actions.own import change_name
from habeas.web.accounts.forms import AcceptForm, JoinForm, NameForm
from habeas.web.accounts.queries import invitations
from habeas.web.accounts.words import role_name
from habeas.web.base.access import acting, arriving, public
from habeas.web.base.actors import Role
from habeas.web.base.clock import now


@arriving
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's name, and where everything else about one's account is."""
    actor = acting(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": actor.name})
    if form.is_valid():
        change_name(name=form.cleaned_data["name"], by=actor, at=now())
        messages.success(request, _("Your name was changed."))
        return redirect("desk_account")
    said = {"form": form, "name": actor.name, "may_change": bool(actor.roles)}
    return render(request, "accounts/desk/account.html", said, status=422 if form.errors else 200)


@arriving
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a password alone doesn't open the desk, and what to add."""
    return render(request, "accounts/second_factor.html", {"still": acting(request).wants_second_factor})


@public
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept an invitation: with a new account, or with the one that is there."""
    found = invitations.invitation_by_token(token, now())
    known = invitations.has_account(found)
    if known and not invitations.is_for(found, acting(request)):
        return redirect_to_login(request.get_full_path())
    form = (JoinForm if known else AcceptForm)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        password = form.cleaned_data.get("password") or None
        person = accept_invitation(
            invitation=found, name=form.cleaned_data.get("name", ""), password=password, by=acting(request), at=now()
        )
        return redirect("desk_organisations") if known else _first_sign_in(request, person, passkey=password is None)
    said = {"invitation": found, "roles": [role_name(Role(role)) for role in found.roles], "form": form, "known": known}
    return render(request, "accounts/invitation.html", said, status=422 if form.errors else 200)


def _first_sign_in(request: HttpRequest, person: AbstractBaseUser, *, passkey: bool) -> HttpResponse:
    """Sign in whom the letter's link and the choice of a password have just shown to be who was invited."""
    return cast("HttpResponse", perform_login(request, person, redirect_url=reverse("mfa_add_webauthn" if passkey else "desk_account")))
