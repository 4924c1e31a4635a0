from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from habeas.errors import BadInput, BrokenEvidence, Busy, CannotWrite, Gone, NotAllowed, NotFound, Unavailable
from habeas.stores.vault.keys_database import connect
from habeas.stores.vault.persons import MOST_REFERENCE_BYTES, PersonKey, Persons, create_persons
from ledgers.record_logs import MASTER, bytes_kept, drawn


@pytest.fixture
def file(tmp_path: Path) -> Path:
    create_persons(tmp_path / "persons.sqlite", master=MASTER)
    return tmp_path / "persons.sqlite"


@pytest.fixture
def persons(file: Path):
    opened = Persons(file, master=MASTER, random=drawn())
    yield opened
    opened.close()


def key_for(persons: Persons, ref: str) -> PersonKey:
    return persons.keys_for([ref])[ref]


def wrapped_keys(file: Path) -> dict[str, bytes]:
    """The wrapped key of each handle, as another program finds them."""
    other = sqlite3.connect(file)
    try:
        return {handle.hex(): bytes(wrapped) for handle, wrapped in other.execute("SELECT handle, wrapped FROM persons")}
    finally:
        other.close()


def test_however_systems_spell_the_same_letters_a_person_has_one_key(persons: Persons) -> None:
    """Else an erasure would leave the half of a person that another keyboard wrote: composed, decomposed, with a space behind."""
    keys = persons.keys_for(["Jos\u00e9", "Jose\u0301", "Jos\u00e9 ", "\tJos\u00e9\n"])

    assert len(keys) == 4
    assert len({key.handle for key in keys.values()}) == 1
    persons.destroy(persons.find("Jose\u0301"))
    assert list(persons.handles()) == []


def test_a_child_process_makes_and_destroys_no_keys(persons: Persons, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that share a connection can ruin the file (SQLite, "How To Corrupt An SQLite Database File", 2.6)."""
    handle = key_for(persons, "P-1").handle
    with monkeypatch.context() as child:
        child.setattr(os, "getpid", lambda: -1)
        with pytest.raises(Busy, match="a child of it"):
            key_for(persons, "P-2")
        with pytest.raises(Busy, match="a child of it"):
            persons.destroy(handle)

    assert list(persons.handles()) == [handle]


def test_a_person_has_one_key_and_keeps_it(file: Path, persons: Persons) -> None:
    first = key_for(persons, "P-1")

    assert key_for(persons, "P-1") == first
    assert persons.key(first.handle) == first
    assert persons.find("P-1") == first.handle
    persons.close()
    again = Persons(file, master=MASTER)
    assert key_for(again, "P-1") == first
    again.close()


def test_two_persons_have_nothing_in_common(persons: Persons) -> None:
    keys = persons.keys_for(["P-1", "P-2"])

    assert keys["P-1"].handle != keys["P-2"].handle
    assert keys["P-1"].key != keys["P-2"].key
    assert (len(bytes.fromhex(keys["P-1"].handle)), len(keys["P-1"].key)) == (16, 32)


def test_nobody_is_nobody(persons: Persons) -> None:
    assert persons.keys_for([]) == {}
    assert persons.find("P-1") is None
    assert list(persons.handles()) == []


def test_a_key_does_not_show_when_printed() -> None:
    assert repr(PersonKey(handle="ab", key=b"secret")) == "PersonKey(handle='ab')"


def test_the_file_holds_neither_references_nor_keys(file: Path, persons: Persons) -> None:
    key = key_for(persons, "Ada Lovelace, born 1815")

    kept = b"".join(bytes_kept(file.parent).values())
    assert b"Ada" not in kept
    assert key.key not in kept
    assert MASTER not in kept


def test_only_its_owner_reads_the_file(file: Path, persons: Persons) -> None:
    key_for(persons, "P-1")

    assert {oct(part.stat().st_mode & 0o777) for part in file.parent.iterdir()} == {"0o600"}


def test_a_destroyed_key_is_gone_for_good(persons: Persons) -> None:
    key, other = key_for(persons, "P-1"), key_for(persons, "P-2")

    assert persons.destroy(key.handle) is True
    assert persons.destroy(key.handle) is False

    with pytest.raises(Gone, match="was destroyed"):
        persons.key(key.handle)
    assert persons.find("P-1") is None
    assert list(persons.handles()) == [other.handle]
    assert key_for(persons, "P-1").handle != key.handle  # someone who comes back is someone new


def test_destroying_leaves_no_byte_of_the_wrapped_key(file: Path, persons: Persons) -> None:
    """With enough rows that pages divide; `secure_delete` alone would leave copies that moved."""
    handles = [key.handle for key in persons.keys_for(f"P-{number}" for number in range(700)).values()]
    wrapped = wrapped_keys(file)
    doomed = handles[::3]

    assert persons.destroy_all(doomed) == len(doomed)

    kept = b"".join(bytes_kept(file.parent).values())
    assert [handle for handle in doomed if wrapped[handle] in kept or wrapped[handle][12:44] in kept] == []
    assert all(kept.count(wrapped[handle]) == 1 for handle in set(handles) - set(doomed))


def test_keys_that_never_were_are_not_called_destroyed(persons: Persons) -> None:
    with pytest.raises(Unavailable, match="never destroyed"):
        persons.key("00" * 16)
    assert persons.destroy("00" * 16) is False


def test_another_master_key_opens_nothing(file: Path) -> None:
    with pytest.raises(NotAllowed, match="another"):
        Persons(file, master=bytes(32))


@pytest.mark.parametrize("length", [0, 16, 33])
def test_a_master_key_has_32_bytes(file: Path, tmp_path: Path, length: int) -> None:
    with pytest.raises(BadInput, match="master key of 32 bytes"):
        Persons(file, master=bytes(length))
    with pytest.raises(BadInput, match="master key of 32 bytes"):
        create_persons(tmp_path / "other.sqlite", master=bytes(length))
    assert not (tmp_path / "other.sqlite").exists()


@pytest.mark.parametrize("person", ["", "x" * (MOST_REFERENCE_BYTES + 1)])
def test_a_reference_names_somebody_briefly(persons: Persons, person: str) -> None:
    with pytest.raises(BadInput, match="reference of 1 to"):
        key_for(persons, person)


def test_a_missing_file_is_never_made_in_passing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="restore it"):
        Persons(tmp_path / "persons.sqlite", master=MASTER)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_replaced(file: Path) -> None:
    before = file.read_bytes()

    with pytest.raises(CannotWrite, match="left as it was"):
        create_persons(file, master=MASTER)
    assert file.read_bytes() == before


def test_a_file_is_made_in_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="Nothing was made"):
        create_persons(tmp_path / "nowhere" / "persons.sqlite", master=MASTER)


def test_a_newer_format_is_left_alone(file: Path) -> None:
    other = connect(file)
    other.execute("UPDATE settings SET format = 2")
    other.close()

    with pytest.raises(BadInput, match="another"):
        Persons(file, master=MASTER)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "persons.sqlite").write_bytes(b"something else " * 100)

    with pytest.raises(BrokenEvidence, match="no SQLite file"):
        Persons(tmp_path / "persons.sqlite", master=MASTER)


def test_the_database_itself_refuses_to_delete_or_change_keys(file: Path, persons: Persons) -> None:
    key_for(persons, "P-1")
    other = connect(file)

    for statement in ("DELETE FROM persons", "UPDATE persons SET wrapped = randomblob(60)", "UPDATE persons SET handle = zeroblob(16)"):
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(statement)
    other.close()


def test_a_reader_that_keeps_the_journal_is_told_of(file: Path, persons: Persons) -> None:
    key = key_for(persons, "P-1")
    persons._database.execute("PRAGMA busy_timeout = 10")
    other = connect(file)
    other.execute("BEGIN")
    other.execute("SELECT * FROM persons").fetchall()

    with pytest.raises(Busy, match="erase again"):
        persons.destroy(key.handle)
    with pytest.raises(Gone):
        persons.key(key.handle)

    other.close()
    persons.destroy(key.handle)
    assert (file.parent / "persons.sqlite-wal").stat().st_size == 0


def test_a_full_disk_gives_no_key(persons: Persons) -> None:
    key_for(persons, "P-0")
    pages = persons._database.execute("PRAGMA page_count").fetchone()[0]
    persons._database.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(CannotWrite, match="disk is full: nothing was changed"):
        persons.keys_for(f"P-{number}" for number in range(1000))
    persons._database.execute("PRAGMA max_page_count = 100000")
    assert len(list(persons.handles())) == 1
    assert key_for(persons, "P-1").handle in list(persons.handles())


def test_threads_that_want_the_same_person_get_the_same_key(persons: Persons) -> None:
    found: list[dict[str, PersonKey]] = []
    start = threading.Barrier(8)

    def want(number: int) -> None:
        start.wait()
        found.append(persons.keys_for(["P-all", f"P-{number % 2}"]))

    threads = [threading.Thread(target=want, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({keys["P-all"].handle for keys in found}) == 1
    assert len(list(persons.handles())) == 3


def test_a_key_put_under_another_handle_does_not_open(file: Path, persons: Persons) -> None:
    one, two = key_for(persons, "P-1"), key_for(persons, "P-2")
    other = connect(file)
    other.execute("DROP TRIGGER destroyed_stays")
    other.execute("UPDATE persons SET wrapped = ? WHERE handle = ?", (wrapped_keys(file)[one.handle], bytes.fromhex(two.handle)))
    other.close()

    with pytest.raises(NotAllowed):
        persons.key(two.handle)
