"""A log of a few entries, small enough for the slow transcription of the RFC, that may be forked at will."""

from __future__ import annotations

from dataclasses import dataclass, field

import tlog_vectors
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import sign_checkpoint
from habeas.ledger.notes.keys import Signer
from habeas.ledger.tree.reference import consistency_path, tree_hash
from habeas.ledger.trust.witness import AddCheckpoint


@dataclass
class SmallLog:
    """Entries, and what the log says of them: checkpoints, proofs, requests to a witness."""

    entries: list[bytes]
    signer: Signer = field(default_factory=tlog_vectors.log_signer)

    @property
    def origin(self) -> str:
        return self.signer.key.name

    def checkpoint(self, size: int, *, signer: Signer | None = None) -> bytes:
        head = Checkpoint(origin=self.origin, size=size, root=tree_hash(self.entries[:size]))
        return sign_checkpoint(head, [signer or self.signer], at=tlog_vectors.AT).encode()

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        return tuple(consistency_path(old, self.entries[:size])) if 0 < old < size else ()

    def request(self, old: int, size: int, *, signer: Signer | None = None) -> bytes:
        return AddCheckpoint(old=old, proof=self.proof(old, size), checkpoint=self.checkpoint(size, signer=signer)).encode()

    def forked(self, at: int) -> SmallLog:
        """Another history under the same name, from the entry `at` on."""
        return SmallLog([*self.entries[:at], *(b"forged " + entry for entry in self.entries[at:])], self.signer)


def small_log(size: int = 20) -> SmallLog:
    return SmallLog([b"entry %d" % index for index in range(size)])
