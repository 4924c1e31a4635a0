"""What a sample could have shown, against another program and a worked list for COMPAS."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.inference.power import detectable_difference, rows_needed


def test_smallest_groups_of_compas_could_have_shown_only_large_differences():
    # false positive rates against White people's 349 of 1488; worked with statsmodels' power_proportions_2indep by root finding
    found = detectable_difference(
        reference_rate=349 / 1488, trials=[1795, 405, 244, 23, 8], reference_trials=1488, confidence=0.95, power=0.8
    )

    assert found == pytest.approx([0.043, 0.069, 0.085, 0.264, 0.436], abs=5e-4)


@pytest.mark.parametrize(
    ("rate", "reference_trials", "trials", "ratios"),
    [
        (0.10, 1e5, [30, 100, 300, 1000, 3000, 10_000], [2.76, 1.92, 1.51, 1.28, 1.16, 1.09]),
        (0.001, 1e6, [1e3, 1e4, 1e5, 1e6], [4.8, 2.0, 1.31, 1.13]),
    ],
)
def test_detectable_ratios_are_those_worked_before(rate, reference_trials, trials, ratios):
    found = detectable_difference(reference_rate=rate, trials=trials, reference_trials=reference_trials, confidence=0.95)

    assert 1 + found / rate == pytest.approx(ratios, abs=0.006 if rate > 0.01 else 0.05)


def test_rows_needed_are_those_of_another_program():
    # statsmodels 0.15: power_proportions_2indep(-0.25, 0.75, 76.70692) = 0.9, so 77 whole rows
    assert float(rows_needed(rate=0.5, reference_rate=0.75, ratio_of_sizes=1.0, confidence=0.95, power=0.9)) == 77


def test_rows_needed_and_detectable_difference_agree():
    rows = rows_needed(rate=0.30, reference_rate=0.25, ratio_of_sizes=2.0, confidence=0.95, power=0.8)

    found = detectable_difference(reference_rate=0.25, trials=rows, reference_trials=2 * rows, confidence=0.95, power=0.8)

    assert float(found) == pytest.approx(0.05, abs=1e-4)


def test_what_no_sample_of_this_size_can_show_is_capped():
    found = detectable_difference(
        reference_rate=[0.9, 0.2, 0.2, float("nan"), 1.0], trials=[2, 0, 1, 5, 50], reference_trials=[100, 100, 0, 0, 50], confidence=0.95
    )

    assert found == pytest.approx([0.1, 0.8, 0.8, 1.0, 0.0])
    assert float(detectable_difference(reference_rate=0.2, trials=9, reference_trials=0, confidence=0.5, power=0.5)) == 0.8


def test_no_difference_needs_infinitely_many_rows():
    assert rows_needed(rate=0.3, reference_rate=[0.3, 0.4], ratio_of_sizes=1, confidence=0.95)[0] == np.inf


def test_a_reference_rate_of_zero_has_a_detectable_difference():
    found = float(detectable_difference(reference_rate=0.0, trials=100, reference_trials=1000, confidence=0.95))

    assert 0.0 < found < 0.1
