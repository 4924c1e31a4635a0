"""The small encodings that every text format of the ledger is made of, each with one spelling only.

What could be written in two ways can be altered without a signature noticing; so the second way is refused.
"""

from __future__ import annotations

import base64
import binascii
import re

from habeas.errors import Malformed
from habeas.ledger.tree.hashing import HASH_BYTES

MOST = 2**63 - 1
"""The largest index, size or time that is accepted: what every language can hold in a signed 64-bit number."""

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def encode_base64(raw: bytes) -> str:
    """Bytes as standard Base 64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(raw).decode("ascii")


def decode_base64(text: str) -> bytes:
    """The bytes that `text` stands for; the empty text stands for none.

    Raises:
        Malformed: not Base 64, or not as `encode_base64` would write it: padding left out, bits set in the padding, white space.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(f"expected standard Base 64; got {len(text)} characters that aren't: copy the original again") from error
    if encode_base64(raw) != text:
        raise Malformed("expected Base 64 as an encoder writes it; the bits behind its last byte aren't zero: copy the original again")
    return raw


def decode_hash(text: str) -> bytes:
    """The SHA-256 hash, 32 bytes, that a line of Base 64 stands for.

    Raises:
        Malformed: not Base 64, or not of 32 bytes.
    """
    raw = decode_base64(text)
    if len(raw) != HASH_BYTES:
        raise Malformed(f"expected a hash of {HASH_BYTES} bytes; got {len(raw)}: copy the original again")
    return raw


def decimal(text: str) -> int:
    """A size, index or time: ASCII digits, no sign, no leading zero, below 2**63.

    Raises:
        Malformed: anything else that Python's `int` would read: `015`, `+15`, `1_5`, ` 15`, digits of other scripts.
    """
    if _DECIMAL.fullmatch(text) is None or (number := int(text)) > MOST:
        expected = f"a number from 0 to {MOST} in ASCII digits without sign, spaces or leading zeros"
        raise Malformed(f"expected {expected}; got {len(text)} characters that aren't one: write it in this form")
    return number


def decode_text(raw: bytes) -> str:
    """The text of a file in UTF-8.

    Raises:
        Malformed: not UTF-8.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"expected text in UTF-8; byte {error.start} is not: is this the right file?") from error


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each ended by a line feed and by nothing else: U+0085 or U+2028 end no line here.

    Raises:
        Malformed: the last line isn't ended, so that something may be missing.
    """
    if text and not text.endswith("\n"):
        raise Malformed("expected every line to end with a line feed; the last one doesn't: is the file whole?")
    return tuple(text.split("\n")[:-1])
