from __future__ import annotations

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from habeas.errors import Malformed, NotAllowed
from habeas.ledger.fields.courts import COURT_WRAPPED_BYTES, CourtKey, court_key_of, parse_court_key, unwrap_as_court, wrap_to_court

# RFC 7748, section 6.1: Bob's keys
PRIVATE = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
PUBLIC = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
KEY = bytes(range(32))


def test_the_public_key_belongs_to_the_private_one() -> None:
    assert str(court_key_of(PRIVATE)) == PUBLIC
    assert parse_court_key(PUBLIC) == court_key_of(PRIVATE)


def test_what_is_wrapped_to_a_court_the_court_opens() -> None:
    wrapped = wrap_to_court(KEY, court=parse_court_key(PUBLIC), context=b"ctx")

    assert unwrap_as_court(wrapped, private=PRIVATE, context=b"ctx") == KEY
    assert len(wrapped) == COURT_WRAPPED_BYTES
    assert wrap_to_court(KEY, court=parse_court_key(PUBLIC), context=b"ctx") != wrapped  # an ephemeral key each time


def test_any_program_that_speaks_rfc_9180_opens_it() -> None:
    wrapped = wrap_to_court(KEY, court=parse_court_key(PUBLIC), context=b"ctx")

    assert opened_by_the_rfc(wrapped, PRIVATE, info=b"habeas/court/v1\0ctx") == KEY


def test_another_court_another_record_and_changed_bytes_are_refused() -> None:
    wrapped = wrap_to_court(KEY, court=parse_court_key(PUBLIC), context=b"ctx")
    changed = (bytes([wrapped[0] ^ 1]) + wrapped[1:], wrapped[:-1] + bytes([wrapped[-1] ^ 1]), bytes(32) + wrapped[32:])

    for private, context, given in (
        (bytes([3]) * 32, b"ctx", wrapped),
        (PRIVATE, b"other", wrapped),
        *((PRIVATE, b"ctx", bad) for bad in changed),
    ):
        with pytest.raises(NotAllowed, match="doesn't open it"):
            unwrap_as_court(given, private=private, context=context)


@pytest.mark.parametrize(
    "point",
    [  # the points of small order on Curve25519: u = 0, 1, the two of order 8, and p - 1
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ],
)
def test_a_key_that_keeps_no_secret_is_refused(point: str) -> None:
    with pytest.raises(Malformed, match="small order"):
        parse_court_key(point)


@pytest.mark.parametrize("text", ["", PUBLIC[:-1], PUBLIC.upper(), PUBLIC + "\n", "٠" * 64, PUBLIC[:-2] + "zz"])
def test_a_court_key_has_one_spelling(text: str) -> None:
    with pytest.raises(Malformed, match="64 hexadecimal digits"):
        parse_court_key(text)


def test_keys_of_another_length_are_malformed() -> None:
    with pytest.raises(Malformed):
        CourtKey(public=bytes(31))
    with pytest.raises(Malformed):
        court_key_of(bytes(33))
    with pytest.raises(Malformed):
        wrap_to_court(bytes(16), court=parse_court_key(PUBLIC), context=b"")
    with pytest.raises(Malformed):
        unwrap_as_court(bytes(79), private=PRIVATE, context=b"")
    with pytest.raises(Malformed):
        unwrap_as_court(bytes(80), private=bytes(31), context=b"")


def opened_by_the_rfc(sealed: bytes, private: bytes, *, info: bytes) -> bytes:
    """RFC 9180, sections 4, 4.1 and 5.1, base mode, transcribed: KEM 0x0020, KDF 0x0001, AEAD 0x0002."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    recipient = X25519PrivateKey.from_private_bytes(private)
    shared = recipient.exchange(X25519PublicKey.from_public_bytes(sealed[:32]))
    both = sealed[:32] + recipient.public_key().public_bytes_raw()
    secret = expand(extract(b"", b"eae_prk", shared, kem), b"shared_secret", both, 32, kem)
    context = b"\0" + extract(b"", b"psk_id_hash", b"", suite) + extract(b"", b"info_hash", info, suite)
    schedule = extract(secret, b"secret", b"", suite)
    key, nonce = expand(schedule, b"key", context, 32, suite), expand(schedule, b"base_nonce", context, 12, suite)
    return AESGCM(key).decrypt(nonce, sealed[32:], b"")


def extract(salt: bytes, label: bytes, secret: bytes, suite: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256)


def expand(prk: bytes, label: bytes, info: bytes, length: int, suite: bytes) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, labelled + b"\x01", hashlib.sha256)[:length]
