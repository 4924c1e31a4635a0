from __future__ import annotations

import json

import pytest

from habeas.reports.screening.document import as_document
from habeas.reports.screening.subject import Screening
from habeas.reports.screening.telling import told
from habeas.rules.conditions import AllOf
from habeas.rules.rulebook import Outcome
from habeas.rules.screening import screen
from screens.made_up import NO, ON, VOCABULARY, YES, among, book, is_yes, lift, rule, shown, system, words
from screens.made_up import told as answered

LISTS = among("purpose", "list")
BOOK = book(
    rule("R-1", when=LISTS, lifts=(lift("ordered", AllOf(parts=(is_yes("ordered"), is_yes("needed"))), "ordered", "needed"),)),
    rule("R-2", when=is_yes("public"), clears={"public": "a map"}),
    rule("R-3", when=LISTS, outcome=Outcome.DUTY),
    rule("R-4", when=LISTS, lifts=(lift("started", is_yes("public"), "public"),)),
    rule("R-5", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk"),
)


def screening(**answers: object) -> Screening:
    described = system({"purpose": words("list"), **answers})  # type: ignore[dict-item] # the helper takes answers of any shape
    return Screening(system=described, verdicts=screen(described, (BOOK,), on=ON), on=ON, vocabulary=VOCABULARY)


def test_a_prohibition_is_told_with_what_met_it_and_what_each_exception_needs() -> None:
    found = told(screening(ordered=answered(YES), needed=NO, public=answered(NO)))
    rule_told = found["books"][0]["prohibits"][0]
    assert found["finding"] == "prohibited"
    assert rule_told["id"] == "R-1"
    assert rule_told["met_by"][0].startswith("purpose: list")
    exception = rule_told["exceptions"][0]
    assert (exception["open"], exception["shown"]) == (False, False)
    assert [one["fact"] for one in exception["in_the_way"]] == ["needed"]


def test_an_exception_that_is_shown_names_its_evidence() -> None:
    found = told(screening(ordered=shown(YES), needed=shown(YES), public=shown(YES)))
    lifted = found["books"][0]["lifted"]
    assert [one["id"] for one in lifted] == ["R-1", "R-4"]
    assert lifted[0]["exceptions"][0]["shown_by"][0]["evidence"]


def test_an_answer_that_clears_without_evidence_leaves_a_rule_open_and_is_asked_again() -> None:
    found = told(screening(ordered=shown(YES), needed=shown(YES), public=answered(NO)))
    assert [one["fact"] for one in found["questions"]] == ["public"]
    assert found["questions"][0]["shown_by"] == ["a map"]


@pytest.mark.parametrize("public", [YES, NO])
def test_what_is_told_agrees_with_the_verdicts_that_are_kept(public: object) -> None:
    screened = screening(ordered=answered(YES), public=answered(public))  # type: ignore[arg-type] # yes or no
    kept, found = as_document(screened), told(screened)
    assert found["finding"] == kept["finding"]
    assert {book["id"]: book["finding"] for book in found["books"]} == {book["id"]: book["finding"] for book in kept["books"]}
    assert json.loads(json.dumps(found)) == found
