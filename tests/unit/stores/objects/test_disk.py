"""What is special about a folder: who may read it, what a crash or a full disk leaves, links that lead out."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from habeas.errors import BadInput, CannotWrite, Unavailable
from habeas.stores.objects import disk
from habeas.stores.objects.disk import DiskPlace


def test_files_and_folders_are_readable_for_everyone_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0o077)
    try:
        DiskPlace(tmp_path / "public").put({"tile/0/000.p/1": b"t"})
    finally:
        os.umask(umask)

    public = tmp_path / "public"
    assert (public / "tile/0/000.p/1").stat().st_mode & 0o777 == 0o644
    assert [folder.stat().st_mode & 0o777 for folder in (public, public / "tile", public / "tile/0/000.p")] == [0o755] * 3


def test_what_publishing_locks_can_be_opened_by_its_owner_alone(tmp_path: Path) -> None:
    """Another account that may read a file or folder, such as the web server's, can lock it for ever."""
    place = DiskPlace(tmp_path / "public")
    place.swap("checkpoint", b"c", instead_of=None)

    hidden = [path for path in (tmp_path / "public").iterdir() if path.name.startswith(".")]
    assert sorted(path.name for path in hidden) == [".lock", ".staging"]
    assert {path.name: path.stat().st_mode & 0o077 for path in hidden} == {".lock": 0, ".staging": 0}


def test_every_file_is_flushed_before_it_is_renamed_and_every_folder_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        steps.append(f"flush {Path(f'/proc/self/fd/{handle}').readlink().relative_to(tmp_path)}")
        fsync(handle)

    def renamed(path: Path, target: Path) -> Path:
        steps.append(f"rename {target.relative_to(tmp_path)}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", renamed)
    DiskPlace(tmp_path / "public").put({"tile/0/000": b"t", "tile/1/000.p/1": b"u"})

    files = [step for step in steps if "/.staging/" in step]
    renames = ["rename public/tile/0/000", "rename public/tile/1/000.p/1"]
    folders = ["flush .", "flush public", "flush public/tile", "flush public/tile/0", "flush public/tile/1", "flush public/tile/1/000.p"]
    assert len(files) == 2
    assert steps[:2] == files
    assert steps[2:4] == renames
    assert sorted(steps[4:]) == folders


def test_folders_above_are_flushed_once_and_not_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = DiskPlace(tmp_path / "public")
    place.put({"tile/0/000": b"t"})
    flushed: list[Path] = []
    monkeypatch.setattr(disk, "flush_folder", flushed.append)

    place.put({"tile/0/001": b"t"})

    assert flushed == [tmp_path / "public/tile/0"]


def test_a_failed_write_leaves_what_was_there_and_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = DiskPlace(tmp_path / "public")
    place.put({"checkpoint": b"old"})

    def full(_handle: int, _content: memoryview) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(CannotWrite, match=r"No space left on device\. What was published before is as it was"):
        place.put({"checkpoint": b"new", "tile/0/000": b"t"})

    assert [path.name for path in (tmp_path / "public").rglob("*") if path.is_file()] == ["checkpoint"]
    assert place.get("checkpoint") == b"old"


def test_a_write_that_takes_only_some_bytes_at_a_time_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:3]))

    DiskPlace(tmp_path).put({"checkpoint": b"0123456789"})

    assert (tmp_path / "checkpoint").read_bytes() == b"0123456789"


def test_what_a_crash_left_on_its_way_is_neither_listed_nor_kept(tmp_path: Path) -> None:
    place = DiskPlace(tmp_path)
    left = tmp_path / ".staging" / "left"
    left.mkdir(parents=True)
    (left / "0").write_bytes(b"half")

    assert list(place.list("")) == []
    place.put({"checkpoint": b"c"})
    assert not left.exists()


def test_what_another_writer_has_on_its_way_is_left_alone(tmp_path: Path) -> None:
    one, other = DiskPlace(tmp_path), DiskPlace(tmp_path)

    with one._staging() as staging:
        (staging / "0").write_bytes(b"half")
        other.put({"checkpoint": b"c"})
        assert (staging / "0").read_bytes() == b"half"


def test_a_link_that_leads_out_is_neither_read_nor_written(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "000").write_bytes(b"key")
    (tmp_path / "public" / "tile").symlink_to(tmp_path / "secret")
    place = DiskPlace(tmp_path / "public")

    with pytest.raises(BadInput, match="a link leads elsewhere"):
        place.get("tile/000")
    with pytest.raises(BadInput, match="a link leads elsewhere"):
        place.put({"tile/000": b"mine"})
    with pytest.raises(BadInput, match="a link leads elsewhere"):
        place.delete(["tile/000"])
    assert (tmp_path / "secret" / "000").read_bytes() == b"key"


def test_a_folder_reached_by_a_link_may_be_the_place(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "disk")

    DiskPlace(tmp_path / "public").put({"checkpoint": b"c"})

    assert (tmp_path / "disk" / "checkpoint").read_bytes() == b"c"


def test_an_unreadable_file_is_not_taken_for_a_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = DiskPlace(tmp_path)
    place.put({"checkpoint": b"c"})

    def broken(_path: Path) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "read_bytes", broken)
    with pytest.raises(Unavailable, match="Input/output error"):
        place.get("checkpoint")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
def test_a_folder_that_can_not_be_listed_is_an_error_and_no_gap(tmp_path: Path) -> None:
    place = DiskPlace(tmp_path)
    place.put({"tile/0/000": b"t"})
    (tmp_path / "tile").chmod(0)

    with pytest.raises(Unavailable):
        list(place.list(""))
    (tmp_path / "tile").chmod(0o755)


def test_a_file_where_a_folder_should_be_can_not_be_written_below(tmp_path: Path) -> None:
    (tmp_path / "tile").write_bytes(b"")

    with pytest.raises(CannotWrite):
        DiskPlace(tmp_path).put({"tile/0/000": b"t"})
