"""An entry's page, its editions for ever, what changed, what happened, and the same for programs."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from habeas.procedures.editions import edition_digest, field_digest
from habeas.runs.schemas import schema
from habeas.web.accounts.models import Organisation
from habeas.web.base.languages import translations
from habeas.web.explore.models import SearchRow
from habeas.web.register.actions import add_version, begin_edition, import_entry, retire, suspend
from habeas.web.register.models import Change, System
from web.makers import (
    NOON,
    approver,
    drafted,
    force,
    organisation,
    owner,
    published_audit,
    published_system,
    republished,
    screened,
    version_of,
    write,
)
from web.page_checks import problems
from web.public_addresses import body

pytestmark = pytest.mark.django_db

ENTRY = "/register/letter-sorter/"


def page(client: Client, address: str = ENTRY) -> str:
    """The page at that address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def changed(system: System) -> System:
    """The same system with a second edition."""
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, purpose="Letters arrive later where they belong.", team="Post room")
    return republished(system)


def document(client: Client, address: str) -> dict[str, object]:
    """The JSON at that address."""
    status, content = body(client, address)
    assert status == 200, content[:300]
    return dict(json.loads(content))


def test_the_plain_summary_comes_before_everything_else(client: Client) -> None:
    published_system()
    html = page(client)
    parts = (
        "A made-up tool that sorts letters",
        "Used by",
        'id="me"',
        'id="tests"',
        'id="challenge"',
        'id="rules"',
        'id="all"',
        'id="history"',
    )
    places = [html.index(part) for part in parts]
    assert places == sorted(places)


def test_what_is_not_answered_is_shown_as_not_answered(client: Client) -> None:
    published_system()
    html = page(client)
    assert "Not answered" in html
    assert "Nobody has shown here whether it treats groups differently" in html
    assert "7 of " in html
    assert "Nobody has authorised it here." in html


def test_whether_the_newest_version_may_be_used_stands_at_the_top(client: Client) -> None:
    add_version(by=owner(), at=NOON, system=published_system(), name="2.1", digest="", stage="live")
    top = page(client).partition('id="me"')[0]
    assert "Not authorised" in top
    assert "2.1" in top


def test_a_version_in_use_is_shown_however_many_newer_ones_there_are(client: Client) -> None:
    system = published_system()
    add_version(by=owner(), at=NOON, system=system, name="used-on-people", digest="", stage="live")
    for number in range(4):
        add_version(by=owner(), at=NOON, system=system, name=f"next-{number}", digest="", stage="design")
    top, _me, rest = page(client).partition('id="me"')
    assert "used-on-people" in top
    assert "next-0" not in top, "an older one that isn't in use is only named"
    assert "next-0" in rest


def test_an_older_version_in_use_that_a_rulebook_prohibits_marks_the_entry(client: Client) -> None:
    system = published_system()
    add_version(by=owner(), at=NOON, system=system, name="used-on-people", digest="", stage="live")
    screened(version_of(system, "used-on-people"), example="patrol-forecast")
    for number in range(4):
        add_version(by=owner(), at=NOON, system=system, name=f"next-{number}", digest="", stage="design")
    assert "prohibited by a rulebook" in page(client, "/register/")


def test_what_prohibits_is_named_with_whether_it_is_law(client: Client) -> None:
    screened(version_of(published_system()), example="patrol-forecast")
    top, _me, rest = page(client).partition('id="me"')
    assert 'screening/fair-trials/?version=1" lang="en" dir="ltr">Fair Trials</a> · A standard: asked for, binding nobody by itself' in top
    assert "A standard: asked for, binding nobody by itself" in rest


def test_a_page_that_is_not_there_says_so_and_leads_on(client: Client) -> None:
    answer = client.get("/fr/register/nothing/")
    assert answer.status_code == 404
    assert "<h1>Cette page n'existe pas</h1>" in answer.content.decode()
    assert 'href="/fr/help/"' in answer.content.decode().partition("<main")[2]


def test_the_questions_and_their_words_are_in_the_language_of_the_page(client: Client) -> None:
    published_system(status="in-use")
    html, words = page(client, f"/fr{ENTRY}"), french()
    for text in ("How it works", "Where it stands", "in use", "How people are told"):
        assert f">{words[text]}<" in html, text
    assert f">{words['in use']}<" in page(client, "/fr/register/")


def french() -> dict[str, str]:
    """Every text that is translated into French, as a page has it."""
    return {str(one.id): escape(str(one.string)) for one in translations.read("fr") if one.string}


def test_a_draft_and_what_is_not_there_are_not_found(client: Client) -> None:
    drafted("secret-plan")
    for address in ("/register/secret-plan/", "/register/secret-plan.json", "/register/secret-plan/editions/1/", "/register/nothing/"):
        assert client.get(address).status_code == 404
    published_system()
    for end in ("editions/2/", f"editions/{10**30}/", f"changes/{10**30}.json", "compare/?from=1&to=9", "changes/999999.json"):
        assert client.get(f"{ENTRY}{end}").status_code == 404
    assert client.get(f"{ENTRY}compare/?from=x").status_code == 422


def test_every_edition_keeps_its_address(client: Client) -> None:
    changed(published_system())
    first, second, now = page(client, f"{ENTRY}editions/1/"), page(client, f"{ENTRY}editions/2/"), page(client)
    assert "arrive sooner" in first
    assert "See what changed since" in first
    assert "arrive later" in second
    assert "arrive later" in now
    assert "arrive sooner" not in now


def test_two_editions_are_compared_word_by_word(client: Client) -> None:
    changed(published_system())
    html = page(client, f"{ENTRY}compare/?from=1&to=2")
    assert "sooner" in html.partition("<del>")[2].partition("</del>")[0]
    assert "added: </span>later<" in html
    assert "Post room" in html
    assert "2 answers differ" in html
    assert "one and the same edition" in page(client, f"{ENTRY}compare/?from=2&to=2")


def test_suspended_and_retired_entries_stay_with_a_banner(client: Client) -> None:
    suspend(by=approver(), at=NOON, system=published_system(), reason="A court asked.")
    assert "<strong>Suspended.</strong>" in page(client)
    assert "A court asked." in page(client)
    retire(by=approver(), at=NOON, system=published_system("other"), reason="Replaced.")
    assert "<strong>Retired.</strong>" in page(client, "/register/other/")


def test_a_made_up_entry_is_marked_wherever_it_stands(client: Client) -> None:
    Organisation.objects.filter(pk=force().pk).update(made_up=True)
    changed(published_system())
    for address in (ENTRY, f"{ENTRY}editions/1/", f"{ENTRY}compare/"):
        assert "Made up" in page(client, address)
    assert "made up" in page(client, "/register/")
    assert "made up" in page(client, "/register/changes/")
    assert document(client, "/register/letter-sorter.json")["operator"]["made_up"] is True  # type: ignore[index] # JSON
    for twin in ("audits.json", "screening.json", "gate.json"):
        assert document(client, f"{ENTRY}{twin}")["made_up"] is True


@pytest.mark.parametrize("address", ["/register.atom", "/register/changes.atom", "/register/letter-sorter.atom"])
def test_a_feed_marks_what_is_made_up_or_written_by_others(client: Client, address: str) -> None:
    published_system()
    Organisation.objects.update(made_up=True, documented_by_others=True)
    assert "(made up, documented by others)</title>" in page(client, address)
    Organisation.objects.update(made_up=False, documented_by_others=False)
    assert "(made up" not in page(client, address)


def test_what_tests_found_stands_at_the_top_even_if_there_is_none(client: Client) -> None:
    published_system()
    assert "No published audit" in page(client).partition('id="me"')[0]


def test_an_entry_says_of_an_audit_what_the_audit_says_of_itself(client: Client, tmp_path: Path) -> None:
    published_audit(version_of(published_system()), tmp_path)
    for address in (ENTRY, f"{ENTRY}audits/1/"):
        html = page(client, address)
        assert "At least one comparison that was declared beforehand shows that groups of people are treated differently." in html
        assert "more than the limit" not in html


def test_an_imported_entry_says_whose_words_it_has(client: Client) -> None:
    council = organisation("council", kind="other", documented_by_others=True)
    import_entry(organisation=council, slug="bins", content={"name": "Bins"}, source="Elsewhere, licence X", at=NOON)
    html = page(client, "/register/bins/")
    assert "Documented by others." in html
    assert "Elsewhere, licence X" in html
    assert "documented by others" in page(client, "/register/")
    assert document(client, "/register/bins.json")["source"] == "Elsewhere, licence X"
    assert document(client, "/register/bins/atrs.json")["from"]["documented_by_others"] == "Elsewhere, licence X"  # type: ignore[index] # JSON


def test_the_twin_keeps_its_schema_and_proves_its_digest(client: Client) -> None:
    published_system()
    said = document(client, "/register/letter-sorter.json")
    jsonschema.Draft202012Validator(schema("register-entry")).validate(said)
    edition, content = said["edition"], said["content"]
    assert isinstance(edition, dict)
    assert isinstance(content, dict)
    digests = {field: field_digest(field, value, salt=edition["salts"][field]) for field, value in content.items()}
    assert edition_digest({**digests, **edition["sealed"]}) == edition["digest"]


def test_the_document_is_what_the_ledger_names_to_the_byte(client: Client) -> None:
    published_system()
    change = Change.objects.get(kind="published")
    _status, content = body(client, f"{ENTRY}changes/{change.pk}.json")
    assert hashlib.sha256(content).hexdigest() == change.log.record["public"]["document"]
    assert f"{ENTRY}changes/{change.pk}.json" in page(client)


def test_what_happened_to_a_draft_is_not_public_before_its_edition(client: Client) -> None:
    system = published_system()
    begin_edition(by=owner(), at=NOON, system=system)
    last = Change.objects.order_by("-id").first()
    assert last is not None
    assert last.kind == "drafted"
    assert client.get(f"{ENTRY}changes/{last.pk}.json").status_code == 404
    assert f"changes/{last.pk}.json" not in page(client, "/register/changes/")


def test_exports_and_tables_have_the_entry(client: Client) -> None:
    published_system(name="=1+1")
    for standard in ("atrs", "algoritmeregister", "annex-viii"):
        assert document(client, f"{ENTRY}{standard}.json")["habeas"] == "register-export/1"
    _status, table = body(client, "/register/letter-sorter.csv")
    assert b'"name","Name","answered","\'=1+1"' in table
    assert b'"team","Team","missing",""' in table
    assert b'"\'=1+1"' in body(client, "/register.csv")[1]


@pytest.mark.parametrize("address", ["/register.atom", "/register/changes.atom", "/register/letter-sorter.atom"])
def test_feeds_are_atom_and_name_the_entry(client: Client, address: str) -> None:
    published_system(name="Sorter <& co>")
    read = ET.fromstring(body(client, address)[1])  # noqa: S314 - made here
    titles = [one.text or "" for one in read.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("Sorter <& co>" in title for title in titles)


def test_the_whole_register_is_one_file_and_the_same_twice(client: Client) -> None:
    published_system()
    published_system("other", organisation=organisation("court", kind="court"))
    drafted("secret-plan")
    _status, first = body(client, "/register.zip")
    assert first == body(client, "/register.zip")[1]
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        lines = [json.loads(line) for line in archive.read("entries.jsonl").splitlines()]
        assert [line["system"] for line in lines] == ["letter-sorter", "other"]
        for line in lines:
            jsonschema.Draft202012Validator(schema("register-entry")).validate(line)
        assert b"secret-plan" not in b"".join(archive.read(name) for name in archive.namelist())
        assert {"README.txt", "register.csv", "fields.yaml", "register-entry.schema.json"} <= set(archive.namelist())


@pytest.mark.parametrize("end", ["/", ".json", ".csv", ".atom", "/editions/1/", "/compare/", "/atrs.json"])
def test_what_is_known_already_is_not_sent_again(client: Client, end: str) -> None:
    system = published_system()
    address = f"/register/letter-sorter{end}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    changed(system)
    if end != "/editions/1/":
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert client.get(f"/ar{address}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_day_alone_never_hides_what_changed(client: Client) -> None:
    published_system()
    first = client.get(ENTRY)
    assert "Last-Modified" in first.headers
    assert client.get(ENTRY, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 200


def test_public_pages_set_no_cookie_and_vary_by_none(client: Client) -> None:
    changed(published_system())
    for end in ("", "editions/1/", "compare/", "../changes/"):
        answer = client.get(f"{ENTRY}{end}" if not end.startswith("..") else "/register/changes/")
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("language", ["", "/fr", "/nl", "/cy", "/ar"])
def test_pages_are_well_made_in_every_language(client: Client, language: str) -> None:
    system = changed(published_system(risks=[{"name": "Bias", "measure": "A test"}], website="https://force.example/"))
    add_version(by=owner(), at=NOON, system=system, name="1.0", digest="", stage="design")
    for address in (ENTRY, f"{ENTRY}editions/1/", f"{ENTRY}compare/", "/register/changes/"):
        html = page(client, f"{language}{address}")
        assert problems(html) == []
        assert len(html) < 100_000


def test_an_entry_asks_the_database_a_bounded_number_of_times(client: Client) -> None:
    system = published_system()
    for number in range(6):
        add_version(by=owner(), at=NOON, system=system, name=f"1.{number}", digest="", stage="design")
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) <= 15


def test_the_row_that_is_searched_is_as_new_as_the_entry() -> None:
    system = published_system()
    assert SearchRow.objects.get(system=system).edition == 1
    changed(system)
    row = SearchRow.objects.get(system=system)
    assert (row.edition, row.answered) == (2, 8)
    assert "later" in row.text
