import json

import pytest

from compas import POPULATIONS, compas
from habeas.audit.metrics import Metric
from habeas.audit.result import Verdict
from habeas.terms.group import EVERYONE, Group

CUTS = {"medium_or_high_decile_ge_5": 5.0, "high_decile_ge_8": 8.0}
BREAKDOWNS = {"by_race": ("race",), "by_sex": ("sex",), "by_age_cat": ("age_cat",), "by_race_sex": ("race", "sex")}
RATES = {
    "fpr": Metric.FALSE_POSITIVE_RATE,
    "fnr": Metric.FALSE_NEGATIVE_RATE,
    "ppv": Metric.POSITIVE_PREDICTIVE_VALUE,
    "npv": Metric.NEGATIVE_PREDICTIVE_VALUE,
    "base_rate": Metric.BASE_RATE,
    "selection_rate": Metric.SELECTION_RATE,
    "accuracy": Metric.ACCURACY,
}


@pytest.fixture(scope="module")
def example():
    return compas().result


@pytest.fixture(scope="module")
def reference(shared_data):
    return json.loads((shared_data / "compas" / "reference.json").read_text())


def group_of(breakdown, name):
    attributes = BREAKDOWNS[breakdown]
    return Group(tuple(zip(attributes, name.split("|") if len(attributes) > 1 else [name], strict=True)))


def expected_rows(reference, population):
    for cut, threshold in CUTS.items():
        found = reference["exact"][population][cut]
        yield EVERYONE, threshold, found["overall"]
        for breakdown in BREAKDOWNS:
            for name, row in found[breakdown].items():
                yield group_of(breakdown, name), threshold, row


@pytest.mark.parametrize("population", POPULATIONS)
def test_counts_and_rates_equal_the_reference_for_every_group_and_cut(reference, population):
    result = compas(population, minimum_cell=1).result
    ours = {(row.group, row.cut.threshold): row for row in result.groups}

    compared = 0
    for group, threshold, row in expected_rows(reference, population):
        mine = ours[group, threshold]
        counts = (
            mine.confusion.true_positives,
            mine.confusion.false_positives,
            mine.confusion.false_negatives,
            mine.confusion.true_negatives,
        )
        assert counts == (row["tp"], row["fp"], row["fn"], row["tn"]), (group.label, threshold)
        estimates = {rate.metric: rate.estimate for rate in mine.rates}
        for name, metric in RATES.items():
            if row.get(name) is not None:
                assert estimates[metric].value == pytest.approx(row[name], abs=1e-12), (group.label, threshold, name)
                compared += 1
    assert compared > 250


@pytest.mark.parametrize("population", POPULATIONS)
def test_the_area_under_the_curve_equals_the_reference_within_its_bound(reference, population):
    result = compas(population, minimum_cell=1).result
    ours = {found.group: found for found in result.discrimination}

    wanted = reference["exact"][population]["auc_decile_score"]
    rows = [(EVERYONE, wanted["overall"])]
    rows += [
        (group_of(breakdown, name), row) for breakdown in ("by_race", "by_sex", "by_age_cat") for name, row in wanted[breakdown].items()
    ]
    seen = 0
    for group, row in rows:
        if ours[group].auc is not None:
            assert abs(ours[group].auc.value - row["auc"]) <= ours[group].binning_bound + 1e-12, group.label
            seen += 1
    assert seen >= 8


def test_the_example_shows_a_disparity_and_says_how_large(example):
    black = next(f for f in example.findings if f.group.label == "African-American" and f.metric is Metric.FALSE_POSITIVE_RATE)

    assert example.verdict is Verdict.SHOWN_DIFFERENT
    assert black.verdict is Verdict.SHOWN_DIFFERENT
    # ProPublica 2016 on all 7,214 rows: 44.85 and 23.45 per cent
    assert (round(black.group_rate.value, 4), round(black.reference_rate.value, 4)) == (0.4485, 0.2345)
    assert (round(black.difference.value, 4), round(black.difference.low, 4), round(black.difference.high, 4)) == (0.2139, 0.1822, 0.2452)
    assert (round(black.ratio.value, 3), round(black.ratio.low, 3), round(black.ratio.high, 3)) == (1.912, 1.723, 2.126)


def test_small_groups_keep_no_number(example):
    withheld = {row.group for row in example.groups if row.withheld and row.cut.threshold == 5.0}

    assert {Group((("race", "Asian"),)), Group((("race", "Native American"),))} <= withheld
    assert all(row.confusion is None and row.rates == () for row in example.groups if row.withheld)
    assert all(finding.difference is None for finding in example.findings if finding.withheld)


def test_a_tiny_group_cannot_tell(example):
    few = [f for f in example.findings if f.group.label in {"Asian", "Native American"}]

    assert len(few) == 4
    assert {f.verdict for f in few} == {Verdict.CANNOT_TELL}


def test_every_declared_question_is_answered_for_every_group(example):
    asked = {(f.metric, f.group.label) for f in example.findings}

    assert len(asked) == len(example.findings) == 2 * 5


def test_the_same_plan_and_data_give_the_same_result(example):
    assert compas().result == example
