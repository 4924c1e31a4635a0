"""A whole log, checked as a stranger can; the logs are made as any ledger is, then changed by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import habeas
from habeas.errors import Malformed, NotFound
from habeas.ledger.trust.rungs import Outcome
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.verifying_log import verify_log
from ledgers.ledger_folders import decision, made, notice

HELD, FAILED, NOT_REACHED, NOT_ASKED = Outcome.HELD, Outcome.FAILED, Outcome.NOT_REACHED, Outcome.NOT_ASKED


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a checkpoint of 2 entries kept as `old`, and 5 entries by now."""
    folder = made(tmp_path_factory.mktemp("grown") / "ledger", decision(), notice(0))
    shutil.copy(folder / "public" / "checkpoint", folder / "old")
    record(folder, notice(0), notice(1), notice(0))
    return folder


@pytest.fixture
def ledger(grown: Path, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(grown, tmp_path / "ledger"))


def record(folder: Path, *records: dict[str, object]) -> None:
    with Ledger(folder) as ledger:
        list(ledger.record_many(records))
        ledger.checkpoint()


def outcomes(folder: Path, since: Path | None = None) -> list[Outcome]:
    found = verify_log(folder / "public", policy=folder / "trust-policy.txt", since=since)
    return [rung.outcome for rung in found.rungs]


def test_a_whole_log_holds_on_every_step(ledger: Path) -> None:
    found = verify_log(ledger / "public", policy=ledger / "trust-policy.txt", since=ledger / "old")

    assert [rung.outcome for rung in found.rungs] == [HELD] * 4
    assert found.held
    assert found.failed is None
    assert found.checkpoint is not None
    assert found.checkpoint.size == 5
    assert found.rungs[3].detail == "What it held then (2 entries) is its beginning, unaltered and in its order."


def test_it_is_offered_to_python_users(ledger: Path) -> None:
    assert habeas.verify_log(ledger / "public", policy=ledger / "trust-policy.txt").held


def test_without_an_earlier_checkpoint_the_past_is_not_asked_for(ledger: Path) -> None:
    assert outcomes(ledger) == [HELD, HELD, HELD, NOT_ASKED]


def test_the_same_checkpoint_is_its_own_beginning(ledger: Path) -> None:
    assert outcomes(ledger, ledger / "public" / "checkpoint") == [HELD] * 4


def test_every_log_begins_with_the_empty_one(tmp_path: Path) -> None:
    folder = made(tmp_path / "ledger")
    shutil.copy(folder / "public" / "checkpoint", folder / "old")
    record(folder, decision())

    assert outcomes(folder, folder / "old") == [HELD] * 4


def test_a_log_that_was_set_back_is_told(ledger: Path) -> None:
    shutil.copy(ledger / "public" / "checkpoint", ledger / "new")
    shutil.copy(ledger / "old", ledger / "public" / "checkpoint")

    found = verify_log(ledger / "public", policy=ledger / "trust-policy.txt", since=ledger / "new")

    assert [rung.outcome for rung in found.rungs] == [HELD, HELD, HELD, FAILED]
    assert found.rungs[3].detail == "The log had 5 entries then, and shows 2 now: these files are older, or the log was set back."


@pytest.mark.parametrize("size", [2, 5])
def test_another_history_under_the_same_keys_is_convicted_by_both_checkpoints(ledger: Path, tmp_path: Path, size: int) -> None:
    other = made_again(ledger, tmp_path / "other", size)

    found = verify_log(ledger / "public", policy=ledger / "trust-policy.txt", since=other)

    assert [rung.outcome for rung in found.rungs] == [HELD, HELD, HELD, FAILED]
    assert found.rungs[3].evidence == (other.read_bytes(), (ledger / "public" / "checkpoint").read_bytes())
    assert not found.held


def made_again(ledger: Path, folder: Path, size: int) -> Path:
    """A checkpoint of another log of the same name and keys: what an operator who restores everything could sign."""
    from habeas.stores.keys.key_files import load_signer
    from habeas.stores.log.head import SecondPlace
    from habeas.stores.log.log import Log
    from habeas.stores.objects.disk import DiskPlace
    from habeas.stores.sequencers.store import open_sequencer
    from ledgers.ledger_folders import ORIGIN

    folder.mkdir()
    signers = [load_signer(ledger / "keys" / name, passphrase=None) for name in ("log-ed25519.json", "log-ml-dsa-44.json")]
    sequencer = open_sequencer(folder / "log.sqlite", origin=ORIGIN, create=True)
    with Log(sequencer, DiskPlace(folder / "public"), SecondPlace(folder / "second"), signers, ORIGIN, clock=lambda: 1) as log:
        list(log.append_many(b"another entry %d" % number for number in range(size)))
        log.publish()
    sequencer.close()
    return folder / "public" / "checkpoint"


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("file", ["tile/entries/000.p/5", "tile/0/000.p/5"])
def test_one_altered_bit_of_a_public_file_is_found(ledger: Path, file: str) -> None:
    flip(ledger / "public" / file)

    assert outcomes(ledger, ledger / "old") == [HELD, HELD, FAILED, NOT_REACHED]


@pytest.mark.parametrize("file", ["tile/entries/000.p/5", "tile/0/000.p/5"])
def test_a_missing_file_is_found(ledger: Path, file: str) -> None:
    (ledger / "public" / file).unlink()

    assert outcomes(ledger) == [HELD, HELD, FAILED, NOT_REACHED]


def test_an_altered_checkpoint_proves_nothing(ledger: Path) -> None:
    checkpoint = ledger / "public" / "checkpoint"
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b"\n5\n", b"\n4\n"))

    assert outcomes(ledger) == [FAILED, NOT_REACHED, NOT_REACHED, NOT_REACHED]


def test_an_earlier_checkpoint_that_nobody_signed_proves_nothing(ledger: Path) -> None:
    flip(ledger / "old")

    assert outcomes(ledger, ledger / "old") == [HELD, HELD, HELD, FAILED]


def test_a_checkpoint_of_another_log_accuses_nobody(ledger: Path, tmp_path: Path) -> None:
    habeas.create_ledger(tmp_path / "other", origin="log.court.example/decisions", passphrase=None)
    record(tmp_path / "other", decision())
    policy = tmp_path / "policy.txt"
    both = [(folder / "trust-policy.txt").read_text().replace("quorum none\n", "") for folder in (ledger, tmp_path / "other")]
    policy.write_text("".join(both) + "quorum none\n")

    found = verify_log(ledger / "public", policy=policy, since=tmp_path / "other" / "public" / "checkpoint")

    assert [rung.outcome for rung in found.rungs] == [HELD, HELD, HELD, FAILED]
    assert found.rungs[3].detail == "The earlier checkpoint is of another log, log.court.example/decisions: it says nothing of this one."


def test_a_quorum_that_is_not_met_fails_before_any_entry_is_read(ledger: Path) -> None:
    witness = "witness w witness.example/w1+649a492a+BB3gSum5wGmX9zxyflinPpljj3VSavYkhwruZcbAoHb+"
    policy = ledger / "trust-policy.txt"
    policy.write_text(policy.read_text().replace("quorum none", f"{witness}\nquorum w"))

    assert outcomes(ledger) == [HELD, FAILED, NOT_REACHED, NOT_REACHED]


def test_a_folder_without_a_checkpoint_is_no_log(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        verify_log(tmp_path, policy=ledger / "trust-policy.txt")

    assert str(refused.value) == (
        f"expected the public files of a log in {tmp_path}; there is no checkpoint: name the folder that holds checkpoint and tile"
    )


def test_a_policy_that_is_none_is_refused(ledger: Path) -> None:
    with pytest.raises(Malformed):
        verify_log(ledger / "public", policy=ledger / "ledger.yaml")


def test_progress_is_told_to_its_end(ledger: Path) -> None:
    told: list[tuple[int, int]] = []

    verify_log(ledger / "public", policy=ledger / "trust-policy.txt", progress=lambda done, of: told.append((done, of)))

    assert told == [(0, 5), (5, 5)]
