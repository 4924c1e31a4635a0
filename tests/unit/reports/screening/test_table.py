from __future__ import annotations

from dataclasses import replace

import pytest

from habeas.catalogue.entries import Family, Status
from habeas.reports.screening.table import Row, as_document, as_text, counts
from habeas.rules.rulebook import Force
from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding
from habeas.terms.sources import Confidence
from screens.entries import entry
from screens.made_up import ON, among, book, is_yes, lift, rule, system, words

LEAGUE = book(rule("L-1", when=among("purpose", "list")), name="league", force=Force.STANDARD, binds_in=())
TOWN = book(rule("T-1", when=among("purpose", "predict"), lifts=(lift("ordered", is_yes("ordered"), "ordered"),)), name="town")
LISTING = entry("xa-list", description=system({"purpose": words("list")}, used_in=("XA",)), family=Family.PERSON_LIST)
PREDICTING = entry("xb-map", description=system({"purpose": words("predict")}, used_in=("XB",)))
UNCLEAR = entry("un-clear", description=system(), verified=Confidence.MEMORY)


def rows(*entries) -> tuple[Row, ...]:
    return tuple(Row(entry=one, verdicts=screen(one.description, (LEAGUE, TOWN), on=ON)) for one in entries)


ALL = rows(LISTING, PREDICTING, UNCLEAR)


def test_a_whole_table_reads_like_this() -> None:
    text = as_text(ALL, on=ON, width=80)

    assert text.startswith("3 systems of the catalogue by 2 books, on 2026-11-22\n\nA  League (a standard)\nB  Town (law in XA)\n")
    assert (
        "             A         B\n"
        "person-list\n"
        "  xa-list    BANNED    no rule\n"
        "place-based\n"
        "  un-clear * blocked   blocked ?\n"
        "  xb-map     no rule   unless ~\n"
    ) in text
    assert "A  BANNED 1, blocked 1, no rule 1\nB  unless 1, blocked 1, no rule 1\n" in text
    assert "Of 3 systems, 2 get different findings from different books." in text
    assert (
        "             all       BANNED    unless    only ~\n"
        "person-list  1         1         0         0\n"
        "place-based  2         0         0         1\n"
    ) in text
    assert "* described from memory alone" in text
    assert "not a verdict of any court or authority" in text


def test_a_family_counts_each_system_once_where_the_strictest_book_that_counts_there_puts_it() -> None:
    at_home = entry("xa-map", description=system({"purpose": words("predict")}, used_in=("XA",)))
    both = entry("xa-both", description=system({"purpose": words("predict", "list")}, used_in=("XA",)))

    assert "place-based  3         1         1         1\n" in as_text(rows(PREDICTING, at_home, both), on=ON, width=80)
    assert "place-based, 3 systems: BANNED 1, unless\n  1, only ~ 1\n" in as_text(rows(PREDICTING, at_home, both), on=ON, width=40)


def test_a_system_in_use_that_is_described_as_of_an_earlier_time_is_marked() -> None:
    described = replace(system(), version="as judged in 2020")
    text = as_text(rows(entry("xa-old", description=described, status=Status.IN_USE)), on=ON, width=80)

    assert "  xa-old + blocked" in text
    assert "+ in use, but described as it was" in text
    assert "+ in use" not in as_text(ALL, on=ON, width=80)


def test_systems_and_findings_are_counted_by_book() -> None:
    assert counts(ALL)["league"] == {
        Finding.PROHIBITED: 1,
        Finding.PROHIBITED_UNLESS: 0,
        Finding.BLOCKED: 1,
        Finding.DUTIES: 0,
        Finding.NO_RULE: 1,
    }


def test_a_narrow_terminal_gets_a_block_per_system() -> None:
    many = tuple(Row(entry=row.entry, verdicts=row.verdicts * 3) for row in ALL)

    assert "\nxa-list (person-list)\n  A BANNED, B no rule, C BANNED" in as_text(many, on=ON, width=40)


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_of_the_table_is_wider_than_asked_for(width: int) -> None:
    assert max(len(line) for line in as_text(ALL, on=ON, width=width).splitlines()) <= width


def test_the_table_for_programs_names_the_rules_that_decided() -> None:
    document = as_document(ALL, on=ON)

    assert document["systems"][0]["id"] == "xa-list"
    assert document["systems"][0]["verdicts"]["league"] == {"finding": "prohibited", "binding": "standard", "decided_by": ["L-1"]}
    assert document["systems"][1]["verdicts"]["town"] == {"finding": "prohibited unless shown", "binding": "no", "decided_by": ["T-1"]}
    assert [one["id"] for one in document["books"]] == ["league", "town"]


def test_an_empty_catalogue_is_a_table_without_rows() -> None:
    assert as_text((), on=ON).startswith("0 systems of the catalogue by 0 books")
