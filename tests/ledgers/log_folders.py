"""A log in a folder that tests open, break and open again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from habeas.ledger.notes.keys import Algorithm, Signer
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.log import Log
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.sequencers.store import Sequencer, open_sequencer
from ledgers import tlog_vectors
from ledgers.failing_stores import Faults, watched_place, watched_sequencer
from ledgers.trees import numbered

ORIGIN = "log.example/habeas-demo"
SIGNERS = (tlog_vectors.log_signer(),)
BOTH = (*SIGNERS, tlog_vectors.signer(ORIGIN, "pq", Algorithm.ML_DSA_44))
KEYS = tuple(signer.key for signer in BOTH)


@dataclass
class Folder:
    """Where a log's parts lie; each can be lost or set back alone."""

    top: Path
    signers: Sequence[Signer] = SIGNERS
    time: int = tlog_vectors.AT
    faults: Faults = field(default_factory=Faults)

    @property
    def database(self) -> Path:
        return self.top / "log.sqlite"

    @property
    def public(self) -> Path:
        return self.top / "public"

    @property
    def second(self) -> Path:
        return self.top / "second"

    @property
    def place(self) -> DiskPlace:
        return DiskPlace(self.public)

    @property
    def second_place(self) -> SecondPlace:
        return SecondPlace(self.second)

    @contextmanager
    def sequencer(self) -> Iterator[Sequencer]:
        self.top.mkdir(parents=True, exist_ok=True)
        found = open_sequencer(self.database, origin=ORIGIN, create=True)
        try:
            yield found
        finally:
            found.close()

    def made(self, sequencer: Any) -> Log:
        """The log, not opened, every store of it watched."""
        second = SecondPlace(watched_place(self.faults, DiskPlace(self.second), "second"))
        place, watched = watched_place(self.faults, self.place), watched_sequencer(self.faults, sequencer)
        return Log(watched, place, second, self.signers, ORIGIN, clock=lambda: self.time)

    @contextmanager
    def open(self) -> Iterator[Log]:
        with self.sequencer() as sequencer, self.made(sequencer) as log:
            yield log

    def files(self) -> dict[str, bytes]:
        """Everything that is public."""
        return {path: self.place.get(path) for path in self.place.list("")}


def entries(count: int, *, since: int = 0) -> list[bytes]:
    return numbered(count, first=since)


def published(folder: Folder, *sizes: int) -> Folder:
    """Let a log grow to each of these sizes, with a checkpoint at each."""
    with folder.open() as log:
        for size in sizes:
            list(log.append_many(entries(size - log.size(), since=log.size())))
            log.publish()
    return folder
