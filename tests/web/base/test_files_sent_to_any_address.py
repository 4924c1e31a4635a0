"""Files that anybody sends to any address: nothing of them is written, and nothing large is held."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from habeas.web.base.files.small import MOST_BYTES, PATIENCE, Small
from web.makers import browser_of, described, owner, published_system, version_of


def stored(monkeypatch: pytest.MonkeyPatch, place: Path) -> Path:
    """Temporary files go to a place of the test's own from now on."""
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def sent(*sizes: int) -> Any:
    """The files of a form as a view gets them, of so many bytes."""
    files = {f"file{number}": SimpleUploadedFile(f"{number}.bin", b"x" * size) for number, size in enumerate(sizes)}
    return RequestFactory().post("/", files).FILES


def test_a_small_file_is_held_as_it_came() -> None:
    file = sent(1000)["file0"]

    assert (file.read(), file.size, file.name) == (b"x" * 1000, 1000, "0.bin")


def test_of_a_large_file_nothing_is_held_but_its_size() -> None:
    file = sent(MOST_BYTES + 1)["file0"]

    assert (file.read(), file.size) == (b"", MOST_BYTES + 1)


def test_many_small_files_are_together_no_more_than_one() -> None:
    files = sent(*[MOST_BYTES // 4] * 6)

    assert sum(len(one.read()) for one in files.values()) <= MOST_BYTES
    assert files["file5"].read() == b""


def test_whoever_sends_far_too_much_is_cut_off() -> None:
    assert not sent(PATIENCE * MOST_BYTES + 100_000)


def test_no_address_keeps_djangos_own_way() -> None:
    request = RequestFactory().post("/")

    assert [type(one) for one in request.upload_handlers] == [Small]
    assert issubclass(Small, FileUploadHandler)


@pytest.mark.django_db
def test_what_a_stranger_sends_is_written_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = stored(monkeypatch, tmp_path / "temporary")
    seen: list[str] = []
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", lambda *_a, **_n: seen.append("stored"))

    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"file": SimpleUploadedFile("a.bin", b"x" * (MOST_BYTES + 1))})

    assert answer.status_code == 403
    assert seen == []
    assert list(place.iterdir()) == []


@pytest.mark.django_db
def test_a_description_that_is_too_long_is_refused_and_nothing_is_replaced() -> None:
    row = described(version_of(published_system()))
    before = row.said
    address = reverse("desk_description_upload", args=[row.version.system.slug, row.pk])

    answer = browser_of(owner()).post(address, {"file": SimpleUploadedFile("a.yaml", b"x" * (MOST_BYTES + 1))})

    assert answer.status_code == 422
    assert "at most 1,000,000 bytes" in answer.content.decode()
    row.refresh_from_db()
    assert row.said == before
