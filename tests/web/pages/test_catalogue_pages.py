from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from habeas.runs.rulebooks import library
from habeas.web.pages.shown import rules

pytestmark = pytest.mark.django_db


def names_in(client: Client, address: str) -> set[str]:
    """The documented systems that a page of the catalogue leads to."""
    html = client.get(address).content.decode()
    return {entry.id for entry in library.catalogue() if f'href="/catalogue/{entry.id}/"' in html}


def all_names(client: Client, query: str) -> set[str]:
    """Those of every page of the list."""
    return set().union(*(names_in(client, f"/catalogue/?page={page}{query}") for page in (1, 2, 3)))


def test_every_documented_system_is_listed_and_none_that_is_described_from_memory(client: Client) -> None:
    assert all_names(client, "") == {entry.id for entry in library.catalogue()}
    assert len(all_names(client, "")) == 44
    for entry in library.unverified():
        assert client.get(f"/catalogue/{entry.id}/").status_code == 404
        assert client.get(f"/catalogue/{entry.id}.json").status_code == 404


def test_filters_stand_in_the_address_and_all_of_them_hold(client: Client) -> None:
    assert names_in(client, "/catalogue/?family=face-live") == {"uk-met-lfr", "uk-swp-lfr"}
    assert names_in(client, "/catalogue/?family=face-live&q=wales") == {"uk-swp-lfr"}
    assert names_in(client, "/catalogue/?country=US&family=face-live") == set()
    assert "us-compas" in all_names(client, "&country=US")
    assert "uk-swp-lfr" not in all_names(client, "&country=US")


def test_a_filter_that_nobody_knows_is_refused_and_shows_nothing(client: Client) -> None:
    answer = client.get("/catalogue/?family=palmistry")

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert names_in(client, "/catalogue/?family=palmistry") == set()


def test_the_pager_keeps_what_was_asked(client: Client) -> None:
    assert 'href="?country=GB&amp;page=2"' in client.get("/catalogue/?country=GB").content.decode()


def test_a_documented_system_says_who_documented_it_and_which_rules_find_what(client: Client) -> None:
    html = unescape(client.get("/catalogue/uk-swp-lfr/").content.decode())

    assert "Documented by others, not by the operator" in html
    assert 'href="/rules/uk/UK-BRIDGES/"' in html
    assert "prohibited unless an exception is shown" in html
    assert 'href="#source-1"' in html
    assert 'id="source-1"' in html


def test_each_page_of_the_catalogue_has_a_twin_for_programs(client: Client) -> None:
    every = json.loads(client.get("/catalogue.json").content)
    one = json.loads(client.get("/catalogue/us-compas.json").content)

    assert len(every["systems"]) == 44
    assert one["id"] == "us-compas"
    assert set(one["verdicts"]) == {book.id for book in library.books()}
    assert len(json.loads(client.get("/technologies.json").content)["technologies"]) == 16
    assert json.loads(client.get("/technologies/live-face-recognition.json").content)["id"] == "live-face-recognition"
    assert json.loads(client.get("/rules/uk.json").content)["id"] == "uk"
    assert json.loads(client.get("/rules/uk/UK-BRIDGES.json").content)["id"] == "UK-BRIDGES"


def test_every_rule_every_system_and_every_technology_has_a_page(client: Client) -> None:
    for book in library.books():
        for rule in book.rules:
            assert client.get(f"/rules/{book.id}/{rule.id}/").status_code == 200
    for entry in library.catalogue():
        assert client.get(f"/catalogue/{entry.id}/").status_code == 200
    for family in library.families():
        assert client.get(f"/technologies/{family.id}/").status_code == 200


def test_a_technology_tells_of_all_five_families_of_concern_and_of_the_rules_that_speak_of_it(client: Client) -> None:
    html = unescape(client.get("/technologies/live-face-recognition/").content.decode())

    for concern in ("Human rights and trial", "Data protection", "Validity and accuracy", "Equality", "Privacy"):
        assert f"<h3>{concern}</h3>" in html
    assert 'href="/rules/eu-ai-act/AIA-5-1-h/"' in html
    assert 'href="/catalogue/uk-met-lfr/"' in html


def test_a_rule_tells_who_must_follow_it_what_it_catches_its_exceptions_and_its_source(client: Client) -> None:
    html = unescape(client.get("/rules/eu-ai-act/AIA-5-1-h/").content.decode())

    assert "Art 5(1)(h)" in html
    assert "This is not legal advice" in html
    assert "Is it used where anybody may walk" in html  # what it asks
    assert "from 2025-02-02" in html  # since when
    assert "Did a judge, or an independent authority whose decision binds" in html  # what its exception asks
    assert "Shown by: " in html  # what must show that
    assert 'href="/catalogue/uk-met-lfr/"' in html  # what it forbids, unless shown
    assert "the cited text itself was read" in html


@pytest.mark.parametrize(
    ("page", "of_api"),
    [
        ("rules/eu-ai-act.json", "rulebooks/eu-ai-act"),
        ("rules/uk/UK-BRIDGES.json", "rulebooks/uk/rules/UK-BRIDGES"),
        ("catalogue/us-compas.json", "catalogue/us-compas"),
        ("technologies/live-face-recognition.json", "technologies/live-face-recognition"),
    ],
)
def test_what_one_word_names_has_one_shape_wherever_a_program_asks_for_it(client: Client, page: str, of_api: str) -> None:
    assert json.loads(client.get(f"/{page}").content) == json.loads(client.get(f"/api/v1/{of_api}").content)


def test_where_a_book_is_law_is_told_in_the_language_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    french = {
        "United Kingdom": "Royaume-Uni",
        "law in: %(places)s": "loi dans : %(places)s",
        "a standard, which binds nobody by itself": "norme",
    }
    monkeypatch.setattr(rules, "_", lambda text: french.get(text, text))
    monkeypatch.setattr(rules, "ngettext", lambda one, many, number: "loi dans %(number)s pays")  # noqa: ARG005 - Django's signature

    told = {book.id: rules.book_shown(book, date(2026, 11, 22)).force for book in library.books()}

    assert told == {
        "eu-ai-act": "loi dans 27 pays",
        "led": "loi dans 27 pays",
        "uk": "loi dans : Royaume-Uni",
        "council-of-europe": "loi dans : France, Royaume-Uni, Norway",
        "fair-trials": "norme",
    }


def test_that_a_rule_is_not_law_where_a_system_is_used_is_told_in_the_language_of_the_page(client: Client) -> None:
    with override("fr"):
        said = gettext("not law there")

    html = unescape(client.get("/fr/rules/eu-ai-act/AIA-5-1-h/").content.decode())

    assert said != "not law there"
    assert f"({said})" in html
    assert "not law there" not in html
