from __future__ import annotations

import re

import pytest

import habeas
from habeas.reports.language.methods import METHODS, explain_method, methods_used
from needs import REPOSITORY
from results import a_comparison, a_result, estimate


@pytest.mark.parametrize(
    ("method", "phrases"),
    [
        ("Wilson score", ["Wilson score"]),
        (
            "Miettinen-Nurminen score on effective counts (delete-a-group jackknife over 128 buckets)",
            ["Miettinen-Nurminen score", "delete-a-group jackknife"],
        ),
        ("odds of Wilson score", ["odds of", "Wilson score"]),
        ("square-and-add of DeLong on the logit scale", ["square-and-add", "DeLong on the logit scale"]),
        ("tea leaves", []),
    ],
)
def test_every_part_of_a_method_is_explained_in_its_order(method: str, phrases: list[str]) -> None:
    assert [known.phrase for known in explain_method(method)] == phrases


def test_every_method_has_its_words_and_its_source() -> None:
    assert [known.phrase for known in METHODS if not known.meaning or not known.source] == []
    assert len({known.phrase for known in METHODS}) == len(METHODS)


def test_methods_are_found_however_deep_they_lie_and_told_once() -> None:
    assert [known.phrase for known in methods_used(a_comparison())] == ["Wilson score", "Miettinen-Nurminen score"]
    assert [
        known.phrase for known in methods_used((a_comparison(), a_comparison(difference=estimate(0, -1, 1, 9, "logistic recalibration"))))
    ] == [
        "Wilson score",
        "Miettinen-Nurminen score",
        "logistic recalibration",
    ]


def test_a_result_without_estimates_uses_no_method() -> None:
    assert methods_used(a_result(**dict.fromkeys(("findings", "exploratory", "groups"), ())).plan) == ()
    assert methods_used(()) == ()


def test_every_method_of_the_shipped_audit_is_explained() -> None:
    found = habeas.audit_plan(REPOSITORY / "examples" / "compas.yaml")

    assert len(words_of(found)) > 3
    assert [method for method in words_of(found) if not explain_method(method)] == []


def words_of(part: object) -> set[str]:
    """Every `method` in a value, from its own text."""
    return set(re.findall(r"method='([^']+)'", repr(part)))
