from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.bundles import MAX_ENTRY_BYTES, encode_bundle, parse_bundle
from habeas.ledger.tree.hashing import leaf_hash, split_row


def test_each_entry_stands_behind_two_bytes_of_length() -> None:
    assert encode_bundle([b"abc", b"", b"d" * 258]) == b"\x00\x03abc" + b"\x00\x00" + b"\x01\x02" + b"d" * 258


def test_entries_come_back_as_they_went_in() -> None:
    entries = (b"", b"\x00", b"e" * MAX_ENTRY_BYTES, b"")

    assert parse_bundle(encode_bundle(entries), width=4) == entries


@pytest.mark.parametrize(("file", "tile", "width"), [("000", "000", 256), ("001.p/44", "001.p/44", 44)])
def test_entries_of_a_checked_log_hash_to_its_tile(repository: Path, file: str, tile: str, width: int) -> None:
    log = repository / "tests/vectors/tlog/log300/tile"
    content = (log / "entries" / file).read_bytes()

    entries = parse_bundle(content, width=width)

    assert tuple(map(leaf_hash, entries)) == split_row((log / "0" / tile).read_bytes())
    assert encode_bundle(entries) == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\x00\x01",
        b"\x00\x01a",
        b"\x00\x01a\x00",
        b"\x00\x01a\x00\x02b",
        b"\x00\x01a\x00\x01bc",
        b"\x00\x01a\x00\x01b\x00\x00",
        b"\x00\x01a\x00\x01b\x00\x01c",
    ],
)
def test_a_bundle_of_another_width_or_cut_short_is_refused(content: bytes) -> None:
    with pytest.raises(Malformed, match="bundle"):
        parse_bundle(content, width=2)


def test_the_longest_entry_goes_in_and_a_longer_one_is_refused() -> None:
    assert len(encode_bundle([bytes(65_535)])) == 65_537
    with pytest.raises(Malformed, match="65535 bytes; got 65536"):
        encode_bundle([bytes(65_536)])


@pytest.mark.parametrize("count", [0, 257])
def test_an_empty_or_overfull_bundle_is_refused(count: int) -> None:
    with pytest.raises(Malformed, match=f"got {count}"):
        encode_bundle([b"entry"] * count)
    with pytest.raises(Malformed, match=f"got {count}"):
        parse_bundle(b"\x00\x00" * count, width=count)


def test_the_message_says_where_a_bundle_ends_and_what_is_left_over() -> None:
    with pytest.raises(Malformed, match="it ends within entry 1: fetch"):
        parse_bundle(b"\x00\x01a\x00\x02b", width=2)
    with pytest.raises(Malformed, match="3 bytes follow the last: fetch"):
        parse_bundle(b"\x00\x01a\x00\x01b", width=1)
