import errno
import os

import pytest

from habeas.errors import CannotWrite
from habeas.runs.outputs import write_file, write_together


def test_all_files_are_there_and_nothing_else(tmp_path):
    folder = tmp_path / "deep" / "report"

    written = write_together(folder, {"a.txt": b"one", "b.txt": b"two"})

    assert written == (folder / "a.txt", folder / "b.txt")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]
    assert (folder / "b.txt").read_bytes() == b"two"


def test_one_file_replaces_what_was_there(tmp_path):
    (tmp_path / "a.txt").write_text("old")

    write_file(tmp_path / "a.txt", b"new")

    assert (tmp_path / "a.txt").read_text() == "new"


def test_without_space_nothing_is_half_written_and_the_old_report_stays(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")

    def no_space(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_space)

    with pytest.raises(CannotWrite) as refused:
        write_together(tmp_path, {"a.txt": b"new", "b.txt": b"new"})

    assert str(refused.value) == (
        f"expected to write the results to {tmp_path}; the system said: No space left on device. "
        "Nothing was left there: free space, or choose another --out"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "report").write_text("a file")

    with pytest.raises(CannotWrite) as refused:
        write_together(tmp_path / "report", {"a.txt": b"new"})

    assert str(refused.value) == (
        f"expected a folder for the results at {tmp_path}/report; there is a file of that name: choose another --out"
    )
