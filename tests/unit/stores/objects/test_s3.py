"""What is special about object storage: how objects are served, who wins a race, what an unreachable storage looks like."""

from __future__ import annotations

import sys

import boto3
import pytest

from habeas.errors import BadInput, CannotWrite, Unavailable
from habeas.stores.objects.place import open_place
from habeas.stores.objects.s3 import S3Place, open_s3

UNREACHABLE = "s3://bucket/log?endpoint=http://127.0.0.1:9&region=us-east-1"
"""Port 9, the discard service, which nobody runs."""


def served(bucket: str, s3: str, key: str) -> tuple[str, str]:
    found = boto3.client("s3", region_name="us-east-1", endpoint_url=s3).get_object(Bucket=bucket.split("/")[2], Key=key)
    return found["ContentType"], found["CacheControl"]


def test_tiles_are_served_as_bytes_for_good_and_the_checkpoint_as_text_for_a_moment(bucket: str, s3: str) -> None:
    open_place(bucket).put({"checkpoint": b"c", "tile/0/000": b"t"})

    assert served(bucket, s3, "a/log/tile/0/000") == ("application/octet-stream", "public, max-age=31536000, immutable")
    assert served(bucket, s3, "a/log/checkpoint") == ("text/plain; charset=utf-8", "public, max-age=1")


def test_a_listing_of_more_than_a_thousand_objects_is_whole(bucket: str) -> None:
    place = open_place(bucket)
    place.put({f"tile/0/x001/{number:03}": b"" for number in range(1000)} | {f"tile/0/{number:03}": b"" for number in range(50)})

    assert len(set(place.list("tile"))) == 1050


@pytest.mark.parametrize("seen", [b"old", None])
def test_who_swaps_what_somebody_else_has_swapped_meanwhile_is_refused(
    bucket: str, monkeypatch: pytest.MonkeyPatch, seen: bytes | None
) -> None:
    place = open_s3(bucket)
    if seen is not None:
        place.put({"checkpoint": seen})
    before = place._versioned("checkpoint")
    place.put({"checkpoint": b"of another"})
    monkeypatch.setattr(S3Place, "_versioned", lambda *_: before)

    assert not place.swap("checkpoint", b"ours", instead_of=seen)
    assert place.get("checkpoint") == b"of another"


def test_a_storage_that_does_not_answer_is_unavailable_and_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wonderful")
    monkeypatch.setattr("habeas.stores.objects.s3.RETRIES", 0)
    place = open_place(UNREACHABLE)

    with pytest.raises(Unavailable, match=r"s3://bucket/log.*check address, keys and network") as reading:
        place.get("checkpoint")
    with pytest.raises(CannotWrite, match=r"s3://bucket/log.*What was published before is as it was") as writing:
        place.put({"checkpoint": b"c"})
    assert "wonderful" not in f"{reading.value}{writing.value}"


def test_a_bucket_that_is_not_there_can_not_be_written_to(bucket: str) -> None:
    place = open_place(bucket.replace("s3://logs", "s3://elsewhere"))

    with pytest.raises(CannotWrite):
        place.put({"checkpoint": b"c"})


def test_without_its_client_the_extra_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "habeas.stores.objects.s3", raising=False)
    monkeypatch.setitem(sys.modules, "obstore.store", None)

    with pytest.raises(Unavailable, match=r"install habeas\[s3\]"):
        open_place("s3://bucket/log")


def test_an_address_with_a_key_in_it_is_refused() -> None:
    with pytest.raises(BadInput, match="keys come from AWS_"):
        open_s3("s3://id:secret@bucket/log")
