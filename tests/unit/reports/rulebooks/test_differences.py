from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from habeas.reports.rulebooks.differences import field, render
from habeas.rules.difference import FieldChange, difference, rejudged
from habeas.rules.rulebook import Rulebook
from habeas.terms.answers import Answer, Several, Ternary
from habeas.terms.description import SystemDescription
from screens.book_texts import book

ON = date(2026, 11, 22)
RAISED = ('version: "2"\nchecked', 'version: "3"\nchecked')
ENTRY = ("changes:\n", 'changes:\n  - {version: "3", on: 2026-12-01, what: Later., rules: [S-1]}\n')
LATER = ("from: 2026-02-01", "from: 2027-01-01")

TOLD = """\
What changed: Small law (small), version 2 -> 3
================================================================================
Rules: 2 amended, none added and none removed.
Verdicts on 2026-11-22: 1 of 2 systems of the catalogue gets another one.
PROHIBITIONS WEAKENED: 1, listed first.
The changelog is not complete: see the end.
================================================================================

PROHIBITIONS WEAKENED

! S-1 applies for a shorter time, or to fewer systems in it, or is disputed
  (applies): No lists
  was: from 2026-02-01
  now: from 2027-01-01

SYSTEMS THAT GET ANOTHER VERDICT

* The list (xa-list)
  was: prohibited (by S-1)
  now: no rule found

LATER DAYS WITH OTHER VERDICTS

- 2027-01-02: 3 systems; see --on 2027-01-02

THE BOOK ITSELF

- version: 2 -> 3

THE RULES

* S-1 amended: No lists
  - applies[0].from: 2026-02-01 -> 2027-01-01
* S-2 amended: Old tools are dangerous
  - when.since.since: (absent) -> 2019-06-01
  ! its conditions changed, its title and text did not: they are what people
    read

THE CHANGELOG

- 3, 2026-12-01: Later. (S-1)
! changes names no new entry for S-2: add what changed there, with the rules it
  concerns
"""


def system(name: str, purpose: str, since: date) -> SystemDescription:
    answers = {
        "purpose": Answer(value=Several(words=frozenset({purpose}))),
        "since": Answer(value=since),
        "human_decides": Answer(value=Ternary.NO),
    }
    return SystemDescription(name=name, version="1", operator="somebody", about="does something", answers=answers)


LIST = {"xa-list": system("The list", "list", date(2025, 1, 1))}
BOTH = {"xa-both": system("An old list", "list", date(2019, 1, 1)), **LIST}
NARROWER = ("{since: {before: 2020-01-01}}", "{since: {since: 2019-06-01, before: 2020-01-01}}")


def told(new: Rulebook, systems: Mapping[str, SystemDescription], *, days: Sequence[tuple[date, int]] = (), width: int = 80) -> str:
    judged = rejudged(systems, book(), new, on=ON)
    return render(difference(book(), new), on=ON, systems=2, rejudged=judged, other_days=days, width=width)


def test_weaker_prohibitions_come_first_then_verdicts_then_the_rules_then_the_changelog() -> None:
    assert told(book(RAISED, ENTRY, LATER, NARROWER), LIST, days=[(date(2027, 1, 2), 3)]) == TOLD


def test_a_system_that_keeps_its_verdict_under_other_rules_is_told_by_rule() -> None:
    text = told(book(NARROWER), BOTH)

    assert "None of the 2 systems of the catalogue gets another one." in text
    assert "SYSTEMS THAT GET ANOTHER VERDICT" not in text
    assert (
        "SAME VERDICT, OTHER RULES\n\n"
        "- S-2: applies -> does not apply: 1 system (xa-both)\n"
        "- S-3: hangs on an open answer -> does not apply: 1 system (xa-both)\n"
    ) in text


def test_two_books_that_say_the_same_are_told_so() -> None:
    text = told(book(), BOTH)

    assert "Rules: none amended, none added and none removed." in text
    assert text.endswith("THE RULES\n\nNo rule differs.\n\nTHE CHANGELOG\n\nNothing was added to it.\n")


def test_a_complete_changelog_is_told_and_nothing_is_missed_in_it() -> None:
    text = told(book(RAISED, ENTRY, LATER), LIST)

    assert "not complete" not in text
    assert text.endswith("THE CHANGELOG\n\n- 3, 2026-12-01: Later. (S-1)\n")


def test_two_different_books_are_both_named() -> None:
    assert told(book(("id: small\n", "id: tiny\n")), BOTH).startswith(
        "What changed: Small law (small), version 2 -> Small law (tiny), version 2\n"
    )


def test_rules_that_come_and_go_are_told() -> None:
    text = told(book(("id: S-3", "id: S-4")), BOTH)

    assert "Rules: none amended, 1 added and 1 removed." in text
    assert "* S-4 added: Dangerous tools need an office\n* S-3 removed: Dangerous tools need an office\n" in text


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (None, "a", "x: (absent) -> a"),
        ("a", None, "x: a -> (absent)"),
        (["a"], None, "x: a -> (absent)"),
        (None, ["a", "b"], "x: (absent) -> a, b"),
        (["a", "b"], ["b", "c"], "x: added c; dropped a"),
        (["a", "b"], ["b", "a"], "x: in another order"),
        (None, {"from": "2026-01-01"}, "x: (absent) -> from: 2026-01-01"),
    ],
)
def test_a_field_is_told_in_one_line(old: object, new: object, line: str) -> None:
    assert field(FieldChange(field="x", old=old, new=new)) == line


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = told(book(LATER, NARROWER), BOTH, days=[(date(2027, 1, 2), 3)], width=width)

    assert max(map(len, text.splitlines())) <= max(width, 40)
