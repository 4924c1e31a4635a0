"""The ledger's own test vectors and the keys that they were made with: public seeds, of no use but here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from habeas.ledger.notes.keys import Algorithm, VerifierKey
from needs import REPOSITORY

VECTORS = REPOSITORY / "tests" / "vectors" / "tlog"
LOG300 = VECTORS / "log300"
AT = 1767225600
"""When the vectors were cosigned: 2026-01-01 00:00:00 UTC."""

LOG_NAME, WITNESS_NAME, PQ_WITNESS_NAME = "log.example/habeas-demo", "witness.example/w1", "witness.example/pq1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedSigner:
    """A signer whose private key is the SHA-256 of some words."""

    key: VerifierKey
    private: Ed25519PrivateKey | MLDSA44PrivateKey

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def signer(name: str, words: str, algorithm: Algorithm = Algorithm.ED25519) -> SeedSigner:
    """Whoever holds the key that `words` give."""
    seed = hashlib.sha256(words.encode()).digest()
    kind = MLDSA44PrivateKey.from_seed_bytes if algorithm is Algorithm.ML_DSA_44 else Ed25519PrivateKey.from_private_bytes
    private = kind(seed)
    public = VerifierKey(name=name, algorithm=algorithm, public=private.public_key().public_bytes_raw())
    return SeedSigner(key=public, private=private)


def log_signer() -> SeedSigner:
    return signer(LOG_NAME, "demo log key")


def witness_signer() -> SeedSigner:
    return signer(WITNESS_NAME, "demo witness key", Algorithm.COSIGNATURE_V1)


def pq_witness_signer() -> SeedSigner:
    return signer(PQ_WITNESS_NAME, "demo witness pq key", Algorithm.ML_DSA_44)


def vectors() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((VECTORS / "vectors.json").read_text(encoding="utf-8"))
    return loaded
