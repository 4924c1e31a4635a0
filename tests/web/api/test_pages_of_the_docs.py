"""The pages on the API: the reference is as the code says, and what the how-to asks is answered."""

from __future__ import annotations

import io
import re
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from docs.fences import examples
from habeas.web.api.reference import api_reference_markdown
from habeas.web.register.models import System
from web.makers import organisation, published_system

SITE = "https://register.example"


@pytest.fixture
def how_to(repository: Path) -> str:
    return (repository / "docs" / "how-to" / "ask-the-api.md").read_text(encoding="utf-8")


def test_the_reference_is_as_the_code_says(repository: Path) -> None:
    if (repository / "docs" / "reference" / "api.md").read_text(encoding="utf-8") != api_reference_markdown():
        pytest.fail("docs/reference/api.md has fallen behind the API: make reference")


@pytest.mark.usefixtures("system")
def test_every_address_in_the_how_to_is_answered(client: Client, how_to: str) -> None:
    addresses = re.findall(rf"{SITE}(/api/v1/[^\s`\"]*)", how_to)

    answers = {address: client.get(address).status_code for address in addresses}
    without_ledger = {answers.pop("/api/v1/log"), answers.pop("/api/v1/log/entries/7")}
    assert without_ledger == {404}  # the site of this test keeps none
    assert len(answers) >= 5
    assert set(answers.values()) == {200}


def test_the_problem_in_the_how_to_is_the_one_that_is_told(client: Client, how_to: str, db: None) -> None:  # noqa: ARG001 - the view opens it
    shown = next(one.body for one in examples(how_to) if one.language == "json")

    assert client.get("/api/v1/systems?prohibited=maybe").content.decode() == shown.strip()


def test_the_functions_in_the_how_to_do_what_it_says(client: Client, how_to: str, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.web.api.routes.entries.MOST_AN_ANSWER", 1)
    published_system("roster", organisation=organisation("prison", kind="prison"), name="Roster")
    published_system("shown-only", organisation=organisation("example", made_up=True), name="Made-up tool")
    opened = lambda request: io.BytesIO(client.get(re.sub("^http://testserver", "", request.full_url)).content)  # noqa: E731 - an urlopen
    monkeypatch.setattr(urllib.request, "urlopen", opened)
    names: dict[str, Any] = {}
    for one in examples(how_to):
        if one.language == "python":
            exec(compile(one.body, "how-to", "exec"), names)  # noqa: S102 - our own examples

    found = [one["system"] for one in names["every_system"]("http://testserver", "sort=name")]
    entry = names["ask"](f"http://testserver/api/v1/systems/{system.slug}/editions/1")

    assert sorted(found) == ["letter-sorter", "roster", "shown-only"]
    assert names["not_audited"]("http://testserver") == ["Roster"]
    assert [one["field"] for one in entry["withheld"]] == ["team"]
    assert names["digest_of"](entry) == entry["edition"]["digest"]
