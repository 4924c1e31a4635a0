from __future__ import annotations

from enum import Enum

import pytest

from habeas.audit.cuts import Cut, CutKind
from habeas.audit.metrics import Metric
from habeas.audit.plan import Columns
from habeas.audit.result import Verdict
from habeas.reports.language import meanings
from habeas.terms.system import Stage, Technology
from results import DECISION, HIGH, MEDIUM, a_plan


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Metric, meanings.METRICS),
        (Metric, meanings.SHORT_METRICS),
        (Verdict, meanings.VERDICTS),
        (Verdict, meanings.VERDICT_MEANINGS),
        (Verdict, meanings.OVERALL_MEANINGS),
        (Verdict, meanings.NEXT_STEPS),
        (Technology, meanings.TECHNOLOGIES),
        (Stage, meanings.STAGES),
    ],
)
def test_every_word_has_its_meaning(kind: type[Enum], table: dict[Enum, object]) -> None:
    assert set(table) == set(kind)


def test_the_verdicts_are_told_in_the_promised_words() -> None:
    assert list(meanings.VERDICTS.values()) == ["shown different", "shown equal within the tolerance", "this sample cannot tell"]


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        (
            Metric.FALSE_POSITIVE_RATE,
            "false positive rate: of those who were not charged again within two years, the share who were labelled medium or high risk",
        ),
        (
            Metric.POSITIVE_PREDICTIVE_VALUE,
            "positive predictive value: of those who were labelled medium or high risk, the share who were charged again within two years",
        ),
        (Metric.SELECTION_RATE, "selection rate: of all, the share who were labelled medium or high risk"),
        (Metric.ACCURACY, "accuracy: of all, the share who were classed as it turned out"),
    ],
)
def test_a_metric_is_explained_in_the_plans_own_words(metric: Metric, words: str) -> None:
    assert meanings.explain(metric, cut=MEDIUM, plan=a_plan()) == words


def test_the_plans_word_for_flagged_is_kept_for_the_cut_in_use() -> None:
    both = a_plan(columns=Columns(score="decile", outcome="two_year_recid", decision="detained"))
    decided = a_plan(columns=Columns(decision="detained"), score=None, thresholds=())
    advised = Cut(kind=CutKind.RECOMMENDATION, threshold=1.0)

    assert meanings.flagged_words(MEDIUM, both) == "labelled medium or high risk"
    assert meanings.flagged_words(HIGH, both) == "given a score of 8 or more"
    assert meanings.flagged_words(DECISION, both) == "decided against"
    assert meanings.flagged_words(DECISION, decided) == "labelled medium or high risk"
    assert meanings.flagged_words(advised, both) == "recommended for it"
