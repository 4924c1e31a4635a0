"""Logs that habeas publishes into a folder, for strangers' verifiers: Go's and the browser's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from habeas.ledger.notes.checkpoint import parse_checkpoint
from habeas.ledger.notes.cosignature import cosign
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.notes.note import NoteSignature, parse_note
from habeas.ledger.trust.witness import AddCheckpoint
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.log import Log, Prove
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.sequencers.store import open_sequencer
from ledgers.tlog_vectors import SeedSigner, signer

ORIGIN = "log.example/interop"
AT = 1_795_305_600  # 2026-11-22 00:00 UTC


def key(name: str, algorithm: Algorithm) -> SeedSigner:
    """A signer whose private key comes from its name, so that every run makes the same files."""
    return signer(name, f"{name} {algorithm.name}", algorithm)


LOG_KEYS = (key(ORIGIN, Algorithm.ED25519), key(ORIGIN, Algorithm.ML_DSA_44))
WITNESS = key("witness.example/w1", Algorithm.COSIGNATURE_V1)
POST_QUANTUM_WITNESS = key("witness.example/pq", Algorithm.ML_DSA_44)
WITNESSES = (WITNESS, POST_QUANTUM_WITNESS)


def policy(quorum: str = "both") -> str:
    """A trust file that names the log's two keys and the two witnesses; `quorum`: w1, pq, either, both or none."""
    logs = [f"log {one.key}" for one in LOG_KEYS]
    witnesses = [f"witness {one.key.name.rpartition('/')[2]} {one.key}" for one in WITNESSES]
    group = {"both": ["group both all w1 pq"], "either": ["group either any w1 pq"]}.get(quorum, [])
    return "\n".join([*logs, *witnesses, *group, f"quorum {quorum}", ""])


def entry(index: int) -> bytes:
    """Bytes of 4 to some 60, none like another."""
    return f"{index:04} ".encode() + b"decision " * (index % 7)


class PublishedLog:
    """A log as a force or court would run it, in `base`: SQLite, `public/` for everyone, and a second place.

    `folder` is the public one. Beside what the log publishes, it holds what a stranger may have kept or been given.
    """

    def __init__(self, base: Path) -> None:
        self.base, self.folder = base, base / "public"
        open_sequencer(base / "log.sqlite", origin=ORIGIN, create=True).close()

    @property
    def size(self) -> int:
        """How many entries are published."""
        return parse_checkpoint(parse_note(self._read("checkpoint")).text).size

    def grow_to(self, size: int) -> None:
        """Record and publish as many entries; the state before stays as `checkpoint.old`, proven in `add-checkpoint`."""
        with self._opened() as log:
            before = log.size()
            if before:
                self._write("checkpoint.old", self._read("checkpoint"))
            receipts = list(log.append_many(entry(index) for index in range(before, size)))
            log.publish(cosigned)
            if before:
                asked = AddCheckpoint(old=before, proof=log.prove_consistency(before), checkpoint=self._read("checkpoint"))
                self._write("add-checkpoint", asked.encode())
        if [receipt.index for receipt in receipts] != list(range(before, size)):
            raise ValueError(receipts)

    def prove(self, index: int) -> None:
        """Write `entry` and `entry.tlog-proof` for one entry."""
        with self._opened() as log:
            self._write("entry.tlog-proof", log.prove(index).encode())
        self._write("entry", entry(index))

    @contextmanager
    def _opened(self) -> Iterator[Log]:
        sequencer = open_sequencer(self.base / "log.sqlite", origin=ORIGIN)
        second = SecondPlace(self.base / "second")
        try:
            with Log(sequencer, DiskPlace(self.folder), second, LOG_KEYS, ORIGIN, clock=lambda: AT) as log:
                yield log
        finally:
            sequencer.close()

    def _read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def _write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)


def cosigned(checkpoint: bytes, _: Prove) -> list[NoteSignature]:
    """What the two witnesses answer."""
    return [cosign(parse_note(checkpoint), one, at=AT + 5) for one in WITNESSES]
