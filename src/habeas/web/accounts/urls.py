"""Addresses. What follows /accounts/ and isn't here is allauth's."""

from __future__ import annotations

from django.urls import path

from habeas.web.accounts.views import members, organisations, own

_DESK = "desk/organisation/<slug:organisation>/"

urlpatterns = [
    path("accounts/invitation/<str:token>/", own.invitation, name="accounts_invitation"),
    path("accounts/second-factor/", own.second_factor, name="accounts_second_factor"),
    path("desk/account/", own.account, name="desk_account"),
    path("desk/organisation/", organisations.own, name="desk_organisations"),
    path(_DESK, organisations.show, name="desk_organisation"),
    path(f"{_DESK}change/", organisations.change, name="desk_organisation_change"),
    path(f"{_DESK}roles/", organisations.role_changes, name="desk_role_changes"),
    path(f"{_DESK}readers/changes/", organisations.reader_changes, name="desk_reader_changes"),
    path(f"{_DESK}readers/", organisations.readers, name="desk_readers"),
    path(f"{_DESK}readers/<slug:reader>/stop/", organisations.stop_reading, name="desk_readers_stop"),
    path(f"{_DESK}invite/", members.invite, name="desk_invite"),
    path(f"{_DESK}invitations/<int:invitation>/withdraw/", members.withdraw, name="desk_invitation_withdraw"),
    path(f"{_DESK}people/<int:person>/", members.member, name="desk_member"),
    path(f"{_DESK}people/<int:person>/give/", members.give, name="desk_member_give"),
    path(f"{_DESK}people/<int:person>/end/", members.end, name="desk_member_end"),
]
