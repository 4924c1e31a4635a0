"""Whatever step fails, and however much of it was done: nothing acknowledged is lost, no size has two roots, and all ends well."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from habeas.errors import CannotWrite, HabeasError, Unavailable
from habeas.ledger.notes.checkpoint import parse_checkpoint
from habeas.ledger.notes.keys import VerifierKey
from habeas.ledger.tree.reference import tree_hash
from habeas.stores.log.fsck import check_log
from habeas.stores.log.log import Log
from habeas.stores.log.published import Published
from ledgers import tlog_vectors
from ledgers.failing_stores import Faults, Killed, When, no_space
from ledgers.log_folders import ORIGIN, Folder, entries

SIZES = (3, 5, 260)
"""Two checkpoints within a tile, and one that fills it."""


@dataclass
class Witnessed:
    """A signer that remembers every checkpoint it ever signed, also those that got no further."""

    signed: list[tuple[int, bytes]] = field(default_factory=list)
    key: VerifierKey = field(default_factory=lambda: tlog_vectors.log_signer().key)

    def sign(self, message: bytes) -> bytes:
        checkpoint = parse_checkpoint(message.decode())
        self.signed.append((checkpoint.size, checkpoint.root))
        return tlog_vectors.log_signer().sign(message)


def grown(log: Log, acknowledged: dict[int, bytes]) -> Iterator[None]:
    """Let the log grow to each size, and note what was acknowledged; may be called again after a failure."""
    for size in SIZES:
        todo = entries(size)[log.size() :]
        for entry, receipt in zip(todo, log.append_many(todo), strict=True):
            acknowledged[receipt.index] = entry
        log.publish()
        yield


def check(folder: Folder, signer: Witnessed, acknowledged: dict[int, bytes]) -> None:
    """Open again what is left, without faults, and see that it is whole."""
    folder.faults = Faults()
    with folder.open() as log:
        head = log.publish()
        assert log.published.head() == head
        assert head.size == log.size()
    with folder.sequencer() as sequencer:
        kept = list(sequencer.entries(0, sequencer.size()))
        report = check_log(sequencer, Published(folder.place, origin=ORIGIN, keys=[signer.key]), folder.second_place)
    assert report.clean, report.findings
    assert report.spare == 0
    assert {index: kept[index] for index in acknowledged} == acknowledged
    assert all(root == tree_hash(kept[:size]) for size, root in signer.signed)


def steps_of_an_undisturbed_run(tmp_path: Path) -> list[str]:
    folder, acknowledged = Folder(tmp_path, signers=[Witnessed()]), dict[int, bytes]()
    with folder.open() as log:
        list(grown(log, acknowledged))
    return folder.faults.steps


def test_the_steps_of_publishing_are_in_the_order_that_nothing_can_break(tmp_path: Path) -> None:
    steps = [step for step in steps_of_an_undisturbed_run(tmp_path) if step != "sequencer.append"]

    once = ["place.put", "second.swap", "sequencer.record_head", "place.put"]
    assert steps == [*once, *once, *once, "place.delete", "place.delete"]


@pytest.mark.parametrize("error", [no_space, Killed], ids=["error", "killed"])
@pytest.mark.parametrize("when", list(When))
def test_whichever_step_fails_the_log_opens_again_whole(tmp_path: Path, when: When, error: Callable[[], BaseException]) -> None:
    failed = 0
    for at in count():
        folder, signer, acknowledged = Folder(tmp_path / str(at), signers=[Witnessed()]), Witnessed(), dict[int, bytes]()
        folder.signers, folder.faults = [signer], Faults(at=at, when=when, error=error)
        try:
            with folder.open() as log:
                list(grown(log, acknowledged))
        except (HabeasError, Killed):
            failed += 1
        else:
            break
        check(folder, signer, acknowledged)
        shutil.rmtree(folder.top)
    assert failed > 15


@pytest.mark.parametrize("when", list(When))
def test_whichever_step_fails_the_same_log_goes_on(tmp_path: Path, when: When) -> None:
    failed = 0
    for at in count():
        folder, signer, acknowledged = Folder(tmp_path / str(at)), Witnessed(), dict[int, bytes]()
        folder.signers, folder.faults = [signer], Faults(at=at, when=when)
        with folder.open() as log:
            try:
                list(grown(log, acknowledged))
            except CannotWrite:
                failed += 1
                list(grown(log, acknowledged))
            else:
                break
        check(folder, signer, acknowledged)
        shutil.rmtree(folder.top)
    assert failed > 15


@pytest.mark.parametrize("step", ["sequencer.append", "place.put", "second.swap", "sequencer.record_head"])
def test_a_disk_that_stays_full_loses_nothing_and_the_log_goes_on_when_it_has_room_again(tmp_path: Path, step: str) -> None:
    folder, signer, acknowledged = Folder(tmp_path / "log"), Witnessed(), dict[int, bytes]()
    folder.signers = [signer]
    with folder.open() as log:
        next(grown(log, acknowledged))
        folder.faults.named = step
        for _ in range(3):
            with pytest.raises(CannotWrite, match="the disk is full"):
                list(grown(log, acknowledged))
        folder.faults.named = None
        list(grown(log, acknowledged))

    check(folder, signer, acknowledged)
    assert len(acknowledged) == SIZES[-1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one mebibyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=400", "tmpfs", str(disk)], check=False, capture_output=True)
    if made.returncode != 0:
        pytest.skip("no small disk can be mounted here: run as root, with the right to mount")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True, capture_output=True)


def remounted(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True, capture_output=True)


@pytest.mark.parametrize("full", ["public", "second", "everything"])
def test_a_disk_that_really_is_full_gives_a_clear_error_and_loses_nothing(small_disk: Path, tmp_path: Path, full: str) -> None:
    folder, signer = Folder(tmp_path / "log", signers=[Witnessed()]), Witnessed()
    folder.signers = [signer]
    folder.top.mkdir()
    if full == "everything":
        folder.top = small_disk / "log"
    else:
        (folder.top / full).symlink_to(small_disk)
    acknowledged: dict[int, bytes] = {}

    with folder.open() as log:
        with pytest.raises(CannotWrite, match=r"No space left on device|the disk is full"):
            _fill(log, acknowledged, ballast=small_disk / "ballast" if full == "second" else None)
        (small_disk / "ballast").unlink(missing_ok=True)
        remounted(small_disk, "size=64m,nr_inodes=10000")
        acknowledged[log.append(b"there is room again").index] = b"there is room again"
        log.publish()

    check(folder, signer, acknowledged)
    assert len(acknowledged) > 2


def _fill(log: Log, acknowledged: dict[int, bytes], *, ballast: Path | None) -> None:
    for number in range(200):
        entry = os.urandom(8000)
        acknowledged[log.append(entry).index] = entry
        log.publish()
        if ballast is not None and number == 2:
            _fill_up(ballast)


def _fill_up(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(512))
        except OSError:
            return


def test_a_disk_that_can_only_be_read_gives_a_clear_error_and_loses_nothing(small_disk: Path) -> None:
    folder, signer = Folder(small_disk / "log", signers=[Witnessed()]), Witnessed()
    folder.signers = [signer]
    with folder.open() as log:
        log.append(b"kept")
        log.publish()
    remounted(small_disk, "ro")
    with pytest.raises(Unavailable, match="see the permissions and the disk"), folder.open():
        pytest.fail("the log can't be open")
    remounted(small_disk, "rw")

    check(folder, signer, {0: b"kept"})


def test_a_folder_that_becomes_read_only_while_the_log_is_open_stops_the_publishing_alone(small_disk: Path, tmp_path: Path) -> None:
    folder, signer = Folder(tmp_path / "log"), Witnessed()
    folder.signers = [signer]
    folder.top.mkdir()
    folder.public.symlink_to(small_disk)
    with folder.open() as log:
        log.append(b"kept")
        log.publish()
        remounted(small_disk, "ro")
        assert log.append(b"also kept").index == 1
        with pytest.raises(CannotWrite, match="Read-only file system"):
            log.publish()
        remounted(small_disk, "rw")
        log.publish()

    check(folder, signer, {0: b"kept", 1: b"also kept"})
