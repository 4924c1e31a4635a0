"""The charts: what is drawn for numbers that can be counted by hand, and for the cases that have nothing to draw."""

from __future__ import annotations

import re

import pytest

import results
from habeas.audit.result import CalibrationPoint, LabelBias, LabelBiasPoint, RocPoint, SweepPoint
from habeas.reports.charts import balance, calibration, icon_array, intervals, label_bias, roc, sweep
from habeas.reports.charts.axes import share_axis

WORDS = {"title": "a title", "description": "a description"}


def circles(drawing):
    """How many circles each path draws: every one starts with a move."""
    return [d.count("M") for d in re.findall(r'd="([^"]*)"', str(drawing.marks))]


@pytest.mark.parametrize(("hits", "expected"), [(0, [100]), (1, [1, 99]), (45, [45, 55]), (100, [100])])
def test_an_icon_array_has_a_filled_circle_for_each_person(hits, expected):
    assert circles(icon_array.draw(hits=hits, of=100, **WORDS)) == expected


def test_an_icon_array_of_a_thousand_has_a_thousand_circles():
    drawing = icon_array.draw(hits=7, of=1000, **WORDS)

    assert circles(drawing) == [7, 993]
    assert (drawing.width, drawing.height) == (300, 188)


def test_filled_and_hollow_differ_in_shape_not_only_in_colour():
    drawn = str(icon_array.draw(hits=1, of=100, **WORDS).marks)

    assert drawn.count('fill="currentColor"') == 1
    assert drawn.count('fill="none"') == 1


def test_a_dot_stands_at_its_value_and_the_stroke_spans_its_interval():
    row = intervals.Row(label="A", note="25%", span=(0.25, 0.0, 0.5))

    drawn = str(intervals.draw([row], share_axis("share", [0.5]), **WORDS).marks)

    # the axis runs from 14 to 302 for 0 to 0.5: half of it is 158
    assert 'd="M14 32L302 32"' in drawn
    assert "M158 27a5 5" in drawn


def test_a_row_without_numbers_is_named_and_has_no_dot():
    row = intervals.Row(label="A", note="withheld", span=None)

    drawn = str(intervals.draw([row], share_axis("share", [0.5]), **WORDS).marks)

    assert ">withheld<" in drawn
    assert "a5 5" not in drawn


def test_an_unbounded_interval_ends_at_the_edge():
    row = intervals.Row(label="A", note="1", span=(0.5, 0.0, float("inf")))

    assert "inf" not in str(intervals.draw([row], share_axis("share", [0.5]), **WORDS).marks)


def test_a_long_label_is_shortened_beside_its_numbers():
    assert intervals.shortened("African-American, Less than 25") == "African-American, Less …"
    assert intervals.shortened("Native American") == "Native American"


def test_a_roc_curve_starts_where_no_one_is_flagged_and_rings_the_declared_threshold():
    curve = [RocPoint(threshold=5.0, false_positive_rate=0.5, true_positive_rate=0.75)]
    curve.append(RocPoint(threshold=1.0, false_positive_rate=1.0, true_positive_rate=1.0))

    drawn = str(roc.draw(curve, reference=(), declared=(5.0,), **WORDS).marks)

    # 46 to 302 across, 280 up to 24: (0.5, 0.75) lies at (174, 88)
    assert 'd="M46 280L174 88L302 24"' in drawn
    assert "M174 83a5 5" in drawn
    assert ">5<" in drawn


def test_a_long_roc_curve_is_thinned_but_keeps_the_declared_threshold():
    curve = [RocPoint(threshold=i / 1000, false_positive_rate=1 - i / 1000, true_positive_rate=1 - i / 2000) for i in range(1000)]

    drawn = str(roc.draw(curve, reference=curve, declared=(0.123,), **WORDS).marks)

    assert len(drawn) < 15_000
    assert ">0.123<" in drawn


def test_a_calibration_curve_of_one_point_is_drawn():
    point = CalibrationPoint(low=1, high=None, mean_score=5, observed=results.wilson(1, 2))

    drawing = calibration.draw([point], reference=(), scores=(0, 10), is_probability=False, **WORDS)

    assert "a3 3" in str(drawing.marks)
    assert "1 4" not in str(drawing.marks)  # no diagonal: the score claims no probability


def test_a_probability_has_its_diagonal():
    point = CalibrationPoint(low=0, high=None, mean_score=0.5, observed=results.wilson(1, 2))

    assert "1 4" in str(calibration.draw([point], reference=(), scores=(0, 1), is_probability=True, **WORDS).marks)


def test_a_sweep_without_estimates_draws_only_its_frame():
    point = SweepPoint(threshold=5.0, estimate=None, band_low=None, band_high=None)

    drawn = str(sweep.draw([point], rate="rate", reference=(), declared=(5.0,), **WORDS).marks)

    assert "fill-opacity" not in drawn
    assert "a3 3" not in drawn


def test_the_declared_thresholds_are_marked_in_a_sweep():
    points = [SweepPoint(threshold=float(t), estimate=results.wilson(t, 10), band_low=0.0, band_high=1.0) for t in range(1, 10)]

    drawn = str(sweep.draw(points, rate="rate", reference=points, declared=(5.0, 12.0), **WORDS).marks)

    # one upright line; 12 lies beyond every threshold shown
    assert drawn.count('stroke-dasharray="2 3"') == 1
    assert "fill-opacity" in drawn


def test_the_balance_bar_is_divided_in_proportion():
    drawn = str(balance.draw([250, 250, 250, 250], **WORDS).marks)

    # 318 units for 1,000 people: 79.5 each
    assert re.findall(r'<rect x="([\d.]+)" y="4" width="79.5" height="40"/>', drawn) == ["1", "80.5", "160", "239.5"]
    assert drawn.count(">250<") == 4


def test_a_part_too_narrow_for_its_number_has_none():
    drawn = str(balance.draw([1, 0, 0, 999], **WORDS).marks)

    assert ">1<" not in drawn
    assert ">999<" in drawn


def test_nobody_at_all_gives_an_empty_bar():
    assert "nan" not in str(balance.draw([0, 0, 0, 0], **WORDS).marks)


@pytest.mark.parametrize(("tipping_point", "marked"), [(None, 0), (0.25, 1)])
def test_the_tipping_point_is_marked_where_there_is_one(tipping_point, marked):
    points = tuple(LabelBiasPoint(hidden_share=share, difference=0.1 - 0.4 * share) for share in (0.0, 0.25, 0.5))
    bias = LabelBias(
        metric=results.FPR, cut=results.MEDIUM, group=results.BLACK, reference=results.WHITE, points=points, tipping_point=tipping_point
    )

    assert str(label_bias.draw(bias, **WORDS).marks).count(">tipping point<") == marked
