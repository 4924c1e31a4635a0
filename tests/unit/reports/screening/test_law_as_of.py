from __future__ import annotations

from datetime import date, timedelta

import pytest

from habeas.reports.screening.law_as_of import law_as_of
from habeas.rules.rulebook import Window
from screens.made_up import ON, among, book, rule

DAY = timedelta(days=1)
LISTS = among("purpose", "list")
WITHOUT_A_DAY = book(rule(when=LISTS))
SINCE_2020 = book(rule(when=LISTS, windows=(Window(start=date(2020, 5, 1), basis="Art 9"),)), name="city")


def test_after_its_check_a_book_may_not_know_what_changes() -> None:
    assert list(law_as_of([WITHOUT_A_DAY, SINCE_2020], on=ON)) == []
    assert list(law_as_of([WITHOUT_A_DAY, SINCE_2020], on=ON + DAY)) == [
        "Town and City state the law as of 2026-11-22; what changes later they may not know."
    ]


@pytest.mark.parametrize(
    ("on", "said"), [(date(2020, 5, 1), []), (date(2020, 4, 30), ["the law as of 2026-11-22; what the law was on 2020-04-30"])]
)
def test_before_its_first_day_a_book_may_not_know_the_law(on: date, said: list[str]) -> None:
    assert list(law_as_of([SINCE_2020], on=on)) == [f"City states {one} it may not know." for one in said]


def test_a_book_that_names_no_day_knows_the_law_of_the_year_before_its_check() -> None:
    assert list(law_as_of([WITHOUT_A_DAY], on=ON - 365 * DAY)) == []
    assert len(list(law_as_of([WITHOUT_A_DAY], on=ON - 366 * DAY))) == 1
