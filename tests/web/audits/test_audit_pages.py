"""Pages of audits: what everybody reads, and what only their auditors do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from habeas.web.accounts.models import User
from habeas.web.audits import actions
from habeas.web.audits.models import Audit
from habeas.web.base.actors import Actor
from web.makers import (
    FEW_ROWS,
    NOON,
    audit_office,
    audited,
    auditor,
    drafted,
    organisation,
    owner,
    published_audit,
    published_system,
    republished,
    uploaded,
    version_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
PUBLIC = ("audits_audit", "audits_audit_json", "audits_report", "audits_report_file", "audits_result", "audits_plan")
LISTS = ("audits_list", "audits_list_json", "audits_list_csv")


def of(client: Client, actor: Actor) -> Client:
    """The browser of that actor."""
    client.force_login(User.objects.get(pk=actor.user))
    return client


def page(client: Client, name: str, audit: Audit) -> str:
    """The text of a page of an audit, which is there."""
    answer = client.get(reverse(name, args=[audit.system.slug, audit.number]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_everybody_reads_the_verdict_first_then_who_tested_and_the_figures(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    text = page(client, "audits_audit", audit)
    order = [
        "Shown different",
        "What was tested, and by whom",
        "Audit office",
        "We have no ties",
        "The letters are made up.",
        'class="report"',
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert audit.plan_digest in text
    assert audit.result_digest in text
    assert "style=" not in text
    assert "<script" not in text


def test_what_counts_as_independent_is_told_where_it_is_declared_and_where_it_is_read(client: Client, tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    said = "from a year before it was brought until it was published"
    browser = of(client, auditor())
    assert said in page(browser, "desk_audit_publish", audit)
    actions.publish(by=auditor(), at=NOON, audit=audit, statement=actions.Statement(paid_by="owner", relation="none", text="No ties."))
    assert said in page(browser, "desk_audit", audit)
    assert said in page(browser, "audits_audit", audit)


def test_the_page_in_arabic_holds_the_report_in_english_from_left_to_right(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    text = client.get(f"/ar{reverse('audits_audit', args=[audit.system.slug, audit.number])}").content.decode()
    assert '<html lang="ar" dir="rtl">' in text
    assert '<div class="report" lang="en" dir="ltr">' in text


def test_the_whole_report_and_every_twin_are_there(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    assert "Rates by group" in page(client, "audits_report", audit)
    assert page(client, "audits_report_file", audit).startswith("<!DOCTYPE html>")
    assert page(client, "audits_result", audit) == audit.result
    assert page(client, "audits_plan", audit) == audit.plan_text
    said = json.loads(page(client, "audits_audit_json", audit))
    assert (said["verdict"], said["independence"]["independent"], said["result_sha256"]) == ("shown-different", True, audit.result_digest)
    assert said["result"] == json.loads(audit.result)


def test_nothing_uploaded_and_no_digest_of_it_is_told(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path, rows=FEW_ROWS)
    for name in PUBLIC:
        assert audit.data_digest not in page(client, name, audit) or audit.data_digest in audit.result


def test_a_table_of_audits_holds_no_formula(client: Client, tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    Audit.objects.filter(pk=audit.pk).update(title="=cmd|' /C calc'!A0")
    statement = actions.Statement(paid_by="owner", relation="none", text="No ties.")
    actions.publish(by=auditor(), at=NOON, audit=audit, statement=statement)
    text = client.get(reverse("audits_list_csv", args=["letter-sorter"])).content.decode()
    assert "\"'=cmd|' /C calc'!A0\"" in text


def test_what_is_not_published_is_not_there_for_the_public(client: Client, tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    for name in PUBLIC:
        assert client.get(reverse(name, args=["letter-sorter", audit.number])).status_code == 404
    assert b"No audit of this system is published" in client.get(reverse("audits_list", args=["letter-sorter"])).content


def test_a_published_audit_of_an_unpublished_system_waits_for_its_entry(client: Client, tmp_path: Path) -> None:
    system = drafted()
    audit = published_audit(version_of(system), tmp_path, by=auditor(system.organisation))
    addresses = [reverse(name, args=[system.slug, audit.number]) for name in PUBLIC] + [reverse(name, args=[system.slug]) for name in LISTS]
    assert {client.get(address).status_code for address in addresses} == {404}
    republished(system)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_withdrawn_audit_is_shown_as_withdrawn_with_its_reason(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    actions.withdraw(by=auditor(), at=NOON, audit=audit, why="The letters were counted twice.")
    text = page(client, "audits_audit", audit)
    assert "Withdrawn by its auditor" in text
    assert "The letters were counted twice." in text


def test_the_desk_page_tells_how_far_the_audit_is_and_never_loads_itself_anew(client: Client, tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    browser = of(client, auditor())
    text = page(browser, "desk_audit", audit)
    assert "http-equiv" not in text  # whoever reads slowly, or by ear, isn't thrown back to the top
    assert '<a href="">See how far it is</a>' in text
    assert "<progress" in text
    actions.run(audit=audit.pk, at=NOON, tell=lambda _: None)
    assert "http-equiv" not in page(browser, "desk_audit", audit)


def test_a_failed_run_says_why_and_its_plan_can_be_tried_again(client: Client, tmp_path: Path) -> None:
    audit = uploaded(version_of(published_system()), tmp_path)
    actions.fail(audit=audit.pk, told="data: expected a score of every row")
    browser = of(client, auditor())
    assert "expected a score of every row" in page(browser, "desk_audit", audit)
    again = browser.get(reverse("desk_audit_new", args=["letter-sorter"]) + f"?again={audit.number}")
    assert b"A made-up test of a made-up score" in again.content


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "-1", "x"])
def test_a_number_that_no_audit_has_is_no_plan_to_try_again(client: Client, number: str) -> None:
    published_system()
    answer = of(client, auditor()).get(reverse("desk_audit_new", args=["letter-sorter"]), {"again": number})
    assert answer.status_code == 200


def test_lists_fetch_no_report_and_a_page_that_was_read_before_none_again(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    browser = of(client, auditor())
    lists = [reverse(name, args=["letter-sorter"]) for name in ("audits_list", "audits_list_json", "desk_audits", "desk_system")]
    for address in (*lists, reverse("desk_home")):
        assert long_columns(browser, address) == set()
    one = reverse("audits_audit", args=["letter-sorter", audit.number])
    browser.get(one)
    assert long_columns(browser, one) == set()


def long_columns(browser: Client, address: str) -> set[str]:
    """What of the long columns is fetched for a page."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    names = ('"audits_audit"."result"', '"audits_audit"."plan_text"', '"base_logline"."document"')
    return {name for name in names for query in asked if "audits_audit" in query["sql"] and name in query["sql"]}


def test_another_organisation_finds_no_page_of_an_unpublished_audit(client: Client, tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    names = ("desk_audit", "desk_audit_report", "desk_audit_publish", "desk_audit_withdraw")
    for actor in (auditor(organisation("other-office", kind="auditor")), auditor(organisation("third-office", kind="auditor"))):
        browser = of(client, actor)
        assert {browser.get(reverse(name, args=["letter-sorter", audit.number])).status_code for name in names} == {404}
        assert b"A made-up test" not in browser.get(reverse("desk_audits", args=["letter-sorter"])).content
    assert of(client, owner()).get(reverse("desk_audit", args=["letter-sorter", audit.number])).status_code == 404


def test_its_auditor_publishes_it_and_its_owner_comments_by_form(client: Client, tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    where: dict[str, Any] = {"args": ["letter-sorter", audit.number]}
    given = {"paid_by": "owner", "relation": "none", "statement": "No ties.", "caveats": ""}
    browser = of(client, auditor())
    assert browser.post(reverse("desk_audit_publish", **where), {**given, "statement": ""}).status_code == 422
    assert browser.post(reverse("desk_audit_publish", **where), given).status_code == 302
    assert browser.post(reverse("desk_audit_publish", **where), given).status_code == 422
    browser = of(client, owner())
    assert browser.post(reverse("desk_audit_comment", **where), {"text": "We stopped."}).status_code == 302
    assert browser.post(reverse("desk_audit_withdraw", **where), {"why": "We don't like it."}).status_code == 403
    assert "We stopped." in page(browser, "audits_audit", audit)


def test_what_is_typed_is_kept_as_lines_and_without_control_characters(client: Client, tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    address, browser = reverse("desk_audit_publish", args=["letter-sorter", audit.number]), of(client, auditor())
    given = {"paid_by": "owner", "relation": "none", "statement": "No ties\x07."}
    answer = browser.post(address, given)
    assert (answer.status_code, b"without control characters" in answer.content) == (422, True)
    browser.post(address, {**given, "statement": "No ties.\r\nNo money."})
    audit.refresh_from_db()
    assert audit.statement == "No ties.\nNo money."


def test_a_report_is_brought_by_form_and_marked_as_brought(client: Client, tmp_path: Path) -> None:
    made = audited(version_of(published_system()), tmp_path)
    report = tmp_path / "report.json"
    report.write_text(made.result)
    browser = of(client, auditor())
    address = reverse("desk_audit_bring", args=["letter-sorter"])
    with report.open("rb") as file:
        answer = browser.post(address, {"organisation": audit_office().pk, "version": made.version_id, "report": file})
    assert answer.status_code == 302
    assert "not run here" in browser.get(answer["Location"]).content.decode()


def test_on_the_desk_an_audit_says_its_verdict_and_whether_it_is_independent(client: Client, tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    text = of(client, auditor()).get(reverse("desk_audit", args=["letter-sorter", audit.number])).content.decode()
    for said in ("Yes: another organisation, without ties", "Shown different", "Paid by"):
        assert said in text
