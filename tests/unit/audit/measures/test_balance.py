import math

import pytest

import pieces
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.inference.precision import Precision
from habeas.audit.measures.balance import balance, net_benefit

PRECISION = Precision()
FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)
EVERYONE, BLACK, WHITE = pieces.of_compas(), pieces.of_race("African-American"), pieces.of_race("Caucasian")


# per 1,000 and break-even worked out by hand from ProPublica's counts: all 2035/1282/1216/2681 of 7,214 and so on
@pytest.mark.parametrize(
    ("piece", "per_thousand", "break_even"),
    [(EVERYONE, (282, 178, 169, 372), 1.59), (BLACK, (370, 218, 144, 268), 1.70), (WHITE, (206, 142, 188, 464), 1.45)],
    ids=["everyone", "Black", "White"],
)
def test_the_balance_of_compas(piece, per_thousand, break_even):
    found = balance(piece, FIVE, precision=PRECISION)

    parts = (found.rightly_flagged, found.wrongly_flagged, found.missed, found.rightly_cleared)
    assert tuple(round(part.value) for part in parts) == per_thousand
    assert round(found.break_even_against_none.value, 2) == break_even
    assert all(part.low < part.value < part.high for part in parts)


def test_the_limits_of_a_break_even_rate_are_odds_of_wilson_limits():
    found = balance(WHITE, FIVE, precision=PRECISION).break_even_against_none

    # statsmodels proportion_confint(505, 854, method="wilson") = (.558037, .623825), as odds
    assert (found.low, found.high) == pytest.approx((1.262583, 1.658334), abs=1e-5)
    assert found.n == 854


def test_against_flagging_everyone_the_missed_stand_against_the_cleared():
    found = balance(WHITE, FIVE, precision=PRECISION).break_even_against_all

    assert found.value == pytest.approx(461 / 1139)
    assert found.n == 1600


# Vickers and Elkin 2006 by hand; an exchange rate of 1 is a threshold probability of .5, one of 7/3 is .7
@pytest.mark.parametrize(
    ("piece", "even", "dearer"), [(EVERYONE, 0.104, -0.133), (BLACK, 0.153, -0.138), (WHITE, 0.064, -0.126)], ids=["all", "Black", "White"]
)
def test_the_net_benefit_of_compas(piece, even, dearer):
    one, other = (net_benefit(piece, FIVE, exchange_rate=rate, precision=PRECISION) for rate in (1.0, 7 / 3))

    assert round(one.value.value, 3) == even
    assert round(other.value.value, 3) == dearer
    assert one.value.low < one.value.value < one.value.high


def test_net_benefit_vanishes_at_the_break_even_rate():
    rate = balance(BLACK, FIVE, precision=PRECISION).break_even_against_none.value

    assert net_benefit(BLACK, FIVE, exchange_rate=rate, precision=PRECISION).value.value == pytest.approx(0, abs=1e-12)


def test_net_benefit_is_shown_at_three_exchange_rates():
    found = balance(BLACK, FIVE, precision=PRECISION).net_benefit

    assert [benefit.exchange_rate for benefit in found] == [1, 2, 5]
    assert [benefit.value.value for benefit in found] == pytest.approx([(1369 - rate * 805) / 3696 for rate in (1, 2, 5)])


def test_the_interval_of_net_benefit_is_linearised():
    found = net_benefit(BLACK, FIVE, exchange_rate=1.0, precision=PRECISION).value

    # a mean of 1369 ones, 805 minus ones and 1522 zeros: SE = sqrt((2174/3696 - .152597^2)/3696) = .012365
    assert (found.high - found.low) / 2 / 1.959964 == pytest.approx(0.012365, abs=2e-5)


def test_unknown_outcomes_are_no_part_of_the_balance():
    piece = pieces.at_one_cut(tp=1, fp=1, fn=1, tn=1, flagged_unknown=90, cleared_unknown=9)

    found = balance(piece, FIVE, precision=PRECISION)

    assert (found.rightly_flagged.value, found.rightly_flagged.n) == (250, 4)


def test_a_group_without_known_outcomes_has_no_balance():
    assert balance(pieces.at_one_cut(tp=0, fp=0, fn=0, tn=0, flagged_unknown=5), FIVE, precision=PRECISION) is None
    assert net_benefit(pieces.at_one_cut(tp=0, fp=0, fn=0, tn=0), FIVE, exchange_rate=1.0, precision=PRECISION) is None


def test_a_group_of_one_has_a_balance_that_says_little():
    found = balance(pieces.at_one_cut(tp=1, fp=0, fn=0, tn=0), FIVE, precision=PRECISION)

    # Wilson 1/1: low = 1/(1 + 3.841459)
    assert (found.rightly_flagged.value, found.rightly_flagged.high) == (1000, 1000)
    assert found.rightly_flagged.low == pytest.approx(206.549, abs=1e-3)
    assert found.break_even_against_none is None
    assert found.break_even_against_all is None


def test_no_one_rightly_flagged_breaks_even_at_nothing():
    found = balance(pieces.at_one_cut(tp=0, fp=3, fn=0, tn=5), FIVE, precision=PRECISION)

    assert found.break_even_against_none.value == 0
    assert math.isfinite(found.break_even_against_none.high)
