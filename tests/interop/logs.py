"""Logs that habeas publishes into a folder, for strangers' verifiers: Go's and the browser's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, cosign, sign_checkpoint
from habeas.ledger.notes.keys import Algorithm, VerifierKey
from habeas.ledger.tree.bundles import encode_bundle
from habeas.ledger.tree.growing import grow
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.reading import TileReader, prove_consistency, prove_inclusion
from habeas.ledger.tree.tiles import bundles_for
from habeas.ledger.trust.proof_file import TlogProof
from habeas.ledger.trust.witness import AddCheckpoint

ORIGIN = "log.example/interop"
AT = 1_795_305_600  # 2026-11-22 00:00 UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInMemory:
    """A signer whose private key comes from a word, so that every run makes the same files."""

    name: str
    algorithm: Algorithm

    @property
    def _private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        seed = hashlib.sha256(f"{self.name} {self.algorithm.name}".encode()).digest()
        if self.algorithm is Algorithm.ML_DSA_44:
            return MLDSA44PrivateKey.from_seed_bytes(seed)
        return Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(name=self.name, algorithm=self.algorithm, public=self._private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


LOG_KEYS = (KeyInMemory(name=ORIGIN, algorithm=Algorithm.ED25519), KeyInMemory(name=ORIGIN, algorithm=Algorithm.ML_DSA_44))
WITNESS = KeyInMemory(name="witness.example/w1", algorithm=Algorithm.COSIGNATURE_V1)
POST_QUANTUM_WITNESS = KeyInMemory(name="witness.example/pq", algorithm=Algorithm.ML_DSA_44)
WITNESSES = (WITNESS, POST_QUANTUM_WITNESS)


def policy(quorum: str = "both") -> str:
    """A trust file that names the log's two keys and the two witnesses; `quorum`: w1, pq, either, both or none."""
    logs = [f"log {one.key}" for one in LOG_KEYS]
    witnesses = [f"witness {one.name.rpartition('/')[2]} {one.key}" for one in WITNESSES]
    group = {"both": ["group both all w1 pq"], "either": ["group either any w1 pq"]}.get(quorum, [])
    return "\n".join([*logs, *witnesses, *group, f"quorum {quorum}", ""])


def entry(index: int) -> bytes:
    """Bytes of 4 to some 60, none like another."""
    return f"{index:04} ".encode() + b"decision " * (index % 7)


class PublishedLog:
    """A log in a folder, grown by whole publications: bundles, tiles, `checkpoint`, and the request for its witnesses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.size = 0

    def grow_to(self, size: int) -> None:
        """Publish as many entries; the state before stays as `checkpoint.old`, proven in `add-checkpoint`."""
        before, since = self.size, self.size
        growth = grow(self._reader(), (leaf_hash(entry(index)) for index in range(since, size)))
        for tile, content in growth.tiles():
            self._write(tile.path(), content)
        for bundle in bundles_for(size, since=since):
            self._write(bundle.path(), encode_bundle(map(entry, bundle.entries())))
        self.size = size
        if before:
            (self.folder / "checkpoint").rename(self.folder / "checkpoint.old")
        self._write("checkpoint", self.signed(growth.root))
        if before:
            path = prove_consistency(self._reader(), old_size=before)
            asked = AddCheckpoint(old=before, proof=path, checkpoint=(self.folder / "checkpoint").read_bytes())
            self._write("add-checkpoint", asked.encode())

    def signed(self, root: bytes) -> bytes:
        """The checkpoint of the tree as it stands, with the signatures of log and witnesses."""
        note = sign_checkpoint(Checkpoint(origin=ORIGIN, size=self.size, root=root), LOG_KEYS, at=AT)
        return add_signatures(note, [cosign(note, one, at=AT + 5) for one in WITNESSES]).encode()

    def prove(self, index: int) -> TlogProof:
        """Write `entry` and `entry.tlog-proof` for one entry."""
        path = prove_inclusion(self._reader(), index=index)
        proof = TlogProof(index=index, path=path, checkpoint=(self.folder / "checkpoint").read_bytes())
        self._write("entry.tlog-proof", proof.encode())
        self._write("entry", entry(index))
        return proof

    def _reader(self) -> TileReader:
        return TileReader(lambda tile: (self.folder / tile.path()).read_bytes(), self.size)

    def _write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
