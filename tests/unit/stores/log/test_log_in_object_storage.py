"""The same log with its files and its second place in S3-compatible storage."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import Busy, CannotWrite, Unavailable
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import verify_inclusion
from habeas.ledger.tree.reference import tree_hash
from habeas.stores.log.fsck import check_log
from habeas.stores.log.head import SecondPlace, head_of
from habeas.stores.log.log import Log
from habeas.stores.log.published import Published
from habeas.stores.objects.place import open_place
from habeas.stores.sequencers.rows import SignedHead
from ledgers.log_folders import ORIGIN, SIGNERS, Folder, entries
from ledgers.small_logs import small_log


def test_a_log_in_object_storage_grows_proves_and_passes_the_check(bucket: str, tmp_path: Path) -> None:
    place, second = open_place(bucket), SecondPlace(bucket.replace("/a/log?", "/a/second?"))
    with Folder(tmp_path).sequencer() as sequencer:
        for size in (5, 260, 300):
            with Log(sequencer, place, second, SIGNERS, ORIGIN, clock=lambda: 0) as log:
                list(log.append_many(entries(size - log.size(), since=log.size())))
                log.publish()
                path = log.prove(4).path
        report = check_log(sequencer, Published(place, origin=ORIGIN, keys=[SIGNERS[0].key]), second)

    verify_inclusion(leaf=leaf_hash(b"entry 4"), index=4, size=300, path=path, root=tree_hash(entries(300)))
    assert report.clean, report.findings
    assert not place.exists("tile/0/000.p/5")


def test_the_second_place_in_object_storage_takes_one_head_after_another(bucket: str) -> None:
    second = SecondPlace(bucket)
    first, next_one = (SignedHead(size=size, root=tree_hash(entries(size)), note=signed(size)) for size in (1, 2))

    assert second.last() is None
    second.keep(first, instead_of=None)
    with pytest.raises(Busy):
        second.keep(next_one, instead_of=None)
    second.keep(next_one, instead_of=first)
    assert second.last() == head_of(next_one.note)


def signed(size: int) -> bytes:
    return small_log().checkpoint(size)


def test_a_storage_that_is_away_holds_up_the_publishing_and_loses_nothing(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, second = open_place(bucket), SecondPlace(tmp_path / "second")
    with Folder(tmp_path).sequencer() as sequencer, Log(sequencer, place, second, SIGNERS, ORIGIN, clock=lambda: 0) as log:
        log.append(b"kept")
        log.publish()
        real = place._store
        monkeypatch.setattr("habeas.stores.objects.s3.RETRIES", 0)
        place._store = open_place("s3://logs/x?endpoint=http://127.0.0.1:9&region=us-east-1")._store
        assert log.append(b"also kept").index == 1
        with pytest.raises((CannotWrite, Unavailable)):
            log.publish()
        place._store = real

        assert log.publish().size == 2
