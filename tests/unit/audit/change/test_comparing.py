from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from habeas.audit.change.comparing import changes
from habeas.audit.change.testing import FROM_COUNTS, FROM_INTERVALS
from habeas.audit.change.values import ChangeVerdict, Obstacle
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, GroupRates, Intake, Rate, SourceFile
from habeas.terms.group import EVERYONE
from results import BLACK, FPR, HIGH, MEDIUM, WHITE, a_comparison, a_plan, a_result, estimate, group_rates, wilson


def later(**changed: Any) -> AuditResult:
    return a_result(**{"cells_sha256": "cd" * 32, "intake": Intake(rows=7214), **changed})


def test_the_same_counts_are_not_tested() -> None:
    found = changes(a_result(), a_result(intake=Intake(rows=7214)))

    assert found.obstacle is Obstacle.SAME_COUNTS
    assert {question.change.verdict for question in found.questions} == {ChangeVerdict.NOT_TESTED}
    assert {rate.change.verdict for rate in found.rates} == {ChangeVerdict.NOT_TESTED}


def test_a_file_in_common_is_not_tested() -> None:
    assert changes(a_result(), later(intake=a_result().intake)).obstacle is Obstacle.SHARED_FILE


def test_withheld_digests_of_counts_are_not_taken_for_the_same() -> None:
    assert changes(a_result(cells_sha256=None), later(cells_sha256=None)).obstacle is None


def test_withheld_digests_of_files_are_not_taken_for_a_file_in_common() -> None:
    intake = Intake(rows=7214, files=(SourceFile(name="rows.csv", size_bytes=None, sha256=None),))

    assert changes(a_result(intake=intake), later(intake=intake)).obstacle is None


def test_other_confidence_is_not_tested() -> None:
    assert changes(a_result(), later(plan=a_plan(confidence=0.9))).obstacle is Obstacle.OTHER_CONFIDENCE


def test_equal_numbers_of_other_people_cannot_tell() -> None:
    found = changes(a_result(), later())

    assert found.obstacle is None
    assert {rate.change.verdict for rate in found.rates} == {ChangeVerdict.CANNOT_TELL}
    assert {rate.change.estimate.value for rate in found.rates if rate.change.estimate is not None} == {0.0}


def test_rates_of_everyone_and_of_single_attributes_are_compared_at_the_cut_in_use() -> None:
    found = changes(a_result(), later())

    # seven such groups are published at score >= 5, each with eight metrics
    assert len(found.rates) == 7 * len(Metric)
    assert EVERYONE in {rate.group for rate in found.rates}
    assert not any(len(rate.group.parts) > 1 for rate in found.rates)


def test_a_cut_that_is_not_in_use_is_not_compared() -> None:
    assert changes(a_result(), later(groups=(group_rates(BLACK, HIGH),))).rates == ()


def test_questions_are_matched_by_what_they_ask() -> None:
    one, other = a_comparison(), a_comparison(metric=Metric.ACCURACY)

    found = changes(a_result(findings=(one,)), later(findings=(other, one)))

    assert [(q.metric, q.earlier is None, q.later is None) for q in found.questions] == [
        (FPR, False, False),
        (Metric.ACCURACY, True, False),
    ]
    assert [q.change.verdict for q in found.questions] == [ChangeVerdict.CANNOT_TELL, ChangeVerdict.NOT_TESTED]


def test_another_reference_group_is_another_question() -> None:
    found = changes(a_result(findings=(a_comparison(),)), later(findings=(a_comparison(reference=BLACK, group=WHITE),)))

    assert [(q.earlier is None, q.later is None) for q in found.questions] == [(False, True), (True, False)]


def test_withheld_differences_are_not_tested() -> None:
    hidden = a_comparison(difference=None, withheld=True)

    assert changes(a_result(findings=(hidden,)), later(findings=(a_comparison(),))).questions[0].change.estimate is None


def method_of(rates: GroupRates) -> str:
    found = changes(a_result(groups=(group_rates(BLACK, MEDIUM),)), later(groups=(rates,)))
    estimate = next(rate.change.estimate for rate in found.rates if rate.metric is FPR)
    return "" if estimate is None else estimate.method


def test_counts_are_used_where_they_say_all_there_is_to_say() -> None:
    assert method_of(group_rates(BLACK, MEDIUM)) == FROM_COUNTS


@pytest.mark.parametrize(
    "rate",
    [
        pytest.param(dataclasses.replace(wilson(805, 1795), method="Wilson score on effective counts"), id="people recur"),
        pytest.param(estimate(0.5, 0.4, 0.6, 1795, "Wilson score"), id="counts are rounded or rows weigh"),
    ],
)
def test_intervals_are_used_where_counts_do_not_say_all(rate: Any) -> None:
    assert method_of(dataclasses.replace(group_rates(BLACK, MEDIUM), rates=(Rate(metric=FPR, estimate=rate),))) == FROM_INTERVALS


def test_intervals_are_used_where_counts_are_missing() -> None:
    assert method_of(dataclasses.replace(group_rates(BLACK, MEDIUM), confusion=None)) == FROM_INTERVALS


def test_a_rate_that_one_audit_lacks_is_not_compared() -> None:
    without = dataclasses.replace(group_rates(BLACK, MEDIUM), rates=(Rate(metric=FPR, estimate=None),))

    assert changes(a_result(groups=(group_rates(BLACK, MEDIUM),)), later(groups=(without,))).rates == ()
