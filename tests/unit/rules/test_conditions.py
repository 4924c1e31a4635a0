from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadInput
from habeas.rules import conditions
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, Facts, Is, OnDay, classes, failures, hinges, judge
from habeas.terms.answers import Answer, Ternary, Value
from screens.made_up import NO, UNKNOWN, YES, among, in_class, is_yes, shown, system, told, words


def facts(answers: dict[str, Answer | Value], **more: object) -> Facts:
    return Facts(**{"system": system(answers), "classes": {}, **more})


@pytest.mark.parametrize(
    ("answer", "wanted", "found"),
    [(YES, YES, YES), (NO, YES, NO), (UNKNOWN, YES, UNKNOWN), (YES, NO, NO), (NO, NO, YES), (UNKNOWN, NO, UNKNOWN)],
)
def test_a_yes_no_question_holds_where_it_is_answered_as_wanted(answer: Ternary, wanted: Ternary, found: Ternary) -> None:
    assert judge(Is(fact="public", wanted=wanted), facts({"public": answer})) is found


def test_what_is_not_answered_is_unknown() -> None:
    assert judge(is_yes("public"), facts({})) is UNKNOWN
    assert judge(among("purpose", "list"), facts({})) is UNKNOWN
    assert judge(OnDay(fact="started", since=date(2026, 1, 1)), facts({})) is UNKNOWN


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (words("list"), YES),
        (words("list", "draft"), YES),  # a harmless second purpose lets nobody out
        (words("draft"), NO),
        (words(), NO),
        (words("draft", complete=False), UNKNOWN),
        (words(complete=False), UNKNOWN),
        (words("list", complete=False), YES),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_one_of_the_words_is_enough_and_only_a_complete_answer_rules_them_out(given: Value, found: Ternary) -> None:
    assert judge(among("purpose", "list", "predict"), facts({"purpose": given})) is found


@pytest.mark.parametrize(("day", "found"), [("2025-12-31", NO), ("2026-01-01", YES), ("2026-11-30", YES), ("2026-12-01", NO)])
def test_since_is_included_and_before_is_not(day: str, found: Ternary) -> None:
    between = OnDay(fact="started", since=date(2026, 1, 1), before=date(2026, 12, 1))

    assert judge(between, facts({"started": date.fromisoformat(day)})) is found


@pytest.mark.parametrize(
    ("first", "second", "of_all", "of_any"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_all_and_any_follow_the_tables_of_kleene(first: Ternary, second: Ternary, of_all: Ternary, of_any: Ternary) -> None:
    parts: tuple[Condition, ...] = (is_yes("public"), is_yes("ordered"))

    for answers in ({"public": first, "ordered": second}, {"public": second, "ordered": first}):
        assert judge(AllOf(parts=parts), facts(dict(answers))) is of_all
        assert judge(AnyOf(parts=parts), facts(dict(answers))) is of_any


def test_a_class_holds_as_it_was_found_and_not_where_nobody_defines_it() -> None:
    assert judge(in_class("high-risk"), facts({}, classes={"high-risk": UNKNOWN})) is UNKNOWN
    assert judge(in_class("high-risk"), facts({}, classes={"low-risk": YES})) is NO


def test_an_answer_that_clears_counts_only_with_evidence() -> None:
    condition = is_yes("public")

    assert judge(condition, facts({"public": told(NO)}, cleared_by=frozenset({"public"}))) is UNKNOWN
    assert judge(condition, facts({"public": shown(NO)}, cleared_by=frozenset({"public"}))) is NO


def test_an_admission_needs_no_evidence() -> None:
    assert judge(is_yes("public"), facts({"public": told(YES)}, cleared_by=frozenset({"public"}))) is YES


def test_words_that_clear_count_only_with_evidence_too() -> None:
    cleared = facts({"purpose": told(words("draft"))}, cleared_by=frozenset({"purpose"}))

    assert judge(among("purpose", "list"), cleared) is UNKNOWN


def test_where_only_what_is_shown_counts_an_answer_without_evidence_is_unknown() -> None:
    for value in (YES, NO):
        assert judge(is_yes("public"), facts({"public": told(value)}, shown_only=True)) is UNKNOWN
    assert judge(is_yes("public"), facts({"public": shown(YES)}, shown_only=True)) is YES


def test_evidence_of_an_unknown_answer_shows_nothing() -> None:
    assert judge(is_yes("public"), facts({"public": shown(UNKNOWN)}, shown_only=True)) is UNKNOWN


def test_a_condition_hinges_on_what_could_still_settle_it() -> None:
    condition = AllOf(parts=(among("purpose", "list"), AnyOf(parts=(is_yes("public"), is_yes("ordered")))))

    open_tests = hinges(condition, facts({"purpose": words("list"), "ordered": NO}))

    assert open_tests == (is_yes("public"),)


def test_a_settled_condition_hinges_on_nothing() -> None:
    assert hinges(AllOf(parts=(is_yes("public"), is_yes("ordered"))), facts({"public": NO})) == ()


def test_what_stands_in_the_way_is_what_fails() -> None:
    condition = AllOf(parts=(is_yes("public"), is_yes("ordered"), is_yes("needed")))

    assert failures(condition, facts({"public": NO, "ordered": YES})) == (is_yes("public"),)
    assert failures(condition, facts({})) == ()


def test_the_tests_and_classes_of_a_condition_are_found_however_deep() -> None:
    condition = AllOf(parts=(AnyOf(parts=(is_yes("public"), in_class("high-risk"))), AllOf(parts=(among("purpose", "list"),))))

    assert tuple(conditions.tests(condition)) == (is_yes("public"), among("purpose", "list"))
    assert classes(condition) == {"high-risk"}


def test_a_rule_and_an_answer_of_different_kinds_are_refused() -> None:
    with pytest.raises(BadInput) as refused:
        judge(is_yes("purpose"), facts({"purpose": words("list")}))

    assert str(refused.value) == ("purpose: the rule and the answer are of different kinds: mend the one that doesn't fit the vocabulary")


def test_a_condition_can_ask_neither_for_unknown_nor_for_no_word_nor_for_no_day() -> None:
    for wrong in (
        lambda: Is(fact="public", wanted=UNKNOWN),
        lambda: Among(fact="purpose", words=frozenset()),
        lambda: OnDay(fact="started"),
        lambda: OnDay(fact="started", since=date(2026, 1, 1), before=date(2026, 1, 1)),
    ):
        with pytest.raises(BadInput):
            wrong()
