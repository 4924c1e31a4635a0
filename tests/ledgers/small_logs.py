"""A log of a few entries with its proofs, made by the slow transcription of the RFC: what verifiers and witnesses must accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from habeas.ledger.fields.commitments import Committed, Field, commit_from, random_bytes_needed
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, cosign, sign_checkpoint
from habeas.ledger.notes.keys import Signer
from habeas.ledger.tree.reference import consistency_path, inclusion_path, tree_hash
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.policy import Policy, parse_policy
from habeas.ledger.trust.proof_file import TlogProof
from habeas.ledger.trust.witness import AddCheckpoint
from ledgers import tlog_vectors
from ledgers.tlog_vectors import AT, LOG_NAME, SeedSigner
from ledgers.trees import numbered

LOG, WITNESS, PQ_WITNESS = tlog_vectors.log_signer(), tlog_vectors.witness_signer(), tlog_vectors.pq_witness_signer()

COMMITTED: Committed = commit_from(
    [Field(group="person", name="name", value=b'"Ada"'), Field(group="person", name="score", value=b"7")],
    randomness=bytes(index % 251 for index in range(random_bytes_needed(2))),
)
ENTRIES = tuple(numbered(11))
RECORD = b"fields " + COMMITTED.root
"""An entry that commits to two fields."""
WITH_RECORD = (*ENTRIES[:5], RECORD, *ENTRIES[6:])


def fields_of(entry: bytes) -> bytes | None:
    """How this log's entries commit to fields."""
    return entry.removeprefix(b"fields ") if entry.startswith(b"fields ") else None


def policy(quorum: str = "w1") -> Policy:
    lines = (f"log {LOG.key}", f"witness w1 {WITNESS.key}", f"witness pq1 {PQ_WITNESS.key}", "group both all w1 pq1", f"quorum {quorum}")
    return parse_policy("".join(f"{line}\n" for line in lines))


def state(size: int, entries: Sequence[bytes] = ENTRIES, *, origin: str = LOG_NAME, extensions: tuple[str, ...] = ()) -> Checkpoint:
    return Checkpoint(origin=origin, size=size, root=tree_hash(entries[:size]), extensions=extensions)


def signed(checkpoint: Checkpoint, *, witnesses: Sequence[SeedSigner] = (), log: Signer = LOG) -> bytes:
    note = sign_checkpoint(checkpoint, [log], at=AT)
    return add_signatures(note, [cosign(note, witness, at=AT) for witness in witnesses]).encode()


def proof(index: int, size: int, entries: Sequence[bytes] = ENTRIES, *, witnesses: Sequence[SeedSigner] = (WITNESS,)) -> TlogProof:
    path = tuple(inclusion_path(index, entries[:size]))
    return TlogProof(index=index, path=path, checkpoint=signed(state(size, entries), witnesses=witnesses))


def evidence(size: int = 11) -> Evidence:
    """The record in a log of that many entries, with both its fields opened."""
    return Evidence(entry=RECORD, proof=proof(5, size, WITH_RECORD), openings=COMMITTED.openings)


def grown(old: int, new: int, entries: Sequence[bytes] = ENTRIES) -> tuple[bytes, ...]:
    """The consistency proof; none from the empty tree, nor where nothing could be proven."""
    return tuple(consistency_path(old, entries[:new])) if 0 < old <= new else ()


def request(old: int, new: int, entries: Sequence[bytes] = ENTRIES) -> bytes:
    return SmallLog(list(entries)).request(old, new)


@dataclass
class SmallLog:
    """A log that may be forked at will: entries, and what it says of them - checkpoints, proofs, requests to a witness."""

    entries: list[bytes]
    signer: Signer = field(default_factory=tlog_vectors.log_signer)

    @property
    def origin(self) -> str:
        return self.signer.key.name

    def checkpoint(self, size: int, *, signer: Signer | None = None) -> bytes:
        return signed(state(size, self.entries, origin=self.origin), log=signer or self.signer)

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        return grown(old, size, self.entries)

    def request(self, old: int, size: int, *, signer: Signer | None = None) -> bytes:
        return AddCheckpoint(old=old, proof=self.proof(old, size), checkpoint=self.checkpoint(size, signer=signer)).encode()

    def forked(self, at: int) -> SmallLog:
        """Another history under the same name, from the entry `at` on."""
        return SmallLog([*self.entries[:at], *(b"forged " + entry for entry in self.entries[at:])], self.signer)


def small_log(size: int = 20) -> SmallLog:
    return SmallLog(numbered(size))
