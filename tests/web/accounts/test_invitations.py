from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from habeas.errors import BadInput, Gone, NotAllowed
from habeas.web.accounts.actions.enrolment import enrol, invite_first
from habeas.web.accounts.actions.invitations import accept_invitation, invite, withdraw_invitation
from habeas.web.accounts.actions.roles import end_role
from habeas.web.accounts.jobs import send_invitation
from habeas.web.accounts.models import Invitation, Membership, RoleChange, User
from habeas.web.accounts.queries.invitations import invitation_by_token, token_of
from habeas.web.base.actors import NOBODY, Role
from habeas.web.base.clock import now
from habeas.web.base.models import Job
from habeas.web.base.worker.jobs import handlers_of_apps
from habeas.web.base.worker.tidying import Tidying
from web.makers import PASSWORD, actor, force, signed_in, user

pytestmark = pytest.mark.django_db


def invited(email: str = "new@force.example", *roles: Role) -> Invitation:
    admin = User.objects.filter(email="root@force.example").first() or user("root@force.example", Role.ADMINISTRATOR)
    return invite(organisation=force(), email=email, roles=roles or (Role.SYSTEM_OWNER,), language="en", by=actor(admin), at=now())


def address(invitation: Invitation) -> str:
    return f"/accounts/invitation/{token_of(invitation)}/"


def test_the_letter_has_a_link_that_leads_to_the_invitation(client: Client) -> None:
    invited()
    send_invitation(Job.objects.get().payload, lambda _: None)
    letter = mail.outbox[0]
    link = re.search(r"http://testserver(/\S+)", letter.body)
    assert letter.to == ["new@force.example"]
    assert link is not None
    assert "Force" in client.get(link[1]).content.decode()


def test_a_letter_in_another_language_leads_to_a_page_in_it() -> None:
    admin = user("root@force.example", Role.ADMINISTRATOR)
    invite(organisation=force(), email="x@force.example", roles=(Role.APPROVER,), language="ar", by=actor(admin), at=now())
    send_invitation(Job.objects.get().payload, lambda _: None)
    assert "http://testserver/ar/accounts/invitation/" in mail.outbox[0].body


def test_no_letter_goes_out_for_an_invitation_that_was_withdrawn() -> None:
    invitation = invited()
    withdraw_invitation(invitation=invitation, by=actor(User.objects.get(email="root@force.example")), at=now())
    send_invitation(Job.objects.get().payload, lambda _: None)
    assert mail.outbox == []


def test_no_letter_goes_out_for_an_invitation_that_is_deleted_when_the_worker_comes_back() -> None:
    invited().delete()
    send_invitation(Job.objects.get().payload, lambda _: None)
    assert mail.outbox == []


def test_who_accepts_chooses_a_password_is_signed_in_and_holds_the_roles(client: Client) -> None:
    answer = client.post(address(invited()), {"name": "New Person", "password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/account/"
    person = User.objects.get(email="new@force.example")
    assert person.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert actor(person).has(Role.SYSTEM_OWNER, organisation=force().pk)
    assert EmailAddress.objects.get(user=person).verified
    assert RoleChange.objects.get(user=person).by == User.objects.get(email="root@force.example")


def test_who_leaves_the_password_empty_is_led_to_add_a_passkey(client: Client) -> None:
    answer = client.post(address(invited()), {"name": "New Person"})
    assert answer["Location"] == "/accounts/2fa/webauthn/add/"
    assert client.get(answer["Location"]).status_code == 200
    assert not User.objects.get(email="new@force.example").has_usable_password()


@pytest.mark.parametrize(("password", "again"), [("short", "short"), (PASSWORD, "something else"), ("password12345", "password1234")])
def test_a_poor_or_mistyped_password_is_shown_again(client: Client, password: str, again: str) -> None:
    answer = client.post(address(invited()), {"name": "New Person", "password": password, "again": again})
    assert answer.status_code == 422
    assert not User.objects.filter(email="new@force.example").exists()


def test_a_link_opens_once() -> None:
    invitation = invited()
    accept_invitation(invitation=invitation, name="New", password=PASSWORD, by=NOBODY, at=now())
    with pytest.raises(Gone):
        invitation_by_token(token_of(invitation), now())
    with pytest.raises(BadInput, match="has ended"):
        accept_invitation(invitation=invitation, name="New", password=PASSWORD, by=NOBODY, at=now())


def test_a_link_opens_for_seven_days_and_not_on_the_eighth(client: Client) -> None:
    invitation = invited()
    seven = invitation.at + timedelta(days=7)
    assert invitation_by_token(token_of(invitation), seven - timedelta(seconds=1)) == invitation
    with pytest.raises(Gone):
        invitation_by_token(token_of(invitation), seven)
    Invitation.objects.update(until=now())
    assert client.get(address(invitation)).status_code == 410


def test_a_second_letter_to_the_same_person_closes_the_first(client: Client) -> None:
    first, second = invited(), invited()
    assert client.get(address(first)).status_code == 410
    assert client.get(address(second)).status_code == 200


def test_an_invitation_falls_with_the_role_of_who_sent_it(client: Client) -> None:
    invitation = invited()
    admin = User.objects.get(email="root@force.example")
    user("second@force.example", Role.ADMINISTRATOR)
    end_role(organisation=force(), user=admin, role=Role.ADMINISTRATOR, until=now().date(), by=actor(admin), at=now())
    assert client.get(address(invitation)).status_code == 410


def test_who_loses_a_role_does_not_get_it_back_with_an_older_letter() -> None:
    gone = user("gone@force.example", Role.APPROVER)
    letter, of_another = invited("Gone@Force.example", Role.APPROVER), invited("new@force.example")
    by = actor(User.objects.get(email="root@force.example"))
    end_role(organisation=force(), user=gone, role=Role.APPROVER, until=now().date(), by=by, at=now())
    with pytest.raises(BadInput, match="has ended"):
        accept_invitation(invitation=letter, name="", password=None, by=actor(gone), at=now())
    assert not actor(gone).roles
    assert invitation_by_token(token_of(of_another), now()) == of_another


@pytest.mark.parametrize("token", ["x", "0123456789abcdef0123456789abcdef:forged", "a:b:c"])
def test_a_link_that_no_letter_has_is_not_found(client: Client, token: str) -> None:
    invited()
    assert client.get(f"/accounts/invitation/{token}/").status_code == 404


def test_who_has_an_account_signs_in_first_and_keeps_it(client: Client) -> None:
    known = user("new@force.example", password=PASSWORD)
    invitation = invited()
    first = client.get(address(invitation))
    assert first.status_code == 302
    assert first["Location"].startswith("/accounts/login/?next=/accounts/invitation/")
    assert signed_in(client, known).post(address(invitation)).status_code == 302
    assert actor(known).has(Role.SYSTEM_OWNER)
    assert User.objects.filter(email="new@force.example").count() == 1


def test_somebody_else_who_is_signed_in_does_not_join_in_their_place() -> None:
    user("new@force.example", password=PASSWORD)
    thief = user("thief@force.example")
    with pytest.raises(NotAllowed):
        accept_invitation(invitation=invited(), name="", password=None, by=actor(thief), at=now())
    assert not Membership.objects.filter(user=thief).exists()


def test_only_an_administrator_of_the_organisation_invites() -> None:
    owner = user("owner@force.example", Role.SYSTEM_OWNER)
    with pytest.raises(NotAllowed):
        invite(organisation=force(), email="x@y.example", roles=(Role.APPROVER,), language="en", by=actor(owner), at=now())


def test_the_first_administrator_is_invited_by_the_site_itself_and_no_second_one_so() -> None:
    first = invite_first(organisation=force(), email="root@force.example", at=now())
    accept_invitation(invitation=first, name="Root", password=PASSWORD, by=NOBODY, at=now())
    assert actor(User.objects.get()).has(Role.ADMINISTRATOR)
    with pytest.raises(BadInput, match="has one"):
        invite_first(organisation=force(), email="other@force.example", at=now())


def test_where_the_account_of_the_only_administrator_was_closed_the_site_invites_another() -> None:
    gone = user("root@force.example", Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    letter = invite_first(organisation=force(), email="other@force.example", at=now())
    other = accept_invitation(invitation=letter, name="Other", password=PASSWORD, by=NOBODY, at=now())
    assert actor(other).has(Role.ADMINISTRATOR, organisation=force().pk)


def test_a_second_letter_to_a_first_administrator_closes_the_first_though_it_goes_elsewhere() -> None:
    mistyped = invite_first(organisation=force(), email="rot@force.example", at=now())
    invite_first(organisation=force(), email="root@force.example", at=now())
    with pytest.raises(Gone):
        invitation_by_token(token_of(mistyped), now())


def test_the_same_address_enrolled_again_gets_the_roles_that_it_does_not_hold_yet() -> None:
    for roles in ((Role.REVIEWER,), (Role.REVIEWER, Role.AUDITOR)):
        enrol(organisation=force(), email="demo@force.example", name="Demo", password=PASSWORD, roles=roles, at=now())
    assert actor(User.objects.get()).roles == {force().pk: frozenset({Role.REVIEWER, Role.AUDITOR})}
    assert RoleChange.objects.count() == 2


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0)])
def test_an_invitation_is_deleted_thirty_days_after_its_link_ended(days: int, left: int) -> None:
    at = invited().until + timedelta(days=days)
    Tidying(handlers_of_apps().tidy).when_due(at)
    assert Invitation.objects.count() == left


def test_a_person_enrolled_by_a_command_can_sign_in_at_once(client: Client) -> None:
    enrol(organisation=force(), email="Demo@Force.example", name="Demo", password=PASSWORD, roles=(Role.REVIEWER,), at=now())
    answer = client.post("/accounts/login/", {"login": "demo@force.example", "password": PASSWORD})
    assert answer["Location"] == "/desk/"
