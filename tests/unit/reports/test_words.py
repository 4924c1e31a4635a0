"""Sentences are compared whole; their numbers are ProPublica's counts, rounded by hand (805/1795 = 44.8 %, 349/1488 = 23.5 %)."""

from __future__ import annotations

import dataclasses

import pytest

from habeas.audit.metrics import Metric
from habeas.audit.plan import Tolerance
from habeas.audit.result import Caveat, Comparison, Verdict
from habeas.reports import words
from results import ASIAN, BLACK, FNR, HIGH, HISPANIC, WHITE, a_comparison, a_plan, a_result, estimate, rate, sex, the_findings, wilson


def finding_of(group: object, metric: Metric) -> Comparison:
    return next(found for found in the_findings() if found.group == group and found.metric is metric)


def test_a_shown_difference_is_told_in_people_first() -> None:
    assert words.finding(a_comparison(), a_plan()) == (
        "Shown different. Of 100 African-American people who were not charged again within two years, 45 were labelled medium or "
        "high risk; of 100 Caucasian people, 23. The rate is 21.4 percentage points higher (95% interval: 18.2 to 24.5 percentage "
        "points higher), 1.91 times the other (1.72 to 2.13 times). The whole interval lies beyond the tolerance declared in advance "
        "(5 percentage points either way). 1,795 cases against 1,488; test of no difference: p < 0.001, adjusted for every "
        "comparison declared in advance (Holm). With 80% power, this sample would have shown a difference of 4.3 percentage points "
        "or more."
    )


def test_a_sample_that_cannot_tell_says_why_and_what_would_resolve_it() -> None:
    assert words.meaning(finding_of(HISPANIC, FNR), a_plan()) == (
        "This is not a finding of equality. Asked alone, this question would have counted as shown different; among the others asked "
        "with it, chance may explain it. To show a disparity as large as the tolerance takes about 1,650 such cases in the group "
        "where there are 232 now, and as many times more in the reference group."
    )


def test_without_a_tolerance_no_sample_could_show_equality() -> None:
    asked = dataclasses.replace(finding_of(HISPANIC, Metric.FALSE_POSITIVE_RATE), tolerance=None, rows_needed=None)

    assert words.meaning(asked, a_plan()) == (
        "This is not a finding of equality. No tolerance was declared, so equality could not be shown however many people there are: "
        "declare one before the next look."
    )


@pytest.mark.parametrize("needed", [None, 100])
def test_where_the_rows_needed_are_there_or_unknown_more_cases_can_still_tell(needed: int | None) -> None:
    asked = dataclasses.replace(finding_of(HISPANIC, Metric.FALSE_POSITIVE_RATE), rows_needed=needed)

    assert words.meaning(asked, a_plan()) == "This is not a finding of equality. More cases of both groups can tell."


def test_a_withheld_finding_keeps_its_verdict_and_loses_its_numbers() -> None:
    told = words.finding(finding_of(ASIAN, FNR), a_plan())

    assert told == (
        "This sample cannot tell. Numbers withheld: a count is below 10, or would let such a count be worked out, and could single "
        "people out."
    )


def test_a_group_without_such_cases_has_nothing_to_compare() -> None:
    empty = a_comparison(
        verdict=Verdict.CANNOT_TELL,
        group_rate=None,
        difference=None,
        ratio=None,
        p_value=1.0,
        p_adjusted=1.0,
        beyond_tolerance=False,
        caveats=(Caveat(code="no-cases", text="One of the two groups has no such cases, so there is nothing to compare."),),
    )

    assert words.finding(empty, a_plan()) == (
        "This sample cannot tell. Tolerance declared in advance: 5 percentage points either way. "
        "One of the groups has no case that this rate counts; only more cases can tell."
    )


def test_a_finding_carries_its_caveats() -> None:
    told = words.finding_words(a_comparison(caveats=(Caveat(code="few", text="Few people recur."),)), a_plan())

    assert told.caveats == ("Few people recur.",)
    assert told.paragraph.endswith("or more. Few people recur.")


@pytest.mark.parametrize(
    ("metric", "told"),
    [
        (Metric.BASE_RATE, "Of 100 African-American people, 51 were charged again within two years; of 100 Caucasian people, 39."),
        (Metric.SELECTION_RATE, "Of 100 African-American people, 59 were labelled medium or high risk; of 100 Caucasian people, 35."),
        (
            Metric.TRUE_POSITIVE_RATE,
            (
                "Of 100 African-American people who were charged again within two years, 72 were labelled medium or high risk; "
                "of 100 Caucasian people, 52."
            ),
        ),
        (
            Metric.FALSE_POSITIVE_RATE,
            (
                "Of 100 African-American people who were not charged again within two years, 45 were labelled medium or high risk; "
                "of 100 Caucasian people, 23."
            ),
        ),
        (
            Metric.FALSE_NEGATIVE_RATE,
            (
                "Of 100 African-American people who were charged again within two years, 28 were not labelled medium or high risk; "
                "of 100 Caucasian people, 48."
            ),
        ),
        (
            Metric.POSITIVE_PREDICTIVE_VALUE,
            (
                "Of 100 African-American people who were labelled medium or high risk, 63 were charged again within two years; "
                "of 100 Caucasian people, 59."
            ),
        ),
        (
            Metric.NEGATIVE_PREDICTIVE_VALUE,
            (
                "Of 100 African-American people who were not labelled medium or high risk, 65 were not charged again within two years; "
                "of 100 Caucasian people, 71."
            ),
        ),
        (Metric.ACCURACY, "Of 100 African-American people, it turned out as classed for 64; of 100 Caucasian people, for 67."),
    ],
)
def test_every_metric_is_told_in_people(metric: Metric, told: str) -> None:
    asked = a_comparison(
        metric=metric, group_rate=rate(BLACK, a_comparison().cut, metric), reference_rate=rate(WHITE, a_comparison().cut, metric)
    )

    assert words.effect(asked, a_plan()) == told


def test_a_rare_rate_is_told_of_a_larger_crowd() -> None:
    rare = a_comparison(group_rate=wilson(4, 1000), reference_rate=wilson(0, 1000))

    assert words.effect(rare, a_plan()) == (
        "Of 1,000 African-American people who were not charged again within two years, 4 were labelled medium or high risk; "
        "of 1,000 Caucasian people, 0."
    )


def test_a_rate_below_one_in_a_million_is_not_told_as_nobody() -> None:
    rare = a_comparison(group_rate=estimate(1e-9, 0.0, 1e-8, 10**9), reference_rate=wilson(500, 1000))

    assert "people who were not charged again within two years, fewer than 1 were" in words.effect(rare, a_plan())


def test_another_cut_is_named_and_told_in_its_own_words() -> None:
    high = a_comparison(cut=HIGH, group_rate=wilson(284, 1795), reference_rate=wilson(81, 1488))

    assert words.heading(high, a_plan()) == "False positive rate: race African-American against race Caucasian (score >= 8)"
    assert words.effect(high, a_plan()) == (
        "Of 100 African-American people who were not charged again within two years, 16 were given a score of 8 or more; "
        "of 100 Caucasian people, 5."
    )


def test_a_ratio_that_cannot_be_computed_is_left_out() -> None:
    assert words.size(a_comparison(ratio=None), a_plan()) == (
        "The rate is 21.4 percentage points higher (95% interval: 18.2 to 24.5 percentage points higher)."
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "The whole interval lies beyond the tolerance declared in advance (5 percentage points either way)."),
        (
            {"beyond_tolerance": False},
            "That it lies beyond the tolerance declared in advance (5 percentage points either way) was not shown.",
        ),
        (
            {"beyond_tolerance": False, "verdict": Verdict.SHOWN_EQUAL, "p_equal": 0.0137},
            (
                "A disparity as large as the tolerance declared in advance was ruled out "
                "(5 percentage points either way; p = 0.014, adjusted)."
            ),
        ),
        (
            {"beyond_tolerance": False, "verdict": Verdict.CANNOT_TELL, "tolerance": Tolerance(ratio=1.25)},
            "Tolerance declared in advance: from 0.800 to 1.25 times.",
        ),
        ({"tolerance": None}, ""),
        ({"withheld": True}, ""),
    ],
)
def test_the_difference_is_set_against_the_tolerance(changes: dict[str, object], told: str) -> None:
    assert words.tolerance(a_comparison(**changes)) == told


def test_exploratory_evidence_says_how_it_was_adjusted() -> None:
    assert words.evidence(a_comparison(confirmatory=False, p_adjusted=0.03)) == (
        "1,795 cases against 1,488; test of no difference: p = 0.030, adjusted for every exploratory comparison (Benjamini-Hochberg)."
    )


def test_the_verdict_counts_the_declared_comparisons() -> None:
    assert words.verdict_sentence(a_result()) == (
        "Of 8 comparisons declared in advance: 4 shown different, 0 shown equal within the tolerance, 4 that this sample cannot tell."
    )
    asked = a_plan(confirmatory=a_plan().confirmatory[:1])
    assert words.verdict_sentence(a_result(plan=asked, findings=(a_comparison(),))) == (
        "Of 1 comparison declared in advance: 1 shown different, 0 shown equal within the tolerance, 0 that this sample cannot tell."
    )


def test_the_verdict_counts_the_declared_questions_that_had_nothing_to_compare() -> None:
    # the plan asks for the false positive and the false negative rate by race; only the first has a finding
    assert words.verdict_sentence(a_result(findings=(a_comparison(),))) == (
        "Of 1 comparison declared in advance: 1 shown different, 0 shown equal within the tolerance, 0 that this sample cannot tell. "
        "Of 2 questions declared in advance, 1 had nothing to compare in these data."
    )


def test_a_question_is_answered_only_by_its_own_attribute() -> None:
    by_sex = a_comparison(group=sex("Female"), reference=sex("Male"))

    assert words.unanswered_sentence(a_result(findings=(by_sex,))) == (
        "Of 2 questions declared in advance, 2 had nothing to compare in these data."
    )


def test_a_single_question_with_nothing_to_compare_is_told_in_the_singular() -> None:
    asked = a_plan(confirmatory=a_plan().confirmatory[:1])

    assert words.verdict_sentence(a_result(plan=asked, findings=())) == (
        "Of 1 question declared in advance, 1 had nothing to compare in these data."
    )


def test_a_digest_is_told_or_why_it_is_withheld() -> None:
    assert words.digest_words("ab" * 32) == "ab" * 32
    assert words.digest_words(None) == "withheld: it would let small counts be worked out; whoever holds the cells can check them"


def test_an_audit_that_declared_nothing_confirms_nothing() -> None:
    assert words.verdict_sentence(a_result(plan=a_plan(confirmatory=()), findings=())) == (
        "No question was declared in advance, so nothing could be confirmed: all that follows is exploratory."
    )


def test_a_difference_that_was_shown_is_never_told_as_equal_numbers() -> None:
    close = a_comparison(group_rate=wilson(4512, 10_000), reference_rate=wilson(4485, 10_000))

    shown = words.effect(close, a_plan())
    unclear = words.effect(dataclasses.replace(close, verdict=Verdict.CANNOT_TELL), a_plan())

    assert (shown.count("Of 1,000"), "451 were" in shown, "449." in shown) == (1, True, True)
    assert (unclear.count("Of 100 "), unclear.count("45")) == (1, 2)
