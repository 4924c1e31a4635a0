"""What is withheld stands in no page, file, feed, export, comparison or download, in no language; and on its day it is there again."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client

from habeas.runs.registers.fields import field_set
from habeas.terms.register import Field, Kind, Value
from habeas.web.base import clock
from habeas.web.explore.models import SearchRow, SearchWord
from habeas.web.register.actions import begin_edition
from habeas.web.register.models import Change, System
from web.makers import NOON, owner, published_system, republished, withheld, write
from web.public_addresses import LANGUAGES, addresses, body, names

pytestmark = pytest.mark.django_db

WITHHOLDABLE = [field for field in field_set().fields if field.withholdable]
ASKED: tuple[dict[str, str], ...] = ({}, {"q": "zqx"}, {"from": "1", "to": "2"}, {"from": "2", "to": "1"})


def sentinel(field: Field) -> str:
    """A text that stands nowhere else."""
    return f"zqx{field.id.replace('_', '')}zqx"


def secret(field: Field) -> Value:
    """An answer to the field with that text in it, as far as its kind can hold one."""
    word = sentinel(field)
    if field.kind is Kind.ROWS:
        return [{column.id: f"{word} {column.id}" for column in field.columns if column.kind in (Kind.LINE, Kind.TEXT)}]
    if field.kind is Kind.DAY:
        return "1987-06-05"
    if field.kind is Kind.CHOICE:
        return field.options[-1].id
    return f"https://{word}.example/" if field.kind is Kind.ADDRESS else f"It is {word}."


def told(field: Field) -> tuple[bytes, ...]:
    """By what the answer would be known."""
    if field.kind is Kind.DAY:
        return (b"1987-06", b"5 June 1987", b"5 juin 1987")
    return (sentinel(field).encode(),) if field.kind is not Kind.CHOICE else ()


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    """A system whose two published editions have a secret in every field that may be withheld, and withhold all of them."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    answers: dict[str, Any] = {field.id: secret(field) for field in WITHHOLDABLE}
    made = published_system("secret-tool", **answers)
    begin_edition(by=owner(), at=NOON, system=made)
    changed = {field.id: f"{secret(field)} Changed." for field in WITHHOLDABLE if field.kind is Kind.TEXT}
    write(made, name="Secret tool", **changed)
    republished(made)
    for field in WITHHOLDABLE:
        withheld(made, field.id)
    return made


def numbers(system: System) -> dict[str, list[int]]:
    """The numbers that addresses of the system may have."""
    return {
        "register_edition": [1, 2],
        "register_change_document": list(Change.objects.filter(system=system).values_list("pk", flat=True)),
    }


def outlets(client: Client, system: System) -> list[tuple[str, bytes]]:
    """What every public address says, archives unpacked."""
    found = []
    for address in addresses(system.slug, numbers(system)):
        for prefix in LANGUAGES if "." not in address.rsplit("/", 1)[-1] else ("",):
            for asked in ASKED if not prefix else ({},):
                status, content = body(client, f"{prefix}{address}", **asked)
                if status == 200:
                    found.append((f"{prefix}{address} {asked}", content))
                    found += [(f"{address}: {name}", piece) for name, piece in unpacked(content)]
    return found


def unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """The files of an archive; none for what isn't one."""
    if not content.startswith(b"PK"):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_the_walk_goes_to_every_outlet_of_the_register() -> None:
    expected = """register_list register_list_json register_list_csv register_list_atom register_zip register_changes register_changes_atom
    register_entry register_entry_json register_entry_csv register_entry_atom register_edition register_compare register_change_document
    register_export"""
    assert set(expected.split()) <= names()


def test_what_is_withheld_stands_in_no_outlet(client: Client, system: System) -> None:
    found = outlets(client, system)
    assert len(found) > 100
    leaks = [(where, field.id) for where, content in found for field in WITHHOLDABLE for word in told(field) if word in content]
    assert leaks == []


def test_a_withheld_choice_is_not_in_the_files(client: Client, system: System) -> None:
    assert field_set().field("risk_class").withholdable
    assert "risk_class" not in json.loads(body(client, f"/register/{system.slug}.json")[1])["content"]
    assert "publication_category" not in json.loads(body(client, f"/register/{system.slug}/algoritmeregister.json")[1])["record"]
    assert b"neither" not in body(client, f"/register/{system.slug}.csv")[1]  # the label of the choice


@pytest.mark.parametrize("end", ["/", "/editions/1/"])
def test_every_page_of_the_entry_says_that_it_is_withheld_and_until_when(client: Client, system: System, end: str) -> None:
    status, content = body(client, f"/register/{system.slug}{end}")
    assert status == 200
    assert b"Ground: Trade secret." in content
    assert b"Shown from 1 June 2027." in content


@pytest.mark.parametrize("end", [".json", ".csv", "/atrs.json", "/algoritmeregister.json", "/annex-viii.json"])
def test_every_file_of_the_entry_says_that_it_is_withheld_and_until_when(client: Client, system: System, end: str) -> None:
    status, content = body(client, f"/register/{system.slug}{end}")
    assert status == 200
    assert b"trade-secret" in content
    assert b"2027-06-01" in content


def test_it_is_searched_by_nobody(system: System) -> None:
    row = SearchRow.objects.get(system=system)
    assert "zqx" not in row.text + row.summary + row.name
    assert not SearchWord.objects.filter(text__contains="zqx").exists()
    assert row.withheld > 0


def test_on_its_day_it_is_shown_by_itself(client: Client, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get(f"/register/{system.slug}/")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON.replace(year=2027, month=6, day=1))
    after = client.get(f"/register/{system.slug}/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert sentinel(field_set().field("team")).encode() in after.content
    assert date(2027, 6, 1) == clock.now().date()
