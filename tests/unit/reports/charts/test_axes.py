from __future__ import annotations

from math import inf, nan

import pytest

from habeas.reports.charts.axes import Axis, Panel, number_axis, share_axis, thinned, threshold_axis


def ticks(axis):
    return [word for _, word in axis.ticks]


def test_ticks_are_round_and_cover_the_values():
    # 44.8 % over five steps is 9 %, rounded up to 10 %
    axis = share_axis("share", [0.448, 0.2])

    assert ticks(axis) == ["0%", "10%", "20%", "30%", "40%", "50%"]
    assert (axis.low, axis.high) == (0, 0.5)


def test_negative_values_have_their_place():
    axis = number_axis("difference", [-13.2, 24.5], write="{:g}".format, start=0.0)

    assert ticks(axis) == ["-20", "-10", "0", "10", "20", "30"]


def test_what_is_not_finite_does_not_stretch_an_axis():
    assert share_axis("share", [0.5, inf, nan]).high == 0.5


@pytest.mark.parametrize("values", [[], [0.0], [0.0, 0.0]])
def test_an_axis_without_values_still_has_a_length(values):
    axis = share_axis("share", values)

    assert axis.low < axis.high


def test_places_run_from_the_lower_left_to_the_upper_right():
    panel = Panel(x=Axis(label="", low=0, high=10, ticks=()), y=Axis(label="", low=0, high=1, ticks=()), height=250)

    assert panel.place(0, 0) == (46, 206)
    assert panel.place(10, 1) == (302, 24)
    assert panel.place(5, 0.5) == (174, 115)


def test_what_lies_beyond_an_axis_stands_at_its_end():
    panel = Panel(x=Axis(label="", low=0, high=10, ticks=()), y=Axis(label="", low=0, high=1, ticks=()))

    assert panel.place(inf, -inf) == panel.place(10, 0)


def test_a_single_threshold_has_an_axis():
    axis = threshold_axis("score", [5.0])

    assert (axis.low, axis.high, ticks(axis)) == (4.0, 6.0, ["5"])


def test_many_thresholds_have_few_ticks():
    assert len(threshold_axis("score", [i / 1000 for i in range(1000)]).ticks) <= 9


def test_thinning_keeps_both_ends_and_what_is_declared():
    kept = thinned(tuple(float(i) for i in range(1000)), at_most=10, keep=(123.0,))

    assert kept == (0, 100, 123, 200, 300, 400, 500, 600, 700, 800, 900, 999)


def test_a_short_list_is_not_thinned():
    assert thinned((1.0, 2.0), at_most=10) == (1.0, 2.0)
    assert thinned((), at_most=10) == ()
