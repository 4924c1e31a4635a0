"""Whole audits of made-up people, of every kind that a plan allows."""

import json
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import habeas
from habeas.audit.metrics import Metric
from habeas.audit.result import Verdict
from habeas.errors import BadData, BadPlan
from habeas.terms.group import EVERYONE, NOT_RECORDED

AT = datetime(2026, 11, 21, tzinfo=UTC)
QUESTIONS = [{"metric": "false_positive_rate", "by": "race", "tolerance": {"difference": 0.1}}]
SCORED = {
    "columns": {"score": "risk", "outcome": "charged"},
    "score": {"minimum": 0, "maximum": 1, "probability": True},
    "thresholds": [0.5],
    "groups": ["race", "sex"],
    "intersect": 2,
    "confirmatory": QUESTIONS,
}


@pytest.fixture(scope="module")
def people():
    """4,000 made-up decisions about 1,000 people; the score is calibrated and the same for both races."""
    rng = np.random.default_rng(11)
    n = 4000
    risk = rng.beta(2, 3, n)
    charged = rng.random(n) < risk
    return pd.DataFrame(
        {
            "risk": risk,
            "charged": charged,
            "held": np.where(rng.random(n) < 0.8, risk > 0.5, risk <= 0.5),
            "advice": np.where(risk > 0.5, "yes", "no"),
            "race": rng.choice(["a", "b"], n),
            "sex": rng.choice(["f", "m"], n),
            "force": rng.choice(["north", "south", "west"], n),
            "person": rng.integers(0, 1000, n),
            "weight": rng.choice([0.5, 1.0, 2.0], n),
        }
    )


def audited(data, **changes):
    return habeas.audit_decisions(data, {**SCORED, **changes})


def rendered(result):
    """Every report can be made of it."""
    page, text = habeas.as_html(result, at=AT), habeas.as_text(result)
    json.loads(habeas.as_json(result, at=AT))
    assert "<script" not in page
    assert max(len(line) for line in text.splitlines()) <= 80
    return text


def rate(result, metric, group=EVERYONE, cut=0):
    rows = [row for row in result.groups if row.group == group]
    return next(found.estimate for found in rows[cut].rates if found.metric is metric)


@pytest.mark.parametrize("bring", [lambda f: f, pl.from_pandas, pa.Table.from_pandas], ids=["pandas", "polars", "Arrow"])
def test_every_kind_of_table_gives_the_same_numbers(people, bring):
    result = audited(bring(people))

    assert rate(result, Metric.BASE_RATE).value == pytest.approx(people["charged"].mean(), abs=1e-12)
    assert result.cells_sha256 == audited(people).cells_sha256


def test_a_path_gives_the_same_numbers(people, tmp_path):
    people.to_csv(tmp_path / "rows.csv", index=False)

    result = audited(str(tmp_path / "rows.csv"))

    assert result.cells_sha256 == audited(people).cells_sha256
    assert [file.name for file in result.intake.files] == [str(tmp_path / "rows.csv")]


def test_two_groups_treated_alike_are_shown_equal_within_the_tolerance(people):
    result = audited(people)

    assert result.verdict is Verdict.SHOWN_EQUAL
    assert "shown equal" in rendered(result).lower()


def test_a_probability_is_checked_as_one(people):
    calibration = next(found for found in audited(people).calibration if found.group == EVERYONE)

    assert calibration.slope.low < 1 < calibration.slope.high
    assert abs(calibration.in_the_large.value) < 0.03
    assert calibration.expected_calibration_error.value < 3 * calibration.expected_calibration_error.expected_by_chance
    assert calibration.brier.value == pytest.approx(((people["risk"] - people["charged"]) ** 2).mean(), abs=calibration.binning_bound)


def test_the_area_under_the_curve_is_within_its_bound_of_scikit_learns(people):
    from sklearn.metrics import roc_auc_score

    more = pd.concat([people, people.assign(risk=people["risk"] * 0.999)])

    everything = {"publish": {"minimum_cell": 1}}
    kept, binned = (next(one for one in audited(rows, **everything).discrimination if one.group == EVERYONE) for rows in (people, more))
    rough = next(one for one in audited(people).discrimination if one.group == EVERYONE)

    # 4,000 distinct scores are kept exactly; 8,000 are binned; where bins are merged to be published, the area is rounded
    assert kept.binning_bound == 0
    assert kept.auc.value == pytest.approx(roc_auc_score(people["charged"], people["risk"]), abs=1e-12)
    assert rough.auc.value == round(kept.auc.value, 3)
    assert abs(rough.auc.value - kept.auc.value) <= rough.binning_bound == 0.0005
    assert 0 < binned.binning_bound < 1e-3
    assert abs(binned.auc.value - roc_auc_score(more["charged"], more["risk"])) <= binned.binning_bound


def test_people_who_recur_widen_intervals_and_never_narrow_the_caveats(people):
    columns = {**SCORED["columns"], "person": "person"}

    named, unnamed = audited(people, columns=columns), audited(people)

    assert named.intake.persons == people["person"].nunique()
    assert "rows-as-people" not in {caveat.code for caveat in named.caveats}
    assert "rows-as-people" in {caveat.code for caveat in unnamed.caveats}
    assert rate(named, Metric.BASE_RATE).value == rate(unnamed, Metric.BASE_RATE).value
    rendered(named)


def test_weights_make_weighted_rates(people):
    result = audited(people, columns={**SCORED["columns"], "weight": "weight"})

    expected = np.average(people["charged"], weights=people["weight"])
    assert rate(result, Metric.BASE_RATE).value == pytest.approx(expected, abs=1e-9)
    assert rate(result, Metric.BASE_RATE).n == 4000
    rendered(result)


def test_advice_and_decision_show_what_people_did_with_it(people):
    plan = {"columns": {"recommendation": "advice", "decision": "held", "outcome": "charged"}, "groups": ["race"]}

    result = habeas.audit_decisions(people, plan)

    everyone = next(found for found in result.oversight if found.group == EVERYONE)
    agreed = ((people["advice"] == "yes") == people["held"].astype(bool)).mean()
    assert everyone.agreement.value == pytest.approx(agreed, abs=1e-12)
    assert {found.rate for found in result.oversight_comparisons} >= {"agreement", "harsher", "milder"}
    assert result.discrimination == ()
    rendered(result)


def test_a_decision_alone_can_be_audited(people):
    result = habeas.audit_decisions(people, {"columns": {"decision": "held"}, "groups": ["race"]})

    assert rate(result, Metric.SELECTION_RATE).value == pytest.approx(people["held"].mean(), abs=1e-12)
    assert rate(result, Metric.FALSE_POSITIVE_RATE) is None
    assert {"no-outcomes", "nothing-declared"} <= {caveat.code for caveat in result.caveats}
    assert result.verdict is Verdict.CANNOT_TELL
    rendered(result)


def test_like_is_compared_with_like(people):
    result = audited(people, strata=["force"])

    (stratified,) = result.stratified
    assert stratified.strata_used == 3
    assert stratified.odds_ratio.low < 1 < stratified.odds_ratio.high
    rendered(result)


def test_a_stratum_of_few_people_is_not_pooled_in_public(people):
    places = people.assign(force=np.where(np.arange(len(people)) < 15, "tiny", people["force"]))

    (stratified,) = audited(places, strata=["force"]).stratified

    assert stratified.withheld
    assert (stratified.odds_ratio, stratified.difference, stratified.p_value) == (None, None, None)


def test_a_declared_question_with_nobody_to_compare_is_not_passed_over(people):
    asked = [*QUESTIONS, {"metric": "false_positive_rate", "by": "sex", "tolerance": {"difference": 0.1}}]

    result = audited(people.assign(sex="m"), confirmatory=asked)

    assert [finding.verdict for finding in result.findings] == [Verdict.SHOWN_EQUAL]
    assert result.verdict is Verdict.CANNOT_TELL
    assert "unanswered" in {caveat.code for caveat in result.caveats}


def test_a_small_table_with_something_withheld_has_no_digest_to_try_guesses_on(people):
    plan = {"columns": {"decision": "held"}, "groups": ["race"], "data": {"row": "one person"}}
    few = people.assign(race=np.where(np.arange(len(people)) < 12, "c", people["race"]))

    guessable, public = (habeas.audit_decisions(few, {**plan, "data": {"public": public}}) for public in (False, True))

    assert guessable.cells_sha256 is None
    assert len(public.cells_sha256) == 64


def test_thousands_of_unknown_counts_may_have_a_digest(people):
    assert len(audited(people).cells_sha256) == 64


def test_missing_labels_are_a_group_of_their_own_and_bound_the_finding(people):
    holes = people.assign(race=np.where(np.arange(len(people)) % 10 == 0, None, people["race"]))

    result = audited(holes)

    (bounds,) = result.unrecorded
    finding = result.findings[0]
    assert bounds.share.value == pytest.approx(0.1)
    assert bounds.low < finding.difference.value < bounds.high
    assert any(row.group.label == NOT_RECORDED for row in result.groups)
    assert len(result.findings) == 1
    rendered(result)


def test_unknown_outcomes_bound_the_rates(people):
    holes = people.assign(charged=np.where(np.arange(len(people)) % 7 == 0, None, people["charged"].astype(object)))

    result = audited(holes)

    assert len(result.unknown_outcomes) == 2
    assert all(found.low <= found.high for found in result.unknown_outcomes)
    assert "unknown-outcomes" in {caveat.code for caveat in result.caveats}
    rendered(result)


def test_the_same_outcome_for_everyone_cannot_tell_and_says_so(people):
    result = audited(people.assign(charged=0), confirmatory=[{"metric": "false_negative_rate", "by": "race"}])

    assert result.verdict is Verdict.CANNOT_TELL
    assert "one-outcome" in {caveat.code for caveat in result.caveats}
    rendered(result)


def test_a_group_of_one_person_is_withheld(people):
    result = audited(people.assign(race=np.where(np.arange(len(people)) == 0, "rare", people["race"])))

    rare = [row for row in result.groups if row.group.label == "rare"]
    assert [row.withheld for row in rare] == [True]
    assert rare[0].rows is None
    assert "withheld" in rendered(result)


def test_a_single_group_has_nothing_to_be_compared_with(people):
    result = audited(people.assign(race="a"), intersect=1)

    assert result.findings == ()
    assert result.verdict is Verdict.CANNOT_TELL
    assert "one-group" in {caveat.code for caveat in result.caveats}
    rendered(result)


def test_rounded_counts_are_multiples_and_decide_no_verdict(people):
    exact, rounded = audited(people), audited(people, publish={"minimum_cell": 10, "round_to": 5})

    counts = [row.confusion for row in rounded.groups if row.confusion is not None]
    assert all(count % 5 == 0 for one in counts for count in (one.true_positives, one.false_positives, one.true_negatives))
    assert [f.verdict for f in rounded.findings] == [f.verdict for f in exact.findings]
    assert rounded.findings[0].p_value == pytest.approx(exact.findings[0].p_value, rel=0.1)
    assert rounded.findings[0].p_value == float(f"{exact.findings[0].p_value:.0e}")
    assert rounded.findings[0].difference != exact.findings[0].difference
    rendered(rounded)


def test_a_reference_that_is_not_in_the_data_is_refused_with_what_there_is(people):
    with pytest.raises(BadData) as refused:
        audited(people.assign(race=np.where(people["race"] == "a", "Asian", "Black")), reference={"race": "Asain"})

    assert str(refused.value) == "reference: expected a level of race that is in the data; got Asain: its levels are Asian, Black"


def test_a_plan_in_python_is_refused_in_the_same_words(people):
    with pytest.raises(BadPlan, match="did you mean false_positive_rate"):
        audited(people, confirmatory=[{"metric": "fpr", "by": "race"}])


def test_importing_habeas_brings_nothing_with_it():
    import subprocess
    import sys

    code = "import habeas, sys; print(sorted({'numpy', 'duckdb', 'scipy', 'pydantic'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_unknown_name_says_what_there_is():
    with pytest.raises(AttributeError, match="module habeas has no attribute fairness; it has"):
        habeas.fairness  # noqa: B018 - asked for its refusal


@pytest.mark.parametrize(("plan", "got"), [("compas.yaml", "str"), (None, "None"), ([("groups", ["race"])], "list")])
def test_what_is_no_mapping_of_fields_is_refused(people, plan, got):
    with pytest.raises(BadPlan) as refused:
        habeas.audit_decisions(people, plan)

    assert str(refused.value) == (f"the plan: expected a mapping of a plan's fields; got {got}: for a plan file use habeas.audit_plan")


def test_a_mapping_is_no_plan_file(people):
    with pytest.raises(BadPlan) as refused:
        habeas.audit_plan(SCORED, people)

    assert str(refused.value) == (
        "the plan: expected the path of a plan file; got dict: for a mapping of a plan's fields use habeas.audit_decisions"
    )
