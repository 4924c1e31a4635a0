"""Signing with a key that this process holds in memory.

A key in a hardware module or a key service needs an adapter of its own, which is a `habeas.ledger.notes.keys.Signer`: a public key,
and one function that signs bytes.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from habeas.errors import Malformed
from habeas.ledger.notes.keys import Algorithm, Signer, VerifierKey

SEED_BYTES = 32
"""What an Ed25519 key (RFC 8032, section 5.1.5) and an ML-DSA-44 key (FIPS 204, algorithm 6) are both made from."""


class Ed25519Signer:
    """Signs with Ed25519: as a log (0x01) or, with `Algorithm.COSIGNATURE_V1`, as a witness (0x04)."""

    def __init__(self, *, name: str, seed: bytes, algorithm: Algorithm = Algorithm.ED25519) -> None:
        _check_seed(seed)
        if algorithm not in {Algorithm.ED25519, Algorithm.COSIGNATURE_V1}:
            raise Malformed(f"expected an algorithm of Ed25519 keys; got {algorithm.name}: use `signer_from_seed`")
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._key = VerifierKey(name=name, algorithm=algorithm, public=self._private.public_key().public_bytes_raw())

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message always gives the same."""
        return self._private.sign(message)


class MlDsaSigner:
    """Signs with ML-DSA-44, which quantum computers can't forge: as a log or as a witness (0x06)."""

    def __init__(self, *, name: str, seed: bytes) -> None:
        _check_seed(seed)
        self._private = MLDSA44PrivateKey.from_seed_bytes(seed)
        self._key = VerifierKey(name=name, algorithm=Algorithm.ML_DSA_44, public=self._private.public_key().public_bytes_raw())

    @property
    def key(self) -> VerifierKey:
        """The public half."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """2,420 bytes, others each time: the standard mixes chance in."""
        return self._private.sign(message)


def signer_from_seed(*, name: str, algorithm: Algorithm, seed: bytes) -> Signer:
    """The signer whose key is made from 32 secret bytes.

    Raises:
        Malformed: a seed of another length, or a name that no key can have.
    """
    if algorithm is Algorithm.ML_DSA_44:
        return MlDsaSigner(name=name, seed=seed)
    return Ed25519Signer(name=name, seed=seed, algorithm=algorithm)


def _check_seed(seed: bytes) -> None:
    if len(seed) != SEED_BYTES:
        raise Malformed(f"expected a seed of {SEED_BYTES} bytes; got {len(seed)}: make the key anew")
