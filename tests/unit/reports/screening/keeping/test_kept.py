"""Kept verdicts that can't be true are refused: each must agree with itself, and two with each other."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from habeas.errors import BadInput
from habeas.reports.screening.document import as_document
from habeas.reports.screening.keeping.kept import check, check_together
from habeas.reports.screening.subject import Screening
from habeas.rules.rulebook import Outcome, Rulebook
from habeas.rules.screening import screen
from habeas.terms.answers import Answer, Value
from screens.made_up import NO, ON, VOCABULARY, YES, among, book, is_yes, lift, rule, shown, system, told, words

LISTS = among("purpose", "list")
ORDERED = lift("ordered", is_yes("ordered"), "ordered")
BOOK = book(
    rule("R-1", when=LISTS, lifts=(ORDERED,)),
    rule("R-2", when=is_yes("public"), clears={"public": "a map"}),
    rule("R-3", when=is_yes("needed"), outcome=Outcome.DUTY),
)
Spoil = Callable[[dict[str, Any]], object]


def document(answers: dict[str, Answer | Value], *books: Rulebook) -> dict[str, Any]:
    described = system(answers)
    return as_document(Screening(system=described, verdicts=screen(described, books or (BOOK,), on=ON), on=ON, vocabulary=VOCABULARY))


DRAFTS = {"purpose": words("draft"), "public": shown(NO), "needed": NO}
LISTING = {**DRAFTS, "purpose": words("list")}
BANNED = document({**LISTING, "ordered": NO})


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        ({**LISTING, "ordered": NO}, "prohibited"),
        (LISTING, "prohibited unless shown"),
        ({**LISTING, "ordered": told(YES)}, "prohibited unless shown"),
        ({**LISTING, "ordered": shown(YES)}, "no rule found"),
        ({**DRAFTS, "public": NO}, "blocked pending evidence"),
        ({**DRAFTS, "needed": YES}, "duties"),
        (DRAFTS, "no rule found"),
    ],
)
def test_every_verdict_that_habeas_writes_agrees_with_itself(answers: dict[str, Answer | Value], finding: str) -> None:
    written = document(answers)

    assert written["finding"] == finding
    check(written, "the first")


def _set(path: tuple[str | int, ...], value: object) -> Spoil:
    def spoil(given: Any) -> None:
        for step in path[:-1]:
            given = given[step]
        given[path[-1]] = value

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_set(("finding",), "duties"), "it says duties, though its books say prohibited"),
        (_set(("books", 0, "finding"), "duties"), "it says duties by town, whose rules say prohibited"),
        (_set(("books", 0, "rulings", 0, "bites"), "no"), "it says prohibited by town, whose rules say no rule found"),
        (_set(("books",), []), "it names no book"),
        (_set(("books",), [BANNED["books"][0]] * 2), "the book town stands in it twice"),
        (lambda given: given["books"][0]["rulings"].append(given["books"][0]["rulings"][0]), "a rule of the book town stands in it twice"),
        (_set(("on",), "yesterday"), "expected a verdict that `habeas screen SYSTEM --out FILE` wrote"),
        (_set(("finding",), "fine"), "expected a verdict that `habeas screen SYSTEM --out FILE` wrote"),
        (_set(("books", 0, "rulings", 0, "bites"), "perhaps"), "expected a verdict that `habeas screen SYSTEM --out FILE` wrote"),
    ],
)
def test_a_verdict_that_contradicts_itself_is_refused(spoil: Spoil, said: str) -> None:
    spoiled = copy.deepcopy(BANNED)
    spoil(spoiled)

    with pytest.raises(BadInput) as refused:
        check(spoiled, "the second")

    assert str(refused.value).startswith(f"the second file: {said}")


def test_other_answers_under_the_same_digest_are_refused() -> None:
    altered = copy.deepcopy(BANNED)
    altered["system"]["answers"]["purpose"] = ["draft"]

    with pytest.raises(BadInput, match="same digest in both files, but another answers: one of the files is forged or damaged"):
        check_together(BANNED, altered)


def test_another_outcome_of_the_same_screen_is_refused() -> None:
    altered = document({**DRAFTS, "ordered": NO})
    altered["system"] = BANNED["system"]
    check(altered, "the second")

    with pytest.raises(BadInput, match="the same description, book and day give two findings by town: one of the files is forged"):
        check_together(BANNED, altered)


@pytest.mark.parametrize("other", [{"on": "2026-11-23"}, {"tool": {"name": "habeas", "version": "9.9"}}])
def test_another_day_or_release_may_find_something_else(other: dict[str, object]) -> None:
    altered = {**document({**DRAFTS, "ordered": NO}), "system": BANNED["system"], **other}

    check_together(BANNED, altered)
