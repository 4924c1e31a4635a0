from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from habeas.audit.metrics import Metric
from habeas.audit.plan import Columns, Question, ScoreRange, Source, Tolerance, YesNo
from habeas.errors import BadPlan
from habeas.runs.draft import draft_plan
from habeas.runs.drafting.facts import ColumnFacts, DataFacts
from habeas.runs.inspect_data import inspect_data
from habeas.runs.plan_file import parse_plan

RACE = ColumnFacts(name="race", distinct=2, levels=("a", "b"))
RISK = ColumnFacts(name="risk", distinct=9, numeric=True, whole=True, minimum=1, maximum=9)
OPEN = "still to be filled in: the draft's REPLACE stands here; write e.g."


def open_places(text: str) -> list[str]:
    with pytest.raises(BadPlan) as refused:
        parse_plan(text, name="plan.yaml")
    lines = str(refused.value).splitlines()
    assert all(OPEN in line for line in lines), lines
    return [line.split(", ")[1].split(": ")[0] for line in lines]


def answering(question: str, default: str) -> str:
    """A terminal where only what can't be guessed is answered."""
    answers = {
        "called": "COMPAS",
        "version": "2013",
        "stage": "live",
        "audits": "Office",
        "independent": "no",
        "sentence": "none",
        "flagged": "5",
        "bearable": "0.05",
    }
    return next((answer for word, answer in answers.items() if word in question), default)


def test_what_only_the_auditor_knows_is_left_open(examples: Path) -> None:
    text = draft_plan(inspect_data(examples / "compas-counts.csv"))

    assert open_places(text) == [
        "system.name",
        "system.version",
        "stage",
        "auditor.name",
        "auditor.independent",
        "auditor.statement",
        "thresholds[0]",
        "confirmatory[0].tolerance.difference",
        "confirmatory[1].tolerance.difference",
    ]


def test_with_answers_the_draft_is_a_plan(examples: Path) -> None:
    plan = parse_plan(draft_plan(inspect_data(examples / "compas-counts.csv"), answering), name="plan.yaml")

    assert plan.source == Source(paths=("compas-counts.csv",), count="n")
    assert plan.columns == Columns(score="decile", outcome="two_year_recid")
    assert plan.score == ScoreRange(minimum=1, maximum=10)
    assert plan.thresholds == (5,)
    assert plan.groups == ("race", "sex", "age_cat")
    assert plan.intersect == 2
    # the largest: 3,696 of 7,214 people, 5,819 and 4,109
    assert dict(plan.reference) == {"race": "African-American", "sex": "Male", "age_cat": "25 - 45"}
    assert plan.confirmatory == (
        Question(metric=Metric.FALSE_POSITIVE_RATE, by="race", tolerance=Tolerance(difference=0.05)),
        Question(metric=Metric.FALSE_NEGATIVE_RATE, by="race", tolerance=Tolerance(difference=0.05)),
    )


def test_a_tolerance_is_never_proposed(examples: Path) -> None:
    text = draft_plan(inspect_data(examples / "compas-counts.csv"))

    lines = [line.strip() for line in text.splitlines()]
    assert "# The tolerance is the largest difference you would call bearable. Decide it before you look." in lines
    assert (
        "- {metric: false_positive_rate, by: race, "
        'tolerance: {difference: "REPLACE: the largest difference in proportions that is bearable"}}'
    ) in lines


def test_data_that_say_nothing_leave_everything_open() -> None:
    facts = DataFacts(name="x.csv", rows=1, columns=(ColumnFacts(name="a", distinct=1, levels=("b",)),))

    assert open_places(draft_plan(facts))[6:] == [
        "columns.score",
        "score.minimum",
        "score.maximum",
        "thresholds[0]",
        "groups[0]",
        "confirmatory[0].by",
        "confirmatory[0].tolerance.difference",
    ]


def test_labels_that_are_not_plain_yes_and_no_are_left_to_be_told() -> None:
    facts = DataFacts(
        name="x.csv",
        rows=9,
        columns=(
            ColumnFacts(name="race", distinct=2, levels=("a", "b")),
            ColumnFacts(name="risk", distinct=9, numeric=True, whole=True, minimum=1, maximum=9),
            ColumnFacts(name="outcome", distinct=2, levels=("Reoffended", "Did not")),
        ),
    )

    text = draft_plan(facts, answering)

    assert open_places(text) == ["labels.outcome.yes[0]", "labels.outcome.no[0]"]
    assert "# found: [Reoffended, Did not]" in text


def test_labels_whose_meaning_was_told_are_written() -> None:
    facts = DataFacts(name="x.csv", rows=9, columns=(RACE, RISK, ColumnFacts(name="outcome", distinct=2, levels=("Reoffended", "Did not"))))

    text = draft_plan(facts, lambda question, default: "Reoffended" if "mean yes" in question else answering(question, default))

    assert '  outcome: {"yes": [Reoffended], "no": [Did not]}  # found: [Reoffended, Did not]' in text.splitlines()
    assert parse_plan(text, name="plan.yaml").outcome_labels == YesNo(yes=("Reoffended",), no=("Did not",))


def test_a_column_that_may_name_people_is_not_quoted() -> None:
    people = ColumnFacts(name="person_ref", distinct=21, levels=tuple(f"P{i:05}" for i in range(21)))
    facts = DataFacts(name="x.csv", rows=21, columns=(RACE, RISK, people))

    text = draft_plan(facts, lambda question, default: "person_ref" if "what happened" in question else answering(question, default))

    assert "P00010" not in text
    assert (
        '  outcome: {"yes": ["REPLACE: labels that mean yes"], "no": ["REPLACE: labels that mean no"]}  # found: 21 different values'
    ) in text.splitlines()


def test_levels_that_differ_only_in_spelling_are_pointed_at() -> None:
    facts = DataFacts(name="x.csv", rows=9, columns=(replace(RACE, distinct=3, levels=("White", "white", "Black")), RISK))

    text = draft_plan(facts)

    assert (
        "# race has levels that differ only in spelling: White and white. "
        "They are counted as different groups: mend the data, or the comparison splits people who are alike"
    ) in text.splitlines()


def test_without_a_threshold_the_draft_says_what_is_tested() -> None:
    facts = DataFacts(name="x.csv", rows=9, columns=(RACE, RISK, ColumnFacts(name="detained", distinct=2, levels=("yes", "no"))))

    lines = draft_plan(facts).splitlines()

    assert "thresholds: []  # no threshold: every rate is of the decision, not of the score; add thresholds to test the score" in lines


def test_beside_a_decision_a_threshold_may_be_told() -> None:
    facts = DataFacts(name="x.csv", rows=9, columns=(RACE, RISK, ColumnFacts(name="detained", distinct=2, levels=("yes", "no"))))

    lines = draft_plan(facts, answering).splitlines()

    assert "thresholds: [5]  # flagged when score >= threshold; the one in use first" in lines


def test_with_a_decision_no_threshold_is_asked_for_and_without_outcomes_rates_of_selection() -> None:
    facts = DataFacts(
        name="x.csv",
        rows=9,
        columns=(
            ColumnFacts(name="race", distinct=2, levels=("a", "b")),
            ColumnFacts(name="risk", distinct=9, numeric=True, whole=True, minimum=1, maximum=9),
            ColumnFacts(name="detained", distinct=2, levels=("yes", "no")),
        ),
    )

    plan = parse_plan(
        draft_plan(facts, lambda question, default: default if "flagged" in question else answering(question, default)), name="p"
    )

    assert plan.thresholds == ()
    assert plan.columns.decision == "detained"
    assert plan.confirmatory == (Question(metric=Metric.SELECTION_RATE, by="race", tolerance=Tolerance(difference=0.05)),)


def test_the_data_are_named_as_the_plan_will_find_them() -> None:
    facts = DataFacts(name="x.csv", rows=1, columns=(ColumnFacts(name="a", distinct=1),))

    assert 'data: {path: "../data/x.csv"}' in draft_plan(facts, path="../data/x.csv")


@given(st.text(min_size=1, max_size=15), st.text(min_size=1, max_size=15))
def test_whatever_names_and_labels_hold_the_draft_is_yaml(name: str, level: str) -> None:
    race = ColumnFacts(name=f"race {name}", distinct=2, levels=(level, "b"))
    facts = DataFacts(name=name, rows=1, columns=(race, replace(race, name=name)))

    loaded = YAML(typ="safe", pure=True).load(draft_plan(facts))

    assert loaded["data"]["path"] == name
    assert set(loaded["groups"]) <= {f"race {name}", name, "REPLACE: a column of group labels, e.g. race"}
