from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from habeas.errors import Malformed
from habeas.terms.canonical import MOST_INTEGER, canonical, parse_canonical

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST_INTEGER, MOST_INTEGER) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_keys_are_sorted_as_rfc_8785_sorts_them() -> None:
    """The order of keys of section 3.2.3's example, whose values are names of the characters."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    raw = canonical(dict.fromkeys(names, 1))

    expected = ['"\\r"', '"1"', '"\u0080"', '"\u00f6"', '"\u20ac"', '"\U0001f600"', '"\ufb33"']
    assert raw == ("{" + ",".join(f"{name}:1" for name in expected) + "}").encode()


def test_texts_are_escaped_as_little_as_possible() -> None:
    assert canonical("€$\x0f\nA'B\"\\/") == '"€$\\u000f\\nA\'B\\"\\\\/"'.encode()


@given(JSON)
def test_what_is_written_is_read_back(value: Any) -> None:
    assert parse_canonical(canonical(value)) == value


@given(st.binary())
@example(b"\xff\xfe{\x00}\x00")
@example(b"[" * 100_000)
@example(b"1" * 5_000)
@example(b'"\\ud800"')
def test_any_bytes_are_read_or_malformed(raw: bytes) -> None:
    with suppress(Malformed):
        assert canonical(parse_canonical(raw)) == raw


@pytest.mark.parametrize(
    "value", [1.0, 0.5, float("nan"), float("inf"), MOST_INTEGER + 1, "\ud800", {1: 2}, [1.5], {"a": {"b": 0.1}}, b"x"]
)
def test_what_two_programs_could_write_differently_is_refused(value: Any) -> None:
    with pytest.raises(Malformed):
        canonical(value)


def test_a_list_within_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)

    with pytest.raises(Malformed):
        canonical(endless)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b'{"a":1,"a":1}',
        b'{"a":1, "b":2}',
        b'{"b":1,"a":2}',
        b"1.0",
        b"1e2",
        b"-0",
        b"NaN",
        b"9007199254740993",
        b'"\\u0041"',
        b'"\\/"',
        b' {"a":1}',
        b'{"a":1}\n',
        b"\xef\xbb\xbf{}",
        b'"\xff"',
        b"{}{}",
    ],
)
def test_only_the_canonical_spelling_is_read(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_canonical(raw)


def test_an_error_repeats_nothing() -> None:
    with pytest.raises(Malformed) as refused:
        parse_canonical(b'{"name": "Ada Lovelace"}')

    assert "Ada" not in str(refused.value)
