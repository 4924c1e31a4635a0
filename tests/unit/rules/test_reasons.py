from __future__ import annotations

from datetime import date

from habeas.rules.conditions import AllOf, AnyOf, OnDay
from habeas.rules.reasons import in_force_since, judged, met_by, open_tests, settled_from
from habeas.rules.rulebook import Outcome, Rulebook, Window
from habeas.rules.screening import screen
from habeas.terms.answers import Answer, Value
from screens.made_up import NO, ON, YES, among, book, in_class, is_yes, lift, rule, shown, system, told, words

LISTS = among("purpose", "list")


def first(of: Rulebook, answers: dict[str, Answer | Value]):
    described = system(answers)
    found = screen(described, (of,), on=ON)[0]
    return found.rulings[0], judged(described, found)


def test_what_met_a_rule_are_the_tests_that_hold_each_once() -> None:
    either = AllOf(parts=(LISTS, AnyOf(parts=(is_yes("public"), is_yes("ordered"), is_yes("public")))))
    ruling, by = first(book(rule(when=either)), {"purpose": words("list"), "public": YES, "ordered": NO})

    assert met_by(ruling.rule, by) == (LISTS, is_yes("public"))


def test_a_part_that_does_not_hold_as_a_whole_met_nothing() -> None:
    either = AnyOf(parts=(LISTS, AllOf(parts=(is_yes("public"), is_yes("ordered")))))
    ruling, by = first(book(rule(when=either)), {"purpose": words("list"), "public": YES, "ordered": NO})

    assert met_by(ruling.rule, by) == (LISTS,)


def test_a_class_is_a_reason_too() -> None:
    of = book(rule(when=in_class("high-risk")), rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk"))
    ruling, by = first(of, {"purpose": words("list")})

    assert met_by(ruling.rule, by) == (in_class("high-risk"),)


def test_a_rule_that_waits_for_a_class_hangs_on_the_questions_of_the_class() -> None:
    of = book(
        rule(when=in_class("high-risk")), rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk", clears={"purpose": "a list"})
    )

    ruling, by = first(of, {"purpose": told(words("draft"))})
    assert open_tests(ruling, by) == (LISTS,)

    ruling, by = first(of, {"purpose": shown(words("draft"))})
    assert open_tests(ruling, by) == ()


def test_a_class_rule_that_an_exception_lifts_asks_nothing_any_more() -> None:
    lifted = rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk", lifts=(lift("ordered", is_yes("ordered"), "ordered"),))
    other = rule("R-D", when=is_yes("public"), outcome=Outcome.CLASS, in_class="high-risk")
    ruling, by = first(book(rule(when=in_class("high-risk")), lifted, other), {"ordered": shown(YES)})

    assert open_tests(ruling, by) == (is_yes("public"),)


def test_a_rule_to_come_hangs_on_its_own_questions_before_it_applies() -> None:
    ruling, by = first(book(rule(when=LISTS, windows=(Window(start=date(2027, 1, 1), basis="Art 9"),))), {})

    assert ruling.hinges == ()
    assert open_tests(ruling, by) == (LISTS,)


def test_in_force_since_the_first_day_of_the_window_that_is_open_for_the_system() -> None:
    old = OnDay(fact="started", before=date(2020, 1, 1))
    windows = (Window(start=date(2025, 2, 2), basis="Art 9", when=old), Window(start=date(2026, 8, 2), basis="Art 10"))
    ruling, by = first(book(rule(when=LISTS, windows=windows)), {"purpose": words("list"), "started": date(2024, 1, 1)})

    assert in_force_since(ruling, by) == date(2026, 8, 2)


def test_what_was_always_in_force_has_no_first_day() -> None:
    ruling, by = first(book(rule(when=LISTS)), {"purpose": words("list")})

    assert in_force_since(ruling, by) is None


def test_a_dispute_ends_on_the_next_day_that_nobody_disputes() -> None:
    windows = (
        Window(start=ON, basis="Art 9", disputed="two readings"),
        Window(start=date(2027, 1, 1), basis="Art 10", disputed="three"),
        Window(start=date(2028, 1, 1), basis="Art 11"),
    )
    ruling, by = first(book(rule(when=LISTS, windows=windows)), {"purpose": words("list")})

    assert settled_from(ruling, by) == date(2028, 1, 1)


def test_a_time_that_is_not_for_this_system_ends_no_dispute_about_it() -> None:
    windows = (
        Window(start=ON, basis="Art 9", disputed="two readings"),
        Window(start=date(2027, 1, 1), basis="Art 10", when=is_yes("public")),
        Window(start=date(2028, 1, 1), basis="Art 11", when=is_yes("ordered")),
        Window(start=date(2029, 1, 1), basis="Art 12", when=is_yes("needed")),
    )
    ruling, by = first(book(rule(when=LISTS, windows=windows)), {"purpose": words("list"), "public": NO, "needed": YES})

    assert settled_from(ruling, by) == date(2029, 1, 1)  # 2027: not this one; 2028: nobody knows
