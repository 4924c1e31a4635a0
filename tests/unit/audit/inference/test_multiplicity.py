"""Families of tests, against the example of Benjamini and Hochberg (1995)."""

from __future__ import annotations

import numpy as np
import pytest

from habeas.audit.inference.multiplicity import benjamini_hochberg, holm

# Benjamini and Hochberg (1995), section 3: p-values of 15 comparisons of thrombolysis, 4 of which they reject at .05
EXAMPLE = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_benjamini_and_hochberg_reject_four_of_their_example():
    assert int((benjamini_hochberg(EXAMPLE) <= 0.05).sum()) == 4


def test_holm_rejects_three_of_it():
    assert int((holm(EXAMPLE) <= 0.05).sum()) == 3


def test_adjusted_values_are_those_worked_by_hand():
    # sorted .01 .02 .04: Holm .03, max(.03, .04), max(.04, .04); BH .03, min(.03, .04), .04
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert benjamini_hochberg([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.03])


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_no_tests_no_values(adjust):
    assert adjust([]).shape == (0,)


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_one_test_is_not_adjusted_and_none_exceeds_one(adjust):
    assert adjust([0.03]).tolist() == [0.03]
    assert np.all(adjust([0.9, 0.95, 1.0]) <= 1)
