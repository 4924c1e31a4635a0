import dataclasses

import pytest

from habeas.audit.metrics import Metric
from habeas.audit.plan import Columns, Question, ScoreRange, Tolerance
from habeas.errors import BadPlan
from results import a_plan

PLAN = a_plan()


def refusal(**changes):
    with pytest.raises(BadPlan) as refused:
        dataclasses.replace(PLAN, **changes)
    return str(refused.value)


def test_a_plan_needs_a_group():
    assert refusal(groups=(), confirmatory=(), reference=()) == "groups: name at least one column of group labels, e.g. [race]"


def test_a_column_groups_once():
    assert refusal(groups=("race", "race")) == "groups: each column may stand once; got race, race: drop the repetition"


def test_a_column_does_not_group_and_stratify():
    assert refusal(strata=("race",)) == ("strata: race is also in groups; a column either groups or stratifies: drop it from one")


def test_a_column_has_one_role():
    assert refusal(columns=Columns(score="decile", outcome="race")) == (
        "columns: race is named as outcome and group race; a column has one role: name another column for one of them"
    )


def test_intersections_go_no_deeper_than_the_groups():
    assert refusal(groups=("race",), reference=(), confirmatory=(), intersect=2) == (
        "intersect: must be from 1 to the number of groups (1); got 2"
    )


def test_a_reference_belongs_to_a_group():
    assert refusal(reference=(("height", "tall"),)).startswith("reference: height is not among groups (")


def test_a_question_is_asked_of_a_group():
    question = Question(metric=Metric.ACCURACY, by="height")

    assert refusal(confirmatory=(question,)).startswith("confirmatory: by height is not among groups (")


@pytest.mark.parametrize("threshold", [1.0, 0.0, 10.5])
def test_a_threshold_beyond_the_scores_is_refused(threshold):
    assert refusal(thresholds=(threshold,)) == (
        f"thresholds: {threshold:g} flags everyone or no one for a score from 1 to 10; "
        "a threshold must lie above the minimum and not above the maximum"
    )


def test_the_highest_score_may_be_the_threshold():
    assert dataclasses.replace(PLAN, thresholds=(10.0,)).thresholds == (10.0,)


def test_a_threshold_stands_once():
    assert refusal(thresholds=(5.0, 5.0)) == "thresholds: each may stand once; drop the repetition"


def test_a_score_needs_a_range_and_a_threshold():
    assert refusal(score=None) == "score: a score column needs its declared range, e.g. score: {minimum: 1, maximum: 10}"
    assert refusal(thresholds=()) == ("thresholds: give the score from which people are flagged, e.g. [5], or a decision column")


def test_thresholds_need_a_score():
    assert refusal(columns=Columns(decision="held", outcome="charged")) == (
        "thresholds: there is no score column to compare them with; name it under columns or drop score and thresholds"
    )


@pytest.mark.parametrize("confidence", [0.5, 1.0, 0.0])
def test_confidence_is_more_than_a_coin_and_less_than_certainty(confidence):
    assert refusal(confidence=confidence) == f"confidence: must lie between 0.5 and 1; got {confidence:g}: 0.95 is usual"


def test_a_range_goes_upward():
    with pytest.raises(BadPlan) as refused:
        ScoreRange(minimum=10, maximum=1)

    assert str(refused.value) == "score: minimum must be below maximum; got 10 and 1: swap or mend them"


def test_a_probability_lies_between_0_and_1():
    with pytest.raises(BadPlan) as refused:
        ScoreRange(minimum=0, maximum=100, probability=True)

    assert str(refused.value) == ("score: a probability lies between 0 and 1; got a range of 0 to 100: mend it, or drop probability")


def test_nothing_decided_is_nothing_to_audit():
    with pytest.raises(BadPlan) as refused:
        Columns(outcome="charged")

    assert str(refused.value) == ("columns: give at least one of score, recommendation and decision; without one nothing was decided")


def test_a_score_and_an_advice_are_not_both_given():
    with pytest.raises(BadPlan) as refused:
        Columns(score="decile", recommendation="advice")

    assert str(refused.value) == ("columns: give score or recommendation, not both; drop the one that the decision-maker did not see")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "tolerance: give exactly one of difference and ratio, e.g. {difference: 0.05} or {ratio: 1.25}"),
        ({"difference": 0.1, "ratio": 2}, "tolerance: give exactly one of difference and ratio, e.g. {difference: 0.05} or {ratio: 1.25}"),
        ({"difference": 5}, "tolerance: difference must lie between 0 and 1; got 5: 0.05 is five in a hundred"),
        ({"ratio": 0.8}, "tolerance: ratio must be above 1; got 0.8: write 1.25 to allow from 0.8 to 1.25 times"),
    ],
)
def test_a_tolerance_is_one_number_that_makes_sense(given, message):
    with pytest.raises(BadPlan) as refused:
        Tolerance(**given)

    assert str(refused.value) == message
