"""The slow reference, checked by hand: what it says is what engines must say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from decisions import PLAN
from habeas.audit.cells import ABSENT, NO, YES, ScoreGrid
from habeas.audit.plan import Source, YesNo
from habeas.audit.reference import bucket_of, code_of, count_rows, level_of, lower_edge, text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (" a b\t", "a b"),
        (True, "true"),
        (3, "3"),
        (3.0, "3"),
        (-0.0, "0"),
        (2.5, "2.5"),
        (float("nan"), ""),
        (Decimal("4.00"), "4"),
    ],
)
def test_values_become_text(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1, YES),
        ("1.0", YES),
        ("Yes", YES),
        ("T", YES),
        (True, YES),
        (0, NO),
        ("no", NO),
        (0.0, NO),
        (None, ABSENT),
        (" ", ABSENT),
        ("Unknown", ABSENT),
    ],
)
def test_yes_no_and_nothing(value: object, code: int) -> None:
    assert code_of(value, None, PLAN) == code


def test_declared_labels_replace_the_usual_words() -> None:
    labels = YesNo(yes=("guilty",), no=("acquitted",))

    assert [code_of(value, labels, PLAN) for value in ("guilty", "acquitted", "Unknown")] == [YES, NO, ABSENT]


def test_unrecorded_labels_are_one_level() -> None:
    assert [level_of(value, PLAN) for value in ("A ", None, "Unknown", "unknown")] == ["A", "not recorded", "not recorded", "unknown"]


# 1 by hand: 1 * 0x45D9F3B; xor its upper 16 bits: 0x45D9B66; times 0x45D9F3B mod 2^32: 0x31252A82; xor its upper 16 bits: 0x31251BA7;
# mod 128: 39. 0 stays 0. Texts: md5sum's first byte mod 128
@pytest.mark.parametrize(
    ("person", "bucket"),
    [
        (0, 0),
        (1, 0x31251BA7 % 128),
        (-1, 0x31251BA7 % 128),
        ("1", 0x31251BA7 % 128),
        (1.0, 0x31251BA7 % 128),
        (2**31 - 1, 0),
        (2**31, 0x31251BA7 % 128),
        ("abc", 0x90 % 128),
        ("01", 0x96 % 128),
    ],
)
def test_buckets_of_persons(person: object, bucket: int) -> None:
    assert bucket_of(person) == bucket


def test_ids_in_order_fall_into_buckets_as_if_by_chance() -> None:
    filled = np.bincount([bucket_of(person) for person in range(12_800)], minlength=128)

    # 100 in each with a standard deviation of 10; far less would hide how much people differ whose ids were given out in order
    assert 7 < filled.std() < 13


@pytest.mark.parametrize(
    ("score", "edge"), [(0.0, 0.0), (0.29, 0.29), (0.289, 0.28), (0.295, 0.295), (0.299, 0.295), (0.3, 0.3), (1.0, 0.99)]
)
def test_the_lower_edge_is_the_largest_edge_or_threshold_reached(score: float, edge: float) -> None:
    grid = ScoreGrid(minimum=0.0, maximum=1.0, thresholds=(0.295,), bins=100)

    assert lower_edge(score, grid) == pytest.approx(edge)
    assert lower_edge(score, grid) <= score


def test_no_rows_make_no_cells() -> None:
    found = count_rows([], PLAN)

    assert found.attributes[0].levels == ()
    assert len(found.fine.n) == 0


def test_three_rows_by_hand() -> None:
    rows = [
        {"race": "B", "score": 7, "outcome": 1, "n": 2},
        {"race": "A", "score": "7", "outcome": "no", "n": "3"},
        {"race": "B", "score": 7.0, "outcome": True, "n": 5},
    ]

    found = count_rows(rows, replace(PLAN, source=Source(count="n")))

    assert found.attributes[0].levels == ("A", "B")
    assert found.fine.levels.ravel().tolist() == [0, 1]
    assert found.fine.outcome.tolist() == [NO, YES]
    assert found.fine.n.tolist() == [3, 7]
