from __future__ import annotations

import dataclasses
from datetime import timedelta

from habeas.reports.rule_pages.readings import readings
from habeas.reports.rule_pages.technologies import technologies_page
from habeas.reports.rule_pages.vocabulary import vocabulary_page
from habeas.rules.rulebook import Window
from screens.made_up import ON, among, book, rule
from screens.shelves import TECHNOLOGY, shelf

PAGE = technologies_page(shelf())


def test_a_family_shows_its_concerns_in_their_order_each_with_what_to_ask() -> None:
    titles = ["Human rights and trial", "Data protection", "Validity and accuracy", "Equality", "Privacy"]

    places = [PAGE.index(f'??? question "{title}"') for title in titles]
    assert places == sorted(places)
    assert PAGE.count("    - Who is on it?") == 5


def test_rules_that_ask_for_its_purposes_stand_by_book_and_outcome() -> None:
    assert "- [Fair Trials](rules/fair-trials.md): prohibited: [FT-1](rules/fair-trials.md#FT-1){ .whole }" in PAGE
    assert "- [Town](rules/town.md): duty: [T-2](rules/town.md#T-2){ .whole }" in PAGE
    assert "| [Lists](technologies.md#lists) | [FT-1](rules/fair-trials.md#FT-1){ .whole } | 1 |" in PAGE


def test_a_rule_that_has_ended_is_left_out_the_day_after_its_last() -> None:
    for last, named in ((ON, True), (ON - timedelta(days=1), False)):
        old = book(rule("OLD-1", when=among("purpose", "list"), windows=(Window(end=last, basis="Art 9"),)))
        assert ("OLD-1" in technologies_page(dataclasses.replace(shelf(), books=(old,)))) == named


def test_a_family_that_no_rule_speaks_of_says_so() -> None:
    page = technologies_page(dataclasses.replace(shelf(), technologies=(dataclasses.replace(TECHNOLOGY, purposes=("else",), examples=()),)))

    assert "| none by its purpose | 0 |" in page
    assert "- [Town](rules/town.md): none" in page
    assert "**In the catalogue:**" not in page


def test_what_cannot_be_tested_yet_is_told_only_where_there_is_something() -> None:
    waiting = dataclasses.replace(TECHNOLOGY, waits_for="a study of lists")

    assert "Not yet tested: a study of lists" in technologies_page(dataclasses.replace(shelf(), technologies=(waiting,)))
    assert "Not yet tested" not in PAGE


def test_an_example_that_is_not_in_the_public_catalogue_is_not_named() -> None:
    hidden = dataclasses.replace(TECHNOLOGY, examples=("xa-memory",))

    assert "xa-memory" not in technologies_page(dataclasses.replace(shelf(), technologies=(hidden,)))


def test_a_question_says_why_it_is_asked_which_words_answer_it_and_which_rules_ask() -> None:
    page = vocabulary_page(shelf())

    assert "## purpose { #purpose }\n\n**What is it used for?**\n\n- In a file: `purpose`" in page
    assert "- Why it is asked: Bans attach to uses.\n- Where to find out: the brochure" in page
    assert "| `list` | keeps a list |" in page
    assert "- [Town](rules/town.md): [T-1](rules/town.md#T-1){ .whole }" in page.partition("{ #ordered }")[2].partition("\n## ")[0]


def test_the_list_for_lawyers_names_each_rule_that_was_not_read_and_no_other() -> None:
    listed = readings(shelf())

    assert "| [Town](../reference/rules/town.md) | nobody yet | 1 of 2 | 1 |" in listed
    assert '??? warning "1 rule: from general knowledge; check it before you rely on it (memory)"' in listed
    assert "| [T-1](../reference/rules/town.md#T-1){ .whole } | Art 1 | title of T-1 |" in listed
    assert "T-2" not in listed
