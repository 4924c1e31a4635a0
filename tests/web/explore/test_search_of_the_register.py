"""Entries are found by words, also misspelt ones, by place and by what they say; drafts never are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from habeas.web.accounts.models import Area, Organisation
from habeas.web.audits.models import Audit
from habeas.web.base.models import LogLine
from habeas.web.explore.models import SearchRow, SearchWord
from habeas.web.explore.queries.orders import ORDERS
from habeas.web.explore.queries.plain import plain
from habeas.web.register.actions import add_version, retire, suspend
from habeas.web.register.models import System
from web.makers import EQUAL_ROWS, NOON, approver, drafted, force, organisation, owner, published_audit, published_system, user, version_of
from web.page_checks import problems
from web.public_addresses import body

pytestmark = pytest.mark.django_db

MANY = 10_000
LIST = "/register/"


def found(client: Client, **asked: str) -> list[str]:
    """The names of the systems in the list, in its order."""
    answer = client.get("/register.json", asked)
    assert answer.status_code == 200
    return [entry["system"] for entry in json.loads(b"".join(answer))["entries"]]


def on_page(client: Client, **asked: str) -> list[str]:
    """The names of the systems on the page."""
    html = client.get(LIST, asked).content.decode()
    return re.findall(r'<h3><a href="/register/([^/]+)/"', html)


def test_an_empty_register_says_so(client: Client) -> None:
    page = client.get(LIST)
    assert page.status_code == 200
    assert "0 entries" in page.content.decode()
    assert "Nothing was found" in page.content.decode()


def test_a_draft_is_not_in_the_list(client: Client) -> None:
    drafted("secret-plan")
    assert on_page(client) == []
    assert found(client) == []


def test_an_entry_is_found_by_its_name_its_purpose_and_who_uses_it(client: Client) -> None:
    published_system("face-tool", name="Face tool", purpose="Finding Émile.")
    assert on_page(client, q="face") == ["face-tool"]
    assert on_page(client, q="emile") == ["face-tool"]
    assert on_page(client, q="force TOOL") == ["face-tool"]
    assert on_page(client, q="nothing-like-it") == []


def test_a_misspelt_word_is_forgiven_and_the_page_says_so(client: Client) -> None:
    published_system("face-tool", name="Recognition of faces")
    page = client.get(LIST, {"q": "recogniton"}).content.decode()
    assert "/register/face-tool/" in page
    assert "This is what has" in page
    assert "recognition" in page


def test_an_entry_is_found_by_the_postcode_of_its_force(client: Client) -> None:
    published_system("here", organisation=force())
    published_system("elsewhere", organisation=organisation("other"))
    Area.objects.create(organisation=force(), country="GB", prefix="B")
    Area.objects.create(organisation=organisation("other"), country="GB", prefix="B3")
    assert on_page(client, near="B33 8TH") == ["here"]
    assert sorted(on_page(client, near="B3 1AA")) == ["elsewhere", "here"]
    assert on_page(client, near="BS1 1AA") == []
    assert on_page(client, q="B33 8TH") == ["here"]  # typed into the other box


def test_a_postcode_of_another_country_is_not_a_british_one(client: Client) -> None:
    published_system("here")
    Area.objects.create(organisation=force(), country="NL", prefix="10")
    assert on_page(client, near="1012 AB") == ["here"]
    assert on_page(client, near="2012 AB") == []


def test_a_force_is_found_by_its_name(client: Client) -> None:
    published_system("here", organisation=organisation("west-midlands", name="West Midlands Police"))
    assert on_page(client, near="west midlands") == ["here"]


def test_a_place_nobody_names_finds_nothing_and_says_what_that_means(client: Client) -> None:
    published_system("here")
    page = client.get(LIST, {"near": "ZE1 0AA"}).content.decode()
    assert "That doesn't mean that nothing is used there" in page
    assert on_page(client, near="ZE1 0AA") == []


def test_a_place_where_nothing_is_entered_leads_on(client: Client) -> None:
    published_system()
    for near in ("M1 1AA", "Nowhere Police"):
        html = client.get("/register/", {"near": near}).content.decode()
        assert 'href="/help/">What you may ask for' in html
        assert "Try fewer or other words" not in html


def test_every_filter_narrows(client: Client) -> None:
    published_system("one", technology="analytics", used_for=["predict-place", "match-plates"], status="trial")
    published_system("two", organisation=organisation("court", kind="court", place="FR"), status="in-use")
    SearchRow.objects.filter(slug="two").update(prohibited=True)
    for asked in ({"operator": "force"}, {"kind": "police"}, {"place": "GB-ENG"}, {"technology": "analytics"}, {"status": "trial"}):
        assert found(client, **asked) == ["one"]
    assert found(client, purpose="predict-place") == ["one"]
    assert found(client, prohibited="on") == ["two"]
    assert found(client, audited="on") == []
    assert found(client, standing="suspended") == []


def test_an_entry_with_an_audit_that_stands_is_found_by_it(client: Client) -> None:
    version = add_version(by=owner(), at=NOON, system=published_system("one"), name="1.0", digest="", stage="live")
    made = Audit(system=version.system, version=version, number=1, stage="live", kind="report", organisation=organisation("university"))
    made.made_by, made.made_at, made.published_at, made.state = user("auditor@university.example"), NOON, NOON, "published"
    made.result, made.verdict, made.paid_by, made.relation, made.statement = "{}", "cannot-tell", "nobody", "none", "None."
    made.log = LogLine.objects.create(record={}, document="{}", made_at=NOON)
    made.save()
    assert found(client, audited="on") == ["one"]
    assert "audit published" in client.get(LIST).content.decode()
    taken_back = LogLine.objects.create(record={}, document="{}", made_at=NOON)
    Audit.objects.update(state="withdrawn", withdrawn_at=NOON, withdrawn_log=taken_back, withdrawn_why="A mistake.")
    assert found(client, audited="on") == []


def test_the_list_says_where_an_audit_shows_a_difference(client: Client, tmp_path: Path) -> None:
    alike, different = published_system("alike"), published_system("different")
    published_audit(version_of(alike), tmp_path, rows=EQUAL_ROWS)
    tag = client.get(LIST).headers["ETag"]
    published_audit(version_of(different), tmp_path)
    answer = client.get(LIST, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    one, other = answer.content.decode().partition('href="/register/different/"')[::2]
    assert "audit published" in one
    assert "Shown different" not in one
    assert "Shown different" in other


def test_an_imported_entry_can_be_told_from_the_others_in_the_filter(client: Client) -> None:
    published_system("one")
    Organisation.objects.filter(slug="force").update(documented_by_others=True)
    assert found(client, origin="others") == ["one"]
    assert found(client, origin="operator") == []


def test_a_filter_with_an_unknown_word_is_refused(client: Client) -> None:
    assert client.get(LIST, {"status": "someday"}).status_code == 422
    assert client.get("/register.csv", {"status": "someday"}).status_code == 422


def test_an_organisation_without_entries_has_none(client: Client) -> None:
    assert client.get(LIST, {"operator": "nobody"}).status_code == 200
    assert found(client, operator="nobody") == []


@pytest.mark.parametrize("asked", [{"q": "\0"}, {"q": "x" * 101}, {"page": "-1"}, {"page": "9" * 40}, {"q": "%_\\'"}, {"near": "<b>"}])
def test_odd_questions_get_an_answer(client: Client, asked: dict[str, str]) -> None:
    assert client.get(LIST, asked).status_code in (200, 422)


def test_entries_are_ordered_as_asked(client: Client) -> None:
    published_system("first", name="Zebra")
    published_system("second", name="ardvark", organisation=organisation("other", name="A force"))
    assert found(client, sort="name") == ["second", "first"]
    assert found(client, sort="operator") == ["second", "first"]
    SearchRow.objects.filter(slug="first").update(changed_at=NOON.replace(year=2027))
    assert found(client, sort="newest") == ["first", "second"]


def test_a_word_in_the_name_comes_before_one_in_the_text(client: Client) -> None:
    published_system("text", name="Alpha", purpose="It reads letters.")
    published_system("name", name="Letters")
    assert found(client, q="letters") == ["name", "text"]


def test_suspended_and_retired_entries_stay_in_the_list(client: Client) -> None:
    suspend(by=approver(), at=NOON, system=published_system("one"), reason="A test.")
    retire(by=approver(), at=NOON, system=published_system("two"), reason="Replaced.")
    assert set(found(client)) == {"one", "two"}
    assert found(client, standing="suspended") == ["one"]


def test_the_page_is_well_made_in_every_language(client: Client) -> None:
    published_system("one")
    for prefix in ("", "/ar", "/fr"):
        assert problems(client.get(f"{prefix}{LIST}", {"q": "letter", "near": "B1"}).content.decode()) == []


def test_the_list_sets_no_cookie_and_varies_by_none(client: Client) -> None:
    page = client.get(LIST)
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")


def many() -> None:
    """Ten thousand rows, of the same force, with a word that they have."""
    systems = System.objects.bulk_create(
        System(slug=f"s-{number // 1000}-{number % 1000}", organisation=force(), standing="published", made_at=NOON)
        for number in range(MANY)
    )
    rows = [
        SearchRow(
            system=system,
            organisation=force(),
            slug=system.slug,
            name=system.slug,
            sort_name=plain(system.slug),
            summary="A made-up tool.",
            text=f"a made up tool {plain(system.slug)}",
            standing="published",
            edition=1,
            asked=50,
            answered=7,
            published_at=NOON,
            changed_at=NOON,
        )
        for system in systems
    ]
    SearchRow.objects.bulk_create(rows, batch_size=1000)
    SearchWord.objects.create(text="tool", length=4)


ASKED_AND_QUERIES: tuple[tuple[dict[str, str], int], ...] = (
    ({}, 6),
    ({"page": "300"}, 3),  # the order is known from the page before
    ({"q": "tool"}, 7),
    ({"q": "tol"}, 9),
    ({"near": "force"}, 6),
)
"""What is found for the first time asks twice for the organisations and the stamps: before and after."""


def test_of_ten_thousand_entries_a_page_reads_the_twenty_that_it_shows(client: Client) -> None:
    many()
    ORDERS.clear()
    for asked, most in ASKED_AND_QUERIES:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST, asked)
        assert page.status_code == 200
        assert len(queries) <= most, asked
        whole = [query["sql"] for query in queries if '"summary"' in query["sql"]]
        assert len(whole) == 1
        assert re.search(r"IN \((\d+, ){19}\d+\)", whole[0])
        assert len(page.content) < 100_000


def test_pages_have_twenty_entries_and_keep_what_was_asked(client: Client) -> None:
    for number in range(21):
        published_system(f"tool-{'a' * (number + 1)}", organisation=force())
    assert len(on_page(client)) == 20
    assert len(on_page(client, page="2")) == 1
    assert "q=tool&amp;page=2" in client.get(LIST, {"q": "tool"}).content.decode()
    assert len(on_page(client, page="900")) == 1
    assert len(on_page(client, page="nonsense")) == 20


def test_all_that_happened_can_be_taken_away(client: Client) -> None:
    published_system("here")
    drafted("not-yet")
    _status, content = body(client, "/register/changes.json")
    told = json.loads(content)["changes"]
    assert [(one["system"], one["step"], one["edition"], one["made_up"]) for one in told] == [
        ("here", "published", 1, False),
        ("here", "submitted", 1, False),
        ("here", "drafted", 1, False),
    ]
    assert json.loads(body(client, urlsplit(told[0]["document"]).path)[1])["step"] == "published"
    _status, content = body(client, "/register/changes.csv")
    lines = content.decode().splitlines()
    assert lines[0].startswith('"id","system","name"')
    assert '"here","Letter sorter"' in lines[1]
    assert len(lines) == 4


@pytest.mark.parametrize(
    "name", ["q", "near", "operator", "kind", "place", "technology", "purpose", "status", "standing", "origin", "sort", "page"]
)
def test_what_no_database_takes_is_refused_in_each_filter_alone(client: Client, name: str) -> None:
    for address in ("/register/", "/register.json", "/register.csv", "/register.atom"):
        assert client.get(address, {name: "a\0b"}).status_code < 500
