"""What every place promises, on disk and in object storage."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from habeas.errors import BadInput, NotFound
from habeas.stores.objects.place import Place, check_path, open_place


def test_what_was_put_is_read_again(place: Place) -> None:
    place.put({"checkpoint": b"c", "tile/0/000": b"t", "tile/0/x001/234/067.p/5": b""})

    assert (place.get("checkpoint"), place.get("tile/0/000"), place.get("tile/0/x001/234/067.p/5")) == (b"c", b"t", b"")


def test_putting_again_overwrites(place: Place) -> None:
    place.put({"checkpoint": b"old"})
    place.put({"checkpoint": b"new"})

    assert place.get("checkpoint") == b"new"


def test_putting_nothing_is_no_error(place: Place) -> None:
    place.put({})

    assert list(place.list("")) == []


def test_what_is_not_there_is_not_found(place: Place) -> None:
    with pytest.raises(NotFound, match="tile/0/000"):
        place.get("tile/0/000")
    assert not place.exists("tile/0/000")


def test_a_folder_is_no_file(place: Place) -> None:
    place.put({"tile/0/000.p/1": b"t"})

    with pytest.raises(NotFound):
        place.get("tile/0/000.p")
    assert not place.exists("tile/0/000.p")
    assert place.exists("tile/0/000.p/1")


def test_deleting_removes_and_forgives_what_is_gone(place: Place) -> None:
    place.put({"tile/0/000.p/1": b"1", "tile/0/000.p/2": b"2"})

    place.delete(["tile/0/000.p/1", "tile/0/000.p/1", "tile/9/000"])

    assert list(place.list("")) == ["tile/0/000.p/2"]


def test_a_folder_lists_all_below_it_and_nothing_beside(place: Place) -> None:
    place.put(dict.fromkeys(["checkpoint", "tile/0/001.p/44", "tile/0/001.p/9", "tile/0/001", "tile/0/001x/3"], b"x"))

    assert sorted(place.list("tile/0/001.p")) == ["tile/0/001.p/44", "tile/0/001.p/9"]
    assert sorted(place.list("")) == ["checkpoint", "tile/0/001", "tile/0/001.p/44", "tile/0/001.p/9", "tile/0/001x/3"]
    assert list(place.list("tile/7")) == []


def test_swapping_needs_what_is_there(place: Place) -> None:
    assert not place.swap("checkpoint", b"b", instead_of=b"a")
    assert place.swap("checkpoint", b"a", instead_of=None)
    assert not place.swap("checkpoint", b"b", instead_of=None)
    assert place.swap("checkpoint", b"b", instead_of=b"a")
    assert not place.swap("checkpoint", b"c", instead_of=b"a")
    assert place.get("checkpoint") == b"b"


def test_of_many_who_swap_the_same_one_succeeds(tmp_path: Path) -> None:
    """In a folder; in object storage it is the storage that decides, see `test_s3.py`."""
    place = open_place(tmp_path)
    place.put({"checkpoint": b"0"})

    with ThreadPoolExecutor(8) as threads:
        swapped = list(threads.map(lambda n: place.swap("checkpoint", b"%d" % n, instead_of=b"0"), range(1, 9)))

    assert sum(swapped) == 1
    assert place.get("checkpoint") == b"%d" % (1 + swapped.index(True))


@pytest.mark.parametrize(
    "path", ["", "/checkpoint", "..", "../x", "tile/../../x", "tile//0", "tile/0/", ".lock", "a b", "a\n", "\u0661", "a\0"]
)
def test_a_path_that_could_lead_elsewhere_is_refused(place: Place, path: str) -> None:
    with pytest.raises(BadInput, match="plain names between slashes"):
        place.get(path)
    with pytest.raises(BadInput):
        place.put({"fine": b"", path: b""})
    with pytest.raises(BadInput):
        place.delete([path])
    assert list(place.list("")) == []


def test_paths_of_tiles_are_paths_of_a_place() -> None:
    assert check_path("tile/entries/x001/x234/067.p/255") == "tile/entries/x001/x234/067.p/255"


@pytest.mark.parametrize(
    "address", ["http://example.org/x", "gs://bucket", "s3:///x", "s3://a@bucket/x", "s3://bucket/x?secret=1", "s3://b/../x"]
)
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="expected"):
        open_place(address)
