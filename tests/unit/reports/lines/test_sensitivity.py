from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from habeas.reports.lines import sensitivity
from results import BLACK, CANNOT_TELL, a_comparison, a_result


def test_what_could_move_a_shown_difference_takes_one_line_each() -> None:
    assert list(sensitivity.sensitivity_lines(a_result(), 240)) == [
        "",
        "WHAT COULD MOVE THIS",
        "",
        (
            "- False positive rate, race African-American: like with like, within 2 strata of c_charge_degree, the difference is "
            "+20.9 pp (+17.8 to +24.0; 3,283 cases)."
        ),
        (
            # 36 of 7214, by Wilson (tests/results.py)
            "- False positive rate, race African-American: race is missing for 0.50% of 7,214 (0.36% to 0.69%); if those labels were "
            "known, the difference counted would lie between +20.6 and +22.2 pp; if 15.2% were missing, they could hide it."
        ),
        (
            "- False positive rate, race African-American: if outcomes of race Caucasian went unrecorded more often, the difference "
            "counted would not vanish, even with half of those without a recorded outcome having had it."
        ),
    ]


def test_what_was_not_shown_cannot_be_moved() -> None:
    assert list(sensitivity.sensitivity_lines(a_result(findings=(a_comparison(verdict=CANNOT_TELL),)), 80)) == []


def test_unknown_outcomes_of_either_side_are_told() -> None:
    whole = a_result()
    unknown = dataclasses.replace(whole.unknown_outcomes[0], group=BLACK)

    lines = list(sensitivity.sensitivity_lines(dataclasses.replace(whole, unknown_outcomes=(unknown,)), 200))

    assert lines[-1] == (
        # 12 of 637, by Wilson (tests/results.py)
        "- False positive rate, race African-American: outcomes are unknown for 1.9% of 637 (1.1% to 3.3%); if they were known, the rate "
        "counted would lie between 20.9% and 22.1%."
    )


@pytest.mark.parametrize(
    ("breakdown", "ending"),
    [
        (None, "; no share of missing labels could hide it."),
        (0.001, ": missing labels alone could hide or reverse it."),
        (0.25, "; if 25.0% were missing, they could hide it."),
    ],
)
def test_missing_labels_say_what_it_would_take(breakdown: float | None, ending: str) -> None:
    item = dataclasses.replace(a_result().unrecorded[0], breakdown_share=breakdown)

    assert sensitivity.unrecorded_line(item).endswith(ending)


def test_a_tipping_point_is_told() -> None:
    item = dataclasses.replace(a_result().label_bias[0], tipping_point=0.056)

    assert sensitivity.label_bias_line(item).endswith("would vanish with 5.6% of those without a recorded outcome having had it.")


@pytest.mark.parametrize("changes", [{"withheld": True}, {"difference": None}])
def test_a_withheld_or_empty_comparison_within_strata_is_left_out(changes: dict[str, Any]) -> None:
    whole = a_result()
    strata = dataclasses.replace(whole.stratified[0], **changes)

    lines = list(sensitivity.sensitivity_lines(dataclasses.replace(whole, stratified=(strata,)), 200))

    assert not any("like with like" in line for line in lines)


def test_beyond_eight_lines_the_rest_is_counted() -> None:
    whole = a_result()

    lines = list(sensitivity.sensitivity_lines(dataclasses.replace(whole, label_bias=whole.label_bias * 10), 200))

    assert lines[-1] == "... and 4 more in report.html and report.json"
