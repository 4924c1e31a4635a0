"""Signers in memory give the keys and signatures that other programs know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.keys import Algorithm
from habeas.stores.keys.signers import Ed25519Signer, MlDsaSigner, signer_from_seed


@pytest.fixture(scope="module")
def vectors(repository: Path) -> dict[str, str]:
    return json.loads((repository / "tests/vectors/tlog/vectors.json").read_text(encoding="utf-8"))


def test_seeds_give_the_keys_of_the_vectors(vectors: dict[str, str]) -> None:
    log = signer_from_seed(name="log.example/habeas-demo", algorithm=Algorithm.ED25519, seed=bytes.fromhex(vectors["log_seed_hex"]))
    witness = signer_from_seed(
        name="witness.example/w1", algorithm=Algorithm.COSIGNATURE_V1, seed=bytes.fromhex(vectors["witness_seed_hex"])
    )

    assert (str(log.key), str(witness.key)) == (vectors["log_vkey"], vectors["witness_vkey"])


def test_the_quantum_safe_seed_gives_the_key_of_the_vectors(vectors: dict[str, str], repository: Path) -> None:
    signer = signer_from_seed(name="witness.example/pq1", algorithm=Algorithm.ML_DSA_44, seed=bytes.fromhex(vectors["pq_seed_hex"]))

    assert str(signer.key) == (repository / "tests/vectors/tlog/log300/witness-pq.vkey").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_is_signed_is_verified_and_nothing_else(algorithm: Algorithm) -> None:
    signer = signer_from_seed(name="log.example/x", algorithm=algorithm, seed=bytes(range(32)))

    signature = signer.sign(b"message")

    assert signer.key.verify(b"message", signature)
    assert not signer.key.verify(b"messagf", signature)


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_seed_of_another_length_is_refused(algorithm: Algorithm) -> None:
    with pytest.raises(Malformed, match="seed of 32 bytes; got 31"):
        signer_from_seed(name="log.example/x", algorithm=algorithm, seed=bytes(31))


def test_an_ed25519_signer_is_of_no_other_algorithm() -> None:
    with pytest.raises(Malformed, match="ML_DSA_44"):
        Ed25519Signer(name="log.example/x", seed=bytes(32), algorithm=Algorithm.ML_DSA_44)


@pytest.mark.parametrize("kind", [Ed25519Signer, MlDsaSigner])
def test_a_signer_does_not_show_its_seed(kind: type[Ed25519Signer | MlDsaSigner]) -> None:
    signer = kind(name="log.example/x", seed=b"0123456789abcdef0123456789abcdef")

    assert "0123456789abcdef" not in repr(signer) + str(vars(signer))
