from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadInput
from habeas.procedures.withholding import LAW, Ground, Term, check_withholdable, latest
from habeas.terms.register import Field, Kind, Need


def field(*, withholdable: bool) -> Field:
    return Field(
        id="f", topic="t", label="F", help="", kind=Kind.LINE, tier=1, need=Need.COMPLETE, most_characters=9, withholdable=withholdable
    )


@pytest.mark.parametrize("until", [date(2026, 11, 23), date(2028, 11, 22)])
def test_something_is_withheld_for_a_day_at_least_and_two_years_at_most(until):
    assert Term(asked=date(2026, 11, 22), until=until).until == until


@pytest.mark.parametrize("until", [date(2026, 11, 21), date(2026, 11, 22), date(2028, 11, 23)])
def test_a_day_that_has_come_or_is_too_far_is_refused(until):
    with pytest.raises(BadInput, match="by 2028-11-22"):
        Term(asked=date(2026, 11, 22), until=until)


def test_two_years_after_a_leap_day_end_on_the_last_of_february():
    assert latest(date(2024, 2, 29)) == date(2026, 2, 28)


def test_every_ground_names_its_law():
    assert set(LAW) == set(Ground)
    assert len(Ground) == 5


def test_what_the_public_needs_most_is_never_withheld():
    check_withholdable(field(withholdable=True))
    with pytest.raises(BadInput, match="needs most"):
        check_withholdable(field(withholdable=False))
