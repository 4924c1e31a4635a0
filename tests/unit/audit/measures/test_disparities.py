import dataclasses

import pytest

from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.proportions import Proportion
from habeas.audit.measures.disparities import Contrast, by_its_figures, confirm, explore, overall
from habeas.audit.metrics import Metric
from habeas.audit.plan import Tolerance
from habeas.audit.result import Verdict
from habeas.terms.group import Group

FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)


def share(hits, trials):
    return Proportion(hits=hits, trials=trials, rows=trials, effective=trials)


def a_contrast(one, reference, *, tolerance=None, withheld=False, name="a"):
    return Contrast(
        metric=Metric.FALSE_POSITIVE_RATE,
        cut=FIVE,
        group=Group((("race", name),)),
        reference_group=Group((("race", "z"),)),
        one=one,
        reference=reference,
        shown_one=one,
        shown_reference=reference,
        tolerance=tolerance,
        withheld=withheld,
    )


def judged(contrast):
    return confirm([contrast], confidence=0.95)[0]


def test_a_large_difference_is_shown_different():
    found = judged(a_contrast(share(805, 1795), share(349, 1488), tolerance=Tolerance(difference=0.05)))

    assert found.verdict is Verdict.SHOWN_DIFFERENT
    assert found.beyond_tolerance
    # Miettinen-Nurminen 1985 on ProPublica's counts: published values of the reference
    assert (round(found.difference.low, 4), round(found.difference.high, 4)) == (0.1822, 0.2452)
    assert (round(found.ratio.low, 3), round(found.ratio.high, 3)) == (1.723, 2.126)


def test_many_people_and_no_difference_are_shown_equal_within_the_tolerance():
    found = judged(a_contrast(share(2000, 10_000), share(2010, 10_000), tolerance=Tolerance(difference=0.05)))

    assert found.verdict is Verdict.SHOWN_EQUAL
    assert not found.beyond_tolerance


def test_a_real_difference_smaller_than_the_tolerance_is_equal_within_it():
    found = judged(a_contrast(share(22_000, 100_000), share(20_000, 100_000), tolerance=Tolerance(difference=0.05)))

    assert found.p_adjusted < 0.001
    assert found.verdict is Verdict.SHOWN_EQUAL


def test_few_people_cannot_tell():
    found = judged(a_contrast(share(3, 8), share(349, 1488), tolerance=Tolerance(difference=0.05)))

    assert found.verdict is Verdict.CANNOT_TELL
    assert found.detectable > 0.4


def test_without_a_tolerance_nothing_is_shown_equal():
    found = judged(a_contrast(share(2000, 10_000), share(2010, 10_000)))

    assert found.verdict is Verdict.CANNOT_TELL
    assert [caveat.code for caveat in found.caveats] == ["no-tolerance"]


def test_a_tolerated_ratio_is_tested_as_a_ratio():
    found = judged(a_contrast(share(2000, 10_000), share(2010, 10_000), tolerance=Tolerance(ratio=1.25)))

    assert found.verdict is Verdict.SHOWN_EQUAL


def test_no_cases_cannot_tell_and_say_why():
    found = judged(a_contrast(share(0, 0), share(349, 1488), tolerance=Tolerance(difference=0.05)))

    assert found.verdict is Verdict.CANNOT_TELL
    assert found.difference is None
    assert found.group_rate is None
    assert [caveat.code for caveat in found.caveats] == ["no-cases"]


def test_a_withheld_comparison_keeps_its_verdict_and_no_number():
    found = judged(a_contrast(share(805, 1795), share(349, 1488), withheld=True))

    assert found.verdict is Verdict.SHOWN_DIFFERENT
    numbers = ("group_rate", "reference_rate", "difference", "ratio", "p_value", "p_adjusted", "p_equal", "detectable")
    assert all(getattr(found, name) is None for name in numbers)


def test_the_family_makes_the_bar_higher():
    doubtful = a_contrast(share(30, 100), share(180, 1000))  # p about 0.004

    alone = confirm([doubtful], confidence=0.95)[0]
    with_others = confirm([doubtful, *[a_contrast(share(200, 1000), share(200, 1000))] * 19], confidence=0.95)[0]

    assert alone.verdict is Verdict.SHOWN_DIFFERENT
    assert with_others.verdict is Verdict.CANNOT_TELL
    assert with_others.p_adjusted == pytest.approx(20 * with_others.p_value)


def test_where_equality_may_be_claimed_too_each_kind_of_claim_has_half_the_error():
    contrasts = [a_contrast(share(30, 100), share(180, 1000), tolerance=Tolerance(difference=0.05))] * 3

    found = confirm(contrasts, confidence=0.95)[0]

    assert found.p_adjusted == pytest.approx(2 * 3 * found.p_value)


def test_a_smaller_alpha_needs_a_larger_difference_to_be_seen():
    one = a_contrast(share(200, 1000), share(200, 1000))

    alone = confirm([one], confidence=0.95)[0]
    in_family = confirm([one] * 10, confidence=0.95)[0]

    assert in_family.detectable > alone.detectable


def test_an_empty_family_has_no_findings():
    assert confirm([], confidence=0.95) == ()
    assert explore([], confidence=0.95) == ()


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Verdict.CANNOT_TELL),
        ([Verdict.SHOWN_EQUAL, Verdict.SHOWN_EQUAL], Verdict.SHOWN_EQUAL),
        ([Verdict.SHOWN_EQUAL, Verdict.CANNOT_TELL], Verdict.CANNOT_TELL),
        ([Verdict.CANNOT_TELL, Verdict.SHOWN_DIFFERENT, Verdict.SHOWN_EQUAL], Verdict.SHOWN_DIFFERENT),
    ],
)
def test_one_difference_decides_and_equality_needs_all(verdicts, expected):
    one = judged(a_contrast(share(3, 8), share(349, 1488)))

    assert overall([dataclasses.replace(one, verdict=verdict) for verdict in verdicts], answered=True) is expected


@pytest.mark.parametrize(
    ("p_adjusted", "p_equal", "expected"),
    [
        (0.04, None, Verdict.SHOWN_DIFFERENT),
        (0.06, None, Verdict.CANNOT_TELL),
        (0.04, 0.04, Verdict.SHOWN_EQUAL),  # a real disparity within the tolerance
        (0.06, 0.06, Verdict.CANNOT_TELL),
        (None, 0.04, Verdict.SHOWN_EQUAL),
    ],
)
def test_a_finding_is_judged_again_by_its_own_figures(p_adjusted, p_equal, expected):
    finding = judged(a_contrast(share(10, 20), share(10, 20)))

    for claimed in Verdict:
        told = dataclasses.replace(finding, verdict=claimed, p_adjusted=p_adjusted, p_equal=p_equal)
        assert by_its_figures(told, confidence=0.95) is expected


@pytest.mark.parametrize("verdict", list(Verdict))
def test_its_own_verdict_counts_where_the_figures_are_withheld_or_too_rough(verdict):
    finding = dataclasses.replace(judged(a_contrast(share(10, 20), share(10, 20))), verdict=verdict)

    withheld = dataclasses.replace(finding, p_adjusted=None, p_equal=None)
    rough = dataclasses.replace(finding, p_adjusted=0.05, p_equal=None)  # from 0.045 to 0.055

    assert by_its_figures(withheld, confidence=0.95) is verdict
    assert by_its_figures(rough, confidence=0.95) is verdict
