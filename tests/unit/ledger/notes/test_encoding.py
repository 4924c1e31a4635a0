"""One spelling only: what Python's own readers would let pass is refused."""

from __future__ import annotations

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.encoding import decimal, decode_base64, decode_hash, decode_text, encode_base64, split_lines

# RFC 4648, section 10
RFC_4648 = [
    (b"", ""),
    (b"f", "Zg=="),
    (b"fo", "Zm8="),
    (b"foo", "Zm9v"),
    (b"foob", "Zm9vYg=="),
    (b"fooba", "Zm9vYmE="),
    (b"foobar", "Zm9vYmFy"),
]


@pytest.mark.parametrize(("raw", "text"), RFC_4648)
def test_base64_is_read_and_written_as_the_rfc_shows(raw: bytes, text: str) -> None:
    assert encode_base64(raw) == text
    assert decode_base64(text) == raw


@pytest.mark.parametrize(
    "text",
    [
        "Zh==",  # the same byte as Zg==, with a bit set in the padding
        "Zm9=",  # the same bytes as Zm8=
        "Zg=",  # padding missing
        "Zg",  # all padding missing
        "Zg===",
        "Zm9v====",
        "=",
        "Zm9v\n",
        " Zm9v",
        "Zm 9v",
        "Zm9v\r\n",
        "Zm-_",  # the alphabet for URLs
        "Zm9v\u00a0",
        "Ｚm9v",  # a full-width letter
        "Zg==Zg==",
        "\ud800",
    ],
)
def test_base64_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        decode_base64(text)


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_hash_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(Malformed, match=f"of 32 bytes; got {size}:"):
        decode_hash(encode_base64(bytes(size)))


def test_a_hash_of_32_bytes_is_read() -> None:
    assert decode_hash("A" * 43 + "=") == bytes(32)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("15", 15), ("20852163", 20852163), ("9223372036854775807", 2**63 - 1)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert decimal(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "015",
        "00",
        "-0",
        "+15",
        "-15",
        "1_5",
        " 15",
        "15 ",
        "15\n",
        "1.5",
        "1e3",
        "0x10",
        "\u0661\u0665",  # Arabic-Indic digits one and five
        "\uff11\uff15",  # full-width digits
        "1\u0665",
        "\u00b2",  # superscript two, a digit to str.isdigit
        "9223372036854775808",
        "99999999999999999999",
        "1" * 5000,  # longer than Python's int would read
    ],
)
def test_a_number_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        decimal(text)


def test_only_a_line_feed_ends_a_line() -> None:
    assert split_lines("a\x85b\u2028c\u2029d\x0be\r\n\nf\n") == ("a\x85b\u2028c\u2029d\x0be\r", "", "f")


def test_no_text_has_no_lines() -> None:
    assert split_lines("") == ()


def test_a_last_line_that_is_not_ended_is_refused() -> None:
    with pytest.raises(Malformed, match="is the file whole"):
        split_lines("a\nb")


# overlong slash, a surrogate, beyond U+10FFFF, a cut sequence (RFC 3629, sections 3 and 10)
@pytest.mark.parametrize("raw", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"a\xe2\x80"])
def test_bytes_that_are_not_utf_8_are_refused(raw: bytes) -> None:
    with pytest.raises(Malformed, match="UTF-8"):
        decode_text(raw)
