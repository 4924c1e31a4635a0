"""Old backups put back: a log refuses to sign on top of them, and is brought back from what the public holds.

Each is set back to where it was at 300 entries, having shown 520 since: whatever remembers those 520 must be heard.
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from habeas.errors import Inconsistent
from habeas.ledger.notes.note import parse_note
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.trust.policy_parts import Witness
from habeas.stores.log.fsck import check_log
from habeas.stores.log.log import Witnesses
from habeas.stores.log.published import Published
from habeas.stores.log.recover import Recovered, recover
from habeas.stores.witnessing.circle import ask_witnesses
from habeas.stores.witnessing.client import is_proven
from habeas.stores.witnessing.running import Service
from habeas.stores.witnessing.service import witness_app
from habeas.stores.witnessing.state import WitnessState
from ledgers import tlog_vectors
from ledgers.failing_stores import When
from ledgers.log_folders import ORIGIN, SIGNERS, Folder, entries, published
from ledgers.writers import History, Plan, Writers

OLD, NEW = 300, 520
KEYS = [signer.key for signer in SIGNERS]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A log of 300 entries."""
    return published(Folder(tmp_path / "log"), 7, OLD)


def keep_copy(folder: Folder) -> Path:
    """A backup of everything."""
    return Path(shutil.copytree(folder.top, folder.top.with_name("backup")))


def put_back(folder: Folder, backup: Path, *parts: str) -> None:
    """Put parts of the backup where they were; of the database, everything that lies beside it goes."""
    for part in parts:
        for path in folder.top.glob(f"{part}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in backup.glob(f"{part}*"):
            (shutil.copytree if path.is_dir() else shutil.copy)(path, folder.top / path.name)


def refusal(folder: Folder) -> Inconsistent:
    with folder.sequencer() as sequencer, pytest.raises(Inconsistent) as caught:
        folder.made(sequencer).open()
    return caught.value


def recovered(folder: Folder) -> Recovered:
    with folder.sequencer() as sequencer:
        return recover(sequencer, Published(folder.place, origin=ORIGIN, keys=KEYS), folder.second_place)


def expect_whole(folder: Folder, size: int) -> None:
    with folder.sequencer() as sequencer:
        assert list(sequencer.entries(0, NEW)) == entries(NEW)
        with folder.made(sequencer) as log:
            log.append(b"it goes on")
            assert log.publish().size == size + 1
        report = check_log(sequencer, Published(folder.place, origin=ORIGIN, keys=KEYS), folder.second_place)
    assert report.clean, report.findings


def test_an_old_database_is_refused_with_both_heads_and_brought_back(folder: Folder) -> None:
    backup = keep_copy(folder)
    old = folder.second_place.last()
    new = published(folder, NEW).second_place.last()
    public = folder.files()
    put_back(folder, backup, "log.sqlite")

    error = refusal(folder)

    assert "habeas ledger recover" in str(error)
    assert (error.smaller, error.larger) == (old.note, new.note)
    assert folder.files() == public
    assert recovered(folder).entries == NEW - OLD
    assert folder.files() == public
    expect_whole(folder, NEW)


def test_an_old_database_and_second_place_are_refused_for_what_the_public_was_shown(folder: Folder) -> None:
    backup = keep_copy(folder)
    new = published(folder, NEW).second_place.last()
    put_back(folder, backup, "log.sqlite", "second")

    error = refusal(folder)

    assert error.larger == new.note
    assert folder.files()["checkpoint"] == new.note


@pytest.mark.parametrize("when", [When.BEFORE, When.AFTER])
def test_killed_at_any_step_a_recovery_may_be_begun_again(
    writers: Writers, quick: Path, tmp_path: Path, when: When, record_property: Callable[[str, object], None]
) -> None:
    small = published(Folder(tmp_path / "log"), 250)
    backup = keep_copy(small)
    published(small, 260)
    put_back(small, backup, "log.sqlite")
    (small.public / "tile/0/000").unlink()
    steps = killed_recovery(writers, small, quick, at=None, when=when)

    for at in range(len(steps)):
        killed_recovery(writers, small, quick, at=at, when=when)

    assert {"database: COMMIT", "database: INSERT INTO ledger_heads (size,", "replace a staged file"} <= set(steps)
    record_property("SIGKILLs", len(steps))


def killed_recovery(writers: Writers, folder: Folder, top: Path, *, at: int | None, when: When) -> list[str]:
    """Recover a copy of the log, killed at a step, and then once more; the steps there were."""
    shutil.rmtree(top, ignore_errors=True)
    shutil.copytree(folder.top, top / "log")
    copy = Folder(top / "log")
    history = History(folder=copy, reports=top / "reports")
    plan = Plan(work="recovery", folder=str(copy.top), reports=str(history.reports), at=at, when=when.value)
    assert writers.run(plan) == (0 if at is None else signal.SIGKILL)
    assert recovered(copy).head.size == 260
    for index, entry in enumerate(entries(260)):
        history.acknowledge(index, leaf_hash(entry))
    history.check()
    return [" ".join(line[1:]) for line in history.heard if line[0] == "step"]


@contextmanager
def running_witness(memory: Path) -> Iterator[Witnesses]:
    """A witness next door, as the log asks it."""
    signer = tlog_vectors.witness_signer()
    with ExitStack() as ending:
        state = WitnessState(memory, create=True)
        ending.callback(state.close)
        state.add_log(KEYS[0])
        service = Service(witness_app(state, signers=[signer], clock=lambda: tlog_vectors.AT), host="127.0.0.1", port=0)
        thread = threading.Thread(target=service.run)
        thread.start()
        ending.callback(thread.join)
        ending.callback(service.stop)
        member = Witness(name="next-door", key=signer.key, url=f"http://127.0.0.1:{service.port}")

        def ask(checkpoint: bytes, prove: Callable[[int], tuple[bytes, ...]]):
            asked = ask_witnesses([member], checkpoint=checkpoint, known={}, prove=prove)
            for error in asked.failed.values():
                raise error
            return asked.signatures

        yield ask


@pytest.mark.enable_socket
@pytest.mark.parametrize("more", [1, NEW - OLD, 300])
def test_when_everything_was_set_back_a_witness_knows_better(folder: Folder, tmp_path: Path, more: int) -> None:
    """Smaller than what it cosigned, as large, or larger: none of it is cosigned or shown, and both checkpoints convict who signed."""
    with running_witness(tmp_path / "witness.sqlite") as witness:
        with folder.open() as log:
            log.publish(witness, wanted=1)
        backup = keep_copy(folder)
        with folder.open() as log:
            list(log.append_many(entries(NEW - OLD, since=OLD)))
            shown = log.publish(witness)
        put_back(folder, backup, "log.sqlite", "second", "public")
        with folder.open() as log:
            list(log.append_many(b"another history %d" % number for number in range(more)))
            with pytest.raises(Inconsistent) as caught:
                log.publish(witness)
            with pytest.raises(Inconsistent):
                log.publish(witness)
            assert log.published.head().size == OLD

    assert is_proven(caught.value, KEYS)
    assert parse_note(caught.value.larger if more < NEW - OLD else caught.value.smaller).text == parse_note(shown.note).text
