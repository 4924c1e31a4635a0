from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone
from math import inf, nan
from typing import Any

import numpy as np
import pytest

import habeas
from habeas.audit.estimates import Estimate
from habeas.audit.result import RocPoint
from habeas.errors import BadInput, BrokenEvidence
from habeas.reports.documents.writing import to_bytes
from habeas.reports.json_report import document
from results import BLACK, a_comparison, a_result, estimate

AT = datetime(2024, 2, 29, 12, 30, 15, 999, tzinfo=UTC)


def written(**changes: Any) -> dict[str, Any]:
    return document(a_result(**changes), at=AT)


def test_a_document_says_what_it_is_what_made_it_and_when() -> None:
    head = written()

    assert head["habeas"] == "audit-result/1"
    assert head["tool"] == {"name": "habeas", "version": habeas.__version__}
    assert head["created"] == "2024-02-29T12:30:15Z"


def test_a_local_time_is_written_in_utc() -> None:
    local = datetime(2024, 2, 29, 13, 30, tzinfo=timezone(timedelta(hours=1)))

    assert document(a_result(), at=local)["created"] == "2024-02-29T12:30:00Z"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        document(a_result(), at=datetime(2024, 2, 29))  # noqa: DTZ001 - the refusal is tested

    assert str(refused.value) == "created: expected a time with its zone; got one without: give a UTC time"


def test_two_runs_differ_in_their_time_only() -> None:
    one, other = (to_bytes(document(a_result(), at=at)).decode() for at in (AT, AT + timedelta(days=1)))

    differing = [(a, b) for a, b in zip(one.splitlines(), other.splitlines(), strict=True) if a != b]

    assert differing == [(' "created": "2024-02-29T12:30:15Z",', ' "created": "2024-03-01T12:30:15Z",')]


def test_groups_cuts_and_words_have_their_stored_form() -> None:
    finding = written()["findings"][0]

    assert finding["group"] == {"label": "African-American", "parts": {"race": "African-American"}}
    assert finding["cut"] == {"kind": "score", "threshold": 5.0}
    assert (finding["metric"], finding["verdict"]) == ("false_positive_rate", "shown-different")
    assert finding["tolerance"] == {"difference": 0.05, "ratio": None}


def test_the_plan_is_there_in_full_with_its_maps_as_objects() -> None:
    plan = written()["plan"]

    assert plan["reference"] == {"race": "Caucasian", "sex": "Male"}
    assert plan["confirmatory"][1] == {"metric": "false_negative_rate", "by": "race", "tolerance": {"difference": 0.05, "ratio": None}}
    assert plan["strata"] == []


def test_withheld_numbers_are_absent() -> None:
    withheld = next(rates for rates in written()["groups"] if rates["withheld"])

    assert withheld == {
        "group": {"label": "Asian", "parts": {"race": "Asian"}},
        "cut": {"kind": "score", "threshold": 5.0},
        "rows": None,
        "confusion": None,
        "rates": [],
        "withheld": True,
    }


def test_what_nothing_bounds_is_null() -> None:
    finding = a_comparison(ratio=estimate(3.0, 1.2, inf, 20))
    curve = dataclasses.replace(
        a_result().discrimination[0], curve=(RocPoint(threshold=inf, false_positive_rate=0.0, true_positive_rate=0.0),)
    )

    found = written(findings=(finding,), discrimination=(curve,))

    assert found["findings"][0]["ratio"] == {"value": 3.0, "low": 1.2, "high": None, "n": 20, "method": "Miettinen-Nurminen score"}
    assert found["discrimination"][0]["curve"][0]["threshold"] is None


@pytest.mark.parametrize(("number", "words"), [(nan, "nan"), (inf, "inf"), (-inf, "-inf")])
def test_a_number_that_is_none_is_broken_evidence_and_named(number: float, words: str) -> None:
    broken = dataclasses.replace(a_comparison(), p_value=number)

    with pytest.raises(BrokenEvidence) as refused:
        written(findings=(a_comparison(), broken))

    assert str(refused.value) == (
        f"result: expected a finite number at findings[1].p_value; got {words}: this is a fault of habeas, not of the data; "
        "nothing was written, report it with the plan"
    )


def test_a_limit_that_is_not_a_number_is_refused_though_it_may_be_infinite() -> None:
    with pytest.raises(BrokenEvidence, match=r"at findings\[0\]\.ratio\.high; got nan"):
        written(findings=(a_comparison(ratio=estimate(3.0, 1.2, nan, 20)),))


def test_the_last_bits_of_a_machines_arithmetic_do_not_show() -> None:
    one, other = 0.1 + 0.2, 0.3

    def the_p(value: float) -> Any:
        return written(findings=(a_comparison(p_value=value),))["findings"][0]["p_value"]

    assert one != other
    assert the_p(one) == the_p(other) == 0.3
    assert str(the_p(-0.0)) == "0.0"


def test_numbers_of_other_libraries_become_plain_ones() -> None:
    odd = Estimate(value=np.float64(0.5), low=np.float64(0.25), high=np.float64(0.75), n=np.int64(4), method="by hand")  # type: ignore[arg-type]

    found = written(findings=(a_comparison(ratio=odd, beyond_tolerance=np.bool_(True)),))["findings"][0]  # noqa: FBT003 - numpy's own

    assert [type(found["ratio"][name]) for name in ("value", "low", "n")] == [float, float, int]
    assert found["beyond_tolerance"] is True


def test_bytes_are_utf_8_sorted_and_end_with_a_line_feed() -> None:
    content = to_bytes({"b": "Māori", "a": [1, None]})

    assert content == '{\n "a": [\n  1,\n  null\n ],\n "b": "Māori"\n}\n'.encode()


def test_not_a_number_never_reaches_a_file() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_bytes({"a": nan})


def test_a_document_is_json_of_the_same_values() -> None:
    found = written()

    assert json.loads(to_bytes(found)) == found


def test_an_intersection_keeps_the_order_of_its_parts_in_its_label() -> None:
    labels = {rates["group"]["label"] for rates in written()["groups"]}

    assert "African-American, Female" in labels
    assert BLACK.label in labels
