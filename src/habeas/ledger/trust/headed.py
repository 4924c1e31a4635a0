"""What proof files and requests to witnesses share: a head of lines, an empty line, then a checkpoint word for word."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.errors import Malformed
from habeas.ledger.notes.encoding import decode_hash, encode_base64
from habeas.ledger.notes.note import MAX_NOTE_BYTES
from habeas.ledger.tree.hashing import require_hash

MAX_PATH = 63
"""Hashes in a proof: the largest tree that the formats can name needs no more (C2SP tlog-witness, add-checkpoint)."""


def split_head(raw: bytes, *, limit: int, what: str) -> tuple[list[str], bytes]:
    """The lines before the first empty line, and the checkpoint after it, untouched.

    Raises:
        Malformed: more than `limit` bytes, no empty line, nothing after it, or a head that isn't ASCII.
    """
    if len(raw) > limit:
        raise Malformed(f"expected a {what} of at most {limit} bytes; got {len(raw)}: is this the right file?")
    head, blank, checkpoint = raw.partition(b"\n\n")
    if not blank or not checkpoint:
        raise Malformed(f"expected a {what}: its lines, an empty line, a signed checkpoint; no checkpoint came: is the file whole?")
    if not head.isascii():
        raise Malformed(f"expected ASCII before the checkpoint of a {what}; got other bytes: is this the right file?")
    return head.decode("ascii").split("\n"), checkpoint


def hash_lines(lines: Sequence[str], *, what: str) -> tuple[bytes, ...]:
    """Hashes written one a line in base64.

    Raises:
        Malformed: more than `MAX_PATH` lines, or a line that isn't 32 bytes in canonical base64.
    """
    refuse_long(len(lines), what=what)
    return tuple(decode_hash(line) for line in lines)


def write_hash_lines(path: Sequence[bytes]) -> str:
    """The reverse of `hash_lines`; empty for no hashes."""
    return "".join(f"{encode_base64(each)}\n" for each in path)


def require_path(path: Sequence[bytes], *, what: str) -> None:
    """Refuse what can't be a proof.

    Raises:
        Malformed: more than `MAX_PATH` hashes, or one that isn't 32 bytes long.
    """
    refuse_long(len(path), what=what)
    for each in path:
        require_hash(each, what=what)


def require_checkpoint_bytes(checkpoint: bytes) -> None:
    """Refuse bytes that can't be a signed checkpoint, without reading them as one.

    Raises:
        Malformed: nothing, more than a note may have, not UTF-8, or a last line without its end.
    """
    if not 0 < len(checkpoint) <= MAX_NOTE_BYTES:
        raise Malformed(f"expected a signed checkpoint of 1 to {MAX_NOTE_BYTES} bytes; got {len(checkpoint)}: is this the right file?")
    if not checkpoint.endswith(b"\n"):
        raise Malformed("expected a signed checkpoint whose last line ends with a line feed; it doesn't: is the file whole?")
    try:
        checkpoint.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"expected a signed checkpoint in UTF-8; byte {error.start} is not: is the file whole?") from error


def refuse_long(hashes: int, *, what: str) -> None:
    """Refuse more hashes than any proof can have.

    Raises:
        Malformed: more than `MAX_PATH`.
    """
    if hashes > MAX_PATH:
        raise Malformed(f"expected at most {MAX_PATH} hashes in a {what}; got {hashes}: is this the right file?")
