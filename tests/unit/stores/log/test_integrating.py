"""Integration takes as much memory for many entries as for few."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Mapping

import pytest

from habeas.ledger.tree.growing import Growth
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.reading import empty_reader
from habeas.stores.log import integrating
from habeas.stores.log.integrating import integrate


class Endless:
    """A sequencer with as many entries as anyone asks for."""

    def entries(self, start: int, stop: int) -> Iterator[bytes]:
        return (b"entry %d" % index for index in range(start, stop))


class Counting:
    """A place that keeps nothing but the count, and the most it was given at once."""

    def __init__(self) -> None:
        self.files, self.most_files, self.most_bytes = 0, 0, 0

    def put(self, files: Mapping[str, bytes]) -> None:
        self.files += len(files)
        self.most_files = max(self.most_files, len(files))
        self.most_bytes = max(self.most_bytes, sum(map(len, files.values())))


def peak(size: int) -> int:
    tracemalloc.start()
    integrate(Endless(), Counting(), empty_reader(), size=size)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_memory_does_not_grow_with_what_waits() -> None:
    assert peak(262_144) < 1.1 * peak(65_536) < 16 * 2**20


def test_files_are_written_some_hundreds_at_a_time() -> None:
    place = Counting()

    root = integrate(Endless(), place, empty_reader(), size=150_000)

    growth = Growth(empty_reader(), (leaf_hash(b"entry %d" % index) for index in range(150_000)))
    tiles = sum(1 for _ in growth.tiles())
    assert root == growth.root
    assert place.files == tiles + 586
    assert place.most_files <= 512


def test_large_entries_are_written_some_megabytes_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrating, "AT_ONCE_BYTES", 100_000)
    place = Counting()

    integrate(Endless(), place, empty_reader(), size=20_000)

    assert place.most_bytes < 100_000 + 2 * 8192
