"""After an old backup, damaged files or a lost second place: what was signed comes back, or nothing is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from habeas.errors import Busy, CannotWrite, Inconsistent, Malformed, NotFound
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.log.fsck import check_log
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.published import Published
from habeas.stores.log.recover import Recovered, recover
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.sequencers.rows import Submission
from habeas.terms.records import Entry, RecordType, encode_entry
from ledgers.failing_stores import Faults, When, no_space, watched_place, watched_sequencer
from ledgers.log_folders import BOTH, ORIGIN, Folder, entries, published


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "log", signers=BOTH)


def recovered(folder: Folder, *, lost: bool = False, faults: Faults | None = None) -> Recovered:
    watching = faults or Faults()
    place, second = watched_place(watching, folder.place), watched_place(watching, DiskPlace(folder.second), "second")
    with folder.sequencer() as sequencer:
        files = Published(place, origin=ORIGIN, keys=[signer.key for signer in folder.signers])
        watched = watching.watch(watched_sequencer(watching, sequencer), "sequencer", "restore")
        return recover(watched, files, SecondPlace(second), second_place_lost=lost)


def expect_whole(folder: Folder, size: int) -> None:
    """The log opens, grows, and passes the check."""
    with folder.open() as log:
        assert log.size() >= size
        log.append(b"and on")
        log.publish()
    with folder.sequencer() as sequencer:
        assert list(sequencer.entries(0, size)) == entries(size)
        keys = [signer.key for signer in folder.signers]
        report = check_log(sequencer, Published(folder.place, origin=ORIGIN, keys=keys), folder.second_place)
    assert report.clean, report.findings


def set_back(folder: Folder, *sizes: int) -> None:
    """Grow to these sizes, with a backup of the database after the first, and put that backup back."""
    published(folder, sizes[0])
    shutil.copy(folder.database, folder.top / "backup")
    published(folder, *sizes[1:])
    shutil.copy(folder.top / "backup", folder.database)


def refuses_to_open(folder: Folder) -> bool:
    with folder.sequencer() as sequencer:
        log = folder.made(sequencer)
        try:
            log.open()
        except Inconsistent:
            return True
        log.close()
        return False


@pytest.mark.parametrize("sizes", [(10, 20), (1, 256), (10, 300), (256, 600), (300, 300, 5000), (0, 7)])
def test_entries_that_an_old_backup_lacks_come_back_from_the_published_files(folder: Folder, sizes: tuple[int, ...]) -> None:
    set_back(folder, *sizes)
    assert refuses_to_open(folder)

    result = recovered(folder)

    assert (result.head.size, result.entries, result.files, result.second_place) == (sizes[-1], sizes[-1] - sizes[0], 0, False)
    expect_whole(folder, sizes[-1])


def test_a_database_that_was_lost_altogether_comes_back(folder: Folder) -> None:
    published(folder, 100, 700)
    folder.database.unlink()

    assert recovered(folder).entries == 700
    expect_whole(folder, 700)


def test_a_log_that_is_whole_stays_as_it_is(folder: Folder) -> None:
    published(folder, 100, 700)
    before = folder.files()

    result = recovered(folder)

    assert (result.entries, result.files, result.second_place) == (0, 0, False)
    assert folder.files() == before


def test_recovering_twice_changes_nothing_the_second_time(folder: Folder) -> None:
    set_back(folder, 10, 300)

    assert recovered(folder).entries == 290
    assert recovered(folder).entries == 0


def test_deeds_come_back_as_deeds_and_records_without_their_fields_are_counted(folder: Folder) -> None:
    with folder.open() as log:
        log.append(b"entry 0")
        log.publish()
    shutil.copy(folder.database, folder.top / "backup")
    by = {"authority": "police.example", "day": date(2026, 1, 2)}
    words = {"system": "risk-tool", "version": "unknown", "purpose": "bail"}
    decision = Entry(type=RecordType.DECISION, public=words, fields=bytes(32), **by)
    erasure = Entry(type=RecordType.ERASURE, public={"about": 1, "group": "person", "ground": "unlawful"}, **by)
    with folder.open() as log:
        log.append(encode_entry(decision))
        log.append(Submission(entry=encode_entry(erasure), leaf=leaf_hash(encode_entry(erasure)), deed=True))
        log.publish()
    shutil.copy(folder.top / "backup", folder.database)

    result = recovered(folder)

    assert (result.entries, result.without_fields) == (2, 1)
    with folder.sequencer() as sequencer:
        assert list(sequencer.deeds(0)) == [(2, encode_entry(erasure))]


def test_without_the_bundles_nothing_is_touched(folder: Folder) -> None:
    set_back(folder, 10, 600)
    (folder.public / "tile/entries/001").unlink()

    with pytest.raises(NotFound, match="tile/entries/001"):
        recovered(folder)
    assert folder_entries(folder) == entries(10)
    assert refuses_to_open(folder)


def folder_entries(folder: Folder) -> list[bytes]:
    with folder.sequencer() as sequencer:
        return list(sequencer.entries(0, sequencer.size()))


def test_bundles_that_do_not_give_the_signed_root_are_not_believed(folder: Folder) -> None:
    set_back(folder, 10, 600)
    content = bytearray((folder.public / "tile/entries/001").read_bytes())
    content[-1] ^= 1
    (folder.public / "tile/entries/001").write_bytes(content)

    with pytest.raises(Inconsistent, match=r"root that was signed for size 600.*nothing was changed"):
        recovered(folder)
    assert folder_entries(folder) == entries(10)


def test_a_bundle_that_can_not_be_read_is_not_believed(folder: Folder) -> None:
    set_back(folder, 10, 600)
    (folder.public / "tile/entries/001").write_bytes(b"\0")

    with pytest.raises(Malformed):
        recovered(folder)
    assert folder_entries(folder) == entries(10)


def test_a_backup_that_took_other_entries_since_is_another_history(folder: Folder) -> None:
    set_back(folder, 10, 20)
    with folder.sequencer() as sequencer:
        sequencer.claim()
        sequencer.append([Submission(entry=b"other", leaf=leaf_hash(b"other"))])

    with pytest.raises(Inconsistent, match="two histories have parted"):
        recovered(folder)
    assert folder_entries(folder) == [*entries(10), b"other"]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "path", ["tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001", "tile/0/002.p/38", "tile/entries/002.p/38"]
)
@pytest.mark.parametrize("how", [flip, Path.unlink, lambda path: path.write_bytes(b"")])
def test_damaged_files_are_written_again(folder: Folder, path: str, how: Callable[[Path], None]) -> None:
    published(folder, 550, 600)
    before = folder.files()
    how(folder.public / path)

    result = recovered(folder)

    gone = how is Path.unlink and path.endswith("/38")  # nothing tells that a partial file of an older checkpoint was there
    assert result.files == (0 if gone else 1)
    assert folder.files() == {other: content for other, content in before.items() if not (gone and other == path)}
    expect_whole(folder, 600)


def test_all_public_files_come_back_from_the_database(folder: Folder) -> None:
    published(folder, 600)
    before = folder.files()
    shutil.rmtree(folder.public)

    recovered(folder)

    assert folder.files() == before


def test_a_lost_second_place_is_filled_only_when_told_that_it_was_lost(folder: Folder) -> None:
    published(folder, 10, 20)
    shutil.rmtree(folder.second)

    with pytest.raises(Inconsistent, match="--second-place-lost"):
        recovered(folder)
    assert folder.second_place.last() is None
    assert recovered(folder, lost=True).second_place
    assert folder.second_place.last().size == 20
    expect_whole(folder, 20)


def test_an_old_second_place_and_an_old_backup_at_once_still_find_the_published_checkpoint(folder: Folder) -> None:
    published(folder, 10)
    shutil.copytree(folder.second, folder.top / "old")
    set_back(folder, 10, 20)
    shutil.rmtree(folder.second)
    shutil.copytree(folder.top / "old", folder.second)

    with pytest.raises(Inconsistent, match="of size 20; it knows less"):
        recovered(folder)
    assert recovered(folder, lost=True).entries == 10
    expect_whole(folder, 20)


@pytest.mark.parametrize("size", [15, 20, 30])
def test_two_histories_that_were_both_signed_are_told_and_left(folder: Folder, tmp_path: Path, size: int) -> None:
    published(folder, 20)
    other = Folder(tmp_path / "other", signers=BOTH)
    with other.open() as log:
        list(log.append_many(b"other %d" % n for n in range(size)))
        log.publish()
    shutil.copy(other.second / "last-signed-checkpoint", folder.second / "last-signed-checkpoint")
    before = folder.files()

    with pytest.raises((Inconsistent, NotFound)):
        recovered(folder, lost=True)
    assert folder.files() == before
    assert folder.second_place.last().size == size


def test_a_log_that_never_signed_has_nothing_to_recover(folder: Folder) -> None:
    with folder.open() as log:
        log.append(b"a")

    with pytest.raises(NotFound, match="nothing was published"):
        recovered(folder)


def test_a_log_that_somebody_writes_is_not_recovered_beside_them(folder: Folder) -> None:
    published(folder, 10)

    with folder.open(), pytest.raises(Busy):
        recovered(folder)


@pytest.mark.parametrize("when", list(When))
def test_whichever_step_of_recovering_fails_it_may_be_begun_again(folder: Folder, tmp_path: Path, when: When) -> None:
    set_back(folder, 10, 3000)
    shutil.rmtree(folder.second)
    (folder.public / "tile/0/003").unlink()
    for at in count():
        spoilt = Folder(tmp_path / str(at), signers=BOTH)
        shutil.copytree(folder.top, spoilt.top)
        try:
            recovered(spoilt, lost=True, faults=Faults(at=at, when=when, error=no_space))
        except CannotWrite:
            recovered(spoilt, lost=True)
        else:
            break
        expect_whole(spoilt, 3000)
    assert at == 6  # entries in three transactions, the head, the missing tile, the second place


def test_progress_goes_up_to_what_there_is(folder: Folder) -> None:
    set_back(folder, 10, 3000)
    told: list[tuple[int, int]] = []
    with folder.sequencer() as sequencer:
        files = Published(folder.place, origin=ORIGIN, keys=[signer.key for signer in BOTH])
        recover(sequencer, files, folder.second_place, progress=lambda *done: told.append(done))

    assert told == sorted(told)
    assert {of for _, of in told} == {6000}
    assert told[-1][0] <= 6000
