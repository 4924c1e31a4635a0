from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import Field, Opening, commit_from, random_bytes_needed
from habeas.ledger.fields.payload import encode_openings, parse_openings


def openings(count: int) -> tuple[Opening, ...]:
    fields = [Field(group="person", name=f"f{number}", value=b"x" * number) for number in range(count)]
    return commit_from(fields, randomness=bytes(random_bytes_needed(count))).openings


@pytest.mark.parametrize("count", [0, 1, 2, 33])
def test_what_is_encoded_is_read_back(count: int) -> None:
    assert parse_openings(encode_openings(openings(count))) == openings(count)


def test_the_layout_is_as_documented() -> None:
    opening = openings(1)[0]

    expected = b"habeas/openings/v1\0" + b"\x00\x06person" + b"\x00\x02f0" + bytes(4) + bytes(32) + bytes(4) + b"\x00\x00\x00\x20"
    assert encode_openings([opening]) == expected + b"".join(opening.path)


def test_bytes_that_end_too_early_are_malformed() -> None:
    whole = encode_openings(openings(2))
    one = len(encode_openings(openings(1)))

    for length in range(len(whole)):
        if length not in {19, one}:  # where an opening ends, as an empty list or a list of one
            with pytest.raises(Malformed, match="end within an opening" if length >= 19 else "begin with"):
                parse_openings(whole[:length])


@pytest.mark.parametrize("more", [b"\0", b"\x00\x06person", bytes(300)])
def test_bytes_that_go_on_are_malformed(more: bytes) -> None:
    with pytest.raises(Malformed):
        parse_openings(encode_openings(openings(1)) + more)


@pytest.mark.parametrize("raw", [b"", b"habeas/openings/v2\0", b"habeas/openings/v1\0" + b"\x00\x01\xff" * 3])
def test_other_bytes_are_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_openings(raw)


@given(st.binary(max_size=600))
@example(b"\x00\x06person\x00\x01f\xff\xff\xff\xff")
@example(b"\x00\x06person\x00\x01f" + bytes(4) + bytes(32) + bytes(4) + b"\xff\xff\xff\xff")
def test_any_bytes_are_openings_or_malformed(content: bytes) -> None:
    with suppress(Malformed):
        raw = b"habeas/openings/v1\0" + content
        assert encode_openings(parse_openings(raw)) == raw
