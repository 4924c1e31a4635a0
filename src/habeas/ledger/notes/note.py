"""Signed notes: a text and the signatures of those who stand by it (C2SP signed-note).

This layer reads and writes the form only. Whether a signature holds is `cosignature.py`'s to say; until it has, the text is
nobody's word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.ledger.notes.encoding import decode_base64, decode_text, encode_base64, split_lines
from habeas.ledger.notes.keys import KEY_ID_BYTES, refuse_bad_name, refuse_unwritable

MAX_SIGNATURES = 64
"""The most signatures in a note; the specification asks for at least 16."""
MAX_NOTE_BYTES = 512 * 1024
"""The largest note: room for 64 ML-DSA-44 signatures and a long text."""

_SIGNATURE_LINE = re.compile(r"\u2014 ([^ ]+) ([^ ]+)")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_LINE_FORM = "em dash, space, key name, space, Base 64"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    """One signature line: who says to have signed, with which key, and the signature as its algorithm writes it.

    Raises:
        Malformed: a name that no key can have, a key ID of other than four bytes, or an empty signature.
    """

    name: str
    key_id: bytes
    value: bytes

    def __post_init__(self) -> None:
        refuse_bad_name(self.name)
        if len(self.key_id) != KEY_ID_BYTES or not self.value:
            found = f"{len(self.key_id) + len(self.value)} bytes"
            raise Malformed(f"expected a signature of a key ID of {KEY_ID_BYTES} bytes and more; got {found}: copy it again")

    def line(self) -> str:
        """The line as it stands in a note, with its line feed."""
        return f"\u2014 {self.name} {encode_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text, which ends with a line feed, and one or more signatures, in the order of their lines.

    Raises:
        Malformed: the text isn't ended or has control characters; no signature or more than `MAX_SIGNATURES`; larger than
            `MAX_NOTE_BYTES`.
    """

    text: str
    signatures: tuple[NoteSignature, ...]

    def __post_init__(self) -> None:
        if not self.text.endswith("\n") or _CONTROL.search(self.text) is not None:
            raise Malformed("expected a text of lines without control characters, each ended by a line feed; got other text: mend it")
        refuse_unwritable(self.text)
        if not 1 <= len(self.signatures) <= MAX_SIGNATURES:
            raise Malformed(f"expected 1 to {MAX_SIGNATURES} signatures; got {len(self.signatures)}: leave out those nobody needs")
        _refuse_large(len(self.encode()))

    def encode(self) -> bytes:
        """The note as a file holds it: text, empty line, signature lines."""
        return (self.text + "\n" + "".join(signature.line() for signature in self.signatures)).encode("utf-8")


def parse_note(raw: bytes) -> Note:
    """The note that a file holds; `encode` gives the same bytes back.

    The last empty line parts the text from the signatures, so that the text may have empty lines of its own.

    Raises:
        Malformed: other bytes.
    """
    _refuse_large(len(raw))
    text, blank, lines = decode_text(raw).rpartition("\n\n")
    if not blank:
        raise Malformed("expected a signed note: a text, an empty line, signature lines; there is no empty line: is this the right file?")
    return Note(text=text + "\n", signatures=parse_signature_lines(lines))


def parse_signature_lines(text: str) -> tuple[NoteSignature, ...]:
    """Signature lines alone, as a witness answers with; none give none.

    Raises:
        Malformed: a line of another form, or more than `MAX_SIGNATURES`.
    """
    lines = split_lines(text)
    if len(lines) > MAX_SIGNATURES:
        raise Malformed(f"expected at most {MAX_SIGNATURES} signature lines; got {len(lines)}: leave out those nobody needs")
    return tuple(_signature(line) for line in lines)


def _signature(line: str) -> NoteSignature:
    parts = _SIGNATURE_LINE.fullmatch(line)
    if parts is None:
        raise Malformed(f"expected a signature line ({_LINE_FORM}); got {len(line)} characters that aren't one: copy the note again")
    raw = decode_base64(parts[2])
    return NoteSignature(name=parts[1], key_id=raw[:KEY_ID_BYTES], value=raw[KEY_ID_BYTES:])


def _refuse_large(size: int) -> None:
    if size > MAX_NOTE_BYTES:
        raise Malformed(f"expected a note of at most {MAX_NOTE_BYTES} bytes; got {size}: leave out signatures nobody needs")
