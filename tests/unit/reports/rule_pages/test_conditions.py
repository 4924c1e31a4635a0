from __future__ import annotations

import re
from datetime import date

import pytest

from habeas.reports.rule_pages.conditions import as_list, guarded, in_force, label, names, questions, shown, window
from habeas.reports.rule_pages.shelf import Links
from habeas.rules.conditions import AllOf, AnyOf, Is, OnDay
from habeas.rules.rulebook import Window
from screens.made_up import NO, ON, VOCABULARY, among, in_class, is_yes, lift, rule

LINKS = Links(up="../")
TELL = questions(VOCABULARY, LINKS)
WHEN = is_yes("public")
DAY = date(2026, 11, 22)


def test_a_condition_is_a_list_of_questions_that_lead_to_where_they_are_explained() -> None:
    condition = AllOf(parts=(among("purpose", "predict", "list"), is_yes("public"), in_class("high-risk")))

    assert list(as_list(condition, TELL)) == [
        "- [purpose](../vocabulary.md#purpose): one of list, predict",
        "- [Is it used in public?](../vocabulary.md#public) **yes**",
        "- the system belongs to the class [high-risk](#classes)",
    ]


def test_alternatives_stand_below_a_line_that_says_so() -> None:
    condition = AnyOf(parts=(Is(fact="ordered", wanted=NO), OnDay(fact="started", since=date(2020, 1, 1))))

    assert list(as_list(condition, TELL)) == [
        "- at least one of these:",
        "    - [Did a court order it?](../vocabulary.md#ordered) **no**",
        "    - [Since when?](../vocabulary.md#started) **2020-01-01 or later**",
    ]


def test_a_fact_that_can_clear_a_system_says_what_must_show_it() -> None:
    tell = guarded({"public": "the list of places"}, TELL)

    assert tell(WHEN).endswith("**yes** *(Another answer counts only if this shows it: the list of places.)*")
    assert tell(is_yes("ordered")) == TELL(is_yes("ordered"))
    assert tell(in_class("c")) == TELL(in_class("c"))


def test_each_fact_of_an_exception_says_what_must_show_it() -> None:
    exception = lift("order", is_yes("ordered"), "ordered")

    assert shown(exception, TELL)(is_yes("ordered")) == (
        "[Did a court order it?](../vocabulary.md#ordered) **yes** *(Shown by: paper on ordered.)*"
    )


def test_a_window_says_for_which_systems_by_what_and_why_it_is_disputed() -> None:
    found = Window(start=date(2027, 1, 1), end=date(2027, 6, 30), when=is_yes("public"), basis="Art 9", disputed="two readings")

    assert window(found, LINKS) == (
        "from 2027-01-01 until 2027-06-30, only where [public](../vocabulary.md#public): yes (Art 9). **Disputed:** Two readings."
    )


def test_a_class_is_told_briefly_by_its_name() -> None:
    assert names(LINKS)(in_class("high-risk")) == "the system belongs to the class [high-risk](#classes)"


def test_the_name_of_a_fact_is_told_in_words() -> None:
    assert (label("in_service_from"), label("part_of_eu_information_system")) == ("in service from", "part of EU information system")


def dated(start: int | None = None, end: int | None = None, *, disputed: str | None = None, only: bool = False) -> Window:
    """A window from and until days of November 2026."""
    first, last = (None if day is None else date(2026, 11, day) for day in (start, end))
    return Window(start=first, end=last, basis="b", disputed=disputed, when=WHEN if only else None)


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        ([dated()], "in force"),
        ([dated(22)], "in force since 2026-11-22"),
        ([dated(1, 22)], "in force since 2026-11-01"),
        ([dated(20), dated()], "in force"),
        ([dated(23)], "from 2026-11-23"),
        ([dated(25), dated(23)], "from 2026-11-23"),
        ([dated(None, 21)], "no longer in force"),
        ([dated(only=True)], "in force for some systems"),
        ([dated(disputed="why")], "disputed"),
        ([dated(disputed="why"), dated(only=True)], "disputed"),
        ([dated(None, 29, disputed="why"), dated(30)], "disputed; beyond dispute from 2026-11-30"),
        ([dated(disputed="why"), dated(1)], "in force since 2026-11-01"),
        ([dated(22, 29, disputed="why")], "disputed"),
        ([dated(None, 22, disputed="why"), dated(23, disputed="why"), dated(25)], "disputed; beyond dispute from 2026-11-25"),
        ([dated(23, 24, disputed="why"), dated(25)], "from 2026-11-23 (disputed)"),
        ([dated(23), dated(23, disputed="why")], "from 2026-11-23"),
    ],
)
def test_whether_a_rule_is_in_force_is_told_in_a_few_words(windows: list[Window], said: str) -> None:
    assert re.sub("<[^>]+>", "", in_force(rule(when=WHEN, windows=tuple(windows)), DAY)) == said
    assert DAY == ON
