import numpy as np
import pytest

import pieces
from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.cuts import ADVISED, Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.oversight import compare_oversight, oversee
from habeas.terms.group import Group

PRECISION = Precision()
ADVICE = Cut(kind=CutKind.RECOMMENDATION, threshold=ADVISED)


def advised(*, kept_mild, harsher, milder, kept_harsh, group="a", undecided=0):
    """No advice against: kept or decided more harshly; advice against: decided more mildly or kept."""
    n = np.zeros((2, 3, 3))
    n[0, NO, ABSENT], n[0, YES, ABSENT], n[1, NO, ABSENT], n[1, YES, ABSENT] = kept_mild, harsher, milder, kept_harsh
    n[1, ABSENT, ABSENT] = undecided
    return pieces.of_table([0, 1], n, thresholds=(ADVISED,), group=Group((("arm", group),)))


# the Dane County trial of a pretrial score (data of the R package aihuman, PSAdata and NCAdata): judges' decisions where the
# recommendation was and was not shown
SHOWN = advised(kept_mild=543, harsher=70, milder=162, kept_harsh=173, group="shown")
NOT_SHOWN = advised(kept_mild=510, harsher=89, milder=195, kept_harsh=149, group="not shown")


def test_agreement_and_overrides_of_a_trial():
    found = oversee(SHOWN, ADVICE, precision=PRECISION)

    assert (found.agreement.value, found.agreement.n) == (716 / 948, 948)
    assert (found.harsher.value, found.harsher.n) == (70 / 613, 613)
    assert (found.milder.value, found.milder.n) == (162 / 335, 335)
    assert found.outcome_after_milder is None
    assert found.outcome_after_harsher is None


def test_judges_without_the_advice_disagree_with_it_three_times_in_ten():
    # Harvard Gazette on the trial: 30 % of cases
    assert round(1 - oversee(NOT_SHOWN, ADVICE, precision=PRECISION).agreement.value, 3) == 0.301


def test_agreement_rises_where_the_advice_is_shown():
    found = {one.rate: one for one in compare_oversight(SHOWN, NOT_SHOWN, ADVICE, precision=PRECISION)}

    # the trial's own formula gives .0564 with a standard error of .0205; the score interval is within .001 of +-1.96 of these
    agreement = found["agreement"].difference
    assert round(agreement.value, 4) == 0.0564
    assert (agreement.low, agreement.high) == pytest.approx((0.0564 - 1.96 * 0.0205, 0.0564 + 1.96 * 0.0205), abs=1e-3)
    assert list(found) == ["agreement", "harsher", "milder"]
    assert found["agreement"].group == SHOWN.group
    assert found["agreement"].reference == NOT_SHOWN.group


def test_milder_overrides_differ_by_race():
    # the same trial, advice shown: cash bail advised and not followed for 102 of 190 non-White and 60 of 145 White people;
    # not advised and imposed for 28 of 251 and 42 of 362
    non_white = advised(kept_mild=223, harsher=28, milder=102, kept_harsh=88, group="non-White")
    white = advised(kept_mild=320, harsher=42, milder=60, kept_harsh=85, group="White")

    found = {one.rate: one.difference.value for one in compare_oversight(non_white, white, ADVICE, precision=PRECISION)}

    assert round(found["milder"], 3) == round(0.5368 - 0.4138, 3)
    assert found["harsher"] == pytest.approx(28 / 251 - 42 / 362)


def test_rows_without_a_decision_are_left_out():
    one = advised(kept_mild=1, harsher=2, milder=3, kept_harsh=4)
    other = advised(kept_mild=1, harsher=2, milder=3, kept_harsh=4, undecided=50)

    assert oversee(one, ADVICE, precision=PRECISION) == oversee(other, ADVICE, precision=PRECISION)


def test_a_score_is_advice_from_its_threshold():
    n = np.zeros((3, 3, 3))
    n[0, YES, NO], n[1, YES, NO], n[2, NO, NO] = 1, 2, 4
    cut = Cut(kind=CutKind.SCORE, threshold=5.0)

    found = oversee(pieces.of_table([1, 5, 9], n), cut, precision=PRECISION)

    assert (found.agreement.value, found.harsher.value, found.milder.value) == pytest.approx((2 / 7, 1, 4 / 6))
    assert found.cut == cut


def test_outcomes_after_overrides_rest_on_known_ones():
    n = np.zeros((2, 3, 3))
    n[1, NO, YES], n[1, NO, NO], n[1, NO, ABSENT] = 3, 9, 20
    n[0, YES, YES], n[0, YES, NO] = 1, 3

    found = oversee(pieces.of_table([0, 1], n, thresholds=(ADVISED,)), ADVICE, precision=PRECISION)

    assert (found.outcome_after_milder.value, found.outcome_after_milder.n) == (0.25, 12)
    assert (found.outcome_after_harsher.value, found.outcome_after_harsher.n) == (0.25, 4)


def test_a_group_without_decisions_has_nothing_to_oversee():
    nobody = advised(kept_mild=0, harsher=0, milder=0, kept_harsh=0, undecided=3)

    found = oversee(nobody, ADVICE, precision=PRECISION)

    assert (found.agreement, found.harsher, found.milder) == (None, None, None)
    assert compare_oversight(nobody, SHOWN, ADVICE, precision=PRECISION) == ()


def test_a_group_of_one_agrees_wholly_and_says_little():
    found = oversee(advised(kept_mild=1, harsher=0, milder=0, kept_harsh=0), ADVICE, precision=PRECISION)

    assert (found.agreement.value, found.harsher.value, found.milder) == (1, 0, None)
    assert found.agreement.low == pytest.approx(0.206549, abs=1e-6)  # Wilson 1/1


def test_people_who_recur_make_overrides_less_sure():
    rng = np.random.default_rng(6)
    score, decision, outcome = (rng.integers(0, 2, 200) for _ in range(3))
    rows = {"score": np.tile(score, 3), "outcome": np.tile(outcome, 3), "decision": np.tile(decision, 3), "thresholds": (ADVISED,)}
    apart = oversee(pieces.of_rows(**rows), ADVICE, precision=PRECISION)

    found = oversee(pieces.of_rows(**rows, person=np.tile(np.arange(200), 3)), ADVICE, precision=Precision(rows_per_person=3.0))

    assert found.milder.value == apart.milder.value
    assert (found.milder.high - found.milder.low) / (apart.milder.high - apart.milder.low) == pytest.approx(3**0.5, rel=0.2)
