"""A ledger whose database, files, second place or persons' keys were lost, brought back."""

import shutil

import pytest

from habeas.errors import Gone, Inconsistent, NotFound, Unavailable
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.reading import check, recorded
from habeas.runs.ledgers.recovering import recover_ledger
from ledgers.ledger_folders import AUTHORITY, decision, made, notice

ERASURE = {"ground": "retention-ended", "authority": AUTHORITY}


@pytest.fixture
def folder(tmp_path):
    return made(tmp_path / "ledger", decision(), decision("P-2"))


def lose_database(folder):
    for path in folder.glob("log.sqlite*"):
        path.unlink()


def copied(folder, *names):
    """A backup, taken while nobody writes."""
    return {name: (folder / name).read_bytes() for name in names}


def put_back(folder, backup):
    for name, content in backup.items():
        for path in folder.glob(f"{name}-*"):
            path.unlink()
        (folder / name).write_bytes(content)


def test_a_whole_ledger_stays_as_it_is(folder):
    found = recover_ledger(folder).recovered

    assert (found.head.size, found.entries, found.files, found.second_place) == (2, 0, 0, False)


def test_a_lost_database_comes_back_without_what_was_sealed(folder):
    lose_database(folder)
    found = recover_ledger(folder).recovered

    assert (found.head.size, found.entries, found.without_fields) == (2, 2, 2)
    assert check(folder).clean
    with Ledger(folder) as ledger:
        assert ledger.record(notice(1)).index == 2
        with pytest.raises(NotFound):
            ledger.read(0, "person", purpose="review", authority=AUTHORITY)


def test_an_old_backup_is_refused_and_recovered_and_forgets_again(folder):
    backup = copied(folder, "log.sqlite", "persons.sqlite")
    with Ledger(folder) as ledger:
        ledger.erase_person("P-1042", **ERASURE)
    put_back(folder, backup)

    with pytest.raises(Inconsistent, match="`habeas ledger recover` brings back what can be brought back"):
        Ledger(folder)
    found = recover_ledger(folder)
    assert (found.recovered.entries, found.replayed.destroyed, found.replayed.erased) == (1, 1, 1)
    with Ledger(folder) as ledger, pytest.raises(Gone):
        ledger.read(0, "person", purpose="review", authority=AUTHORITY)


def test_lost_public_files_are_written_again(folder):
    shutil.rmtree(folder / "public" / "tile" / "0")
    found = recover_ledger(folder).recovered

    assert found.files == 1
    assert check(folder).clean


def test_a_lost_second_place_is_filled_only_by_name(folder):
    shutil.rmtree(folder.parent / "ledger-second-place")
    with pytest.raises(Inconsistent, match=r"say so by name: habeas ledger recover --second-place-lost$"):
        recover_ledger(folder)

    assert recover_ledger(folder, second_place_lost=True).recovered.second_place
    assert check(folder).clean


def test_lost_persons_keys_are_made_anew_only_by_name(folder):
    for path in folder.glob("persons.sqlite*"):
        path.unlink()
    with pytest.raises(NotFound, match=r"persons\.sqlite; there is no such file"):
        recover_ledger(folder)

    recover_ledger(folder, persons_lost=True)
    with Ledger(folder) as ledger:
        index = ledger.record(decision()).index
        assert ledger.read(index, "person", purpose="review", authority=AUTHORITY)["score"] == 8
        with pytest.raises(Unavailable):
            ledger.read(0, "person", purpose="review", authority=AUTHORITY)


def test_persons_keys_that_are_there_are_never_made_anew(folder):
    recover_ledger(folder, persons_lost=True)
    with Ledger(folder) as ledger:
        assert ledger.read(0, "person", purpose="review", authority=AUTHORITY)["score"] == 8


def test_where_there_is_no_ledger_nothing_is_made(tmp_path):
    with pytest.raises(NotFound):
        recover_ledger(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_was_recorded_counts_without_a_checkpoint(folder):
    with Ledger(folder) as ledger:
        ledger.record(notice(0))
    assert recorded(folder) == 3
