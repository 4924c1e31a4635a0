from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from habeas.web.accounts.actions.organisations import close_drafts, open_drafts
from habeas.web.accounts.models import Invitation, Membership, ReaderChange, RoleChange
from habeas.web.base.actors import Role
from habeas.web.base.clock import now
from web.makers import actor, audit_office, auditor, browser_of, force, organisation, overseer, published_system, signed_in, user
from web.page_checks import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    return signed_in(client, user("root@force.example", Role.ADMINISTRATOR))


def test_who_works_in_one_organisation_is_led_to_it(admin: Client) -> None:
    assert admin.get("/desk/organisation/")["Location"] == "/desk/organisation/force/"


def test_who_works_in_two_chooses(client: Client) -> None:
    person = user("ada@force.example", Role.AUDITOR)
    Membership.objects.create(user=person, organisation=organisation("court"), role="reviewer", since=now().date())
    page = signed_in(client, person).get("/desk/organisation/").content.decode()
    assert "Court" in page
    assert "Force" in page
    assert "Reviewer" in page


def test_who_works_nowhere_is_told_so(client: Client) -> None:
    assert "no role" in signed_in(client, user("ada@force.example")).get("/desk/organisation/").content.decode()


@pytest.mark.parametrize("page", ["", "change/", "invite/", "roles/", "readers/", "readers/changes/", "people/1/"])
def test_every_page_of_an_organisation_is_sound(client: Client, page: str) -> None:
    audit_office()
    auditor()
    person = user("root@force.example", Role.ADMINISTRATOR)
    address = f"/desk/organisation/force/{page.replace('1', str(person.pk))}"
    answer = signed_in(client, person).get(address)
    assert answer.status_code == 200
    assert problems(answer.content.decode()) == []


def test_an_organisation_changes_its_name_and_where_it_works(admin: Client) -> None:
    said = {"name": "New name", "contact_email": "", "website": "", "areas": "gb b33\n\nGB B1 1AA\nGB B33"}
    assert admin.post("/desk/organisation/force/change/", said).status_code == 302
    force().refresh_from_db()
    assert force().name == "New name"
    assert sorted(force().areas.values_list("country", "prefix")) == [("GB", "B11AA"), ("GB", "B33")]


def test_systems_are_found_by_the_new_name_of_their_organisation_and_no_more_by_the_old(admin: Client) -> None:
    published_system(organisation=force())
    names = ("Midshire", "Northshire")
    for name in reversed(names):
        said = {"name": name, "contact_email": "", "website": "", "areas": ""}
        assert admin.post("/desk/organisation/force/change/", said).status_code == 302
        assert name in Client().get("/register/letter-sorter/").content.decode()
    found = [json.loads(b"".join(admin.get("/register.json", {"q": name})))["entries"] for name in names]
    assert [len(entries) for entries in found] == [1, 0]


def test_an_area_that_is_none_is_shown_again_with_what_is_wrong(admin: Client) -> None:
    answer = admin.post("/desk/organisation/force/change/", {"name": "Force", "areas": "Birmingham, all of it"})
    assert answer.status_code == 422
    assert "BIRMINGHAM" in answer.content.decode()


def test_an_administrator_invites_and_withdraws(admin: Client) -> None:
    said = {"email": "new@force.example", "roles": ["reviewer"], "language": "fr"}
    assert admin.post("/desk/organisation/force/invite/", said).status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.roles, invitation.language) == ("new@force.example", ["reviewer"], "fr")
    assert "new@force.example" in admin.get("/desk/organisation/force/").content.decode()
    admin.post(f"/desk/organisation/force/invitations/{invitation.pk}/withdraw/")
    assert "new@force.example" not in admin.get("/desk/organisation/force/").content.decode()


def test_what_nobody_here_can_be_invited_to_do_is_shown_in_the_form_with_what_was_written(admin: Client) -> None:
    answer = admin.post("/desk/organisation/force/invite/", {"email": "new@force.example", "roles": ["oversight"], "language": "fr"})
    assert answer.status_code == 422
    assert "expected an oversight body" in unescape(answer.content.decode())
    assert 'value="new@force.example"' in answer.content.decode()


def test_an_administrator_gives_and_ends_a_role(admin: Client) -> None:
    person = user("ada@force.example", Role.SYSTEM_OWNER)
    where = f"/desk/organisation/force/people/{person.pk}/"
    today = now().date().isoformat()
    assert admin.post(f"{where}give/", {"give-role": "approver", "give-since": today}).status_code == 302
    assert admin.post(f"{where}end/", {"end-role": "system-owner", "end-until": today}).status_code == 302
    assert actor(person).roles == {force().pk: frozenset({Role.APPROVER})}
    listed = admin.get("/desk/organisation/force/roles/").content.decode()
    assert "Approver" in listed
    assert "System owner" in listed


def test_what_cannot_be_done_with_a_role_is_shown_in_the_form(admin: Client) -> None:
    root = Membership.objects.get().user_id
    answer = admin.post(
        f"/desk/organisation/force/people/{root}/end/", {"end-role": "administrator", "end-until": now().date().isoformat()}
    )
    assert answer.status_code == 422
    assert "nobody would" in answer.content.decode()


def test_who_took_a_role_themselves_is_marked_in_the_record(admin: Client) -> None:
    root = Membership.objects.get().user_id
    admin.post(f"/desk/organisation/force/people/{root}/give/", {"give-role": "approver", "give-since": now().date().isoformat()})
    assert "themselves" in admin.get("/desk/organisation/force/roles/").content.decode()


def test_oversight_reads_the_record_of_roles_anywhere_and_an_approver_nowhere() -> None:
    force()
    assert browser_of(overseer()).get("/desk/organisation/force/roles/").status_code == 200
    assert signed_in(Client(), user("a@force.example", Role.APPROVER)).get("/desk/organisation/force/roles/").status_code == 403


def test_the_record_of_roles_cannot_be_written_by_a_page(admin: Client) -> None:
    assert admin.post("/desk/organisation/force/roles/").status_code == 405
    assert not RoleChange.objects.exists()


def test_an_organisation_opens_its_drafts_to_an_auditor_and_closes_them(admin: Client) -> None:
    auditor()
    assert admin.post("/desk/organisation/force/readers/", {"reader": str(audit_office().pk), "until": ""}).status_code == 302
    assert auditor().reads == {force().pk}
    assert b'name="reader"' not in admin.get("/desk/organisation/force/readers/").content  # nobody is offered who reads them already
    admin.post("/desk/organisation/force/readers/audit-office/stop/")
    assert auditor().reads == frozenset()


def test_who_opened_drafts_to_an_auditor_and_who_closed_them_stays_on_record(admin: Client) -> None:
    auditor()
    admin.post("/desk/organisation/force/readers/", {"reader": str(audit_office().pk), "until": ""})
    for _ in range(2):
        admin.post("/desk/organisation/force/readers/audit-office/stop/")
    changes = ReaderChange.objects.order_by("pk")
    assert [(one.kind, one.until, one.by.email) for one in changes] == [
        ("opened", None, "root@force.example"),
        ("closed", now().date(), "root@force.example"),
    ]
    listed = browser_of(overseer()).get("/desk/organisation/force/readers/changes/").content.decode()
    assert listed.count("Audit office") == 2
    assert problems(listed) == []


def test_what_is_closed_already_leaves_no_second_record() -> None:
    root = actor(user("root@force.example", Role.ADMINISTRATOR))
    close_drafts(organisation=force(), reader=audit_office(), by=root, at=now())
    assert not ReaderChange.objects.exists()


def test_drafts_opened_until_a_day_are_closed_on_it() -> None:
    root = actor(user("root@force.example", Role.ADMINISTRATOR))
    at = now()
    open_drafts(organisation=force(), reader=audit_office(), until=at.date() + timedelta(days=1), by=root, at=at - timedelta(days=1))
    assert auditor().reads == {force().pk}
    open_drafts(organisation=force(), reader=audit_office(), until=at.date(), by=root, at=at - timedelta(days=1))
    assert auditor().reads == frozenset()


def test_drafts_closed_and_opened_again_are_open() -> None:
    root = actor(user("root@force.example", Role.ADMINISTRATOR))
    open_drafts(organisation=force(), reader=audit_office(), until=None, by=root, at=now())
    close_drafts(organisation=force(), reader=audit_office(), by=root, at=now())
    open_drafts(organisation=force(), reader=audit_office(), until=None, by=root, at=now())
    assert auditor().reads == {force().pk}


def test_a_person_changes_their_own_name(client: Client) -> None:
    person = user("ada@force.example", Role.REVIEWER)
    signed_in(client, person).post("/desk/account/", {"name": "Ada L."})
    person.refresh_from_db()
    assert person.name == "Ada L."


def test_who_holds_no_role_any_more_leaves_the_name_under_what_they_decided(client: Client) -> None:
    person = user("ada@force.example")
    browser = signed_in(client, person)
    assert 'name="name"' not in browser.get("/desk/account/").content.decode()
    assert browser.post("/desk/account/", {"name": "Somebody Else"}).status_code == 403
    person.refresh_from_db()
    assert person.name == "Ada"


def test_a_password_alone_does_not_change_the_name_of_who_decides(client: Client, settings: Any) -> None:
    settings.SITE = replace(settings.SITE, second_factor="required")
    person = user("chief@force.example", Role.APPROVER)
    assert signed_in(client, person).post("/desk/account/", {"name": "Somebody Else"}).status_code == 403
    person.refresh_from_db()
    assert person.name == "Chief"
