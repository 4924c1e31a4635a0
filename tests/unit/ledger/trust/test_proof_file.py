"""Proof files: one value, one file; whatever else is refused."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.note import parse_note
from habeas.ledger.trust.headed import MAX_PATH
from habeas.ledger.trust.proof_file import HEADER, MAX_EXTRA_BYTES, MAX_PROOF_BYTES, TlogProof, parse_proof
from ledgers import small_logs
from ledgers.tlog_vectors import LOG300

HASH = "8lsVR4ST0h6ZcuBYcUUNYnf0/+CsLnZL6Ihs8B8ElD4="
CHECKPOINT = b"any\n"


def test_the_vector_is_read_and_written_byte_for_byte() -> None:
    raw = (LOG300 / "entry.tlog-proof").read_bytes()
    proof = parse_proof(raw)

    assert (proof.index, proof.extra, len(proof.path)) == (100, b"opaque", 9)
    assert proof.checkpoint == (LOG300 / "checkpoint").read_bytes()
    assert proof.encode() == raw


def test_the_example_of_the_specification_is_read_and_written_byte_for_byte(shared_data: Path) -> None:
    """Its signatures are cut short with [...]: a proof file can be read, but the checkpoint in it can't."""
    raw = (shared_data / "tlog" / "c2sp_examples" / "tlog-proof" / "fancylog-elided.txt").read_bytes()
    proof = parse_proof(raw)

    assert (proof.index, len(proof.path), proof.extra) == (73894, 5, base64.b64decode(raw.split(b"\n")[1].removeprefix(b"extra ")))
    assert proof.checkpoint.startswith(b"example.com/fancylog\n109482\n")
    assert proof.encode() == raw
    with pytest.raises(Malformed):
        parse_note(proof.checkpoint)


def test_the_only_entry_of_a_log_has_a_proof_without_hashes() -> None:
    proof = small_logs.proof(0, 1)

    assert proof.path == ()
    assert proof.encode().startswith(f"{HEADER}\nindex 0\n\n{small_logs.LOG_NAME}\n1\n".encode())
    assert parse_proof(proof.encode()) == proof


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("c2sp.org/tlog-proof@v2\nindex 0", "first line"),
        (f" {HEADER}\nindex 0", "first line"),
        (f"{HEADER}\r\nindex 0\r", "first line"),
        (HEADER, "index N"),
        (f"{HEADER}\nextra b3BhcXVl", "index N"),
        (f"{HEADER}\nindex 0\nextra b3BhcXVl", "Base 64"),
        (f"{HEADER}\nextra \nindex 0", "`extra` of 1 to"),
        (f"{HEADER}\nextra b3BhcXVl\nextra b3BhcXVl\nindex 0", "index N"),
        (f"{HEADER}\nextra b3BhcXV=\nindex 0", "zero"),
        (f"{HEADER}\nINDEX 0", "index N"),
        (f"{HEADER}\nindex  0", "a number from 0"),
        (f"{HEADER}\nindex 015", "a number from 0"),
        (f"{HEADER}\nindex +15", "a number from 0"),
        (f"{HEADER}\nindex -1", "a number from 0"),
        (f"{HEADER}\nindex 1_5", "a number from 0"),
        (f"{HEADER}\nindex ١٥", "ASCII"),
        (f"{HEADER}\nindex {2**63}", "a number from 0"),
        (f"{HEADER}\nindex 0\n{HASH[:-1]}", "Base 64"),
        (f"{HEADER}\nindex 0\n{HASH[:-2]}5=", "zero"),
        (f"{HEADER}\nindex 0\n{HASH} ", "Base 64"),
        (f"{HEADER}\nindex 0\nAAAA", "32 bytes"),
        (f"{HEADER}\nindex 0" + f"\n{HASH}" * (MAX_PATH + 1), "at most 63"),
    ],
)
def test_a_head_written_otherwise_is_refused(head: str, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        parse_proof(head.encode() + b"\n\n" + CHECKPOINT)


@pytest.mark.parametrize(
    "raw",
    [b"", b"\n\n", HEADER.encode(), f"{HEADER}\nindex 0\n".encode(), f"{HEADER}\nindex 0\n\n".encode(), b"\xff\n\nany\n"],
)
def test_what_has_no_two_parts_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_proof(raw)


@pytest.mark.parametrize("checkpoint", [b"cut off", b"\xff\n"])
def test_what_can_be_no_signed_text_is_refused(checkpoint: bytes) -> None:
    with pytest.raises(Malformed, match="signed checkpoint"):
        parse_proof(f"{HEADER}\nindex 0\n\n".encode() + checkpoint)


def test_a_file_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(Malformed, match="at most 1048576 bytes"):
        parse_proof(bytes(MAX_PROOF_BYTES + 1))


def test_the_longest_path_and_extra_are_read() -> None:
    proof = TlogProof(index=2**63 - 1, path=(b"\x01" * 32,) * MAX_PATH, checkpoint=CHECKPOINT, extra=bytes(MAX_EXTRA_BYTES))

    assert parse_proof(proof.encode()) == proof


@pytest.mark.parametrize(
    "changes",
    [
        {"index": -1},
        {"index": 2**63},
        {"index": True},
        {"path": (b"\x01" * 31,)},
        {"path": (b"\x01" * 32,) * (MAX_PATH + 1)},
        {"checkpoint": b""},
        {"checkpoint": b"\n" * (512 * 1024 + 1)},
        {"extra": b""},
        {"extra": bytes(MAX_EXTRA_BYTES + 1)},
    ],
)
def test_nonsense_makes_no_proof(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        replace(small_logs.proof(0, 1), **changes)
