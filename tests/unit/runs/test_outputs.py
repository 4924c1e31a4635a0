import errno
import os
from pathlib import Path

import pytest

from habeas.errors import CannotWrite
from habeas.runs.outputs import rehearse, write_file, write_page, write_private_file, write_together

UNCHANGED = "Nothing was written, and what was there is as it was"


def everything_in(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def failing(monkeypatch, owner, name, *, when):
    """Let the system refuse a call for lack of space whenever `when` holds of its arguments."""
    works = getattr(owner, name)

    def fails(*arguments, **options):
        if when(*arguments):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return works(*arguments, **options)

    monkeypatch.setattr(owner, name, fails)


def test_all_files_are_there_and_nothing_else(tmp_path):
    folder = tmp_path / "deep" / "report"

    written = write_together({folder / "a.txt": b"one", folder / "b.txt": b"two", tmp_path / "cells.json": b"three"})

    assert written == (folder / "a.txt", folder / "b.txt", tmp_path / "cells.json")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]
    assert everything_in(tmp_path) == {"deep/report/a.txt": "one", "deep/report/b.txt": "two", "cells.json": "three"}


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_private_file_is_for_its_owner_alone_from_its_first_byte_on(tmp_path, monkeypatch, umask):
    """Also where everyone could read what it replaces, and while it waits for its place."""
    (tmp_path / "evidence.json").write_text("for all")
    (tmp_path / "evidence.json").chmod(0o644)
    seen = []
    flush = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: seen.append(os.fstat(file).st_mode & 0o777) or flush(file))

    before = os.umask(umask)
    try:
        write_private_file(tmp_path / "evidence.json", b"for one")
        write_file(tmp_path / "report.html", b"for all")
    finally:
        os.umask(before)

    assert seen[:2] == [0o600, 0o666 & ~umask]
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("evidence.json", "report.html")] == seen[:2]


def test_nothing_to_write_touches_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert write_together({}) == ()
    assert list(tmp_path.iterdir()) == []


def test_one_file_replaces_what_was_there(tmp_path):
    (tmp_path / "a.txt").write_text("old")

    write_file(tmp_path / "a.txt", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "new"


def test_where_a_disk_knows_no_second_names_files_are_replaced_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")
    failing(monkeypatch, os, "link", when=lambda *_: True)

    write_file(tmp_path / "a.txt", b"new")

    assert everything_in(tmp_path) == {"a.txt": "new"}


def test_without_space_nothing_is_half_written_and_the_old_report_stays(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")
    failing(monkeypatch, os, "fsync", when=lambda *_: True)

    with pytest.raises(CannotWrite) as refused:
        write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})

    assert str(refused.value) == (
        f"expected to write {tmp_path}/a.txt; the system said: No space left on device. {UNCHANGED}: free space, or choose another place"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_a_folder_in_the_way_of_one_file_stops_all(tmp_path):
    (tmp_path / "report.html").write_text("old")
    (tmp_path / "report.json").mkdir()

    with pytest.raises(CannotWrite) as refused:
        write_together({tmp_path / "report.html": b"new", tmp_path / "report.json": b"new"})

    assert str(refused.value) == (
        f"expected to write the file {tmp_path}/report.json; there is a folder of that name. {UNCHANGED}: choose another place"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.json"]
    assert (tmp_path / "report.html").read_text() == "old"


def test_a_device_is_never_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(CannotWrite) as refused:
        write_file(tmp_path / "pipe", b"new")

    assert str(refused.value) == (
        f"expected to write the file {tmp_path}/pipe; there is something else of that name. {UNCHANGED}: choose another place"
    )
    assert (tmp_path / "pipe").is_fifo()


def test_reports_are_not_left_where_the_cells_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(CannotWrite) as refused:
        write_together({tmp_path / "new" / "report" / "report.html": b"new", tmp_path / "file" / "cells.json": b"new"})

    assert str(refused.value) == (
        f"expected a folder for the results at {tmp_path}/file; there is a file of that name. {UNCHANGED}: choose another place"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_file_on_the_way_to_the_folder_is_explained(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(CannotWrite) as refused:
        write_file(tmp_path / "file" / "deep" / "a.txt", b"new")

    assert str(refused.value) == (
        f"expected a folder for the results at {tmp_path}/file/deep; there is a file on the way to it. {UNCHANGED}: choose another place"
    )


@pytest.mark.parametrize("second_names", [True, False])
def test_if_the_last_cannot_be_put_in_place_the_earlier_files_come_back(tmp_path, monkeypatch, second_names):
    (tmp_path / "a.txt").write_text("old")
    failing(monkeypatch, os, "link", when=lambda *_: not second_names)
    failing(monkeypatch, Path, "replace", when=lambda _, target: target.name == "c.txt")

    with pytest.raises(CannotWrite) as refused:
        write_together({tmp_path / "a.txt": b"new", tmp_path / "new" / "b.txt": b"new", tmp_path / "c.txt": b"new"})

    assert str(refused.value) == (
        f"expected to write {tmp_path}/c.txt; the system said: No space left on device. {UNCHANGED}: free space, or choose another place"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_an_interruption_midway_brings_the_earlier_files_back(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")
    puts = Path.replace

    def interrupted(path, target):
        if target.name == "b.txt":
            raise KeyboardInterrupt
        return puts(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})

    assert everything_in(tmp_path) == {"a.txt": "old"}


def test_what_can_neither_be_finished_nor_taken_back_is_told_and_the_earlier_file_kept(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")
    failing(monkeypatch, Path, "replace", when=lambda path, target: target.name == "b.txt" or path.name == "earlier")

    with pytest.raises(CannotWrite) as refused:
        write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})

    kept = next(path for path in tmp_path.rglob("earlier"))
    assert str(refused.value) == (
        f"expected to write all results or none; {tmp_path}/a.txt could neither be joined by the others nor taken back; "
        f"what was there before is kept as {kept}: mend this by hand"
    )
    assert kept.read_text() == "old"
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_link_is_replaced_not_what_it_leads_to(tmp_path, monkeypatch):
    (tmp_path / "elsewhere.txt").write_text("old")
    (tmp_path / "a.txt").symlink_to("elsewhere.txt")
    failing(monkeypatch, Path, "replace", when=lambda _, target: target.name == "b.txt")

    with pytest.raises(CannotWrite):
        write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})
    assert (tmp_path / "a.txt").readlink() == Path("elsewhere.txt")

    write_file(tmp_path / "a.txt", b"new")
    assert everything_in(tmp_path) == {"elsewhere.txt": "old", "a.txt": "new"}


def test_a_rehearsal_changes_no_file_and_fails_as_writing_would(tmp_path, monkeypatch):
    (tmp_path / "report").write_text("earlier")
    rehearse(tmp_path / "report")
    rehearse(tmp_path / "new")
    with pytest.raises(CannotWrite, match=rf"^expected to write the file {tmp_path}; there is a folder of that name"):
        rehearse(tmp_path)
    failing(monkeypatch, os, "fsync", when=lambda *_: True)
    with pytest.raises(CannotWrite, match=rf"^expected to write {tmp_path}/report; the system said: {os.strerror(errno.ENOSPC)}"):
        rehearse(tmp_path / "report")

    assert everything_in(tmp_path) == {"report": "earlier"}


@pytest.mark.parametrize("earlier", [b"", b"\n", b"<!DOCTYPE html><p>old", b"\n <html lang=en>old"])
def test_a_page_replaces_an_earlier_page(tmp_path, earlier):
    there = tmp_path / "page.html"
    there.write_bytes(earlier)

    write_page(there, b"<!doctype html>new")

    assert there.read_bytes() == b"<!doctype html>new"


@pytest.mark.parametrize("earlier", [b"notes", b"{}", b"see <html>"])
def test_a_page_replaces_nothing_but_a_page(tmp_path, earlier):
    there = tmp_path / "page.html"
    there.write_bytes(earlier)

    with pytest.raises(CannotWrite, match="isn't HTML"):
        write_page(there, b"<!doctype html>new")

    assert there.read_bytes() == earlier
