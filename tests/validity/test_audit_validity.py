"""Contracts of the whole audit that only many repetitions can show. Slow: run them with `make validity`.

Each prints a line `validity: what, measured, bar`, from which docs/explanation/validity.md is written.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from compas import EXAMPLES
from habeas.audit.result import Verdict
from habeas.runs.plan_file import parse_plan
from habeas.runs.run import run

pytestmark = pytest.mark.validity

SHUFFLES = 200
PLAN = (EXAMPLES / "compas.yaml").read_text().replace("data: {path: compas-counts.csv, count: n,", "data: {path: rows.csv,")


@pytest.fixture(scope="module")
def people():
    """The shipped counts as one row per person: race, sex, age_cat, decile, two_year_recid."""
    with (EXAMPLES / "compas-counts.csv").open() as file:
        rows = [row for row in csv.DictReader(file) for _ in range(int(row["n"]))]
    return {name: np.array([row[name] for row in rows]) for name in ("race", "sex", "age_cat", "decile", "two_year_recid")}


@pytest.fixture
def audited(tmp_path):
    def audit(columns, *, plan=PLAN):
        with (tmp_path / "rows.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
        return run(parse_plan(plan, name="plan.yaml"), folder=tmp_path).result

    return audit


def say(what, measured, bar):
    print(f"validity: {what} | {measured} | {bar}")  # noqa: T201 - figures for docs/explanation/validity.md


def test_race_labels_shuffled_at_random_are_seldom_shown_different(people, audited):
    rng = np.random.default_rng(20261121)

    verdicts = [audited({**people, "race": rng.permutation(people["race"])}).verdict for _ in range(SHUFFLES)]

    wrong = verdicts.count(Verdict.SHOWN_DIFFERENT)
    say("COMPAS with race shuffled, 200 times: verdict 'shown different'", f"{wrong} of {SHUFFLES}", "at most 10 of 200")
    say("the same: 'shown equal' though two groups have 32 and 18 people", verdicts.count(Verdict.SHOWN_EQUAL), "0")
    assert wrong <= SHUFFLES * 0.05
    assert Verdict.SHOWN_EQUAL not in verdicts


def test_people_recorded_twice_change_no_estimate_and_no_interval(people, audited):
    plan = PLAN.replace("columns: {", "columns: {person: person, ").replace("minimum_cell: 10", "minimum_cell: 1")
    numbered = {**people, "person": np.arange(len(people["race"]))}

    once = audited(numbered, plan=plan)
    thrice = audited({name: np.repeat(values, 3) for name, values in numbered.items()}, plan=plan)
    as_new_people = audited({**{n: np.repeat(v, 3) for n, v in people.items()}, "person": np.arange(3 * len(people["race"]))}, plan=plan)

    def width(result):
        return np.array([f.difference.high - f.difference.low for f in result.findings])

    for one, again in zip(once.findings, thrice.findings, strict=True):
        assert again.difference.value == pytest.approx(one.difference.value, abs=1e-12)
    ratios, shrunk = width(thrice) / width(once), float(np.median(width(as_new_people) / width(once)))
    say("every row three times, same people: interval widths over the original", f"{ratios.min():.3f} to {ratios.max():.3f}", "0.9 to 1.1")
    say("every row three times, as new people: the same, middle", f"{shrunk:.3f}", f"about {1 / np.sqrt(3):.3f}")
    assert ratios.min() >= 0.9
    assert ratios.max() <= 1.1
    assert 0.52 <= shrunk <= 0.65


def test_bounds_hold_the_full_gap_when_a_tenth_of_labels_is_hidden(people, audited):
    rng = np.random.default_rng(7)
    full = {(f.metric, f.group): f for f in audited(people).findings if f.difference is not None}

    outside, checked = 0, 0
    for _ in range(20):
        hidden = np.where(rng.random(len(people["race"])) < 0.1, "", people["race"])
        result = audited({**people, "race": hidden})
        for bounds in result.unrecorded:
            gap = full.get((bounds.metric, bounds.group))
            if gap is not None:
                checked += 1
                outside += not bounds.low <= gap.difference.value <= bounds.high
    say("a tenth of race labels hidden, 20 times: full-data gap outside the bounds", f"{outside} of {checked}", "0")
    assert outside == 0
    assert checked >= 40
