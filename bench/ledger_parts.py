"""What the ledger's benchmarks share: keys of no use elsewhere, a log in a folder, and what the system says of this process."""

from __future__ import annotations

import hashlib
import resource
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from habeas.ledger.notes.keys import Algorithm, Signer
from habeas.stores.keys.signers import signer_from_seed
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.log import Log
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.objects.place import Place
from habeas.stores.sequencers.store import open_sequencer

ORIGIN = "log.example/bench"


def signer(name: str, algorithm: Algorithm) -> Signer:
    return signer_from_seed(name=name, algorithm=algorithm, seed=hashlib.sha256(f"{name} {algorithm.name}".encode()).digest())


def log_signers() -> list[Signer]:
    return [signer(ORIGIN, Algorithm.ED25519), signer(ORIGIN, Algorithm.ML_DSA_44)]


class CountedPlace(DiskPlace):
    """A folder that counts the files and bytes that were read from it, and the files written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.got: list[str] = []
        self.bytes = 0
        self.written = 0

    def put(self, files: Mapping[str, bytes]) -> None:
        """Keep these files, counted."""
        self.written += len(files)
        super().put(files)

    def get(self, path: str) -> bytes:
        """The file at `path`, counted."""
        self.got.append(path)
        content = super().get(path)
        self.bytes += len(content)
        return content


@contextmanager
def opened(folder: Path, *, store: str | None = None, place: Place | None = None) -> Iterator[Log]:
    """The log in a folder, made where there is none; its database there too, unless `store` says where else."""
    folder.mkdir(parents=True, exist_ok=True)
    public = place or DiskPlace(folder / "public")
    sequencer = open_sequencer(store or folder / "log.sqlite", origin=ORIGIN, create=True)
    try:
        with Log(sequencer, public, SecondPlace(folder / "second"), log_signers(), ORIGIN, clock=lambda: int(time.time())) as log:
            yield log
    finally:
        sequencer.close()


def memory_mb() -> float:
    """What this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def peak_mb() -> float:
    """The most that it ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
