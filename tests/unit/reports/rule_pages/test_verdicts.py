from __future__ import annotations

import dataclasses

import pytest

from habeas.catalogue.entries import Family
from habeas.reports.rule_pages.verdicts import refused, verdicts_page
from habeas.rules.rulebook import Outcome
from screens.made_up import NO, among, book, in_class, is_yes, rule, told, words
from screens.shelves import DRAFTS, LISTED, STANDARD, TOWN, entry, row, shelf

PAGE = verdicts_page(shelf())


def section(anchor: str, page: str = PAGE) -> str:
    return page.partition(f"{{ #{anchor} }}")[2].partition("\n## ")[0]


def test_the_page_states_its_day_and_what_each_finding_means() -> None:
    assert "as of **2026-11-22**" in PAGE
    assert "| **prohibited unless** | A rule forbids this use. An exception" in PAGE


def test_findings_are_counted_by_book_over_documented_systems_only() -> None:
    assert "| [Fair Trials](rules/fair-trials.md) | 1 | 0 | 0 | 0 | 1 |" in section("counts")
    assert "| [Town](rules/town.md) | 0 | 1 | 1 | 0 | 0 |" in section("counts")
    assert "All 2 get different findings" in section("counts")


def test_findings_are_counted_by_family_too() -> None:
    assert "| [Lists of people](catalogue/person-list.md) | 1 | 1 **prohibited** | 1 **prohibited unless** |" in section("counts")
    assert "| [Casework](catalogue/casework.md) | 1 | 1 no rule | 1 blocked |" in section("counts")


def test_duties_of_which_none_is_certain_are_told_as_such() -> None:
    unsure = book(rule("D-1", when=is_yes("ordered"), outcome=Outcome.DUTY), name="unsure")
    books = (STANDARD, unsure)
    page = verdicts_page(dataclasses.replace(shelf(), books=books, documented=(row(LISTED, books),), unverified=()))

    assert "[Unsure](rules/unsure.md) finds duties for 1 system; for 1 of them none is certain" in page
    assert "none is certain" not in PAGE


def test_the_ban_is_counted_over_all_descriptions_with_those_from_memory_named() -> None:
    assert "There are 3 descriptions: 2 of documented systems, 1 from memory" in section("ban")
    assert "**2 fall under the ban**" in section("ban")
    assert (
        "| Lists of people | 2 | 2 | 1 | 1 |\n| Other families | 0 | 1 | 0 | 0 |\n| **All families** | **2** | **3** | **1** | **1** |"
        in section("ban")
    )


def test_a_list_that_is_caught_is_named_and_one_that_is_not_too() -> None:
    assert "- [System xa-list](catalogue/person-list.md#xa-list), Town (list, the rest isn't known)" in section("checklists")
    assert "because of what they are used for: [System xa-draft](catalogue/casework.md#xa-draft)." in section("checklists")


def test_a_system_has_a_finding_per_book_with_the_rules_that_decided() -> None:
    assert (
        "| [System xa-list](catalogue/person-list.md#xa-list) | **prohibited**<br>[FT-1](rules/fair-trials.md#FT-1){ .whole } | "
        "**prohibited unless**<br>[T-1](rules/town.md#T-1){ .whole } |"
    ) in section("systems")


def test_systems_stand_by_family_and_id() -> None:
    first = dataclasses.replace(LISTED, id="xa-another", name="Another")
    page = section("systems", verdicts_page(dataclasses.replace(shelf(), documented=(row(DRAFTS), row(LISTED), row(first)))))

    places = [page.index(found) for found in ("### Lists of people", "[Another]", "[System xa-list]", "### Casework", "[System xa-draft]")]
    assert places == sorted(places)


def test_beyond_two_the_rules_that_decided_stand_in_the_entry() -> None:
    bans = [rule(f"B-{n}", when=is_yes("public")) for n in (1, 2, 3, 4)]
    books = (STANDARD, book(*bans, name="strict"))
    page = verdicts_page(dataclasses.replace(shelf(), books=books, documented=(row(DRAFTS, books),), unverified=()))

    assert "[B-2](rules/strict.md#B-2){ .whole }<br>[and 2 more](catalogue/casework.md#xa-draft) |" in page
    assert "B-3" not in section("systems", page)


@pytest.mark.parametrize(("used_in", "mark"), [(("XA",), ""), (("XB",), " ~"), ((), " ?")])
def test_a_law_of_elsewhere_is_marked(used_in: tuple[str, ...], mark: str) -> None:
    description = dataclasses.replace(LISTED.description, used_in=used_in)
    there = dataclasses.replace(LISTED, description=description)

    assert f"**prohibited unless**{mark}<br>" in verdicts_page(dataclasses.replace(shelf(), documented=(row(there),)))


def test_a_rule_that_blocks_is_counted() -> None:
    assert "| [Town](rules/town.md) | [T-1](rules/town.md#T-1){ .whole } | title of T-1 | 1 |" in section("blocking")


def test_places_are_told_by_book() -> None:
    place = entry("xa-place", Family.PLACE_BASED, {"purpose": told(words("predict")), "public": told(NO)})
    page = verdicts_page(dataclasses.replace(shelf(), documented=(row(place),)))

    assert "1 documented system says where offences will happen." in section("places", page)
    assert "- [Fair Trials](rules/fair-trials.md): 1 prohibited, by [FT-1](rules/fair-trials.md#FT-1){ .whole }" in section("places", page)


def test_what_is_from_memory_stands_apart_by_id_and_family_alone() -> None:
    before, apart, memory = PAGE.partition("{ #from-memory }")

    assert apart
    assert "xa-memory" not in before
    assert "| `xa-memory` | Lists of people | **prohibited** | blocked |" in memory
    assert "System xa-memory" not in PAGE


def test_an_open_exception_still_counts_as_prohibited() -> None:
    assert refused(shelf().documented, "town") == (row(LISTED),)


def test_a_book_whose_classes_alone_speak_names_no_rule_that_decided() -> None:
    soft = book(
        rule("D-1", when=in_class("x"), outcome=Outcome.DUTY), rule("C-1", when=is_yes("public"), outcome=Outcome.CLASS, in_class="x")
    )
    books = (STANDARD, soft)
    page = verdicts_page(dataclasses.replace(shelf(), books=books, documented=(row(LISTED, books),), unverified=()))

    assert "| **prohibited**<br>[FT-1](rules/fair-trials.md#FT-1){ .whole } | duties |" in page
    assert TOWN.short == soft.short


def test_a_system_in_use_that_is_described_as_of_an_earlier_time_is_marked() -> None:
    dated = dataclasses.replace(LISTED, description=dataclasses.replace(LISTED.description, version="as judged in 2020"))
    page = section("systems", verdicts_page(dataclasses.replace(shelf(), documented=(row(dated),))))

    assert "| [System xa-list](catalogue/person-list.md#xa-list) + |" in page
    assert "xa-list) + |" not in section("systems")


def test_of_the_rules_that_block_those_that_hang_on_more_than_further_purposes_are_named() -> None:
    bans = [rule("B-1", when=among("purpose", "list")), rule("B-2", when=among("purpose", "predict")), rule("B-3", when=is_yes("public"))]
    books = (STANDARD, book(*bans, name="strict"))
    open_ended = dataclasses.replace(DRAFTS.description, answers={"purpose": told(words("draft", complete=False))})
    drafts = dataclasses.replace(DRAFTS, description=open_ended)
    page = verdicts_page(dataclasses.replace(shelf(), books=books, documented=(row(drafts, books),), unverified=()))

    assert "blocked<br>[B-3](rules/strict.md#B-3){ .whole }<br>[B-1](rules/strict.md#B-1){ .whole }<br>[and 1 more]" in section(
        "systems", page
    )
