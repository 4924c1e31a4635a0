from __future__ import annotations

from habeas.runs.yaml_text.complaint import Complaint, refusal, written_place


def test_a_place_is_written_as_an_auditor_would() -> None:
    assert written_place(("confirmatory", 0, "tolerance", "ratio")) == "confirmatory[0].tolerance.ratio"


def test_what_is_nowhere_comes_first_and_the_rest_by_line() -> None:
    told = [Complaint(message="b", line=9, place=("x",)), Complaint(message="c", line=2), Complaint(message="a", place=("y",))]

    assert str(refusal(told, name="p.yaml")) == "p.yaml, y: a\np.yaml line 2: c\np.yaml line 9, x: b"
