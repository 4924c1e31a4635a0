"""Thirty-two secret bytes, locked by a passphrase.

The passphrase is stretched by scrypt (RFC 7914), which costs whoever guesses as much memory and time per guess as it costs us once;
the result is a key for AES-256-GCM. Whatever stands in clear beside it is bound in: altered, it opens no more.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from habeas.errors import BadInput, Malformed, NotAllowed
from habeas.ledger.fields.sealing import KEY_BYTES, NONCE_BYTES, TAG_BYTES
from habeas.stores.keys.signers import SEED_BYTES

WORK = 17
"""Scrypt's cost as a power of two: N = 131,072 with r = 8 and p = 1 takes 128 MiB (OWASP Password Storage, first choice)."""
LEAST_WORK, MOST_WORK = 14, 22
"""Cheaper than 16 MiB protects nothing; dearer than 4 GiB only stops our own program."""
BLOCK, LANES = 8, 1
SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSeed:
    """A seed that only its passphrase opens; `work` is scrypt's cost as a power of two.

    Raises:
        Malformed: a length or cost that `seal_seed` wouldn't write.
    """

    work: int
    salt: bytes
    nonce: bytes
    sealed: bytes

    def __post_init__(self) -> None:
        lengths = (len(self.salt), len(self.nonce), len(self.sealed))
        if lengths != (SALT_BYTES, NONCE_BYTES, SEED_BYTES + TAG_BYTES) or not LEAST_WORK <= self.work <= MOST_WORK:
            raise Malformed("expected salt, nonce and sealed key in the lengths of this format, and a cost within its bounds; got others")


def seal_seed(seed: bytes, *, passphrase: bytes, bound_to: bytes, work: int = WORK) -> SealedSeed:
    """Lock a seed; only the same passphrase and the same `bound_to` open it.

    Raises:
        BadInput: an empty passphrase.
    """
    if not passphrase:
        raise BadInput("expected a passphrase; got an empty one: choose one, or ask for a key file without by name")
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_stretched(passphrase, salt=salt, work=work)).encrypt(nonce, seed, bound_to)
    return SealedSeed(work=work, salt=salt, nonce=nonce, sealed=sealed)


def open_seed(sealed: SealedSeed, *, passphrase: bytes, bound_to: bytes) -> bytes:
    """The seed again.

    Raises:
        NotAllowed: the passphrase is another one, or something was altered; which of the two can't be told.
    """
    try:
        return AESGCM(_stretched(passphrase, salt=sealed.salt, work=sealed.work)).decrypt(sealed.nonce, sealed.sealed, bound_to)
    except InvalidTag:
        raise NotAllowed(
            "expected the passphrase of this key file; got another, or the file was altered: try again, or restore it"
        ) from None


def _stretched(passphrase: bytes, *, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=2**work, r=BLOCK, p=LANES).derive(passphrase)
