"""Writers of a log that are killed, and what must hold of the log whatever befell them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from habeas.errors import Busy, NotFound
from habeas.ledger.notes.cosignature import cosign
from habeas.ledger.notes.keys import Signer, VerifierKey
from habeas.ledger.notes.note import NoteSignature, parse_note
from habeas.ledger.tree.compact import EMPTY_RANGE
from habeas.stores.log.fsck import check_log
from habeas.stores.log.head import head_of
from habeas.stores.log.published import Published
from habeas.stores.sequencers.store import Sequencer
from ledgers import tlog_vectors
from ledgers.log_folders import ORIGIN, SIGNERS, Folder
from needs import REPOSITORY

PROGRAM = REPOSITORY / "tests" / "faults" / "a_writer.py"
PATIENCE_S = 20.0
"""How long to wait for what another process is about to do."""


@dataclass(kw_only=True)
class Plan:
    """What a writer is to do: `work` in `a_writer.py`, in `folder`, with the entries in PostgreSQL if `address` says where.

    It is killed after `lives_s`, counted from its birth or from when it has opened the log (`once_ready`), or kills itself at its step
    `at`.
    """

    folder: str
    reports: str
    work: str = "load"
    address: str | None = None
    lives_s: float | None = None
    once_ready: bool = False
    seed: int = 0
    at: int | None = None
    when: str = "failed"


@dataclass
class SiteFolder(Folder):
    """A log whose entries are in PostgreSQL, at `address`."""

    address: str = ""

    @property
    def database(self) -> Path:
        return self.address  # type: ignore[return-value] - a path or an address opens a sequencer


def folder_of(plan: Plan, signers: Sequence[Signer] = SIGNERS) -> Folder:
    if plan.address is None:
        return Folder(Path(plan.folder), signers=signers)
    return SiteFolder(Path(plan.folder), signers=signers, address=plan.address)


@dataclass
class TellingSigner:
    """Tells what it is about to sign: once it is signed, nothing may contradict it, whoever got to see it."""

    tell: Callable[[int, bytes], object]
    key: VerifierKey = SIGNERS[0].key

    def sign(self, message: bytes) -> bytes:
        _, size, root, *_ = message.decode().split("\n")
        self.tell(int(size), base64.b64decode(root))
        return SIGNERS[0].sign(message)


def witness(checkpoint: bytes, _prove: object) -> Sequence[NoteSignature]:
    """One that cosigns whatever it is shown."""
    return [cosign(parse_note(checkpoint), tlog_vectors.witness_signer(), at=tlog_vectors.AT)]


class Writers:
    """A process that forks writers."""

    def __init__(self) -> None:
        path = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY / "tests")])
        environment = os.environ | {"PYTHONPATH": path}
        self._starter = subprocess.Popen(
            [sys.executable, PROGRAM], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self, plan: Plan) -> None:
        """Let a writer work."""
        self._starter.stdin.write(json.dumps(asdict(plan)) + "\n")

    def end_of_writer(self) -> int:
        """Wait for its end; the signal that ended it, 0 for none."""
        return int(self._starter.stdout.readline())

    def run(self, plan: Plan) -> int:
        """Both."""
        self.start(plan)
        return self.end_of_writer()

    def close(self) -> None:
        self._starter.stdin.close()
        self._starter.wait()
        self._starter.stdout.close()


@dataclass
class History:
    """All that was ever promised about one log; what is promised once must hold for ever."""

    folder: Folder
    reports: Path
    acknowledged: dict[int, bytes] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=dict)
    heard: list[list[str]] = field(default_factory=list)

    def hear(self) -> None:
        """Read what writers reported since the last time."""
        lines = self.reports.read_text("utf-8").splitlines() if self.reports.exists() else []
        new = [line.split(" ") for line in lines[len(self.heard) :]]
        self.heard += new
        for what, *words in new:
            if what == "acknowledged":
                self.acknowledge(int(words[0]), bytes.fromhex(words[1]))
            if what == "signed":
                self.signed(int(words[0]), bytes.fromhex(words[1]))

    def acknowledge(self, index: int, leaf: bytes) -> None:
        """An entry that was given its index."""
        assert index not in self.acknowledged, f"the index {index} was given twice"
        self.acknowledged[index] = leaf

    def signed(self, size: int, root: bytes) -> None:
        """A tree that was signed, or shown, or kept somewhere."""
        assert self.roots.setdefault(size, root) == root, f"two roots were signed for the size {size}"

    def wait_for(self, what: str) -> list[str]:
        """Wait until a writer reports this for the next time; the report."""
        seen, until = len(self.heard), time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            self.hear()
            if found := [line for line in self.heard[seen:] if line[0] == what]:
                return found[0]
            time.sleep(0.01)
        raise TimeoutError(f"expected a writer to report {what}; of {len(self.heard) - seen} reports, the last are {self.heard[-3:]}")

    def check_public(self) -> None:
        """See that whoever holds the checkpoint that is shown now is served all of its entries, each proven."""
        published = self.published
        try:
            head = published.head()
        except NotFound:
            return  # none was shown yet
        self.signed(head.size, head.root)
        deque(published.entries(0, head=head), maxlen=0)

    def check_records(self, sequencer: Sequencer) -> None:
        """See that everything acknowledged is at its index, no entry is there twice, and all that was signed is true of the entries."""
        if (kept := self.folder.second_place.last()) is not None:
            self.signed(kept.size, kept.root)
        for head in sequencer.heads(1_000_000):
            self.signed(head.size, head.root)
            assert head_of(head.note).root == head.root
        leaves = list(sequencer.leaves(0, sequencer.size()))
        lost = {index for index, leaf in self.acknowledged.items() if index >= len(leaves) or leaves[index] != leaf}
        assert lost == set(), f"of {len(self.acknowledged)} acknowledged entries, {sorted(lost)[:10]} are lost"
        assert len(set(leaves)) == len(leaves), "an entry is recorded twice"
        grown, since = EMPTY_RANGE, 0
        for size, root in sorted(self.roots.items()):
            assert size <= len(leaves), f"{size} entries were signed; {len(leaves)} are recorded"
            grown, since = grown.extended(leaves[since:size]), size
            assert grown.root() == root, f"what was signed for the size {size} isn't the tree of the entries"

    def check(self) -> None:
        """See that all this holds, before and after the log is opened again, and that it then goes on and is whole."""
        self.hear()
        self.check_public()
        with self.folder.sequencer() as sequencer:
            self.check_records(sequencer)
            claim_in_time(sequencer)
            with self.folder.made(sequencer) as log:
                receipt = log.append(b"after the fault, %d" % len([*self.heard, *self.acknowledged]))
                self.acknowledge(receipt.index, receipt.leaf)
                assert log.publish().size == receipt.index + 1
                self.signed(receipt.index + 1, log.published.head().root)
            self.check_records(sequencer)
            report = check_log(sequencer, self.published, self.folder.second_place)
        assert report.clean, report.findings

    @property
    def published(self) -> Published:
        keys = [signer.key for signer in self.folder.signers]
        return Published(self.folder.place, origin=ORIGIN, keys=keys)


def claim_in_time(sequencer: Sequencer) -> None:
    """Become the writer; a server may take a moment to notice that the last one is dead."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return sequencer.claim()
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.005)
