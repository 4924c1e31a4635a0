"""A whole ledger of records in a folder: database, published files, second place, persons' keys, and the one who writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from habeas.ledger.fields.courts import court_key_of
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.ladder import Verification, verify_evidence
from habeas.ledger.trust.policy import parse_policy
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.log import Log
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.sequencers.store import Sequencer, open_sequencer
from habeas.stores.vault.persons import Persons, create_persons
from habeas.stores.vault.records import RecordLog
from habeas.stores.vault.sealed import Person
from habeas.terms.records import RecordType, fields_of
from ledgers import tlog_vectors

AUTHORITY = "police.example"
NOON = 1_795_348_800
"""2026-11-22 12:00:00 UTC (`date -u -d @1795348800`)."""
MASTER = bytes(range(100, 132))
COURT_PRIVATE = bytes([7]) * 32
COURT = court_key_of(COURT_PRIVATE)
DECISION = {"system": "risk-tool-3", "version": "ab" * 32, "purpose": "bail"}


def drawn(seed: str = "") -> Callable[[int], bytes]:
    """Draws bytes that look random and are the same in every run; never the same twice."""
    state = hashlib.shake_256(seed.encode())
    count = 0

    def draw(length: int) -> bytes:
        nonlocal count
        count += 1
        more = state.copy()
        more.update(b"%d" % count)
        return more.digest(length)

    return draw


@dataclass
class Records:
    """An open ledger, with its parts in reach."""

    folder: Path
    log: Any
    sequencer: Sequencer
    persons: Persons
    vault: RecordLog

    def decided(self, *, person: str = "P-1", name: str = "Ada Lovelace", officer: str = "O-1") -> int:
        """Record a decision about a person by an officer; its index."""
        personal = {
            "person": Person(ref=person, fields={"name": name, "score": 7, "held": True}),
            "officer": Person(ref=officer, fields={"badge": f"badge of {officer}"}),
        }
        return self.vault.record(RecordType.DECISION, AUTHORITY, DECISION, personal).index

    def read(self, index: int, group: str = "person") -> dict[str, Any]:
        return self.vault.read(index, group, purpose="review", authority=AUTHORITY)

    def disclosed(self, index: int, group: str, *names: str) -> Evidence:
        return self.vault.disclose(index, group, *names, ground="court-order", authority=AUTHORITY)

    def entry(self, index: int) -> bytes:
        return next(self.sequencer.entries(index, index + 1))


def create(folder: Path) -> None:
    """An empty ledger, as `opened` opens it."""
    (folder / "public").mkdir()
    (folder / "second").mkdir()
    open_sequencer(folder / "log.sqlite", origin=tlog_vectors.LOG_NAME, create=True).close()
    create_persons(folder / "persons.sqlite", master=MASTER)


@contextmanager
def opened(
    folder: Path, *, draw: Callable[[int], bytes], changed: Callable[[Log], Any] = lambda log: log, replay: bool = True
) -> Iterator[Records]:
    """Open the ledger; `changed` may wrap the log, `replay` says whether deeds are done again as they should be."""
    sequencer = open_sequencer(folder / "log.sqlite", origin=tlog_vectors.LOG_NAME)
    persons = Persons(folder / "persons.sqlite", master=MASTER, random=draw)
    place, second = DiskPlace(folder / "public"), SecondPlace(folder / "second")
    try:
        with Log(sequencer, place, second, [tlog_vectors.log_signer()], tlog_vectors.LOG_NAME, clock=lambda: NOON) as log:
            seen = changed(log)
            vault = RecordLog(seen, persons, sequencer=sequencer, random=draw, clock=lambda: NOON)
            if replay:
                vault.replay()
            yield Records(folder=folder, log=seen, sequencer=sequencer, persons=persons, vault=vault)
    finally:
        persons.close()
        sequencer.close()


def verified(evidence: bytes) -> Verification:
    """Climb the ladder as a stranger would, with the log's public key alone."""
    policy = parse_policy(f"log {tlog_vectors.log_signer().key}\nquorum none\n")
    return verify_evidence(evidence, policy=policy, fields_of=fields_of)


def bytes_kept(folder: Path) -> dict[str, bytes]:
    """Every file under the folder: databases, journals, what is published, whatever else lies there."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
