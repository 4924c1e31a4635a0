"""What stood and what stands in a prohibition that became weaker, in words."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.reports.rulebooks.weakening import weakened_lines
from habeas.rules.conditions import AllOf, AnyOf
from habeas.rules.rulebook import Outcome, Window
from habeas.rules.weakening import Weakened, Weakening
from screens.made_up import among, in_class, is_yes

BOTH = (is_yes("public"), is_yes("ordered"))


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        (Outcome.PROHIBITED, None, "prohibited", "(absent)"),
        (Outcome.PROHIBITED, Outcome.DUTY, "prohibited", "duty"),
        ("a map", None, "a map", "(absent)"),
        (None, is_yes("public"), "(absent)", "public: yes"),
        (("XA", "XB"), ("XA",), "XB", "(absent)"),
        (AllOf(parts=(in_class("x"),)), AllOf(parts=(in_class("x"), *BOTH)), "(absent)", "public: yes; ordered: yes"),
        (among("purpose", "list", "predict"), among("purpose", "list"), "purpose: one of list, predict", "purpose: list"),
        (AnyOf(parts=BOTH), AllOf(parts=BOTH), "public: yes or ordered: yes", "public: yes and ordered: yes"),
        (
            (Window(basis="a"),),
            (Window(start=date(2026, 1, 1), when=is_yes("public"), basis="a", disputed="two readings"),),
            "at any time",
            "from 2026-01-01, where public: yes (disputed)",
        ),
    ],
)
def test_before_and_after_are_told_in_words(old: object, new: object, was: str, now: str) -> None:
    weakening = Weakening(rule="S-1", title="No lists", how=Weakened.CONDITION, field="when", old=old, new=new)

    assert list(weakened_lines([weakening], 120)) == [
        "",
        "PROHIBITIONS WEAKENED",
        "",
        "! S-1 asks for more, so that it catches less (when): No lists",
        f"  was: {was}",
        f"  now: {now}",
    ]


def test_what_is_weaker_in_the_whole_book_names_no_rule() -> None:
    whole = Weakening(rule=None, title="A small law", how=Weakened.BINDS, field="binds_in", old=("XA",), new=())

    assert list(weakened_lines([whole], 80))[3] == "! The book binds in fewer places (binds_in): A small law"


def test_where_nothing_is_weaker_there_is_no_heading() -> None:
    assert list(weakened_lines([], 80)) == []
