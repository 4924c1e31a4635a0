"""What each address answers, held against what was put in by hand."""

from __future__ import annotations

import base64
import json
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.test import Client

from habeas.ledger.notes.note import parse_note
from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.verifying import verify
from habeas.runs.schemas import schema
from habeas.web.api.openapi import asked
from habeas.web.register.models import Change, System
from web.makers import drafted, organisation, published_system
from web.page_checks import problems

pytestmark = pytest.mark.django_db


def got(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    return answer.json()


@pytest.mark.usefixtures("system")
def test_a_system_is_found_by_a_word_and_by_the_postcode_where_it_is_used(client: Client) -> None:
    published_system(
        "jail-roster", organisation=organisation("prison", kind="prison"), name="Roster", plain_summary="A roster.", purpose="Shifts."
    )

    by_word = got(client, "systems?q=letter")
    by_place = got(client, "systems?near=B33+8TH")

    assert (by_word["count"], by_word["page"], by_word["pages"], by_word["next"]) == (1, 1, 1, None)
    assert by_word["near_organisations"] is None
    assert [one["system"] for one in by_word["systems"]] == ["letter-sorter"]
    assert by_word["systems"][0]["published"] == "2026-11-22T12:00:00Z"
    assert by_place["near_organisations"] == ["force"]
    assert [one["system"] for one in by_place["systems"]] == ["letter-sorter"]
    assert [one["system"] for one in got(client, "systems?kind=prison")["systems"]] == ["jail-roster"]
    assert got(client, "systems?q=leter")["corrected"] == "letter"


def test_a_list_of_more_than_a_hundred_comes_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.web.api.routes.entries.MOST_AN_ANSWER", 2)
    for number in ("one", "two", "three"):
        published_system(number)

    first = got(client, "systems?sort=name&kind=police")
    second = client.get(first["next"].removeprefix("http://testserver")).json()

    assert (first["count"], first["pages"], len(first["systems"])) == (3, 2, 2)
    assert first["next"] == "http://testserver/api/v1/systems?sort=name&kind=police&page=2"
    assert (second["page"], second["next"], len(second["systems"])) == (2, None, 1)
    assert {one["system"] for one in first["systems"] + second["systems"]} == {"one", "two", "three"}
    assert got(client, "systems?page=3", 404)["error"]["message"].startswith("expected a page up to 2; got 3")


@pytest.mark.usefixtures("system")
def test_an_entry_is_the_published_document(client: Client) -> None:
    found = got(client, "systems/letter-sorter")

    jsonschema.validate(found, schema("register-entry"))
    assert found == client.get("/register/letter-sorter.json").json()
    assert found["content"]["plain_summary"] == "A made-up tool that sorts all letters to a made-up force."
    assert [one["field"] for one in found["withheld"]] == ["team"]


@pytest.mark.usefixtures("system")
def test_editions_stay_and_are_compared(client: Client) -> None:
    first = got(client, "systems/letter-sorter/editions/1")
    compared = got(client, "systems/letter-sorter/compare?before=1&after=2")

    assert [one["number"] for one in got(client, "systems/letter-sorter/editions")["editions"]] == [2, 1]
    assert first["content"]["plain_summary"] == "A made-up tool that sorts letters to a made-up force."
    assert [one["field"] for one in compared["changes"]] == ["plain_summary"]
    assert "".join(one["text"] for one in compared["changes"][0]["pieces"] if one["turn"] == "added").strip() == "all"


def test_changes_say_where_the_ledger_has_them(client: Client, system: System) -> None:
    last = Change.objects.filter(system=system).order_by("-id")[0]
    last.log.index, last.log.leaf_hash = 7, "ab" * 32
    last.log.save()

    of_entry = got(client, "systems/letter-sorter/changes")["changes"]
    of_all = got(client, "changes")

    assert of_entry == of_all["changes"]
    ledger = {"index": 7, "leaf_hash": "ab" * 32, "document": f"http://testserver/register/letter-sorter/changes/{last.pk}.json"}
    assert of_entry[0]["ledger"] == ledger
    assert of_entry[1]["ledger"]["index"] is None
    assert of_all["count"] == len(of_all["changes"])


@pytest.mark.usefixtures("system")
def test_screens_audits_and_gate_of_a_system(client: Client) -> None:
    screens = got(client, "systems/letter-sorter/screens")["screens"]
    audits = got(client, "systems/letter-sorter/audits")["audits"]
    audit = got(client, "systems/letter-sorter/audits/1")
    gate = got(client, "systems/letter-sorter/gate")

    assert [(one["version"], one["current"]) for one in screens] == [("1", True)]
    assert {book["id"] for book in screens[0]["books"]} == {"council-of-europe", "eu-ai-act", "fair-trials", "led", "uk"}
    assert [(one["number"], one["verdict"], one["withdrawn"]) for one in audits] == [(1, "shown-different", False)]
    jsonschema.validate(audit["result"], schema("audit-result"))
    assert audit["said"]["independence"]["statement"] == "We have no ties to the force."
    assert (gate["on"], gate["versions"][0]["state"], gate["versions"][0]["authorised"]) == ("2026-11-22", "closed", False)
    assert "shown-different" in [one["kind"] for one in gate["versions"][0]["missing"]]


@pytest.mark.usefixtures("system")
def test_no_answer_names_a_person(client: Client) -> None:
    for one in asked():
        path = one.path.format(system="letter-sorter", number=1, name="force", book="uk", rule="none", index=0)
        content = client.get(path, {"before": 1, "after": 2} if "compare" in path else {}).content.decode()
        assert "Owner" not in content
        assert "owner@" not in content
        assert "Approver" not in content.replace("Approver has", "")


def test_what_isnt_published_isnt_there(client: Client) -> None:
    drafted()

    assert got(client, "systems")["systems"] == []
    assert got(client, "organisations")["organisations"] == []
    assert got(client, "changes")["changes"] == []
    for rest in ("", "/editions", "/editions/1", "/changes", "/screens", "/audits", "/audits/1", "/gate", "/compare?before=1&after=1"):
        assert got(client, f"systems/letter-sorter{rest}", 404)["error"]["kind"] == "not-found"
    assert got(client, "organisations/force", 404)["error"]["kind"] == "not-found"


@pytest.mark.usefixtures("system")
def test_an_organisation_says_where_it_works(client: Client) -> None:
    found = got(client, "organisations/force")

    assert found["areas"] == [{"country": "GB", "prefix": "B"}]
    assert (found["systems"], found["authority"]) == (1, "force.example")
    assert [one["id"] for one in got(client, "organisations")["organisations"]] == ["force"]


def test_what_habeas_brings_is_there_as_data(client: Client) -> None:
    catalogue, books = got(client, "catalogue"), got(client, "rulebooks")["rulebooks"]
    first = catalogue["systems"][0]["id"]

    assert got(client, f"catalogue/{first}") == client.get(f"/catalogue/{first}.json").json()
    assert catalogue["count"] == len(catalogue["systems"])
    technologies = got(client, "technologies")["technologies"]
    assert len(technologies) == 16
    name = technologies[0]["id"]
    assert got(client, f"technologies/{name}") == client.get(f"/technologies/{name}.json").json()
    assert {one["id"] for one in books} == {"council-of-europe", "eu-ai-act", "fair-trials", "led", "uk"}
    for one in books:
        whole = got(client, f"rulebooks/{one['id']}")
        assert whole["sha256"] == one["sha256"]
        assert len(whole["rules"]) == one["rules"]
    rule = got(client, "rulebooks/eu-ai-act")["rules"][0]
    alone = got(client, f"rulebooks/eu-ai-act/rules/{rule['id']}")
    assert {key: alone[key] for key in rule} == rule


def test_the_fields_say_what_other_registers_call_them(client: Client) -> None:
    found = got(client, "fields")

    name = next(one for one in found["fields"] if one["id"] == "name")
    assert set(name["maps"]) == {"atrs", "nl", "annex-viii"}
    assert {one["topic"] for one in found["fields"]} == {one["id"] for one in found["topics"]}


def test_the_ledger_gives_its_keys_its_checkpoint_and_its_files(client: Client) -> None:
    assert got(client, "log", 404)["error"]["kind"] == "not-found"
    create_ledger(settings.SITE.ledger, origin="testserver/register", passphrase=None)
    assert (got(client, "log")["checkpoint"], got(client, "log")["size"]) == (None, 0)
    record = {"type": "register", "authority": "force.example", "day": "2026-11-22"}
    said = {"system": "letter-sorter", "version": "unknown", "verdict": "published", "document": "ab" * 32}
    with Ledger(settings.SITE.ledger) as ledger:
        list(ledger.record_many([{**record, "public": said}]))
        ledger.checkpoint()

    found = got(client, "log")
    files = found["files"].removeprefix("http://testserver")

    assert (found["origin"], found["size"], len(found["verifier_keys"])) == ("testserver/register", 1, 2)
    assert client.get(f"{files}checkpoint").content.decode() == found["checkpoint"]
    root = parse_note(found["checkpoint"].encode()).text.split("\n")[2]
    assert client.get(f"{files}tile/0/000.p/1").content == base64.b64decode(root)  # of one entry, the only hash is the root
    assert json.dumps("letter-sorter").encode() in client.get(f"{files}tile/entries/000.p/1").content
    evidence = client.get("/api/v1/log/entries/0").content
    assert verify(evidence, policy=settings.SITE.ledger / "trust-policy.txt").held
    assert got(client, "log/entries/1", 404)["error"]["message"].endswith("got 1: /api/v1/log says how many")
    for name in ("tile/0/001", "../ledger.yaml", "%2e%2e/keys/persons.json", "tile/../../ledger.yaml", "persons.sqlite"):
        assert client.get(f"{files}{name}").status_code == 404


def test_no_message_names_a_place_on_the_machine(client: Client) -> None:
    create_ledger(settings.SITE.ledger, origin="testserver/register", passphrase=None)
    told = [got(client, path, 404) for path in ("log/entries/0", "log/files/checkpoint", "log/files/tile/0/000")]
    (settings.SITE.ledger / "ledger.yaml").write_text("habeas: ledger/1\nfolder: none\n", encoding="utf-8")
    told.append(got(client, "log", 503))

    assert [one for one in told if str(settings.SITE.folder) in one["error"]["message"]] == []
    assert told[-1]["error"]["kind"] == "unavailable"


def test_the_page_for_people_lists_every_address(client: Client) -> None:
    page = client.get("/api/").content.decode()

    assert [one.path for one in asked() if one.path not in page] == []
    assert problems(page) == []
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/api/").content.decode()
