"""Sealing: bytes that only a key opens, so that forgetting the key is forgetting the bytes.

AES-256-GCM throughout. What is sealed or wrapped is bound to a `context` (for a record: the entry's leaf hash and the group), so that
it can't be moved to another record. GCM doesn't commit to its key: what a court is shown is proved by the openings inside, never by the
sealed bytes.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from habeas.errors import Malformed, NotAllowed

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES
"""How long a wrapped key is: always the same, so that it can be overwritten in place."""

_SEAL = b"habeas/seal/v1\0"
_WRAP = b"habeas/wrap/v1\0"


def seal(plaintext: bytes, *, key: bytes, nonce: bytes, context: bytes) -> bytes:
    """Seal with a key; the nonce (12 random bytes, or never used before with this key) stands in front of the result.

    Raises:
        Malformed: key or nonce isn't as long as it must be.
    """
    return _locked(plaintext, key=key, nonce=nonce, context=_SEAL + context)


def unseal(sealed: bytes, *, key: bytes, context: bytes) -> bytes:
    """What was sealed.

    Raises:
        Malformed: too short to be sealed bytes, or the key isn't as long as it must be.
        NotAllowed: another key, another context, or a byte was changed; nobody can tell which.
    """
    return _unlocked(sealed, key=key, context=_SEAL + context)


def wrap(key_to_wrap: bytes, *, by: bytes, nonce: bytes, context: bytes) -> bytes:
    """Seal a key by another key; always `WRAPPED_BYTES` long.

    Raises:
        Malformed: a key or the nonce isn't as long as it must be.
    """
    _check_length(key_to_wrap, KEY_BYTES, "key to wrap")
    return _locked(key_to_wrap, key=by, nonce=nonce, context=_WRAP + context)


def unwrap(wrapped: bytes, *, by: bytes, context: bytes) -> bytes:
    """The key that was wrapped.

    Raises:
        Malformed: not as long as a wrapped key.
        NotAllowed: another key, another context, or a byte was changed.
    """
    _check_length(wrapped, WRAPPED_BYTES, "wrapped key")
    return _unlocked(wrapped, key=by, context=_WRAP + context)


def _locked(plaintext: bytes, *, key: bytes, nonce: bytes, context: bytes) -> bytes:
    _check_length(key, KEY_BYTES, "key")
    _check_length(nonce, NONCE_BYTES, "nonce")
    return nonce + AESGCM(key).encrypt(nonce, plaintext, context)


def _unlocked(sealed: bytes, *, key: bytes, context: bytes) -> bytes:
    _check_length(key, KEY_BYTES, "key")
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise Malformed(f"sealed bytes: expected at least {NONCE_BYTES + TAG_BYTES}; got {len(sealed)}: were they cut short?")
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except InvalidTag:
        raise NotAllowed(
            "sealed bytes: expected the key that sealed them, for this record and group; this key doesn't open them: "
            "name the right key, and if it is the right one, the bytes were changed"
        ) from None


def _check_length(given: bytes, expected: int, name: str) -> None:
    if len(given) != expected:
        raise Malformed(f"{name}: expected {expected} bytes; got {len(given)}")
