"""Whatever the numbers and labels are, a report says nothing that isn't so and stays in its columns."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from habeas.audit.estimates import Estimate
from habeas.audit.result import GroupRates
from habeas.reports.documents.reading import read_result
from habeas.reports.documents.writing import to_bytes
from habeas.reports.json_report import document
from habeas.reports.language import numbers
from habeas.reports.lines import plain_text as text
from habeas.reports.terminal import render
from habeas.terms.group import Group
from results import MEDIUM, a_comparison, a_plan, a_result

AT = datetime(2024, 2, 29, tzinfo=UTC)
SHARES = st.floats(min_value=0, max_value=1)
NUMBERS = st.floats(min_value=-1e12, max_value=1e12)
LABELS = st.text(max_size=60)


@given(SHARES)
def test_a_share_reads_none_or_all_only_where_it_is(share: float) -> None:
    said = float(numbers.percent(share).rstrip("%"))

    assert abs(said - 100 * share) <= 0.05000001
    # below a hundred-millionth of a percent the ten decimals end
    assert (said == 0) == (share < 5e-13)


@given(SHARES, SHARES)
def test_nobody_is_rounded_away_from_a_crowd(one: float, other: float) -> None:
    base = numbers.crowd(one, other)

    for rate in (one, other):
        heads = numbers.of_crowd(rate, base)
        assert abs(heads - rate * base) <= 0.5 + 1e-6
        assert base == 1_000_000 or (heads > 0 or rate == 0)


@given(st.text(), st.integers(min_value=10, max_value=100))
def test_wrapped_text_stays_in_its_columns_and_loses_nothing(words: str, width: int) -> None:
    lines = text.wrapped(words, width=width, indent="  ")

    assert max(text.columns_of(line) for line in lines) <= width
    assert "".join("".join(lines).split()) == "".join(text.printable(words).split())
    assert all(character.isprintable() for line in lines for character in line)


@given(LABELS, LABELS)
def test_no_label_breaks_the_terminal(race: str, sex: str) -> None:
    groups = tuple(GroupRates(group=Group((part,)), cut=MEDIUM, rows=12, withheld=True) for part in (("race", race), ("sex", sex)))

    told = render(a_result(groups=groups, findings=(a_comparison(group=Group((("race", race), ("sex", sex)))),)))

    assert max(text.columns_of(line) for line in told.splitlines()) <= 80
    assert all(character.isprintable() for character in told if character != "\n")


@given(
    value=NUMBERS, low=NUMBERS, high=NUMBERS | st.just(float("inf")), p=SHARES, label=LABELS, order=st.permutations(["race", "sex", "age"])
)
def test_what_is_written_is_read_back(value: float, low: float, high: float, p: float, label: str, order: list[str]) -> None:
    ratio = Estimate(value=value, low=low, high=high, n=7, method="by hand")
    group = Group(tuple((attribute, label) for attribute in order))
    result = a_result(plan=a_plan(groups=tuple(order)), findings=(a_comparison(ratio=ratio, p_value=p, group=group),))
    written = to_bytes(document(result, at=AT))

    again = read_result(json.loads(written))

    assert to_bytes(document(again, at=AT)) == written
    assert {*again.findings[0].group.parts} == {*group.parts}
