"""Do intervals cover, and do families of tests keep their promise, when rows are not people? By simulation, with fixed seeds.

Each test prints lines `validity: what | measured | bar`, which docs/explanation/validity.md quotes.
"""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.cells import BUCKETS
from habeas.audit.inference.bands import band
from habeas.audit.inference.clusters import effective_trials, p_values_of_equality
from habeas.audit.inference.intervals import wilson
from habeas.audit.inference.multiplicity import holm
from habeas.audit.inference.proportions import Proportion
from habeas.audit.inference.score import difference_interval, p_different

pytestmark = pytest.mark.validity

# persons, persons in the reference group, mean rows per person, rate, reference rate, likeness of a person's rows (ICC)
DESIGNS = [
    (2000, 2000, 3, 0.20, 0.25, 0.3),
    (300, 3000, 3, 0.20, 0.25, 0.3),
    (60, 3000, 3, 0.05, 0.05, 0.3),
    (30, 3000, 5, 0.20, 0.20, 0.3),
    (2000, 2000, 8, 0.20, 0.20, 0.5),
]


def note(name, value, bar):
    print(f"validity: {name} | {value:.3f} | {bar}")  # noqa: T201 - the figures are what this run is for


def clustered(rng, *, repeats, persons, rows_per_person, rate, likeness):
    """Hits and trials by bucket, (repeats, 128) each: persons' own rates are beta distributed around `rate`."""
    rows = 1 + rng.poisson(rows_per_person - 1, size=(repeats, persons))
    spread = (1 - likeness) / likeness
    own = rng.beta(rate * spread, (1 - rate) * spread, size=rows.shape)
    place = np.arange(repeats)[:, None] * BUCKETS + rng.integers(0, BUCKETS, size=rows.shape)
    hits = rng.binomial(rows, own)
    return [np.bincount(place.ravel(), weights=n.ravel(), minlength=repeats * BUCKETS).reshape(repeats, BUCKETS) for n in (hits, rows)]


def counts(hits, trials, *, rows_per_person):
    n = effective_trials(
        hits_by_bucket=hits, trials_by_bucket=trials, rows=trials.sum(axis=-1), rows_per_person=rows_per_person, confidence=0.95
    )
    return n * hits.sum(axis=-1) / trials.sum(axis=-1), n


def covered(interval, truth):
    low, high = interval
    return float(np.mean((low <= truth) & (truth <= high)))


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: "-".join(map(str, design)))
def test_intervals_of_clustered_rates_and_differences_cover_as_promised(design):
    persons, others, per_person, rate, other_rate, likeness = design
    rng = np.random.default_rng(20261121)
    made = {"repeats": 1500, "rows_per_person": per_person, "likeness": likeness}

    one = clustered(rng, persons=persons, rate=rate, **made)
    other = clustered(rng, persons=others, rate=other_rate, **made)
    effective = *counts(*one, rows_per_person=per_person), *counts(*other, rows_per_person=per_person)
    naive = [table.sum(axis=1) for table in (*one, *other)]

    single = covered(wilson(*effective[:2], confidence=0.95), rate)
    difference = covered(difference_interval(*effective, confidence=0.95), rate - other_rate)
    without = covered(difference_interval(*naive, confidence=0.95), rate - other_rate)
    name = "coverage " + "/".join(map(str, design))
    note(f"{name}, rate", single, "0.93-0.98")
    note(f"{name}, difference", difference, "0.93-0.97")
    note(f"{name}, difference if rows were people", without, "(for comparison)")
    assert 0.93 <= difference <= 0.97
    assert 0.93 <= single <= 0.98


GROUPS, THRESHOLDS, AUDITS = 60, 10, 400


def null_audit(rng, *, likeness=0.3):
    """60 groups of 14 to 2,000 persons who score alike, at 10 nested thresholds: hits and trials by bucket, (60, 10, 128)."""
    persons = np.exp(rng.uniform(np.log(14), np.log(2000), size=GROUPS)).astype(int)
    persons[0] = 2000
    group_of_person = np.repeat(np.arange(GROUPS), persons)
    bucket_of_person = rng.integers(0, BUCKETS, size=len(group_of_person))
    rows = 1 + rng.poisson(2, size=len(group_of_person))
    person = np.repeat(np.arange(len(group_of_person)), rows)
    own = rng.standard_normal(len(group_of_person))
    score = np.sqrt(likeness) * own[person] + np.sqrt(1 - likeness) * rng.standard_normal(len(person))
    reached = np.searchsorted(CUTS, score, side="right")
    key = (group_of_person[person] * (THRESHOLDS + 1) + reached) * BUCKETS + bucket_of_person[person]
    table = np.bincount(key, minlength=GROUPS * (THRESHOLDS + 1) * BUCKETS).reshape(GROUPS, THRESHOLDS + 1, BUCKETS)
    at_or_above = table[:, ::-1].cumsum(axis=1)[:, ::-1]
    trials = np.broadcast_to(at_or_above[:, :1], (GROUPS, THRESHOLDS, BUCKETS))
    return at_or_above[:, 1:].astype(float), trials.astype(float)


RATES = np.linspace(0.5, 0.05, THRESHOLDS)
# normal quantiles of 1 - RATES, from a table of the normal distribution
CUTS = np.array([0.0, 0.12566, 0.25335, 0.38532, 0.52440, 0.67449, 0.84162, 1.03643, 1.28155, 1.64485])


def test_families_of_comparisons_and_bands_raise_false_alarms_as_seldom_as_promised():
    rng = np.random.default_rng(20261121)
    alarms, missed, clear, smallest = 0, 0, 0, 0

    for _ in range(AUDITS):
        hits, trials = null_audit(rng)
        x, n = counts(hits, trials, rows_per_person=3)
        p = p_different(x[1:], n[1:], x[0], n[0])
        alarms += bool((holm(p.ravel()) <= 0.05).any())
        smallest += bool((p <= 0.05).mean() > 0)
        for g in rng.integers(1, GROUPS, size=5):
            low, high = band(
                hits=hits[g].sum(axis=1),
                trials=trials[g].sum(axis=1),
                effective=n[g],
                rng=rng,
                confidence=0.95,
                hits_by_bucket=hits[g],
                trials_by_bucket=trials[g],
            )
            missed += bool(((low > RATES) | (high < RATES)).any())
            pointwise = wilson(x[g], n[g], confidence=0.95)
            clear += bool(((pointwise[0] > RATES) | (pointwise[1] < RATES)).any())

    note("FWER of Holm over 59 x 10 null comparisons", alarms / AUDITS, "<= 0.06")
    note("null audits with any unadjusted alarm", smallest / AUDITS, "(for comparison)")
    note("bands along 10 thresholds that miss", missed / AUDITS / 5, "<= 0.06")
    note("pointwise intervals along 10 thresholds of which one misses", clear / AUDITS / 5, "(for comparison)")
    assert alarms / AUDITS <= 0.06
    assert missed / AUDITS / 5 <= 0.06


# persons in each of 30 groups, rate, likeness, mean rows per person: the small, the rare and the much alike
SMALL_GROUPS = [(20, 0.2, 0.5, 8), (50, 0.1, 0.5, 8), (100, 0.05, 0.3, 3), (14, 0.5, 0.3, 5), (500, 0.02, 0.5, 5)]


@pytest.mark.parametrize("design", SMALL_GROUPS, ids=lambda design: "-".join(map(str, design)))
def test_many_small_groups_with_many_rows_raise_false_alarms_as_seldom_as_promised(design):
    persons, rate, likeness, per_person = design
    rng = np.random.default_rng(20261121)
    made = {"rows_per_person": per_person, "rate": rate, "likeness": likeness}
    alarms, naive_alarms = 0, 0

    for _ in range(AUDITS):
        groups = proportions(*clustered(rng, repeats=30, persons=persons, **made), rows_per_person=per_person)
        (reference,) = proportions(*clustered(rng, repeats=1, persons=2000, **made), rows_per_person=per_person)
        pairs = [(group, reference) for group in groups]
        alarms += bool((holm(p_values_of_equality(pairs, confidence=0.95)) <= 0.05).any())
        naive = p_different([g.hits for g in groups], [g.trials for g in groups], reference.hits, reference.trials)
        naive_alarms += bool((holm(naive) <= 0.05).any())

    name = "FWER of Holm over 30 small groups " + "/".join(map(str, design))
    note(name, alarms / AUDITS, "<= 0.06")
    note(f"{name} if rows were people", naive_alarms / AUDITS, "(for comparison)")
    assert alarms / AUDITS <= 0.06


def proportions(hits, trials, *, rows_per_person):
    effective = counts(hits, trials, rows_per_person=rows_per_person)[1]
    return [
        Proportion(hits=x.sum(), trials=n.sum(), rows=int(n.sum()), effective=float(worth), hits_by_bucket=x, trials_by_bucket=n)
        for x, n, worth in zip(hits.astype(float), trials.astype(float), effective, strict=True)
    ]


@pytest.mark.parametrize("people", [60, 200, 2000])
def test_bands_over_rows_of_different_people_hold_along_all_thresholds(people):
    rng = np.random.default_rng(20261121)
    repeats, missed, naive_missed = 2000, 0, 0

    for _ in range(repeats):
        score = rng.standard_normal(people)
        hits = (score[:, None] >= CUTS).sum(axis=0).astype(float)
        trials = np.full(THRESHOLDS, float(people))
        low, high = band(hits=hits, trials=trials, effective=trials, rng=rng, confidence=0.95)
        missed += bool(((low > RATES) | (high < RATES)).any())
        low, high = wilson(hits, trials, confidence=0.95)
        naive_missed += bool(((low > RATES) | (high < RATES)).any())

    note(f"bands of {people} different people that miss", missed / repeats, "<= 0.06")
    note(f"pointwise intervals of {people} different people of which one misses", naive_missed / repeats, "(for comparison)")
    assert missed / repeats <= 0.06
