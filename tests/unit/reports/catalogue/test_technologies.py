from __future__ import annotations

import json
from datetime import date

import pytest

from habeas.catalogue.families import Concern
from habeas.reports.catalogue.technologies import as_document, as_text, list_as_document, list_as_text, rules_on
from habeas.rules.conditions import AllOf
from habeas.rules.rulebook import Outcome, Window
from screens.entries import guidance
from screens.made_up import among, book, is_yes, rule

TOWN = book(
    rule("R-1", when=AllOf(parts=(is_yes("public"), among("purpose", "list", "predict")))),
    rule("R-2", when=among("purpose", "draft")),
    rule("R-3", when=is_yes("public")),
    rule("R-4", when=among("purpose", "list"), outcome=Outcome.DUTY),
)
CITY = book(rule("C-1", when=is_yes("public")), name="city")


def test_the_rules_on_a_family_are_those_that_ask_for_its_purposes() -> None:
    assert [one.id for one in rules_on(guidance(), TOWN)] == ["R-1", "R-4"]
    assert rules_on(guidance(), CITY) == ()


def test_a_family_tells_claims_worries_questions_tests_and_rules() -> None:
    text = as_text(guidance(waits_for="a study of lists."), (TOWN, CITY))

    assert text.startswith("Lists\n" + "=" * 80 + "\nThey list.\n\nWHAT IS CLAIMED FOR IT\n\n- The makers say that it helps.\n")
    assert all(f"worry on {concern.value}\nAsk:\n- ask on {concern.value}?\n" in text for concern in Concern)
    assert "What can't be tested yet: a study of lists." in text
    assert "Town\n  - may forbid it: title of R-1 [R-1]\n  - may ask: title of R-4 [R-4]\nCity: no rule asks for this purpose\n" in text
    assert "IN THE CATALOGUE\n\nxa-map\n" in text


def test_a_rule_whose_dates_end_says_so() -> None:
    ended = rule(
        "OLD", when=among("purpose", "list"), windows=(Window(end=date(2025, 1, 1), basis="s.1"), Window(end=date(2026, 2, 4), basis="s.2"))
    )
    goes_on = rule("NEW", when=among("purpose", "list"), windows=(Window(end=date(2026, 2, 4), basis="s.1"), Window(basis="s.2")))
    text = as_text(guidance(), (book(ended, goes_on),))

    assert "[OLD] (until 2026-02-04)\n" in text
    assert "[NEW]\n" in text


def test_the_list_of_families_names_each() -> None:
    assert "  lists: Lists\n" in list_as_text([guidance()])
    assert list_as_document([guidance()])["technologies"] == [{"id": "lists", "name": "Lists"}]


def test_the_same_for_programs_is_json() -> None:
    assert json.loads(json.dumps(as_document(guidance(), (TOWN, CITY))))["rules"] == {"town": ["R-1", "R-4"], "city": []}


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_of_a_family_is_wider_than_asked_for(width: int) -> None:
    assert max(len(line) for line in as_text(guidance(), (TOWN, CITY), width=width).splitlines()) <= width
