from __future__ import annotations

from datetime import date

import pytest

from habeas.reports.rulebooks import words
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay
from habeas.rules.rulebook import Window
from habeas.terms.answers import Ternary
from screens.book_texts import book

LIST, HUMAN = Among(fact="purpose", words=frozenset({"list", "draft"})), Is(fact="human", wanted=Ternary.YES)
OLD = OnDay(fact="since", before=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        (LIST, "purpose: one of draft, list"),
        (HUMAN, "human: yes"),
        (OLD, "since: before 2020-01-01"),
        (InClass(name="high-risk"), "it belongs to the class high-risk"),
        (AllOf(parts=(LIST, HUMAN)), "purpose: one of draft, list and human: yes"),
        (AnyOf(parts=(AllOf(parts=(LIST, HUMAN)), OLD)), "(purpose: one of draft, list and human: yes) or since: before 2020-01-01"),
    ],
    ids=["words", "yes or no", "a day", "a class", "all", "any"],
)
def test_a_condition_fits_one_line(condition: Condition, line: str) -> None:
    assert words.in_one_line(condition) == line


def test_what_stands_below_at_least_one_is_deeper() -> None:
    condition = AllOf(parts=(HUMAN, AnyOf(parts=(AllOf(parts=(LIST, OLD)), InClass(name="high-risk")))))

    assert list(words.conditions(condition)) == [
        (0, "human: yes"),
        (0, "at least one of these:"),
        (1, "all of these:"),
        (2, "purpose: one of draft, list"),
        (2, "since: before 2020-01-01"),
        (1, "it belongs to the class high-risk"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (None, None, "at any time"),
        (date(2026, 1, 1), None, "from 2026-01-01"),
        (None, date(2026, 1, 1), "until 2026-01-01"),
        (date(2026, 1, 1), date(2026, 2, 1), "from 2026-01-01 until 2026-02-01"),
    ],
)
def test_both_days_of_a_window_are_told(start: date | None, end: date | None, told: str) -> None:
    assert words.days(Window(start=start, end=end, basis="Art 1")) == told


def test_a_disputed_window_says_so() -> None:
    assert words.short_days(book().rules[2]) == "from 2026-08-02 until 2027-12-01 (disputed); from 2027-12-02"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "(absent)"),
        ("a text", "a text"),
        ([], "none"),
        (["a", "b"], "a, b"),
        ({"from": "2026-01-01", "when": {"purpose": ["a", "b"]}}, "from: 2026-01-01; when: (purpose: (a, b))"),
        ([{"a": "b"}], "(a: b)"),
    ],
)
def test_a_plain_value_fits_one_line(value: object, told: str) -> None:
    assert words.content(value) == told


def test_few_countries_are_named_and_many_are_counted() -> None:
    assert words.short_force(book(("binds_in: [XA]", "binds_in: [XA, XB]"))) == "law in XA and XB"
    assert words.short_force(book(("binds_in: [XA]", "binds_in: [XA, XB, XC, XD, XE]"))) == "law in XA, XB, XC, XD and XE"
    assert words.short_force(book(("binds_in: [XA]", "binds_in: [XA, XB, XC, XD, XE, XF]"))) == "law in 6 countries"
    assert words.short_force(book(("binds_in: [XA]\n", ""))) == "law; the book doesn't say where"
    assert words.force(book(("force: law", "force: standard"))) == "a standard, which binds nobody by itself"


def test_readers_are_named_and_their_absence_is_told() -> None:
    read = book(("unsettled:", "readers: [{name: A. Example, role: solicitor, on: 2026-12-01}]\nunsettled:"))

    assert words.readers(read) == "A. Example, solicitor, 2026-12-01"
    assert words.readers(book()) == "nobody yet"
