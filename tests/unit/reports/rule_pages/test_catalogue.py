from __future__ import annotations

import dataclasses
from typing import Any

from habeas.catalogue.entries import Family
from habeas.reports.rule_pages.catalogue import catalogue_index, family_page
from habeas.terms.answers import Answer, Evidence
from habeas.terms.description import Technique
from screens.made_up import YES, among, book, is_yes, rule, told, words
from screens.shelves import DRAFTS, LISTED, row, shelf

PAGE = family_page(Family.PERSON_LIST, shelf())


def page_of(**more: Any) -> str:
    description = dataclasses.replace(LISTED.description, **more)
    of = dataclasses.replace(LISTED, description=description)
    return family_page(Family.PERSON_LIST, dataclasses.replace(shelf(), documented=(row(of),)))


def test_the_index_names_every_documented_system_by_family_and_none_from_memory() -> None:
    index = catalogue_index(shelf())

    assert "## Lists of people { #person-list }" in index
    assert "| [System xa-list](../catalogue/person-list.md#xa-list) | Town | Police | in use |" in index
    assert "2 systems; 2 seen in the source." in index
    assert "memory" not in index.partition("2 systems")[2]


def test_a_fact_says_where_it_was_seen_and_how_far_it_was_checked() -> None:
    assert "- Status: in use. In use *(seen in [1](#xa-list-1))*" in PAGE
    assert "- age *(partly seen in [1](#xa-list-1) or [2](#xa-list-2), partly from memory)*" in PAGE
    assert "- nobody tested it *(from memory, to be checked)*" in PAGE


def test_sources_stand_once_with_where_they_are() -> None:
    assert '1. <span id="xa-list-1"></span>[Paper One](https://one.example/a), read on 2026-11-22\n' in PAGE
    assert '2. <span id="xa-list-2"></span>Paper Two\n' in PAGE


def test_a_page_says_once_that_a_source_without_a_link_has_no_address() -> None:
    assert PAGE.count("its address was not kept; find it by its title") == 1
    addressed = dataclasses.replace(LISTED, inputs=())
    assert "was not kept" not in family_page(Family.PERSON_LIST, dataclasses.replace(shelf(), documented=(row(addressed),)))


def test_what_is_not_known_of_a_system_is_left_out_or_said() -> None:
    assert "Vendor" not in PAGE
    assert "**What it decides**" not in PAGE
    assert "- How it works: list, the rest isn't known (told for the reader; no rule asks for it)" in PAGE
    assert "- How it works: not known (told for the reader" in page_of(techniques=(Technique.UNKNOWN,))
    assert "How it works" not in page_of(techniques=())


def test_each_book_has_a_line_with_the_rules_that_decided() -> None:
    assert (
        "- [Fair Trials](../rules/fair-trials.md) (a standard): **prohibited**, by [FT-1](../rules/fair-trials.md#FT-1){ .whole }" in PAGE
    )
    assert "- [Town](../rules/town.md) (law there): **prohibited unless an exception is shown**, by [T-1]" in PAGE


def test_an_answer_names_what_shows_it_by_the_number_of_its_source() -> None:
    evidence = (Evidence(what="Paper Two"), Evidence(what="a letter"))
    page = page_of(answers={"public": Answer(value=YES, evidence=evidence, note="since May")})

    assert "| [public](../vocabulary.md#public) | yes | [2](#xa-list-2), a letter | since May |" in page
    assert "| [purpose](../vocabulary.md#purpose) | list | nothing |  |" in PAGE


def test_a_family_leads_to_what_to_ask_about_it_where_there_is_guidance() -> None:
    assert "What to ask about such systems: [Lists](../technologies.md#lists)." in PAGE
    assert "What to ask" not in family_page(Family.CASEWORK, shelf())


def test_the_findings_say_which_state_they_are_about() -> None:
    assert "\nDescribed: 1. The findings are about that state.\n" in PAGE
    assert "It is in use; how it is used since is not described." in page_of(version="as judged in 2020")


def test_a_blocked_system_names_first_what_hangs_on_something_else() -> None:
    purposes = (rule("R-1", when=among("purpose", "list")), rule("R-2", when=among("purpose", "predict")))
    books = (book(*purposes, rule("R-3", when=is_yes("public"))),)
    drafting = dataclasses.replace(DRAFTS.description, answers={"purpose": told(words("draft", complete=False))})
    page = family_page(
        Family.CASEWORK, dataclasses.replace(shelf(), documented=(row(dataclasses.replace(DRAFTS, description=drafting), books),))
    )

    assert (
        "(law there): blocked pending evidence, by [R-3](../rules/town.md#R-3){ .whole }; and 2 rules that hang only on whether it has "
        "further purposes ([R-1](../rules/town.md#R-1){ .whole }, [R-2](../rules/town.md#R-2){ .whole })\n"
    ) in page
