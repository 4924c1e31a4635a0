"""A prohibition that prohibits less is told, whatever systems it is tried on; one that prohibits the same or more is not."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.rules.conditions import AllOf, AnyOf, Condition, OnDay
from habeas.rules.rulebook import Force, Outcome, Rule, Window
from habeas.rules.weakening import Weakened, entails, weakenings
from screens.made_up import among, book, in_class, is_yes, lift, rule

ANY_PURPOSE = among("purpose", "predict", "list")
BAN = rule(
    when=AllOf(parts=(ANY_PURPOSE, is_yes("public"))),
    clears={"public": "a map"},
    lifts=(lift("order", AllOf(parts=(is_yes("ordered"), is_yes("needed"))), "ordered", "needed"),),
    windows=(Window(start=date(2025, 2, 2), end=date(2030, 1, 1), basis="Art 9"),),
)
USUAL = {"clears": BAN.clears, "lifts": BAN.lifts, "windows": BAN.windows}


def changed(when: Condition = BAN.when, **more: object) -> Rule:
    return rule(when=when, **{**USUAL, **more})


def window(start: date | None = date(2025, 2, 2), end: date | None = date(2030, 1, 1), **more: object) -> Window:
    return Window(start=start, end=end, basis="Art 9", **more)  # type: ignore[arg-type]  # the rest is a window's own


def told(old: Rule, *new: Rule) -> list[Weakened]:
    return [one.how for one in weakenings(book(old), book(*new))]


WEAKER = {
    "outcome demoted": (changed(outcome=Outcome.DUTY), Weakened.OUTCOME),
    "a word dropped": (changed(AllOf(parts=(among("purpose", "list"), is_yes("public")))), Weakened.CONDITION),
    "a test added": (changed(AllOf(parts=(ANY_PURPOSE, is_yes("public"), is_yes("needed")))), Weakened.CONDITION),
    "a class added": (changed(AllOf(parts=(ANY_PURPOSE, is_yes("public"), in_class("x")))), Weakened.CONDITION),
    "an exception added": (changed(lifts=(*BAN.lifts, lift("why-not", is_yes("public"), "public"))), Weakened.EXCEPTION_ADDED),
    "an exception that asks less": (changed(lifts=(lift("order", is_yes("ordered"), "ordered"),)), Weakened.EXCEPTION_WIDENED),
    "clears lost": (changed(clears={}), Weakened.CLEARS),
    "an earlier end": (changed(windows=(window(end=date(2029, 12, 31)),)), Weakened.TIME),
    "a later start": (changed(windows=(window(start=date(2025, 2, 3)),)), Weakened.TIME),
    "a gap": (changed(windows=(window(end=date(2026, 1, 1)), window(start=date(2026, 1, 3)))), Weakened.TIME),
    "disputed": (changed(windows=(window(disputed="two readings"),)), Weakened.TIME),
    "only for some": (changed(windows=(window(when=is_yes("public")),)), Weakened.TIME),
}


@pytest.mark.parametrize(("new", "how"), WEAKER.values(), ids=WEAKER)
def test_a_prohibition_that_became_weaker_is_told(new: Rule, how: Weakened) -> None:
    assert told(BAN, new) == [how]


SAME_OR_STRICTER = {
    "nothing": changed(),
    "a word added": changed(AllOf(parts=(among("purpose", "predict", "list", "draft"), is_yes("public")))),
    "a test dropped": changed(ANY_PURPOSE, clears={}),
    "in another order": changed(AllOf(parts=(is_yes("public"), ANY_PURPOSE))),
    "words told apart": changed(
        AnyOf(parts=tuple(AllOf(parts=(among("purpose", word), is_yes("public"))) for word in ("list", "predict"))),
    ),
    "an exception renamed": changed(lifts=(lift("ordered", BAN.lifts[0].when, "ordered", "needed"),)),
    "an exception gone": changed(lifts=()),
    "a longer time": changed(windows=(window(end=None),)),
    "no start": changed(windows=(window(start=None),)),
    "a time in two parts": changed(windows=(window(end=date(2026, 1, 1)), window(start=date(2026, 1, 2)))),
    "more clears": changed(clears={"public": "a map", "purpose": "the brochure"}),
}


@pytest.mark.parametrize("new", SAME_OR_STRICTER.values(), ids=SAME_OR_STRICTER)
def test_a_prohibition_that_says_the_same_or_more_is_not_told(new: Rule) -> None:
    assert told(BAN, new) == []


def test_a_prohibition_that_was_removed_is_told_with_its_rule() -> None:
    (found,) = weakenings(book(BAN), book(rule("R-2", when=is_yes("needed"))))

    assert (found.rule, found.how, found.old, found.new) == ("R-1", Weakened.REMOVED, Outcome.PROHIBITED, None)


def test_a_rule_that_was_in_force_since_ever_is_weaker_once_it_has_a_start() -> None:
    assert told(changed(windows=(window(start=None),)), changed()) == [Weakened.TIME]


def test_what_stays_disputed_is_no_weaker() -> None:
    disputed = changed(windows=(window(disputed="two readings"),))

    assert told(disputed, disputed) == []


def test_of_two_exceptions_that_stay_none_is_told() -> None:
    both = (*BAN.lifts, lift("public", is_yes("public"), "public"))

    assert told(changed(lifts=both), changed(lifts=both)) == []


def test_a_disputed_time_that_ends_is_told_though_nothing_was_certain() -> None:
    assert told(changed(windows=(window(disputed="two readings"),)), changed(windows=(window(start=date(2027, 1, 1)),))) == [Weakened.TIME]


def test_a_duty_that_became_weaker_is_no_weaker_prohibition() -> None:
    assert told(changed(outcome=Outcome.DUTY), changed(among("purpose", "list"), outcome=Outcome.RIGHT, clears={})) == []


CLASS = rule("C-1", when=ANY_PURPOSE, outcome=Outcome.CLASS, in_class="risky")
RESTS = rule(when=in_class("risky"))


@pytest.mark.parametrize(
    ("new", "how"),
    [
        (rule("C-1", when=among("purpose", "list"), outcome=Outcome.CLASS, in_class="risky"), Weakened.CONDITION),
        (rule("C-1", when=ANY_PURPOSE, outcome=Outcome.CLASS, in_class="risk"), Weakened.CLASS),
        (rule("C-2", when=ANY_PURPOSE, outcome=Outcome.CLASS, in_class="risky"), Weakened.REMOVED),
    ],
)
def test_a_class_on_which_a_prohibition_rests_counts_and_no_other(new: Rule, how: Weakened) -> None:
    duty = rule(when=in_class("risky"), outcome=Outcome.DUTY)

    assert [one.how for one in weakenings(book(CLASS, RESTS), book(new, RESTS))] == [how]
    assert weakenings(book(CLASS, duty), book(new, duty)) == ()


def test_places_where_a_book_no_longer_binds_are_told() -> None:
    wide, narrow = book(BAN, binds_in=("XA", "XB")), book(BAN, binds_in=("XA", "XC"))

    assert [(one.rule, one.how, one.field) for one in weakenings(wide, narrow)] == [(None, Weakened.BINDS, "binds_in")]
    assert weakenings(book(BAN), wide) == ()
    assert [one.field for one in weakenings(book(BAN, binds_in=()), book(BAN, force=Force.STANDARD, binds_in=()))] == ["force"]


def day(since: int | None = None, before: int | None = None) -> OnDay:
    def first(year: int | None) -> date | None:
        return None if year is None else date(year, 1, 1)

    return OnDay(fact="started", since=first(since), before=first(before))


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        (day(since=2025), day(since=2024), True),
        (day(since=2024), day(since=2025), False),
        (day(before=2024), day(before=2025), True),
        (day(before=2025), day(before=2024), False),
        (day(since=2024, before=2025), day(since=2024), True),
        (day(since=2024), day(since=2024, before=2025), False),
        (day(since=2024, before=2025), day(before=2025), True),
        (AllOf(parts=(among("a", "x"), among("b", "y"))), AllOf(parts=(among("b", "y"), among("a", "x"))), True),
        (AllOf(parts=(among("a", "x"), among("b", "y"))), AllOf(parts=(among("b", "x"), among("a", "y"))), False),
        (AnyOf(parts=()), is_yes("public"), True),
        (is_yes("public"), AnyOf(parts=()), False),
        (is_yes("public"), is_yes("needed"), False),
        (AnyOf(parts=(is_yes("public"), is_yes("needed"))), is_yes("public"), False),
        (is_yes("public"), AnyOf(parts=(is_yes("public"), is_yes("needed"))), True),
    ],
)
def test_one_condition_leads_to_another(one: Condition, other: Condition, follows: bool) -> None:  # noqa: FBT001
    assert entails(one, other) is follows
