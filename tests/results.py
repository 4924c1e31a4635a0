"""A small audit result made by hand, for tests of reports: COMPAS-like figures, and one of everything a report can show.

Counts are those ProPublica published (notebook cells 71-90). Differences and ratios carry Miettinen-Nurminen intervals found
by root search on the score statistic (scipy.optimize.brentq), rates Wilson's; adjusted p-values are those of Holm over ten
comparisons. Everything below `sensitivity` is plausible rather than exact: it is there to be drawn.
"""

from __future__ import annotations

import dataclasses
from math import sqrt
from typing import Any

from habeas.audit import result as r
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.estimates import Estimate
from habeas.audit.metrics import DEFINITIONS, Case, Metric
from habeas.audit.plan import Auditor, Columns, Plan, Population, Question, ScoreRange, Source, Tolerance, Words
from habeas.terms.group import EVERYONE, NOT_RECORDED, Group
from habeas.terms.system import Stage, SystemVersion, Technology

MEDIUM, HIGH = Cut(kind=CutKind.SCORE, threshold=5.0), Cut(kind=CutKind.SCORE, threshold=8.0)
DECISION = Cut(kind=CutKind.DECISION)
TOLERANCE = Tolerance(difference=0.05)
FPR, FNR = Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE
SCORE_METHOD = "Miettinen-Nurminen score"


def race(level: str) -> Group:
    return Group((("race", level),))


def sex(level: str) -> Group:
    return Group((("sex", level),))


BLACK, WHITE, HISPANIC, OTHER = race("African-American"), race("Caucasian"), race("Hispanic"), race("Other")
ASIAN = race("Asian")

# (TP, FP, FN, TN) at score >= 5 and score >= 8
COUNTS = {
    MEDIUM: {
        EVERYONE: (2035, 1282, 1216, 2681),
        BLACK: (1369, 805, 532, 990),
        WHITE: (505, 349, 461, 1139),
        HISPANIC: (103, 87, 129, 318),
        OTHER: (43, 36, 90, 208),
        sex("Female"): (303, 288, 195, 609),
        sex("Male"): (1732, 994, 1021, 2072),
        Group((("race", "African-American"), ("sex", "Female"))): (173, 164, 74, 241),
        Group((("race", "African-American"), ("sex", "Male"))): (1196, 641, 458, 749),
    },
    HIGH: {
        EVERYONE: (1001, 402, 2250, 3561),
        BLACK: (741, 284, 1160, 1511),
        WHITE: (195, 81, 771, 1407),
        HISPANIC: (38, 29, 194, 376),
    },
}
WITHHELD = ((ASIAN, MEDIUM), (race("Native American"), MEDIUM), (ASIAN, HIGH), (OTHER, HIGH))


def wilson(hits: float, trials: int) -> Estimate:
    """Wilson (1927) at 95 %."""
    z, p = 1.959963984540054, hits / trials
    middle = (p + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials))
    return Estimate(value=p, low=max(0.0, middle - half), high=min(1.0, middle + half), n=trials, method="Wilson score")


def estimate(value: float, low: float, high: float, n: int, method: str = SCORE_METHOD) -> Estimate:
    return Estimate(value=value, low=low, high=high, n=n, method=method)


def rate(group: Group, cut: Cut, metric: Metric) -> Estimate:
    counted = dict(zip((Case.TRUE_POSITIVE, Case.FALSE_POSITIVE, Case.FALSE_NEGATIVE, Case.TRUE_NEGATIVE), COUNTS[cut][group], strict=True))
    definition = DEFINITIONS[metric]
    return wilson(sum(counted.get(case, 0) for case in definition.hits), sum(counted.get(case, 0) for case in definition.trials))


def group_rates(group: Group, cut: Cut) -> r.GroupRates:
    tp, fp, fn, tn = COUNTS[cut][group]
    confusion = r.Confusion(true_positives=tp, false_positives=fp, false_negatives=fn, true_negatives=tn)
    rates = tuple(r.Rate(metric=metric, estimate=rate(group, cut, metric)) for metric in Metric)
    return r.GroupRates(group=group, cut=cut, rows=tp + fp + fn + tn, confusion=confusion, rates=rates)


def a_plan(**changes: Any) -> Plan:
    """The plan of examples/compas.yaml, as values."""
    plan = Plan(
        title="COMPAS, two-year general recidivism",
        system=SystemVersion(name="COMPAS", version="as used 2013-2014"),
        technology=Technology.RISK_SCORE,
        stage=Stage.LIVE,
        auditor=Auditor(name="Example Audit Office", independent=True, statement="no ties to the vendor or the court"),
        source=Source(paths=("compas-counts.csv",), count="n", row="one person screened in Broward County"),
        population=Population(description="all 7214 people of ProPublica's two-year file"),
        columns=Columns(score="decile", outcome="two_year_recid"),
        score=ScoreRange(minimum=1, maximum=10),
        thresholds=(5.0, 8.0),
        groups=("race", "sex"),
        intersect=2,
        reference=(("race", "Caucasian"), ("sex", "Male")),
        unrecorded=("", "Unknown"),
        confirmatory=(Question(metric=FPR, by="race", tolerance=TOLERANCE), Question(metric=FNR, by="race", tolerance=TOLERANCE)),
        words=Words(
            flagged="labelled medium or high risk",
            outcome="were charged again within two years",
            no_outcome="were not charged again within two years",
        ),
    )
    return dataclasses.replace(plan, **changes)


def a_comparison(**changes: Any) -> r.Comparison:
    """The finding everybody knows: FPR 805/1795 against 349/1488."""
    comparison = r.Comparison(
        metric=FPR,
        cut=MEDIUM,
        group=BLACK,
        reference=WHITE,
        verdict=r.Verdict.SHOWN_DIFFERENT,
        confirmatory=True,
        group_rate=rate(BLACK, MEDIUM, FPR),
        reference_rate=rate(WHITE, MEDIUM, FPR),
        difference=estimate(0.2139, 0.1822, 0.2452, 3283),
        ratio=estimate(1.912, 1.723, 2.126, 3283),
        p_value=2.17e-37,
        p_adjusted=2.17e-36,
        p_equal=1.0,
        detectable=0.043,
        tolerance=TOLERANCE,
        beyond_tolerance=True,
    )
    return dataclasses.replace(comparison, **changes)


def _compared(group: Group, metric: Metric, verdict: r.Verdict, numbers: tuple[float, ...], **changes: Any) -> r.Comparison:
    value, low, high, ratio, ratio_low, ratio_high, p, adjusted, equal, detectable = numbers
    one, reference = rate(group, MEDIUM, metric), rate(changes.get("reference", WHITE), MEDIUM, metric)
    n = one.n + reference.n
    return a_comparison(
        metric=metric,
        group=group,
        verdict=verdict,
        group_rate=one,
        reference_rate=reference,
        difference=estimate(value, low, high, n),
        ratio=estimate(ratio, ratio_low, ratio_high, n),
        p_value=p,
        p_adjusted=adjusted,
        p_equal=equal,
        detectable=detectable,
        **{"beyond_tolerance": False, **changes},
    )


def _withheld_comparison(metric: Metric) -> r.Comparison:
    return r.Comparison(
        metric=metric,
        cut=MEDIUM,
        group=ASIAN,
        reference=WHITE,
        verdict=r.Verdict.CANNOT_TELL,
        confirmatory=True,
        tolerance=TOLERANCE,
        withheld=True,
    )


DIFFERENT, EQUAL, CANNOT_TELL = r.Verdict.SHOWN_DIFFERENT, r.Verdict.SHOWN_EQUAL, r.Verdict.CANNOT_TELL


def the_findings() -> tuple[r.Comparison, ...]:
    return (
        a_comparison(),
        _compared(HISPANIC, FPR, CANNOT_TELL, (-0.0197, -0.0632, 0.0276, 0.916, 0.742, 1.123, 0.403, 0.806, 0.7, 0.069), rows_needed=1275),
        _compared(OTHER, FPR, DIFFERENT, (-0.087, -0.1323, -0.0331, 0.629, 0.457, 0.854, 0.00246, 0.0172, 1.0, 0.085)),
        _withheld_comparison(FPR),
        _compared(
            BLACK, FNR, DIFFERENT, (-0.1974, -0.2347, -0.1599, 0.586, 0.532, 0.647, 8.96e-26, 8.1e-25, 1.0, 0.055), beyond_tolerance=True
        ),
        _compared(HISPANIC, FNR, CANNOT_TELL, (0.0788, 0.0071, 0.149, 1.165, 1.015, 1.323, 0.0312, 0.187, 1.0, 0.102), rows_needed=1650),
        _compared(OTHER, FNR, DIFFERENT, (0.1995, 0.1104, 0.28, 1.418, 1.226, 1.607, 1.62e-5, 1.3e-4, 1.0, 0.129), beyond_tolerance=True),
        _withheld_comparison(FNR),
    )


def the_exploratory() -> tuple[r.Comparison, ...]:
    other = {"reference": sex("Male"), "confirmatory": False, "tolerance": None}
    white = {"confirmatory": False, "tolerance": None}
    ppv, selected = Metric.POSITIVE_PREDICTIVE_VALUE, Metric.SELECTION_RATE
    return (
        _compared(
            sex("Female"),
            FPR,
            EQUAL,
            (-0.0031, -0.0373, 0.0321, 0.99, 0.888, 1.102, 0.86, 0.86, 0.0137, 0.05),
            **other | {"tolerance": TOLERANCE},
        ),
        _compared(sex("Female"), ppv, DIFFERENT, (-0.1227, -0.1668, -0.0786, 0.807, 0.74, 0.875, 2.84e-8, 1.1e-7, None, 0.06), **other),
        _compared(BLACK, selected, DIFFERENT, (0.2402, 0.2154, 0.2647, 1.69, 1.592, 1.797, 5.26e-76, 4.2e-75, None, 0.035), **white),
        _compared(HISPANIC, ppv, CANNOT_TELL, (-0.0492, -0.1275, 0.0278, 0.917, 0.789, 1.048, 0.214, 0.285, None, 0.108), **white),
    )


def _discrimination(group: Group, auc: tuple[float, float, float], n: int) -> r.Discrimination:
    points = ((10.0, 0.03, 0.12), (8.0, 0.1, 0.31), (5.0, 0.32, 0.63), (3.0, 0.56, 0.82), (1.0, 1.0, 1.0))
    curve = tuple(r.RocPoint(threshold=t, false_positive_rate=f, true_positive_rate=h) for t, f, h in points)
    return r.Discrimination(group=group, auc=estimate(*auc, n, "DeLong, logit scale"), curve=curve)


def _sweep(group: Group, metric: Metric, n: int) -> r.Sweep:
    rates = ((2.0, 0.78), (4.0, 0.45), (5.0, 0.32), (8.0, 0.1), (10.0, 0.03))
    points = tuple(
        r.SweepPoint(
            threshold=t,
            estimate=wilson(p * n, n),
            band_low=max(0.0, p - 0.06),
            band_high=min(1.0, p + 0.06),
        )
        for t, p in rates
    )
    return r.Sweep(group=group, metric=metric, points=points)


def _calibration(group: Group, n: int) -> r.Calibration:
    points = ((1.0, 3.0, 1.4, 0.24), (3.0, 5.0, 3.5, 0.36), (5.0, 8.0, 6.0, 0.52), (8.0, None, 8.9, 0.71))
    curve = tuple(
        r.CalibrationPoint(low=low, high=high, mean_score=mean, observed=wilson(share * n, n)) for low, high, mean, share in points
    )
    return r.Calibration(group=group, curve=curve)


def _balance(group: Group) -> r.Balance:
    tp, fp, fn, tn = COUNTS[MEDIUM][group]
    n = tp + fp + fn + tn

    def per_1000(count: int) -> Estimate:
        share = wilson(count, n)
        return estimate(1000 * share.value, 1000 * share.low, 1000 * share.high, n, "Wilson score")

    return r.Balance(
        group=group,
        cut=MEDIUM,
        rightly_flagged=per_1000(tp),
        wrongly_flagged=per_1000(fp),
        missed=per_1000(fn),
        rightly_cleared=per_1000(tn),
        break_even_against_none=estimate(tp / fp, 0.9 * tp / fp, 1.1 * tp / fp, tp + fp, "Wilson score, as odds"),
        break_even_against_all=estimate(fn / tn, 0.9 * fn / tn, 1.1 * fn / tn, fn + tn, "Wilson score, as odds"),
        net_benefit=tuple(
            r.NetBenefit(
                exchange_rate=w, value=estimate((tp - fp * w) / n, (tp - fp * w) / n - 0.02, (tp - fp * w) / n + 0.02, n, "normal")
            )
            for w in (1.0, 2.0, 5.0)
        ),
    )


def _sensitivity() -> dict[str, Any]:
    pair: dict[str, Any] = {"metric": FPR, "cut": MEDIUM, "group": BLACK, "reference": WHITE}
    points = tuple(
        r.LabelBiasPoint(hidden_share=a, difference=d) for a, d in ((0.0, 0.2139), (0.05, 0.222), (0.1, 0.231), (0.2, 0.251), (0.5, 0.34))
    )
    women = Group((("race", "African-American"), ("sex", "Female")))
    return {
        "stratified": (
            r.Stratified(
                **pair,
                strata=("c_charge_degree",),
                strata_used=2,
                odds_ratio=estimate(2.6, 2.22, 3.04, 3283, "Mantel-Haenszel"),
                difference=estimate(0.209, 0.178, 0.24, 3283, "Mantel-Haenszel, Sato variance"),
                p_value=1.2e-34,
                p_same_in_all_strata=0.31,
            ),
        ),
        "screening": (
            r.Screened(
                metric=FPR, cut=MEDIUM, group=women, raw=wilson(164, 405), shrunk=estimate(0.398, 0.352, 0.445, 405, "beta-binomial")
            ),
        ),
        "unrecorded": (r.UnrecordedBounds(attribute="race", **pair, share=wilson(36, 7214), low=0.206, high=0.222, breakdown_share=0.152),),
        "unknown_outcomes": (r.UnknownOutcomes(metric=FPR, cut=MEDIUM, group=HISPANIC, unknown=wilson(12, 637), low=0.209, high=0.221),),
        "label_bias": (r.LabelBias(**pair, points=points, tipping_point=None),),
    }


def a_result(**changes: Any) -> r.AuditResult:
    """A whole result; `changes` replace its fields."""
    shown = [group_rates(group, cut) for cut in (MEDIUM, HIGH) for group in COUNTS[cut]]
    hidden = [r.GroupRates(group=group, cut=cut, rows=None, withheld=True) for group, cut in WITHHELD]
    agreement = wilson(5100, 7214)
    fields: dict[str, Any] = {
        "plan": a_plan(),
        "plan_sha256": "5d41402abc4b2a76b9719d911017c592" * 2,
        "cells_sha256": "7d793037a0760186574b0282f2f435e7" * 2,
        "intake": r.Intake(
            rows=7214,
            excluded=0,
            files=(r.SourceFile(name="compas-counts.csv", size_bytes=33858, sha256="e7" * 32),),
            warnings=("36 rows have no recorded race (0.5 %): shown as a group of their own",),
        ),
        "verdict": DIFFERENT,
        "findings": the_findings(),
        "exploratory": the_exploratory(),
        "groups": tuple(shown + hidden),
        "discrimination": (
            _discrimination(EVERYONE, (0.702, 0.69, 0.714), 7214),
            _discrimination(BLACK, (0.692, 0.675, 0.708), 3696),
            _discrimination(WHITE, (0.693, 0.672, 0.714), 2454),
            r.Discrimination(group=ASIAN, withheld=True),
        ),
        "sweeps": (_sweep(BLACK, FPR, 1795), _sweep(WHITE, FPR, 1488), _sweep(BLACK, FNR, 1901), _sweep(WHITE, FNR, 966)),
        "calibration": (_calibration(BLACK, 900), _calibration(WHITE, 600), r.Calibration(group=ASIAN, withheld=True)),
        **_sensitivity(),
        "balance": (_balance(EVERYONE), _balance(BLACK), _balance(WHITE)),
        "oversight": (
            r.Oversight(
                group=EVERYONE,
                cut=MEDIUM,
                agreement=agreement,
                harsher=wilson(300, 3897),
                milder=wilson(1814, 3317),
                outcome_after_milder=wilson(1100, 1814),
                outcome_after_harsher=None,
            ),
        ),
        "oversight_comparisons": (
            r.OversightComparison(rate="milder", cut=MEDIUM, group=BLACK, reference=WHITE, difference=estimate(-0.03, -0.07, 0.01, 3028)),
        ),
        "withheld": r.Withheld(primary=3, secondary=1, narrowest_width=14.0),
        "caveats": (
            r.Caveat(
                code="arrest-is-not-offending", text="The outcome is a new charge, not a new offence: policing decides who is charged."
            ),
            r.Caveat(code="one-place", text="These are people screened in one county; nothing here says how the system works elsewhere."),
        ),
    }
    return r.AuditResult(**{**fields, **changes})


def a_result_with_unrecorded_people() -> r.AuditResult:
    """The same, with a group of people whose race is not recorded."""
    group = race(NOT_RECORDED)
    rates = r.GroupRates(
        group=group, cut=MEDIUM, rows=36, rates=(r.Rate(metric=FPR, estimate=wilson(11, 24)), r.Rate(metric=FNR, estimate=None))
    )
    whole = a_result()
    return dataclasses.replace(whole, groups=(*whole.groups, rates))
