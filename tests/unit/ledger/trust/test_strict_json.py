"""JSON that two readers could take for two things is refused, and no JSON brings the reader down."""

from __future__ import annotations

import difflib

import pytest

from habeas.errors import Malformed
from habeas.ledger.trust.strict_json import read_json, require_list, require_number, require_object, require_text


def read(raw: bytes) -> object:
    return read_json(raw, limit=1_000_000, what="a file")


def test_what_json_has_is_read() -> None:
    assert read(b' {"a": [1, "\\u00e9", true, null], "b": {}}\n') == {"a": [1, "é", True, None], "b": {}}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a": 1, "a": 1}', "twice"),
        (b'{"x": {"a": 1, "a": 2}}', "twice"),
        (b'{"a": 1.0}', "whole numbers"),
        (b'{"a": 1e3}', "whole numbers"),
        (b"[NaN]", "whole numbers"),
        (b"[-Infinity]", "whole numbers"),
        (b"[" + b"9" * 5000 + b"]", "JSON in UTF-8"),
        (b"[" * 100_000, "too deeply"),
        (b'{"a":' * 100_000, "too deeply"),
        (b"[" * 100_000 + b"]" * 100_000, "too deeply"),
        (b"", "JSON in UTF-8"),
        (b"{", "JSON in UTF-8"),
        (b"{}{}", "JSON in UTF-8"),
        (b"\xef\xbb\xbf{}", "JSON in UTF-8"),
        (b'"\xff"', "JSON in UTF-8"),
        ("{}".encode("utf-16"), "JSON in UTF-8"),
        (b"{'a': 1}", "JSON in UTF-8"),
        (b"[01]", "JSON in UTF-8"),
        (b"[+1]", "JSON in UTF-8"),
        (b" " * 1_000_001, "at most 1000000 bytes"),
    ],
)
def test_anything_else_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        read(raw)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "to be an object with the keys entry, proof"),
        ({"entry": 1}, "proof is missing"),
        ({"entry": 1, "proof": 2, "proofs": 3}, "perhaps proof misspelt"),
        ({"entry": 1, "proof": 2, "Jane Doe": 3}, "got 1 more: the file may be of a later version"),
        ({"entry": 1, "proof": 2, "x" * 1_000_000: 3}, "got 1 more"),
    ],
)
def test_an_object_has_exactly_its_keys(value: object, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        require_object(value, keys=("entry", "proof"), what="a file")


def test_a_key_that_is_far_too_long_is_not_compared_with_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen million letters, as many as an evidence file may have, took 700 MB and seconds to look for the nearest key."""
    compared: list[str] = []
    monkeypatch.setattr(difflib, "get_close_matches", lambda word, *_, **__: compared.append(word) or [])

    for unknown in ("fromat", "format" * 1_000_000):
        with pytest.raises(Malformed, match="1 more"):
            require_object({"format": 1, unknown: 2}, keys=("format",), what="a file")

    assert compared == ["fromat"]


def test_an_unknown_key_is_not_repeated_in_the_message() -> None:
    with pytest.raises(Malformed) as raised:
        require_object({"entry": 1, "Jane Doe": 3}, keys=("entry",), what="a file")

    assert "Jane" not in str(raised.value)


@pytest.mark.parametrize("value", [True, False, -1, 2**63, "1", None, [1]])
def test_what_is_no_number_from_0_is_refused(value: object) -> None:
    with pytest.raises(Malformed):
        require_number(value, what="index")


@pytest.mark.parametrize("value", [0, 2**63 - 1])
def test_the_smallest_and_the_largest_number_are_read(value: int) -> None:
    assert require_number(value, what="index") == value


def test_a_list_has_its_most_items_and_no_more() -> None:
    assert require_list([1, 2], most=2, what="path") == [1, 2]
    for value in ([1, 2, 3], (1,), "12", None):
        with pytest.raises(Malformed):
            require_list(value, most=2, what="path")


@pytest.mark.parametrize("value", [1, None, b"a", ["a"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(Malformed):
        require_text(value, what="name")
