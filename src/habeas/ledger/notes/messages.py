"""The exact bytes that a signature under a checkpoint covers, per algorithm (C2SP signed-note; C2SP tlog-cosignature)."""

from __future__ import annotations

from habeas.errors import Malformed
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.encoding import MOST
from habeas.ledger.notes.keys import Algorithm, VerifierKey

TIME_BYTES = 8
COSIGNATURE_HEADER = b"cosignature/v1\n"
SUBTREE_LABEL = b"subtree/v1\n\0"
MAX_NAME_BYTES = 255
"""The longest cosigner name or origin that an ML-DSA-44 signature can cover: their length is one byte."""


def signed_message(*, key: VerifierKey, checkpoint: Checkpoint, at: int) -> bytes:
    """What the holder of `key` signs to stand by `checkpoint` at `at`, in Unix seconds.

    An Ed25519 signature as a log makes it (0x01) says no time; `at` then counts for nothing. ML-DSA-44 (0x06) covers no extension
    lines; with time 0 it says that the tree is consistent, not that it is the latest.

    Raises:
        Malformed: a time that isn't from 0 to 2**63 - 1, or a name or origin longer than `MAX_NAME_BYTES` under ML-DSA-44.
    """
    if key.algorithm is Algorithm.ED25519:
        return checkpoint.text().encode("utf-8")
    refuse_bad_time(at)
    if key.algorithm is Algorithm.COSIGNATURE_V1:
        return COSIGNATURE_HEADER + f"time {at}\n{checkpoint.text()}".encode()
    return _subtree_message(name=key.name, checkpoint=checkpoint, at=at)


def _subtree_message(*, name: str, checkpoint: Checkpoint, at: int) -> bytes:
    """`cosigned_message` of C2SP tlog-cosignature, for the subtree that is the whole tree: it starts at entry 0."""
    start, end = _number(0), _number(checkpoint.size)
    return SUBTREE_LABEL + _counted(name) + _number(at) + _counted(checkpoint.origin) + start + end + checkpoint.root


def _counted(text: str) -> bytes:
    raw = text.encode("utf-8")
    if len(raw) > MAX_NAME_BYTES:
        expected = f"a key name and an origin of at most {MAX_NAME_BYTES} bytes under ML-DSA-44"
        raise Malformed(f"expected {expected}; got {len(raw)}: choose a shorter one, or sign with Ed25519 alone")
    return bytes([len(raw)]) + raw


def _number(value: int) -> bytes:
    return value.to_bytes(TIME_BYTES, "big")


def with_time(*, key: VerifierKey, at: int, signature: bytes) -> bytes:
    """A signature as its line holds it: with the time before it, where the algorithm has one."""
    return _number(at) + signature if key.algorithm.timed else signature


def time_and_signature(*, key: VerifierKey, value: bytes) -> tuple[int, bytes]:
    """The time and the bare signature that a line holds; the time is 0 where the algorithm has none.

    Raises:
        Malformed: too short to be a signature of this algorithm or too long, or a time beyond 2**63 - 1.
    """
    time, signature = (value[:TIME_BYTES], value[TIME_BYTES:]) if key.algorithm.timed else (b"", value)
    if len(signature) != key.algorithm.signature_bytes:
        expected = len(with_time(key=key, at=0, signature=bytes(key.algorithm.signature_bytes)))
        raise Malformed(f"expected a signature of {expected} bytes for {key.algorithm.name}; got {len(value)}: copy the note again")
    at = int.from_bytes(time, "big")
    refuse_bad_time(at)
    return at, signature


def refuse_bad_time(at: int) -> None:
    """See that a time can be signed.

    Raises:
        Malformed: before 1970, or beyond what a signed 64-bit number holds.
    """
    if not 0 <= at <= MOST:
        raise Malformed(f"expected a time of 0 to {MOST} seconds since 1970; got another: set the clock")
