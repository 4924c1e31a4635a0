"""What is withheld stands in no answer of the API; and on its day it is there again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from habeas.runs.registers.fields import field_set
from habeas.terms.register import Field, Kind, Value
from habeas.web.api.openapi import asked
from habeas.web.register.actions import begin_edition
from habeas.web.register.models import System
from web.makers import NOON, owner, published_system, republished, version_of, withheld, write

pytestmark = pytest.mark.django_db

WITHHOLDABLE = [field for field in field_set().fields if field.withholdable]
SENTINEL = b"zqx"
DAY = "1987-06-05"


def secret(field: Field) -> Value:
    """An answer that would be known again, as far as the field's kind can hold one."""
    word = f"zqx{field.id.replace('_', '')}zqx"
    if field.kind is Kind.ROWS:
        return [{column.id: f"{word} {column.id}" for column in field.columns if column.kind in (Kind.LINE, Kind.TEXT)}]
    if field.kind is Kind.DAY:
        return DAY
    if field.kind is Kind.CHOICE:
        return field.options[-1].id
    return f"https://{word}.example/" if field.kind is Kind.ADDRESS else f"It is {word}."


@pytest.fixture
def secretive() -> System:
    """A system whose two published editions have a secret in every field that may be withheld, and withhold all of them."""
    answers: dict[str, Any] = {field.id: secret(field) for field in WITHHOLDABLE}
    made = published_system("secret-tool", **answers)
    begin_edition(by=owner(), at=NOON, system=made)
    write(made, name="Secret tool", **{field.id: f"{secret(field)} Changed." for field in WITHHOLDABLE if field.kind is Kind.TEXT})
    republished(made)
    version_of(made)
    for field in WITHHOLDABLE:
        withheld(made, field.id)
    return made


def answers(client: Client) -> dict[str, bytes]:
    """What every address of the API says, of both editions and of what is found by the secret word."""
    found: dict[str, bytes] = {}
    for one in asked():
        for number in (1, 2):
            path = one.path.format(system="secret-tool", number=number, name="force", book="uk", rule="none", index=0)
            questions = {"before": number, "after": 3 - number} if path.endswith("/compare") else {}
            found[f"{path} {questions}"] = client.get(path, questions).content
    for word in ("zqx", "secret"):
        found[f"q={word}"] = client.get("/api/v1/systems", {"q": word}).content
    return found


def test_what_is_withheld_stands_in_no_answer(client: Client, secretive: System) -> None:
    found = answers(client)

    assert [where for where, content in found.items() if SENTINEL in content or DAY.encode() in content] == []
    content = client.get(f"/api/v1/systems/{secretive.slug}/editions/1").json()["content"]
    assert [field.id for field in WITHHOLDABLE if field.id in content] == []
    assert b'"count": 1' in found["q=secret"]  # it is found by what isn't withheld
    assert b'"count": 0' in found["q=zqx"]


def test_on_its_day_it_is_shown_by_itself(client: Client, secretive: System, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/api/v1/systems/{secretive.slug}"
    before = client.get(path)

    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2027, 6, 1, tzinfo=NOON.tzinfo))
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})

    assert (before.status_code, after.status_code) == (200, 200)
    assert after.json()["withheld"] == []
    assert SENTINEL in after.content
