"""The pages that are made from books, catalogue, technologies and questions: current, whole, and saying what was measured."""

from __future__ import annotations

import re

import pytest

import project
from docs.rebuild_reference import NOT_ADVICE, ON, PAGES
from habeas.catalogue.entries import Family
from habeas.reports.rule_pages.shelf import of_family
from habeas.reports.rule_pages.verdicts import BAN, refused, verdict_of
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks import library
from habeas.runs.screens.documentation import made_pages, shelf, with_readings
from habeas.terms.description import Technique

SHELF = shelf(on=ON)
MADE = made_pages(SHELF)
EVERYTHING = (*SHELF.documented, *SHELF.unverified)


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_is_the_one_made_from_the_data(name: str) -> None:
    assert (PAGES / name).read_text(encoding="utf-8") == MADE[name], f"docs/reference/{name} is old: make reference"


def test_the_list_of_what_a_lawyer_must_read_is_current() -> None:
    page = NOT_ADVICE.read_text(encoding="utf-8")

    assert page == with_readings(page, SHELF), "docs/explanation/not-legal-advice.md is old: make reference"
    assert "nobody yet" in page


@pytest.mark.parametrize("folder", ["rules", "catalogue"])
def test_no_page_is_left_over_from_what_is_gone(folder: str) -> None:
    assert {f"{folder}/{page.name}" for page in (PAGES / folder).glob("*.md")} == {name for name in MADE if name.startswith(f"{folder}/")}


def test_every_made_page_stands_in_the_navigation() -> None:
    assert [name for name in MADE if f"reference/{name}" not in project.text("mkdocs.yml")] == []


def test_every_rule_system_family_and_question_can_be_linked_to() -> None:
    pages = "\n".join(MADE.values())
    named = [
        *(rule.id for book in SHELF.books for rule in book.rules),
        *(row.entry.id for row in SHELF.documented),
        *(one.id for one in SHELF.technologies),
        *SHELF.vocabulary.names(),
    ]

    assert [name for name in named if f"{{ #{name} }}" not in pages] == []


def test_a_book_that_nobody_read_says_so_before_its_first_rule() -> None:
    for book in SHELF.books:
        opening = MADE[f"rules/{book.id}.md"].partition("\n## ")[0]
        assert book.readers or "No lawyer has read this book against its text yet." in opening


def test_a_rule_from_memory_warns_where_it_stands() -> None:
    for book in SHELF.books:
        page = MADE[f"rules/{book.id}.md"]
        for rule in book.rules:
            in_short = page.partition(f"{{ #{rule.id} }}\n\n")[2].partition("\n")[0]
            assert (f"**{rule.confidence.value}:**" in in_short) == (rule.confidence.value != "source"), rule.id


def test_what_the_ban_of_fair_trials_covers_is_32_of_59_descriptions() -> None:
    """Counted in the catalogue's data before there was a screen (reference/governance.md, fact 6): 14, 7, 9 and 2."""
    caught = refused(EVERYTHING, BAN)

    assert (len(caught), len(EVERYTHING), len(SHELF.documented), len(SHELF.unverified)) == (32, 59, 44, 15)
    by_family = {family: len(of_family(caught, family)) for family in Family if of_family(caught, family)}
    assert by_family == {Family.INDIVIDUAL_RISK: 14, Family.PERSON_LIST: 7, Family.PLACE_BASED: 9, Family.PRISON: 2}
    assert "| **All families** | **32** | **59** | **25** | **7** |" in MADE["verdicts.md"]


def test_at_least_11_checklists_and_lists_are_caught() -> None:
    by_hand = {Technique.CHECKLIST, Technique.LIST}

    assert sum(bool(by_hand & set(row.entry.description.techniques)) for row in refused(SHELF.documented, BAN)) >= 11


def test_forecasts_of_places_get_different_findings_from_different_books() -> None:
    for row in SHELF.of_family(Family.PLACE_BASED):
        assert verdict_of(row, BAN).finding is Finding.PROHIBITED
        assert verdict_of(row, "eu-ai-act").finding is not Finding.PROHIBITED


def test_what_is_from_memory_stands_on_one_page_only_and_apart() -> None:
    documented, apart, from_memory = MADE["verdicts.md"].partition("{ #from-memory }")

    assert apart
    assert "described from memory, not checked, not part of the catalogue; they only test the screen" in from_memory
    for entry in library.unverified():
        assert f"| `{entry.id}` |" in from_memory
        others = [documented, *(page for name, page in MADE.items() if name.startswith("catalogue/"))]
        assert not any(re.search(rf"{entry.id}\b|{re.escape(entry.description.about)}", page) for page in others), entry.id


def test_every_documented_fact_stands_on_its_page_with_every_source() -> None:
    for row in SHELF.documented:
        page = MADE[f"catalogue/{row.entry.family.value}.md"]
        section = page.partition(f"{{ #{row.entry.id} }}")[2].partition("\n## ")[0]
        facts = (row.entry.status_note, *row.entry.inputs, *row.entry.decides, *row.entry.findings)
        lines = [line for line in section.splitlines() if re.search(r"\*\((?:partly |in texts |from memory|)\S.*\)\*$", line)]
        assert len(lines) == len(facts), row.entry.id
        sources = {source for fact in facts for source in fact.sources}
        assert len(re.findall(rf'<span id="{row.entry.id}-\d+">', section)) == len(sources)
