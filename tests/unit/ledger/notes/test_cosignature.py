"""Who signed a checkpoint: known keys must hold, others are passed over, and nobody counts twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import (
    Verified,
    add_signatures,
    cosign,
    open_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_note,
)
from habeas.ledger.notes.keys import Algorithm, VerifierKey, parse_vkey
from habeas.ledger.notes.note import MAX_SIGNATURES, Note, NoteSignature, parse_note
from ledgers import tlog_vectors
from ledgers.tlog_vectors import AT, LOG300, LOG_NAME, SeedSigner, signer

LOG, WITNESS, PQ_WITNESS = tlog_vectors.log_signer(), tlog_vectors.witness_signer(), tlog_vectors.pq_witness_signer()
PQ_LOG = signer(LOG_NAME, "demo log pq key", Algorithm.ML_DSA_44)
KEYS = [LOG.key, WITNESS.key, PQ_WITNESS.key]
CHECKPOINT = Checkpoint(origin=LOG_NAME, size=15, root=b"\x11" * 32)
SIGNED = sign_checkpoint(CHECKPOINT, [LOG], at=AT)


def cosigned(*lines: NoteSignature) -> Note:
    return add_signatures(SIGNED, lines)


def test_the_lines_of_the_vectors_are_made_byte_for_byte() -> None:
    vectors = tlog_vectors.vectors()
    note = sign_checkpoint(parse_checkpoint(vectors["body"]), [LOG], at=AT)

    assert note.signatures[0].line() == vectors["log_sig_line"]
    assert cosign(note, WITNESS, at=AT).line() == vectors["cosig_line"]


@pytest.mark.parametrize(("file", "size"), [("checkpoint", 300), ("checkpoint.old", 200)])
def test_the_vectors_verify_and_are_made_again_byte_for_byte(file: str, size: int) -> None:
    raw = (LOG300 / file).read_bytes()
    checkpoint, note, verified = open_checkpoint(raw, KEYS)
    again = sign_checkpoint(checkpoint, [LOG], at=AT)
    again = add_signatures(again, [cosign(again, WITNESS, at=AT), note.signatures[2]])  # ML-DSA signs with chance

    assert (checkpoint.origin, checkpoint.size) == (LOG_NAME, size)
    assert verified == tuple(Verified(key=key, at=at) for key, at in zip(KEYS, (None, AT, AT), strict=True))
    assert again.encode() == raw


def test_the_cosignatures_of_another_log_s_witnesses_verify(shared_data: Path) -> None:
    folder = shared_data / "tlog" / "sunlight_witness"
    for checkpoint, about in (("mirror/checkpoint", "mirror.v0.json"), ("witness_checkpoint", "witness.v0.json")):
        keys = [parse_vkey(key) for key in json.loads((folder / about).read_text(encoding="utf-8"))["verifier_keys"]]
        found, _, verified = open_checkpoint((folder / checkpoint).read_bytes(), keys)

        assert (found.origin, found.size) == ("rome2026h1.example.org", 300)
        assert verified == (Verified(key=keys[0], at=1767139200),)


@pytest.mark.parametrize("who", [LOG, WITNESS, PQ_WITNESS], ids=["0x01", "0x04", "0x06"])
def test_what_is_signed_verifies(who: SeedSigner) -> None:
    note = Note(text=CHECKPOINT.text(), signatures=(cosign(SIGNED, who, at=AT),))

    assert [one.key for one in verify_note(parse_note(note.encode()), KEYS)] == [who.key]


def test_a_log_signs_with_all_its_keys_under_its_own_name() -> None:
    note = sign_checkpoint(CHECKPOINT, [LOG, PQ_LOG], at=AT)
    expected = (Verified(key=LOG.key, at=None), Verified(key=PQ_LOG.key, at=AT))

    assert [line.name for line in note.signatures] == [LOG_NAME, LOG_NAME]
    assert open_checkpoint(note.encode(), [PQ_LOG.key, LOG.key])[2] == expected


@pytest.mark.parametrize("signers", [[], [WITNESS], [LOG, WITNESS]])
def test_a_log_signs_with_nobody_else_s_key_and_not_without_one(signers: list[SeedSigner]) -> None:
    with pytest.raises(Malformed):
        sign_checkpoint(CHECKPOINT, signers, at=AT)


def test_a_signer_that_signs_with_another_key_is_found_out() -> None:
    mixed_up = SeedSigner(key=LOG.key, private=WITNESS.private)

    with pytest.raises(ProofFailed, match="the signer made another"):
        sign_checkpoint(CHECKPOINT, [mixed_up], at=AT)


def test_unknown_keys_are_passed_over() -> None:
    note = cosigned(cosign(SIGNED, WITNESS, at=AT))

    assert verify_note(note, [LOG.key]) == (Verified(key=LOG.key, at=None),)
    assert verify_note(note, []) == ()


def test_a_line_that_shares_only_name_or_only_id_with_a_known_key_is_passed_over() -> None:
    line = SIGNED.signatures[0]
    note = cosigned(replace(line, name="other.example", value=bytes(64)), replace(line, key_id=bytes(4), value=bytes(64)))

    assert verify_note(note, [LOG.key]) == (Verified(key=LOG.key, at=None),)


@pytest.mark.parametrize("who", [LOG, WITNESS, PQ_WITNESS], ids=["0x01", "0x04", "0x06"])
def test_a_known_key_whose_signature_fails_spoils_the_whole_note(who: SeedSigner) -> None:
    line = cosign(SIGNED, who, at=AT)
    flipped = replace(line, value=line.value[:-1] + bytes([line.value[-1] ^ 1]))
    note = cosigned(flipped, *(cosign(SIGNED, other, at=AT) for other in (WITNESS, PQ_WITNESS)))

    with pytest.raises(ProofFailed, match=who.key.name):
        verify_note(note, KEYS)


@pytest.mark.parametrize("who", [WITNESS, PQ_WITNESS], ids=["0x04", "0x06"])
def test_a_time_that_was_altered_spoils_the_signature(who: SeedSigner) -> None:
    line = cosign(SIGNED, who, at=AT)
    later = replace(line, value=(AT + 1).to_bytes(8, "big") + line.value[8:])

    with pytest.raises(ProofFailed):
        verify_note(cosigned(later), KEYS)


@pytest.mark.parametrize("value", [bytes(64), bytes(71), bytes(73), b"\x80" + bytes(71), b"\xff" * 72])
def test_a_known_key_s_line_that_can_be_no_signature_spoils_the_note(value: bytes) -> None:
    with pytest.raises(ProofFailed, match=WITNESS.key.name):
        verify_note(cosigned(replace(cosign(SIGNED, WITNESS, at=AT), value=value)), KEYS)


def test_a_cosignature_over_what_is_no_checkpoint_does_not_hold() -> None:
    line = cosign(SIGNED, WITNESS, at=AT)
    note = Note(text="no checkpoint\n", signatures=(line,))

    with pytest.raises(ProofFailed, match=WITNESS.key.name):
        verify_note(note, KEYS)
    with pytest.raises(Malformed):
        cosign(note, WITNESS, at=AT)


def test_a_signature_moved_to_another_checkpoint_does_not_hold() -> None:
    other = replace(CHECKPOINT, size=16)
    for who in (LOG, WITNESS, PQ_WITNESS):
        with pytest.raises(ProofFailed):
            verify_note(Note(text=other.text(), signatures=(cosign(SIGNED, who, at=AT),)), KEYS)


def test_an_ml_dsa_cosignature_is_bound_to_the_witness_s_name() -> None:
    alias = VerifierKey(name="alias.example", algorithm=Algorithm.ML_DSA_44, public=PQ_WITNESS.key.public)
    line = replace(cosign(SIGNED, PQ_WITNESS, at=AT), name=alias.name, key_id=alias.key_id)

    with pytest.raises(ProofFailed):
        verify_note(cosigned(line), [alias])


@pytest.mark.parametrize(("times", "at"), [((20, 10, 30), 10), ((10, 20), 10), ((20, 20), 20)])
@pytest.mark.parametrize("who", [WITNESS, PQ_WITNESS], ids=["0x04", "0x06"])
def test_a_key_counts_once_with_its_earliest_time(who: SeedSigner, times: tuple[int, ...], at: int) -> None:
    note = cosigned(*(cosign(SIGNED, who, at=time) for time in times))

    assert verify_note(note, [who.key]) == (Verified(key=who.key, at=at),)


def test_every_line_of_a_key_must_hold() -> None:
    good = cosign(SIGNED, WITNESS, at=AT)
    bad = replace(good, value=good.value[:-1] + bytes([good.value[-1] ^ 1]))
    for lines in ((good, bad), (bad, good)):
        with pytest.raises(ProofFailed):
            verify_note(cosigned(*lines), [WITNESS.key])


def test_time_0_says_no_time_under_ml_dsa_and_the_year_1970_under_ed25519() -> None:
    note = cosigned(cosign(SIGNED, WITNESS, at=0), cosign(SIGNED, PQ_WITNESS, at=0))

    assert [one.at for one in verify_note(note, [WITNESS.key, PQ_WITNESS.key])] == [0, None]


@pytest.mark.parametrize("times", [(0, AT), (AT, 0)])
def test_a_said_time_counts_more_than_one_left_open(times: tuple[int, int]) -> None:
    note = cosigned(*(cosign(SIGNED, PQ_WITNESS, at=at) for at in times))

    assert verify_note(note, [PQ_WITNESS.key]) == (Verified(key=PQ_WITNESS.key, at=AT),)


def test_the_largest_time_is_read_and_a_larger_one_cannot_be_signed() -> None:
    assert verify_note(cosigned(cosign(SIGNED, WITNESS, at=2**63 - 1)), [WITNESS.key])[0].at == 2**63 - 1
    with pytest.raises(Malformed, match="set the clock"):
        cosign(SIGNED, WITNESS, at=2**63)


def test_a_key_given_twice_counts_once() -> None:
    assert verify_note(SIGNED, [LOG.key, LOG.key]) == (Verified(key=LOG.key, at=None),)


def test_two_keys_with_one_name_and_id_are_refused() -> None:
    # found by counting i up from 0 until SHA-256("i") gives two Ed25519 keys of one key ID under the name "collision"
    first, second = (signer("collision", words).key for words in COLLISION)

    assert first.key_id == second.key_id
    with pytest.raises(Malformed, match="two for collision"):
        verify_note(SIGNED, [first, second])


COLLISION = ("9573", "10531")


def test_a_checkpoint_that_no_trusted_key_signed_is_refused() -> None:
    for keys in ([], [WITNESS.key]):
        with pytest.raises(ProofFailed, match="there is none"):
            open_checkpoint(SIGNED.encode(), keys)


def test_extension_lines_count_only_under_a_signature_that_covers_them() -> None:
    longer = replace(CHECKPOINT, extensions=("more",))
    both = sign_checkpoint(longer, [LOG, PQ_LOG], at=AT)
    slipped_in = replace(sign_checkpoint(CHECKPOINT, [PQ_LOG], at=AT), text=longer.text())

    assert verify_checkpoint(both, [LOG.key, PQ_LOG.key])
    for note in (both, slipped_in):
        with pytest.raises(ProofFailed, match="extension lines"):
            verify_checkpoint(note, [PQ_LOG.key])


def test_lines_that_are_there_are_not_repeated() -> None:
    line = cosign(SIGNED, WITNESS, at=AT)

    assert add_signatures(SIGNED, [*SIGNED.signatures, line, line]).signatures == (*SIGNED.signatures, line)


def test_more_lines_than_a_note_may_have_are_refused() -> None:
    line = SIGNED.signatures[0]

    with pytest.raises(Malformed, match="signatures"):
        add_signatures(SIGNED, [replace(line, name=f"n{i}") for i in range(MAX_SIGNATURES)])


def test_every_flipped_bit_of_a_signed_checkpoint_is_refused() -> None:
    raw = SIGNED.encode()
    passed = []
    for bit in range(8 * len(raw)):
        altered = bytearray(raw)
        altered[bit // 8] ^= 1 << bit % 8
        try:
            open_checkpoint(bytes(altered), [LOG.key])
        except (Malformed, ProofFailed):
            continue
        passed.append(bit)

    assert passed == []
