"""Verifier keys: read and written as Go's sumdb/note does, refused where it matters."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.encoding import encode_base64
from habeas.ledger.notes.keys import Algorithm, VerifierKey, parse_vkey
from ledgers import tlog_vectors
from ledgers.tlog_vectors import LOG300

LOG = tlog_vectors.vectors()["log_vkey"]
NAME, KEY_ID, TYPED = LOG.split("+", 2)
PUBLIC = tlog_vectors.log_signer().key.public


def vkey(name: str, typed: bytes) -> str:
    """A vkey with the key ID that its parts give, whatever they are."""
    return f"{name}+{hashlib.sha256(name.encode() + bytes([10]) + typed).digest()[:4].hex()}+{encode_base64(typed)}"


def test_the_keys_of_the_demonstration_log_have_the_ids_that_other_programs_gave_them() -> None:
    expected = tlog_vectors.vectors()
    pq = str(tlog_vectors.pq_witness_signer().key)

    assert str(tlog_vectors.log_signer().key) == expected["log_vkey"] == (LOG300 / "log.vkey").read_text(encoding="ascii").strip()
    assert str(tlog_vectors.witness_signer().key) == expected["witness_vkey"]
    assert hashlib.sha256(pq.encode()).hexdigest() == expected["pq_vkey_sha256"]
    assert pq == (LOG300 / "witness-pq.vkey").read_text(encoding="ascii").strip()


@pytest.mark.parametrize("file", ["log.vkey", "witness.vkey", "witness-pq.vkey"])
def test_a_key_written_is_the_key_read(file: str) -> None:
    text = (LOG300 / file).read_text(encoding="ascii").strip()

    assert str(parse_vkey(text)) == text


def test_go_s_good_keys_are_read_and_its_bad_ones_refused(shared_data: Path) -> None:
    keys = json.loads((shared_data / "tlog" / "sumdb_note" / "keys.json").read_text(encoding="utf-8"))

    assert [str(parse_vkey(good)) for good in keys["vkeys_good"]] == keys["vkeys_good"]
    for bad in keys["vkeys_bad"]:
        with pytest.raises(Malformed):
            parse_vkey(bad)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "++",
        NAME,
        f"{NAME}+{KEY_ID}",
        f"{NAME}+{KEY_ID}+",
        f"+{KEY_ID}+{TYPED}",
        f"{NAME}+{KEY_ID.upper()}+{TYPED}",
        f"{NAME}+{KEY_ID[:7]}+{TYPED}",
        f"{NAME}+0{KEY_ID}+{TYPED}",
        f"{NAME}+{int(KEY_ID, 16) ^ 1:08x}+{TYPED}",
        f"{NAME}x+{KEY_ID}+{TYPED}",
        f"{NAME}+{KEY_ID}+{TYPED}\n",
        f" {NAME}+{KEY_ID}+{TYPED}",
        f"{NAME}+{KEY_ID}+{TYPED}=",
        f"{NAME}+{KEY_ID}+{TYPED[:-4]}",
    ],
)
def test_a_vkey_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        parse_vkey(text)


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"\x01",
        b"\x01" + PUBLIC[:31],
        b"\x01" + PUBLIC + b"\0",
        b"\x04" + PUBLIC[:31],
        b"\x06" + PUBLIC,
        b"\x06" + bytes(1311),
        b"\x06" + bytes(1313),
        b"\x02" + PUBLIC,
        b"\x05" + PUBLIC,
        b"\xff" + PUBLIC,
        b"\x00" + PUBLIC,
        b"\x01" + bytes(32),
        b"\x04" + (1).to_bytes(32, "little"),
        b"\x01" + b"\xff" * 32,
    ],
)
def test_a_key_of_an_unknown_type_a_wrong_length_or_a_weak_one_is_refused_though_its_id_matches(typed: bytes) -> None:
    with pytest.raises(Malformed):
        parse_vkey(vkey(NAME, typed))


BAD_NAMES = ["", " ", "a b", "a+b", "a\tb", "a\nb", "a\u00a0b", "a\u2003b", "a\u2028b", "a\x85b", "a\x7fb", "a\u3000", "\x00", "\ud800"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_with_white_space_plus_or_controls_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey(name=name, algorithm=Algorithm.ED25519, public=PUBLIC)


def test_a_name_may_be_written_in_any_script() -> None:
    key = VerifierKey(name="δικαστήριο.example/ημερολόγιο", algorithm=Algorithm.ED25519, public=PUBLIC)

    assert parse_vkey(str(key)) == key


def test_one_key_has_another_id_under_another_name_or_for_another_use() -> None:
    keys = [VerifierKey(name=name, algorithm=how, public=PUBLIC) for name in ("a", "b") for how in list(Algorithm)[:2]]

    assert len({key.key_id for key in keys}) == 4


def test_a_bare_signature_of_another_length_or_key_does_not_hold() -> None:
    log, other = tlog_vectors.log_signer(), tlog_vectors.witness_signer()
    signature = log.sign(b"message")

    assert log.key.verify(b"message", signature)
    assert not log.key.verify(b"messagf", signature)
    assert not log.key.verify(b"message", signature[:-1])
    assert not log.key.verify(b"message", signature + b"\0")
    assert not log.key.verify(b"message", b"")
    assert not other.key.verify(b"message", signature)


def test_a_second_spelling_of_a_signature_does_not_hold() -> None:
    # S + L makes the same equation true; RFC 8032, section 5.1.7, refuses S >= L
    log = tlog_vectors.log_signer()
    signature = log.sign(b"message")
    order = 2**252 + 27742317777372353535851937790883648493
    second = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")

    assert not log.key.verify(b"message", signature[:32] + second)


def test_an_ml_dsa_44_signature_holds_for_its_message_only() -> None:
    witness = tlog_vectors.pq_witness_signer()
    signature = witness.sign(b"message")

    assert len(signature) == 2420
    assert witness.key.verify(b"message", signature)
    assert not witness.key.verify(b"massage", signature)
    assert not witness.key.verify(b"message", signature[:64])
