from __future__ import annotations

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.counts import MOST_ENTRIES, is_count, require_count


@pytest.mark.parametrize("value", [0, 1, MOST_ENTRIES])
def test_whole_numbers_from_zero_to_the_most_are_counts(value: int) -> None:
    require_count(value, what="size")
    assert is_count(value)


@pytest.mark.parametrize("value", [-1, MOST_ENTRIES + 1, True, False, 1.0, "1", None, b"1"])
def test_nothing_else_is_a_count(value: object) -> None:
    assert not is_count(value)
    with pytest.raises(Malformed, match=r"^size: expected a whole number from 0 to 9223372036854775807; got "):
        require_count(value, what="size")


def test_a_count_may_have_a_smaller_limit() -> None:
    assert is_count(63, most=63)
    assert not is_count(64, most=63)
