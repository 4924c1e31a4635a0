from __future__ import annotations

from datetime import date, timedelta

import pytest

from habeas.rules.conditions import AllOf, AnyOf, OnDay
from habeas.rules.rulebook import Force, Outcome, Rulebook, Window
from habeas.rules.screening import classes_of, rule_on, screen
from habeas.rules.verdicts import Finding, Ruling, Verdict
from habeas.terms.answers import Answer, Ternary, Value
from screens.made_up import ALWAYS, NO, ON, UNKNOWN, YES, among, book, in_class, is_yes, lift, rule, shown, system, told, words

LISTS = among("purpose", "list")
ORDERED = lift("ordered", AllOf(parts=(is_yes("ordered"), is_yes("needed"))), "ordered", "needed")
DAY = timedelta(days=1)


def verdict(of: Rulebook, answers: dict[str, Answer | Value] | None = None, *, on: date = ON, used_in: tuple[str, ...] = ()) -> Verdict:
    return screen(system(answers, used_in=used_in), (of,), on=on)[0]


def ruling(of: Rulebook, answers: dict[str, Answer | Value] | None = None, *, on: date = ON, index: int = 0) -> Ruling:
    return verdict(of, answers, on=on).rulings[index]


# --- findings ---


def test_a_prohibition_whose_conditions_hold_prohibits_even_as_the_first_and_only_rule() -> None:
    found = verdict(book(rule(when=LISTS)), {"purpose": words("list")})

    assert found.finding.prohibits
    assert [one.rule.id for one in found.deciding] == ["R-1"]


def test_an_unknown_answer_to_a_prohibition_blocks_and_says_what_it_hangs_on() -> None:
    found = verdict(book(rule(when=LISTS)), {})

    assert found.finding is Finding.BLOCKED
    assert found.deciding[0].hinges == (LISTS,)


def test_nothing_answered_never_passes_a_prohibition() -> None:
    assert verdict(book(rule(when=AllOf(parts=(LISTS, is_yes("public"))))), {}).finding is Finding.BLOCKED


def test_conditions_that_do_not_hold_leave_no_rule() -> None:
    assert verdict(book(rule(when=LISTS)), {"purpose": words("draft")}).finding is Finding.NO_RULE


def test_a_duty_is_found_where_it_bites_and_where_it_may() -> None:
    duties = book(rule(when=LISTS, outcome=Outcome.DUTY))

    assert verdict(duties, {"purpose": words("list")}).finding is Finding.DUTIES
    assert verdict(duties, {}).finding is Finding.DUTIES
    assert verdict(duties, {"purpose": words("draft")}).finding is Finding.NO_RULE


@pytest.mark.parametrize("step", [1, -1])
def test_the_strictest_rule_decides_in_whatever_order_they_stand(step: int) -> None:
    rules = [rule("R-1", when=LISTS), rule("R-2", when=is_yes("public")), rule("R-3", when=LISTS, outcome=Outcome.DUTY)]
    of = book(*rules[::step])

    assert verdict(of, {"purpose": words("list")}).finding.prohibits
    assert verdict(of, {"purpose": words("draft")}).finding is Finding.BLOCKED


def test_each_book_is_judged_by_itself() -> None:
    strict, mild = book(rule(when=LISTS), name="strict"), book(rule(when=LISTS, outcome=Outcome.DUTY), name="mild")

    found = screen(system({"purpose": words("list")}), (strict, mild), on=ON)

    assert [one.finding for one in found] == [Finding.PROHIBITED, Finding.DUTIES]
    assert screen(system({"purpose": words("list")}), (mild,), on=ON) == found[1:]


# --- clears ---


def test_a_denial_without_evidence_blocks_and_with_evidence_passes() -> None:
    of = book(rule(when=AllOf(parts=(LISTS, is_yes("public"))), clears={"public": "a map of the places"}))
    lists: dict[str, Answer | Value] = {"purpose": words("list")}

    assert verdict(of, {**lists, "public": told(NO)}).finding is Finding.BLOCKED
    assert verdict(of, {**lists, "public": shown(NO)}).finding is Finding.NO_RULE
    assert verdict(of, {**lists, "public": told(YES)}).finding.prohibits


def test_what_clears_one_rule_with_evidence_is_asked_for_by_that_rule_alone() -> None:
    careful = rule("R-1", when=is_yes("public"), clears={"public": "a map"})
    trusting = rule("R-2", when=is_yes("public"))

    found = verdict(book(careful, trusting), {"public": told(NO)})

    assert [one.bites for one in found.rulings] == [UNKNOWN, NO]


# --- exceptions ---


def test_an_exception_lifts_its_rule_where_every_fact_is_answered_with_evidence() -> None:
    of = book(rule(when=LISTS, lifts=(ORDERED,)))
    found = verdict(of, {"purpose": words("list"), "ordered": shown(YES), "needed": shown(YES)})

    assert found.finding is Finding.NO_RULE
    assert found.rulings[0].met is YES
    assert found.rulings[0].lifted == ORDERED


@pytest.mark.parametrize(
    ("ordered", "needed"),
    [(told(YES), shown(YES)), (shown(YES), told(YES)), (shown(YES), told(UNKNOWN)), (shown(YES), shown(NO)), (shown(UNKNOWN), shown(YES))],
)
def test_an_exception_that_lacks_one_answer_or_one_proof_lifts_nothing(ordered: Answer, needed: Answer) -> None:
    of = book(rule(when=LISTS, lifts=(ORDERED,)))

    assert verdict(of, {"purpose": words("list"), "ordered": ordered, "needed": needed}).finding.prohibits


def test_an_exception_says_what_it_lacks_and_what_stands_in_its_way() -> None:
    found = ruling(book(rule(when=LISTS, lifts=(ORDERED,))), {"purpose": words("list"), "ordered": told(YES), "needed": told(NO)})

    assert found.lifts[0].shown is UNKNOWN
    assert found.lifts[0].hinges == (is_yes("ordered"), is_yes("needed"))
    assert found.lifts[0].in_the_way == (is_yes("needed"),)


def test_one_of_several_exceptions_is_enough() -> None:
    of = book(rule(when=LISTS, lifts=(ORDERED, lift("public", is_yes("public"), "public"))))

    found = ruling(of, {"purpose": words("list"), "public": shown(YES)})

    assert found.bites is NO
    assert found.lifted is not None
    assert found.lifted.id == "public"


def test_an_exception_never_lifts_another_rule() -> None:
    excepted = rule("R-1", when=LISTS, lifts=(ORDERED,))
    bare = rule("R-2", when=LISTS)
    answers: dict[str, Answer | Value] = {"purpose": words("list"), "ordered": shown(YES), "needed": shown(YES)}

    for of in (book(excepted, bare), book(bare, excepted)):
        found = verdict(of, answers)
        assert found.finding.prohibits
        assert [one.rule.id for one in found.deciding] == ["R-2"]


def test_an_exception_lifts_nothing_in_another_book() -> None:
    answers: dict[str, Answer | Value] = {"purpose": words("list"), "ordered": shown(YES), "needed": shown(YES)}
    excepting, bare = book(rule(when=LISTS, lifts=(ORDERED,)), name="excepting"), book(rule(when=LISTS), name="bare")

    found = screen(system(answers), (excepting, bare), on=ON)

    assert [one.finding for one in found] == [Finding.NO_RULE, Finding.PROHIBITED]


def test_a_shown_exception_also_settles_conditions_that_are_open() -> None:
    found = ruling(book(rule(when=LISTS, lifts=(ORDERED,))), {"ordered": shown(YES), "needed": shown(YES)})

    assert (found.met, found.bites, found.hinges) == (UNKNOWN, NO, ())


@pytest.mark.parametrize(
    ("answers", "finding"),
    [
        ({}, Finding.PROHIBITED_UNLESS),
        ({"ordered": told(YES), "needed": told(YES)}, Finding.PROHIBITED_UNLESS),
        ({"ordered": told(UNKNOWN), "needed": shown(YES)}, Finding.PROHIBITED_UNLESS),
        ({"ordered": told(NO)}, Finding.PROHIBITED),
        ({"ordered": shown(NO), "needed": shown(YES)}, Finding.PROHIBITED),
        ({"ordered": shown(YES), "needed": shown(YES)}, Finding.NO_RULE),
    ],
)
def test_the_finding_says_whether_an_exception_is_still_open(answers: dict[str, Answer | Value], finding: Finding) -> None:
    assert verdict(book(rule(when=LISTS, lifts=(ORDERED,))), {"purpose": words("list"), **answers}).finding is finding


def test_a_prohibition_without_an_exception_is_never_open() -> None:
    assert verdict(book(rule(when=LISTS)), {"purpose": words("list")}).finding is Finding.PROHIBITED


def test_one_prohibition_that_nothing_lifts_is_stricter_than_one_whose_exception_is_open() -> None:
    open_still, shut = rule("R-1", when=LISTS, lifts=(ORDERED,)), rule("R-2", when=LISTS)

    found = verdict(book(open_still, shut), {"purpose": words("list")})

    assert found.finding is Finding.PROHIBITED
    assert [one.rule.id for one in found.deciding] == ["R-2", "R-1"]


def test_one_open_exception_of_several_keeps_the_rule_open() -> None:
    of = book(rule(when=LISTS, lifts=(lift("public", is_yes("public"), "public"), ORDERED)))

    assert verdict(of, {"purpose": words("list"), "public": NO}).finding is Finding.PROHIBITED_UNLESS
    assert verdict(of, {"purpose": words("list"), "public": NO, "needed": NO}).finding is Finding.PROHIBITED


# --- time ---


@pytest.mark.parametrize(
    ("on", "finding"),
    [
        ("2026-01-31", Finding.NO_RULE),
        ("2026-02-01", Finding.PROHIBITED),
        ("2026-02-02", Finding.PROHIBITED),
        ("2026-06-29", Finding.PROHIBITED),
        ("2026-06-30", Finding.PROHIBITED),
        ("2026-07-01", Finding.NO_RULE),
    ],
)
def test_a_rule_applies_from_its_first_day_to_its_last_both_included(on: str, finding: Finding) -> None:
    half_a_year = Window(start=date(2026, 2, 1), end=date(2026, 6, 30), basis="Art 9")

    assert verdict(book(rule(when=LISTS, windows=(half_a_year,))), {"purpose": words("list")}, on=date.fromisoformat(on)).finding is finding


def test_a_window_of_one_day_is_that_day() -> None:
    of = book(rule(when=LISTS, windows=(Window(start=ON, end=ON, basis="Art 9"),)))

    assert [verdict(of, {"purpose": words("list")}, on=day).finding for day in (ON - DAY, ON, ON + DAY)] == [
        Finding.NO_RULE,
        Finding.PROHIBITED,
        Finding.NO_RULE,
    ]


def test_a_disputed_time_blocks_and_says_why() -> None:
    found = verdict(book(rule(when=LISTS, windows=(Window(start=ON, basis="Art 9", disputed="two readings"),))), {"purpose": words("list")})

    assert found.finding is Finding.BLOCKED
    assert found.deciding[0].disputed == "two readings"
    assert found.deciding[0].hinges == ()


def test_a_time_beyond_dispute_settles_one_that_is_disputed() -> None:
    windows = (Window(start=ON, basis="Art 9", disputed="two readings"), Window(start=ON, basis="Art 10"))
    found = ruling(book(rule(when=LISTS, windows=windows)), {"purpose": words("list")})

    assert (found.applies, found.disputed) == (YES, None)


def test_a_dispute_about_a_rule_that_is_not_met_blocks_nothing() -> None:
    of = book(rule(when=LISTS, windows=(Window(basis="Art 9", disputed="two readings"),)))

    assert verdict(of, {"purpose": words("draft")}).finding is Finding.NO_RULE


def test_a_window_for_some_systems_applies_to_them_alone() -> None:
    old = OnDay(fact="started", before=date(2026, 1, 1))
    of = book(rule(when=LISTS, windows=(Window(start=ON, basis="Art 9", when=old),)))
    lists: dict[str, Answer | Value] = {"purpose": words("list")}

    assert verdict(of, {**lists, "started": date(2025, 12, 31)}).finding.prohibits
    assert verdict(of, {**lists, "started": date(2026, 1, 1)}).finding is Finding.NO_RULE
    found = verdict(of, lists)
    assert found.finding is Finding.BLOCKED
    assert found.deciding[0].hinges == (old,)


def test_a_rule_that_is_not_in_force_yet_is_upcoming_from_its_first_day() -> None:
    later = rule(
        when=LISTS, outcome=Outcome.DUTY, windows=(Window(start=ON + DAY, basis="Art 9"), Window(start=ON + 9 * DAY, basis="Art 10"))
    )
    found = verdict(book(later), {"purpose": words("list")})

    assert found.finding is Finding.NO_RULE
    assert (found.rulings[0].upcoming, found.rulings[0].from_day) == (True, ON + DAY)
    assert not ruling(book(later), {"purpose": words("list")}, on=ON + DAY).upcoming


def test_what_is_not_met_or_is_lifted_is_not_upcoming() -> None:
    later = rule(when=LISTS, windows=(Window(start=ON + DAY, basis="Art 9"),), lifts=(ORDERED,))

    assert not ruling(book(later), {"purpose": words("draft")}).upcoming
    assert not ruling(book(later), {"purpose": words("list"), "ordered": shown(YES), "needed": shown(YES)}).upcoming
    assert ruling(book(later), {}).upcoming


def test_a_rule_that_ended_is_not_upcoming() -> None:
    found = ruling(book(rule(when=LISTS, windows=(Window(end=ON - DAY, basis="Art 9"),))), {"purpose": words("list")})

    assert (found.applies, found.from_day, found.upcoming) == (NO, None, False)


# --- classes ---

HIGH = rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk")
DUTY = rule("R-D", when=in_class("high-risk"), outcome=Outcome.DUTY)


@pytest.mark.parametrize(("given", "bites"), [(words("list"), YES), (words("draft"), NO), (UNKNOWN, UNKNOWN)])
def test_what_attaches_to_a_class_bites_as_the_class_is_found(given: Value, bites: Ternary) -> None:
    for of, index in ((book(HIGH, DUTY), 1), (book(DUTY, HIGH), 0)):
        assert ruling(of, {"purpose": given}, index=index).bites is bites


def test_one_of_several_rules_is_enough_for_a_class() -> None:
    other = rule("R-C2", when=is_yes("public"), outcome=Outcome.CLASS, in_class="high-risk")

    for of in (book(HIGH, other), book(other, HIGH)):
        assert classes_of(system({"purpose": words("draft"), "public": YES}), of) == {"high-risk": YES}
    assert classes_of(system({"purpose": words("draft")}), book(HIGH, other)) == {"high-risk": UNKNOWN}
    assert classes_of(system({"purpose": words("draft"), "public": NO}), book(HIGH, other)) == {"high-risk": NO}


def test_an_exception_takes_a_system_out_of_the_class_only_by_the_rule_that_has_it() -> None:
    excepted = rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk", lifts=(ORDERED,))
    other = rule("R-C2", when=is_yes("public"), outcome=Outcome.CLASS, in_class="high-risk")
    answers: dict[str, Answer | Value] = {"purpose": words("list"), "ordered": shown(YES), "needed": shown(YES)}

    assert classes_of(system({**answers, "public": NO}), book(excepted, other)) == {"high-risk": NO}
    assert classes_of(system({**answers, "public": YES}), book(excepted, other)) == {"high-risk": YES}


def test_a_class_of_another_book_is_none_of_this_one() -> None:
    found = screen(system({"purpose": words("list")}), (book(HIGH, name="one"), book(DUTY, name="two")), on=ON)

    assert found[1].rulings[0].bites is NO


def test_a_class_is_found_whatever_the_day_so_that_duties_to_come_are_told() -> None:
    later = rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk", windows=(Window(start=ON + DAY, basis="Art 9"),))
    duty = rule("R-D", when=in_class("high-risk"), outcome=Outcome.DUTY, windows=(Window(start=ON + DAY, basis="Art 9"),))
    found = verdict(book(later, duty), {"purpose": words("list")})

    assert found.finding is Finding.NO_RULE
    assert found.rulings[1].upcoming


# --- where a book binds ---


@pytest.mark.parametrize(
    ("used_in", "binding"),
    [(("XA",), YES), (("XA-1",), YES), (("XB",), NO), (("XAB",), NO), (("XB", "XA"), YES), ((), UNKNOWN)],
)
def test_a_law_binds_where_the_system_is_used(used_in: tuple[str, ...], binding: Ternary) -> None:
    assert verdict(book(rule(when=LISTS)), used_in=used_in).binding is binding


def test_a_law_of_a_part_does_not_bind_the_whole_country() -> None:
    assert verdict(book(rule(when=LISTS), binds_in=("XA-1",)), used_in=("XA",)).binding is NO


def test_a_standard_binds_nobody_by_itself() -> None:
    assert verdict(book(rule(when=LISTS), force=Force.STANDARD, binds_in=()), used_in=("XA",)).binding is None


def test_a_book_that_does_not_bind_finds_the_same() -> None:
    of = book(rule(when=LISTS))

    assert verdict(of, {"purpose": words("list")}, used_in=("XB",)).finding.prohibits


def test_any_of_two_ways_to_meet_a_rule_is_enough() -> None:
    either = rule(when=AnyOf(parts=(LISTS, is_yes("public"))), windows=ALWAYS)

    assert rule_on(either, system({"purpose": words("draft"), "public": YES}), classes={}, on=ON).bites is YES
