"""The signed bytes, against those that Go's x/mod, Node's WebCrypto and noble's ML-DSA verified signatures over."""

from __future__ import annotations

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.keys import Algorithm, VerifierKey
from habeas.ledger.notes.messages import signed_message, time_and_signature, with_time
from ledgers import tlog_vectors
from ledgers.tlog_vectors import AT

VECTORS = tlog_vectors.vectors()
CHECKPOINT = parse_checkpoint(VECTORS["body"])
LOG, WITNESS, PQ_WITNESS = (one().key for one in (tlog_vectors.log_signer, tlog_vectors.witness_signer, tlog_vectors.pq_witness_signer))


def test_a_log_signs_the_text() -> None:
    assert signed_message(key=LOG, checkpoint=CHECKPOINT, at=AT) == VECTORS["body"].encode()


def test_a_witness_signs_time_and_text() -> None:
    assert signed_message(key=WITNESS, checkpoint=CHECKPOINT, at=AT) == VECTORS["cosigned_v1_message"].encode()


def test_ml_dsa_signs_name_time_origin_size_and_root() -> None:
    assert signed_message(key=PQ_WITNESS, checkpoint=CHECKPOINT, at=AT).hex() == VECTORS["cosigned_message_mldsa_hex"]


def test_ml_dsa_leaves_extension_lines_out_and_the_others_take_them_in() -> None:
    longer = Checkpoint(origin=CHECKPOINT.origin, size=CHECKPOINT.size, root=CHECKPOINT.root, extensions=("more",))
    same = [signed_message(key=key, checkpoint=longer, at=AT) == signed_message(key=key, checkpoint=CHECKPOINT, at=AT) for key in KEYS]

    assert same == [False, False, True]


KEYS = [LOG, WITNESS, PQ_WITNESS]


@pytest.mark.parametrize("key", [WITNESS, PQ_WITNESS], ids=["0x04", "0x06"])
@pytest.mark.parametrize("at", [-1, 2**63])
def test_a_time_that_cannot_be_signed_is_refused(key: VerifierKey, at: int) -> None:
    with pytest.raises(Malformed, match="set the clock"):
        signed_message(key=key, checkpoint=CHECKPOINT, at=at)


def test_time_0_is_written_as_a_single_zero() -> None:
    assert signed_message(key=WITNESS, checkpoint=CHECKPOINT, at=0).startswith(b"cosignature/v1\ntime 0\n")


@pytest.mark.parametrize(("length", "fits"), [(255, True), (256, False)])
def test_ml_dsa_covers_names_and_origins_of_up_to_255_bytes(length: int, fits: bool) -> None:  # noqa: FBT001 - a table of cases
    origin = "ö" * (length // 2) + "o" * (length % 2)  # two bytes each
    long_name = VerifierKey(name=origin, algorithm=Algorithm.ML_DSA_44, public=PQ_WITNESS.public)
    long_origin = Checkpoint(origin=origin, size=1, root=bytes(32))
    for key, checkpoint in ((long_name, CHECKPOINT), (PQ_WITNESS, long_origin)):
        if fits:
            assert origin.encode() in signed_message(key=key, checkpoint=checkpoint, at=AT)
        else:
            with pytest.raises(Malformed, match="at most 255 bytes"):
                signed_message(key=key, checkpoint=checkpoint, at=AT)


def test_only_timed_signatures_carry_a_time() -> None:
    assert with_time(key=LOG, at=1, signature=b"s") == b"s"
    assert with_time(key=WITNESS, at=258, signature=b"s") == b"\0\0\0\0\0\0\x01\x02s"
    assert time_and_signature(key=LOG, value=bytes(64)) == (0, bytes(64))
    assert time_and_signature(key=WITNESS, value=b"\0\0\0\0\0\0\x01\x02" + bytes(64)) == (258, bytes(64))
    assert time_and_signature(key=PQ_WITNESS, value=b"\x7f" + b"\xff" * 7 + bytes(2420)) == (2**63 - 1, bytes(2420))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (LOG, bytes(63)),
        (LOG, bytes(72)),
        (WITNESS, bytes(64)),
        (WITNESS, bytes(73)),
        (WITNESS, bytes(7)),
        (PQ_WITNESS, bytes(2420)),
        (PQ_WITNESS, bytes(2429)),
        (WITNESS, b"\x80" + bytes(71)),
        (PQ_WITNESS, b"\xff" * 8 + bytes(2420)),
    ],
)
def test_a_signature_of_another_length_or_a_time_beyond_all_clocks_is_refused(key: VerifierKey, value: bytes) -> None:
    with pytest.raises(Malformed):
        time_and_signature(key=key, value=value)
