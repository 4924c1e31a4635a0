"""Backups bring back what was forgotten: the log's own orders make the ledger forget again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from habeas.errors import Gone, Inconsistent
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.published import Published
from habeas.stores.log.recover import recover
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.sequencers.rows import State
from habeas.stores.sequencers.store import open_sequencer
from habeas.stores.vault.deeds import Deeds, Replayed
from ledgers import record_logs, tlog_vectors
from ledgers.record_logs import AUTHORITY, Records, drawn, opened, verified


class Crash(Exception):
    """The process ends here."""


def crash(*_: object, **__: object) -> None:
    raise Crash


def erase_person(records: Records) -> None:
    records.vault.erase_person("P-1", ground="retention-ended", authority=AUTHORITY)


def erase_record(records: Records) -> None:
    records.vault.erase_record(0, "person", ground="unlawful", authority=AUTHORITY)


def restrict(records: Records) -> None:
    records.vault.restrict(0, "person", ground="kept-as-evidence", court_key=record_logs.COURT, authority=AUTHORITY)


DEEDS = {"person": erase_person, "record": erase_record, "restriction": restrict}
AFTERWARDS = {"person": State.ERASED, "record": State.ERASED, "restriction": State.RESTRICTED}


def backup(ledger: Path, to: Path) -> None:
    """All that isn't public, as a backup program copies it while nobody writes."""
    to.mkdir()
    for file in ledger.iterdir():
        if file.is_file():
            shutil.copy(file, to)


def restored(ledger: Path, of: Path) -> None:
    for file in ledger.iterdir():
        if file.is_file():
            file.unlink()
    for file in of.iterdir():
        shutil.copy(file, ledger)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_backup_made_between_order_and_deed_forgets_again(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    with opened(ledger, draw=drawn("1")) as records:
        records.decided()
        with monkeypatch.context() as patch:
            for name in ("restrict", "erase_person", "erase_record"):
                patch.setattr(Deeds, name, crash)
            with pytest.raises(Crash):
                DEEDS[deed](records)
    backup(ledger, tmp_path / "backup")
    with opened(ledger, draw=drawn("2")) as records:
        assert records.vault.state(0, "person") is AFTERWARDS[deed]

    restored(ledger, tmp_path / "backup")

    with opened(ledger, draw=drawn("3"), replay=False) as records:
        assert records.vault.state(0, "person") is State.ACTIVE  # the backup brought it back
        done = records.vault.replay()
        assert records.vault.state(0, "person") is AFTERWARDS[deed]
        assert (done.erased, done.restricted, done.unfinished) == ((0, 1, ()) if deed == "restriction" else (1, 0, ()))


def test_an_older_file_of_persons_keys_forgets_again(ledger: Path, tmp_path: Path) -> None:
    with opened(ledger, draw=drawn("1")) as records:
        records.decided()
    shutil.copy(ledger / "persons.sqlite", tmp_path / "old")
    with opened(ledger, draw=drawn("2")) as records:
        handle = records.persons.find("P-1")
        erase_person(records)
    shutil.copy(tmp_path / "old", ledger / "persons.sqlite")

    with opened(ledger, draw=drawn("3"), replay=False) as records:
        assert records.persons.find("P-1") == handle  # the key is back
        assert records.vault.replay() == Replayed(erased=0, destroyed=1, restricted=0, unfinished=())
        assert records.persons.find("P-1") is None


def recovered(ledger: Path) -> int:
    """Bring back what the public already has; how many entries that was."""
    sequencer = open_sequencer(ledger / "log.sqlite", origin=tlog_vectors.LOG_NAME)
    try:
        published = Published(DiskPlace(ledger / "public"), origin=tlog_vectors.LOG_NAME, keys=[tlog_vectors.log_signer().key])
        return recover(sequencer, published, SecondPlace(ledger / "second")).entries
    finally:
        sequencer.close()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_whole_old_backup_is_refused_then_recovered_and_forgets_again(ledger: Path, tmp_path: Path, deed: str) -> None:
    with opened(ledger, draw=drawn("1")) as records:
        records.decided(name="Ada")
        other = records.decided(person="P-2", name="Eve")
        evidence = records.disclosed(0, "person", "name").encode()
    backup(ledger, tmp_path / "backup")
    with opened(ledger, draw=drawn("2")) as records:
        DEEDS[deed](records)

    restored(ledger, tmp_path / "backup")

    with pytest.raises(Inconsistent, match="recover"), opened(ledger, draw=drawn("3")):
        pass
    assert recovered(ledger) == 1  # the order
    with opened(ledger, draw=drawn("4")) as records:
        assert records.vault.state(0, "person") is AFTERWARDS[deed]
        assert records.vault.replay() == Replayed(erased=0, destroyed=0, restricted=0, unfinished=())
        assert records.read(other)["name"] == "Eve"
        assert verified(records.disclosed(other, "person", "name").encode()).held
        assert (records.persons.find("P-1") is None) == (deed == "person")
        if deed != "restriction":
            with pytest.raises(Gone):
                records.read(0)
    assert verified(evidence).held
    if deed == "person":
        assert b"Ada" not in b"".join(record_logs.bytes_kept(ledger).values())
