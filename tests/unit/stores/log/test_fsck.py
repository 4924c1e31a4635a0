"""Every kind of damage is found, named by index and file, and once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.errors import Unavailable
from habeas.ledger.tree.bundles import encode_bundle
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.log import findings
from habeas.stores.log.findings import Report, What
from habeas.stores.log.fsck import check_log
from habeas.stores.log.published import Published
from habeas.stores.objects.disk import DiskPlace
from ledgers import tlog_vectors
from ledgers.log_folders import BOTH, ORIGIN, Folder, entries, published

SIZE = 600
"""Level 0: two full tiles and one of 88 hashes; level 1: one of 2."""
DEEP = 66_000
"""Level 0: 257 full tiles and one of 208 hashes; level 1: one full and one of 1; level 2: one of 1."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return published(Folder(tmp_path_factory.mktemp("sound"), signers=BOTH), 550, SIZE)


@pytest.fixture(scope="module")
def deep_and_sound(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return published(Folder(tmp_path_factory.mktemp("deep"), signers=BOTH), DEEP)


def copied(folder: Folder, to: Path) -> Folder:
    """A copy of a log that may be spoilt."""
    shutil.copytree(folder.top, to)
    return Folder(to, signers=BOTH)


@pytest.fixture
def folder(sound: Folder, tmp_path: Path) -> Folder:
    return copied(sound, tmp_path / "log")


@pytest.fixture
def deep(deep_and_sound: Folder, tmp_path: Path) -> Folder:
    return copied(deep_and_sound, tmp_path / "log")


def checked(folder: Folder) -> Report:
    with folder.sequencer() as sequencer:
        keys = [signer.key for signer in folder.signers]
        return check_log(sequencer, Published(folder.place, origin=ORIGIN, keys=keys), folder.second_place)


def found(folder: Folder) -> list[tuple[What, int | None, str | None]]:
    return [(one.what, one.index, one.file) for one in checked(folder).findings]


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


def altered(folder: Folder, sql: str, *values: object) -> None:
    """Alter the database behind everyone's back, past its own rules."""
    connection = sqlite3.connect(folder.database)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql, values)
    connection.commit()
    connection.close()


def test_a_sound_log_is_clean(folder: Folder) -> None:
    report = checked(folder)

    assert report.clean, report.findings
    assert (report.size, report.recorded, report.spare) == (SIZE, SIZE, 0)
    assert report.files == 3 + 3 + 1 + 2  # bundles, levels 0 and 1, and two partial files of the checkpoint before


def test_a_log_that_is_empty_or_was_never_published_is_clean(tmp_path: Path) -> None:
    never, empty = Folder(tmp_path / "never"), published(Folder(tmp_path / "empty"), 0)
    with never.open() as log:
        log.append(b"a")

    assert checked(never).clean
    assert checked(empty).clean


def test_entries_that_wait_for_their_checkpoint_are_no_fault(folder: Folder) -> None:
    with folder.open() as log:
        list(log.append_many(entries(1000, since=SIZE)))

    assert checked(folder).clean
    assert checked(folder).recorded == SIZE + 1000


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 65_536])
def test_logs_of_every_shape_are_clean(tmp_path: Path, size: int) -> None:
    assert checked(published(Folder(tmp_path), size)).clean


def test_a_flipped_bit_in_a_bundle_is_one_entry_of_one_file(folder: Folder) -> None:
    """Entries below 1,000 are 9 bytes with their length up to entry 9, 10 up to 99, 11 beyond: entry 300 begins 44 entries of 11 in."""
    flip(folder.public / "tile/entries/001", 44 * 11 + 5)

    assert found(folder) == [(What.FILE_ALTERED, 300, "tile/entries/001")]


def test_a_flipped_bit_in_the_open_bundle_is_found(folder: Folder) -> None:
    flip(folder.public / "tile/entries/002.p/88", 5)

    assert (What.FILE_ALTERED, 2 * 256, "tile/entries/002.p/88") in found(folder)


@pytest.mark.parametrize(
    ("path", "at", "index"),
    [
        ("tile/0/000", 0, 0),
        ("tile/0/001", 7 * 32 + 31, 256 + 7),
        ("tile/0/002.p/88", 87 * 32, SIZE - 1),
        ("tile/1/000.p/2", 32, 256),
    ],
)
def test_a_flipped_bit_in_a_tile_is_one_hash_of_one_file(folder: Folder, path: str, at: int, index: int) -> None:
    flip(folder.public / path, at)

    assert found(folder)[0] == (What.FILE_ALTERED, index, path)
    assert {file for _, _, file in found(folder)} <= {path, "tile/0/002.p/38"}  # the partial tile before is no longer its beginning


@pytest.mark.parametrize(
    ("path", "at", "index"), [("tile/1/000", 5 * 32, 5 * 256), ("tile/1/001.p/1", 3, 65_536), ("tile/2/000.p/1", 0, 0)]
)
def test_a_flipped_bit_in_a_higher_tile_is_one_hash_of_one_file(deep: Folder, path: str, at: int, index: int) -> None:
    flip(deep.public / path, at)

    assert found(deep) == [(What.FILE_ALTERED, index, path)]


def test_a_flipped_bit_below_a_higher_tile_is_no_fault_of_that_tile(deep: Folder) -> None:
    flip(deep.public / "tile/0/200", 32)
    flip(deep.public / "tile/entries/201", 5)
    (deep.public / "tile/1/000").unlink()

    assert found(deep) == [
        (What.FILE_ALTERED, 200 * 256 + 1, "tile/0/200"),
        (What.FILE_ALTERED, 201 * 256, "tile/entries/201"),
        (What.FILE_MISSING, 0, "tile/1/000"),
    ]


def test_an_entry_altered_in_the_database_is_found_with_its_index(folder: Folder) -> None:
    forged = b"entry 40O"
    altered(folder, "UPDATE ledger_entries SET entry = ?, leaf = ? WHERE idx = 400", forged, leaf_hash(forged))

    report = checked(folder)

    assert [(one.what, one.index, one.file) for one in report.findings] == [(What.ENTRY_ALTERED, 400, "database")]
    finding = report.findings[0]
    assert leaf_hash(b"entry 400").hex() in finding.expected
    assert "tile/entries/001 and tile/0/001" in finding.expected
    assert finding.found == leaf_hash(forged).hex()
    assert str(finding).startswith("database, entry 400: expected the leaf hash ")


def test_an_entry_altered_without_its_leaf_hash_is_found(folder: Folder) -> None:
    altered(folder, "UPDATE ledger_entries SET entry = ? WHERE idx = 400", b"entry 40O")

    assert found(folder) == [(What.LEAF_ALTERED, 400, "database"), (What.ENTRY_ALTERED, 400, "database")]


def test_a_leaf_hash_altered_alone_is_found(folder: Folder) -> None:
    altered(folder, "UPDATE ledger_entries SET leaf = ? WHERE idx = 400", bytes(32))

    assert found(folder) == [(What.LEAF_ALTERED, 400, "database")]


def test_an_entry_altered_everywhere_at_once_is_found_by_the_signed_root(tmp_path: Path) -> None:
    folder = published(Folder(tmp_path), 300)
    forged = b"entry 29O"
    altered(folder, "UPDATE ledger_entries SET entry = ?, leaf = ? WHERE idx = 290", forged, leaf_hash(forged))
    kept = [forged if entry == b"entry 290" else entry for entry in entries(300)][256:]
    folder.place.put({"tile/entries/001.p/44": encode_bundle(kept), "tile/0/001.p/44": b"".join(map(leaf_hash, kept))})

    assert found(folder) == [(What.ROOT_DIFFERS, None, file) for file in ("database", "second place", "checkpoint")]


def test_an_entry_missing_from_the_database_is_found_and_the_check_goes_on(folder: Folder) -> None:
    altered(folder, "DELETE FROM ledger_entries WHERE idx IN (400, 401)")
    flip(folder.public / "tile/0/002.p/88", 60 * 32)

    assert found(folder) == [
        (What.ENTRY_MISSING, 400, "database"),
        (What.ENTRY_MISSING, 401, "database"),
        (What.FILE_ALTERED, 572, "tile/0/002.p/88"),
    ]


def test_a_database_set_back_to_an_old_backup_is_one_finding(folder: Folder) -> None:
    altered(folder, "DELETE FROM ledger_entries WHERE idx >= 100")
    altered(folder, "DELETE FROM ledger_heads")
    altered(folder, "UPDATE ledger_state SET size = 100")

    assert found(folder) == [(What.ENTRY_MISSING, 100, "database")]


@pytest.mark.parametrize(
    ("path", "index"),
    [
        ("tile/entries/001", 256),
        ("tile/0/001", 256),
        ("tile/1/000.p/2", 0),
        ("tile/entries/002.p/88", 512),
        ("tile/0/002.p/88", 512),
    ],
)
def test_a_missing_file_is_found(folder: Folder, path: str, index: int) -> None:
    (folder.public / path).unlink()

    assert found(folder) == [(What.FILE_MISSING, index, path)]


@pytest.mark.parametrize(("path", "index"), [("tile/entries/001", 256), ("tile/0/001", 256), ("tile/1/000.p/2", 0)])
@pytest.mark.parametrize(
    "how", [lambda content: content[:-1], lambda content: content + b"\0" * 40, lambda _: b""], ids=["short", "long", "empty"]
)
def test_a_file_of_another_length_is_found(folder: Folder, path: str, index: int, how: Callable[[bytes], bytes]) -> None:
    content = (folder.public / path).read_bytes()
    (folder.public / path).write_bytes(how(content))

    assert found(folder) == [(What.FILE_LENGTH, index, path)]


def test_a_tile_of_another_width_under_this_name_is_found(folder: Folder) -> None:
    shutil.copy(folder.public / "tile/0/000", folder.public / "tile/0/002.p/88")

    assert (What.FILE_LENGTH, 2 * 256, "tile/0/002.p/88") in found(folder)


def test_a_partial_file_that_differs_from_what_replaced_it_is_found(folder: Folder) -> None:
    flip(folder.public / "tile/0/002.p/38", 40)
    flip(folder.public / "tile/entries/002.p/38", 40)

    assert sorted(found(folder), key=str) == sorted(
        [(What.FILE_ALTERED, 2 * 256, "tile/0/002.p/38"), (What.FILE_ALTERED, 2 * 256, "tile/entries/002.p/38")], key=str
    )


def test_a_partial_file_left_beside_its_full_one_is_counted_and_its_bytes_are_checked(folder: Folder) -> None:
    beginning = (folder.public / "tile/0/001").read_bytes()[: 9 * 32]
    folder.place.put({"tile/0/001.p/9": beginning, "tile/entries/001.p/9": encode_bundle(entries(9, since=256))})
    assert (checked(folder).clean, checked(folder).spare) == (True, 2)

    flip(folder.public / "tile/0/001.p/9", 0)
    assert found(folder) == [(What.FILE_ALTERED, 256, "tile/0/001.p/9")]


@pytest.mark.parametrize("path", ["index.html", "tile/0/x000/001", "tile/0/000.p/256", "tile/x", "keys/log.json"])
def test_a_file_that_does_not_belong_is_found(folder: Folder, path: str) -> None:
    folder.place.put({path: b"?"})

    assert found(folder) == [(What.FILE_EXTRA, None, path)]


@pytest.mark.parametrize("path", ["tile/0/003", "tile/0/002", "tile/0/002.p/89", "tile/entries/300.p/1", "tile/2/000.p/1"])
def test_a_file_of_entries_that_nobody_recorded_is_found(folder: Folder, path: str) -> None:
    folder.place.put({path: b"?"})

    assert [(what, file) for what, _, file in found(folder)] == [(What.FILE_EXTRA, path)]


def test_a_file_that_can_not_be_read_is_found(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    get = DiskPlace.get

    def broken(place: DiskPlace, path: str) -> bytes:
        if path == "tile/0/001":
            raise Unavailable("expected to read; the system said: Input/output error: mend that")
        return get(place, path)

    monkeypatch.setattr(DiskPlace, "get", broken)
    assert found(folder) == [(What.FILE_UNREADABLE, 256, "tile/0/001")]


@pytest.mark.parametrize("content", [b"", b"not a note\n", b"\xff"])
def test_a_broken_checkpoint_is_found(folder: Folder, content: bytes) -> None:
    (folder.public / "checkpoint").write_bytes(content)

    assert found(folder) == [(What.HEAD_BROKEN, None, "checkpoint"), (What.HEAD_MISSING, None, "checkpoint")]


def test_a_flipped_bit_in_a_signed_head_is_found(folder: Folder) -> None:
    size = (folder.second / "last-signed-checkpoint").read_bytes().index(b"\n600\n")
    flip(folder.second / "last-signed-checkpoint", size + 40)

    assert [(what, file) for what, _, file in found(folder)] == [(What.HEAD_BROKEN, "second place")]


def test_a_missing_checkpoint_and_an_empty_second_place_are_found(folder: Folder) -> None:
    (folder.public / "checkpoint").unlink()
    shutil.rmtree(folder.second)

    assert found(folder) == [(What.HEAD_MISSING, None, "second place"), (What.HEAD_MISSING, None, "checkpoint")]


def test_a_second_place_that_was_set_back_is_found(folder: Folder) -> None:
    with folder.sequencer() as sequencer:
        (folder.second / "last-signed-checkpoint").write_bytes(sequencer.heads(2)[1].note)

    assert found(folder) == [(What.HEAD_MISSING, None, "second place")]


@pytest.mark.parametrize("size", [550, SIZE])
def test_a_head_of_another_history_is_found(folder: Folder, tmp_path: Path, size: int) -> None:
    other = Folder(tmp_path / "other", signers=BOTH)
    with other.open() as log:
        list(log.append_many(b"other %d" % n for n in range(size)))
        note = log.publish().note
    (folder.public / "checkpoint").write_bytes(note)

    assert found(folder) == [(What.ROOT_DIFFERS, None, "checkpoint")]


def test_a_head_signed_by_others_is_found(folder: Folder) -> None:
    folder.signers = [tlog_vectors.signer(ORIGIN, "somebody else")]

    assert {what for what, _, _ in found(folder)} >= {What.HEAD_BROKEN}


def test_of_a_log_in_ruins_only_so_much_is_told_and_the_rest_counted(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_FINDINGS", 100)
    (folder.public / "tile/0/000").write_bytes(bytes(8192))

    report = checked(folder)

    assert (len(report.findings), report.more) == (100, 156)
    assert not report.clean


def test_progress_is_told_up_to_the_end(folder: Folder) -> None:
    told: list[tuple[int, int]] = []
    with folder.sequencer() as sequencer:
        keys = [signer.key for signer in BOTH]
        check_log(
            sequencer, Published(folder.place, origin=ORIGIN, keys=keys), folder.second_place, progress=lambda *done: told.append(done)
        )

    assert told[0] == (0, SIZE)
    assert told[-1] == (SIZE, SIZE)
    assert told == sorted(told)
