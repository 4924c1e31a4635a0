from __future__ import annotations

from datetime import date

from habeas.reports.catalogue.rulings import rulings_of
from habeas.reports.catalogue.technologies import living_rules, rules_on
from habeas.runs.rulebooks import library
from habeas.runs.screens.screening import catalogue_row
from habeas.terms.answers import Ternary

ON = date(2026, 11, 22)


def test_each_system_gets_the_ruling_of_that_rule_and_whether_the_book_is_law_where_it_is_used() -> None:
    book = library.books_named(["uk"])[0]
    rows = [catalogue_row(entry, on=ON) for entry in library.catalogue() if entry.id in ("uk-swp-lfr", "us-compas")]

    found = rulings_of(book.rule("UK-BRIDGES"), book, rows)

    assert [one.entry.id for one in found] == ["uk-swp-lfr", "us-compas"]
    assert {one.ruling.rule.id for one in found} == {"UK-BRIDGES"}
    assert [one.binding for one in found] == [Ternary.YES, Ternary.NO]  # of Wales, and of the United States


def test_rules_that_have_ended_are_left_out() -> None:
    family = next(one for one in library.families() if one.id == "person-scores-and-lists")
    book = library.books_named(["uk"])[0]
    ended = {rule.id for rule in rules_on(family, book)} - {rule.id for rule in living_rules(family, book, on=ON)}

    assert all(rule.windows[-1].end is not None for rule in book.rules if rule.id in ended)
    assert ended  # sections 49 and 50 of the Data Protection Act 2018 were replaced
