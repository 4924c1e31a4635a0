from __future__ import annotations

import json
from dataclasses import replace

import pytest

from habeas.catalogue.entries import Entry, Family, Status
from habeas.reports.catalogue.entries import as_document, as_text, list_as_document, list_as_text
from habeas.rules.rulebook import Rulebook
from habeas.rules.screening import screen
from screens.entries import entry
from screens.made_up import ON, VOCABULARY, among, book, is_yes, rule, system, told, words

BOOK = book(rule(when=among("purpose", "list")))
LISTING = entry("xa-list", description=system({"purpose": told(words("list", complete=False))}), family=Family.PERSON_LIST)
VERDICTS = screen(LISTING.description, (BOOK,), on=ON)


def found(one: Entry, *books: Rulebook, width: int = 80) -> str:
    return as_text(one, screen(one.description, books, on=ON), vocabulary=VOCABULARY, width=width)


def test_the_list_stands_by_family() -> None:
    text = list_as_text([entry("xa-map"), LISTING, entry("aa-map", status=Status.IN_USE)])

    assert text == (
        "3 systems; habeas catalogue ID tells what is known of one\n"
        "\n"
        "person-list (1)\n"
        "  xa-list: name of xa-list; Exampleland; ended\n"
        "\n"
        "place-based (2)\n"
        "  aa-map: name of aa-map; Exampleland; in-use\n"
        "  xa-map: name of xa-map; Exampleland; ended\n"
    )


def test_an_entry_tells_each_fact_with_its_source_and_each_source_once() -> None:
    text = as_text(LISTING, VERDICTS, vocabulary=VOCABULARY)

    assert "- It ended. [seen in the source: 1]\n" in text
    assert "- Reported crime. [seen in the source: 2, 1]\n" in text
    assert "- Where patrols go. [from memory, to be checked]\n" in text
    assert " 1. the gazette <https://gazette.example>\n 2. a newspaper\n" in text
    assert "WHAT OTHERS FOUND" not in text


def test_an_entry_tells_its_answers_and_what_each_book_finds_by_which_rule() -> None:
    text = as_text(LISTING, VERDICTS, vocabulary=VOCABULARY)

    assert "- purpose: list, perhaps others (unknown)\nAll else is unknown.\n" in text
    assert "- Town (law; where used isn't told): prohibited (R-1)\n" in text
    assert "Described: 1. The findings are about that state.\n" in text
    assert "This is not legal advice." in text


def test_an_entry_says_of_each_book_whether_it_is_law_there() -> None:
    elsewhere = entry(description=system({"purpose": words("list")}, used_in=("XB",)))

    assert "- Town (not law there): prohibited (R-1)\n" in found(elsewhere, BOOK)


def test_an_entry_in_use_says_that_use_after_the_described_state_is_not_described() -> None:
    described = replace(system(), version="as judged in 2020")

    said = " ".join(found(entry(description=described, status=Status.IN_USE), BOOK, width=200).split())
    assert "Described: as judged in 2020. The findings are about that state. It is in use; how it is used since is not described." in said
    for other in (entry(description=described), entry(status=Status.IN_USE)):
        assert "It is in use" not in found(other, BOOK)
    assert not entry(description=replace(described, version="as documented since 2022"), status=Status.IN_USE).dated


def test_a_blocked_entry_names_first_what_hangs_on_something_else() -> None:
    purposes = (rule("R-1", when=among("purpose", "list")), rule("R-2", when=among("purpose", "predict")))
    drafting = entry(description=system({"purpose": words("draft", complete=False)}, used_in=("XA",)))

    assert (
        "- Town (law there): blocked pending evidence\n"
        "  - title of R-3 [R-3]\n"
        "  - and 2 rules that hang only on whether it has further purposes\n"
    ) in found(drafting, book(*purposes, rule("R-3", when=is_yes("public"))))
    assert "  - 2 rules that hang only on" in found(drafting, book(*purposes))


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_of_an_entry_is_wider_than_asked_for(width: int) -> None:
    for text in (as_text(LISTING, VERDICTS, vocabulary=VOCABULARY, width=width), list_as_text([LISTING], width=width)):
        assert max(len(line) for line in text.splitlines()) <= width


def test_the_same_for_programs_is_json() -> None:
    document = json.loads(json.dumps(as_document(LISTING, VERDICTS)))

    assert (document["id"], document["family"], document["status_note"]["confidence"]) == ("xa-list", "person-list", "source")
    assert document["verdicts"] == {"town": {"finding": "prohibited", "decided_by": ["R-1"]}}
    assert list_as_document([LISTING])["systems"][0]["id"] == "xa-list"
