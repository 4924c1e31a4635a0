"""Pages of the gate: what is missing and who can; each step by form, for those who may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from habeas.procedures.gate import gate
from habeas.web.accounts.models import User
from habeas.web.base.actors import Actor
from habeas.web.gate.queries import facts_of
from habeas.web.register.models import SystemVersion
from web.makers import (
    AUDIT_ROWS,
    NOON,
    approver,
    auditor,
    drafted,
    organisation,
    overseer,
    owner,
    published_audit,
    published_system,
    screened,
    version_of,
)
from web.page_checks import problems

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


def of(client: Client, actor: Actor) -> Client:
    """The browser of that actor."""
    client.force_login(User.objects.get(pk=actor.user))
    return client


def at(version: SystemVersion, name: str = "desk_gate") -> str:
    """The address of a page of its gate."""
    return reverse(name, args=[version.system.slug, version.pk])


def test_everything_missing_is_named_with_what_to_do_and_who_can(client: Client) -> None:
    version = version_of(drafted())
    text = of(client, owner()).get(at(version)).content.decode()
    for said in (
        "Stage: Design",
        "Not authorised",
        "The entry in the register isn",
        "Screen this version.",
        "an auditor",
        "Ask for authorisation",
    ):
        assert said in text


def test_from_the_question_to_an_approval_under_conditions_by_form(client: Client, tmp_path: Path) -> None:
    version = version_of(published_system())
    screened(version)
    published_audit(version, tmp_path, rows=AUDIT_ROWS)
    browser = of(client, owner())
    assert browser.post(at(version, "desk_gate_ask"), {"reasons": ""}).status_code == 302
    assert browser.post(at(version, "desk_gate_ask"), {"reasons": ""}).status_code == 422
    assert browser.post(at(version, "desk_gate_approve"), {}).status_code == 403
    browser = of(client, approver())
    assert b"letter-sorter, <bdi>1</bdi>" in browser.get(reverse("desk_home")).content
    assert browser.post(at(version, "desk_gate_authorise"), {"sure": "on"}).status_code == 422
    terms = {"reasons": "A small harm.", "conditions": "A second reader.", "until": "2027-03-01", "audits": "1"}
    assert browser.post(at(version, "desk_gate_approve"), {**terms, "until": "2029-01-01"}).status_code == 422
    unread = browser.post(at(version, "desk_gate_approve"), {**terms, "audits": ""})
    assert unread.status_code == 422
    for page in (unread, browser.get(at(version, "desk_gate_approve"))):
        assert '<input type="hidden" name="audits" value="1" id="id_audits">' in page.content.decode()
    assert browser.post(at(version, "desk_gate_approve"), terms).status_code == 302
    text = browser.get(at(version)).content.decode()
    for said in ("Authorised under conditions", "A small harm.", "A second reader.", "Approver"):
        assert said in text
    told = client.get(reverse("gate_json", args=["letter-sorter"])).json()
    decision = told["versions"][0]["decision"]
    assert (decision["kind"], decision["by"], decision["until"], decision["audits"]) == ("conditional", "Approver", "2027-03-01", [1])
    assert decision["reasons"] == "A small harm."
    of_the_api = client.get("/api/v1/systems/letter-sorter/gate").json()
    assert of_the_api == {name: value for name, value in told.items() if name != "habeas"}


def test_oversight_closes_and_reopens_by_form(client: Client) -> None:
    version = version_of(published_system())
    browser = of(client, overseer())
    assert browser.post(at(version, "desk_gate_close"), {"reasons": ""}).status_code == 422
    assert browser.post(at(version, "desk_gate_close"), {"reasons": "Complaints."}).status_code == 302
    assert "closed-by-oversight" in [one.kind.value for one in gate(facts_of(version, NOON.date())).missing]
    assert browser.post(at(version, "desk_gate_reopen"), {"reasons": "Answered."}).status_code == 302
    assert "closed-by-oversight" not in [one.kind.value for one in gate(facts_of(version, NOON.date())).missing]


def test_the_desk_tells_an_owner_that_oversight_closed_a_gate_and_why(client: Client) -> None:
    version = version_of(published_system())
    assert "Nothing waits for you now." in of(client, owner()).get(reverse("desk_home")).content.decode()
    of(client, overseer()).post(at(version, "desk_gate_close"), {"reasons": "Complaints."})
    text = of(client, owner()).get(reverse("desk_home")).content.decode()
    assert "Nothing waits for you now." not in text
    for said in ("Gates that closed", at(version), "Oversight closed the gate", "Complaints."):
        assert said in text
    assert problems(text) == []


@pytest.mark.parametrize(
    ("step", "by", "title"),
    [
        ("ask", owner, "Ask for authorisation"),
        ("authorise", approver, "Authorise"),
        ("approve", approver, "Approve under conditions"),
        ("refuse", approver, "Refuse"),
        ("close", overseer, "Close, as oversight"),
        ("reopen", overseer, "Reopen, as oversight"),
    ],
)
def test_the_page_of_each_step_says_what_it_means_and_leads_back(client: Client, step: str, by: Callable[[], Actor], title: str) -> None:
    version = version_of(published_system())
    text = of(client, by()).get(at(version, f"desk_gate_{step}")).content.decode()
    assert f"<h1>{title}</h1>" in text
    assert f'href="{at(version)}"' in text
    assert problems(text) == []


def test_another_organisation_finds_no_gate_of_an_unpublished_system(client: Client) -> None:
    version = version_of(drafted())
    strangers = (owner(organisation("other-force")), approver(organisation("other-force")), auditor())
    for actor in strangers:
        browser = of(client, actor)
        assert browser.get(at(version)).status_code == 404
        assert browser.get(reverse("desk_gates", args=[version.system.slug])).status_code == 404
    assert client.get(reverse("gate_json", args=[version.system.slug])).status_code == 404


def test_a_version_of_another_system_is_not_there(client: Client) -> None:
    version, other = version_of(published_system()), version_of(drafted("other-sorter"))
    address = reverse("desk_gate", args=[version.system.slug, other.pk])
    assert of(client, owner()).get(address).status_code == 404


def test_a_prohibition_comes_first_and_largest_with_its_rule_and_what_can_be_done(client: Client) -> None:
    version = version_of(drafted())
    made = screened(version, example="patrol-forecast")
    screen = reverse("desk_screen", args=["letter-sorter", made.id])
    for address in (at(version), reverse("desk_system", args=["letter-sorter"])):
        text = of(client, owner()).get(address).content.decode()
        assert text.index("REFUSED") < text.index("FT-BAN-2") < text.index(screen)
        assert text.index("REFUSED") < text.index("The entry")
    text = client.get(at(version)).content.decode()
    assert text.index("FT-BAN-2") < text.index("The entry in the register isn")


def test_an_auditor_who_may_not_read_drafts_is_not_led_to_a_screen_that_they_cannot_open(client: Client) -> None:
    version = version_of(published_system())
    made = screened(version, example="patrol-forecast")
    text = of(client, auditor()).get(at(version)).content.decode()
    assert "FT-BAN-2" in text
    assert reverse("desk_screen", args=["letter-sorter", made.id]) not in text


def test_who_can_do_something_changes_from_whoever_asks_to_whoever_decides(client: Client) -> None:
    version = version_of(published_system())
    browser = of(client, owner())
    assert "Nobody has asked for it to be authorised" in browser.get(at(version)).content.decode()
    browser.post(at(version, "desk_gate_ask"), {"reasons": ""})
    text = browser.get(at(version)).content.decode()
    assert "asked for, and nobody has decided" in text
    assert "Nobody has asked" not in text
