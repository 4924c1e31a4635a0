"""A court's key: what is restricted is wrapped to it, and only the court's private key lifts it.

HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Base mode doesn't say who wrapped; the restriction
entry in the log does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from habeas.errors import Malformed, NotAllowed
from habeas.ledger.fields.sealing import KEY_BYTES, TAG_BYTES

COURT_KEY_BYTES = 32
COURT_WRAPPED_BYTES = COURT_KEY_BYTES + KEY_BYTES + TAG_BYTES

_INFO = b"habeas/court/v1\0"
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PROBE = bytes([7]) * COURT_KEY_BYTES  # any private key: clamping makes it a multiple of eight, which shows a point of small order


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtKey:
    """A court's public X25519 key (32 bytes); as text it is 64 hexadecimal digits."""

    public: bytes

    def __post_init__(self) -> None:
        if len(self.public) != COURT_KEY_BYTES:
            raise Malformed(f"court key: expected {COURT_KEY_BYTES} bytes; got {len(self.public)}: ask the court for its public key")
        try:
            X25519PrivateKey.from_private_bytes(_PROBE).exchange(X25519PublicKey.from_public_bytes(self.public))
        except ValueError:
            raise Malformed("court key: expected a key that keeps secrets; got a point of small order, which anyone can open") from None

    def __str__(self) -> str:
        return self.public.hex()


def parse_court_key(text: str) -> CourtKey:
    """A court's public key from its 64 hexadecimal digits, in lower case.

    Raises:
        Malformed: anything else, or a key that would keep no secret.
    """
    if not _HEX.fullmatch(text):
        raise Malformed("court key: expected 64 hexadecimal digits in lower case; got something else: copy it whole")
    return CourtKey(public=bytes.fromhex(text))


def wrap_to_court(key_to_wrap: bytes, *, court: CourtKey, context: bytes) -> bytes:
    """Wrap a key so that only the court's private key opens it; `COURT_WRAPPED_BYTES` long. OpenSSL draws the ephemeral key.

    Raises:
        Malformed: the key to wrap isn't 32 bytes long.
    """
    if len(key_to_wrap) != KEY_BYTES:
        raise Malformed(f"key to wrap: expected {KEY_BYTES} bytes; got {len(key_to_wrap)}")
    return _suite().encrypt(key_to_wrap, X25519PublicKey.from_public_bytes(court.public), info=_INFO + context)


def unwrap_as_court(wrapped: bytes, *, private: bytes, context: bytes) -> bytes:
    """The key that was wrapped to the court whose private key (32 bytes) this is.

    Raises:
        Malformed: the private key or the wrapped key isn't as long as it must be.
        NotAllowed: another court's key, another record, or a byte was changed.
    """
    if len(private) != COURT_KEY_BYTES or len(wrapped) != COURT_WRAPPED_BYTES:
        raise Malformed(
            f"court key: expected a private key of {COURT_KEY_BYTES} bytes and {COURT_WRAPPED_BYTES} wrapped bytes; "
            f"got {len(private)} and {len(wrapped)}"
        )
    try:
        return _suite().decrypt(wrapped, X25519PrivateKey.from_private_bytes(private), info=_INFO + context)
    except (InvalidTag, ValueError):
        raise NotAllowed(
            "restricted record: expected the private key of the court that it is restricted to; this key doesn't open it: "
            "the restriction entry names the court's public key"
        ) from None


def court_key_of(private: bytes) -> CourtKey:
    """The public key that belongs to a private one.

    Raises:
        Malformed: it isn't 32 bytes long.
    """
    if len(private) != COURT_KEY_BYTES:
        raise Malformed(f"court key: expected a private key of {COURT_KEY_BYTES} bytes; got {len(private)}")
    return CourtKey(public=X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
