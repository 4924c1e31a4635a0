"""Entries in a bundle: each as two bytes of length, the higher first, and the entry itself (C2SP tlog-tiles, "Log entries")."""

from __future__ import annotations

from collections.abc import Iterable

from habeas.errors import Malformed
from habeas.ledger.tree.tiles import TILE_WIDTH

LENGTH_BYTES = 2
MAX_ENTRY_BYTES = 65_535
"""The longest entry: what two bytes of length can say."""


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Write 1 to 256 entries as a bundle, in their order.

    Raises:
        Malformed: an entry is longer than 65,535 bytes, or there are none or more than 256.
    """
    framed = [_framed(entry) for entry in entries]
    if not 1 <= len(framed) <= TILE_WIDTH:
        raise Malformed(
            f"expected from 1 to {TILE_WIDTH} entries in a bundle; got {len(framed)}: cut the log at every {TILE_WIDTH}th entry"
        )
    return b"".join(framed)


def parse_bundle(content: bytes, *, width: int) -> tuple[bytes, ...]:
    """Read the entries of a bundle that should hold exactly `width` of them.

    Raises:
        Malformed: it holds fewer or more, ends within an entry, or the width isn't from 1 to 256.
    """
    _require_width(width)
    entries: list[bytes] = []
    at = 0
    for number in range(width):
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(content[at:start], "big")
        if at > len(content):
            raise Malformed(
                f"expected {width} entries in a bundle; it ends within entry {number}: fetch the bundle of the width you ask for"
            )
        entries.append(content[start:at])
    if at < len(content):
        more = f"{len(content) - at} bytes follow the last"
        raise Malformed(f"expected {width} entries in a bundle; {more}: fetch the bundle of the width you ask for")
    return tuple(entries)


def _require_width(width: int) -> None:
    if not 1 <= width <= TILE_WIDTH:
        raise Malformed(f"expected from 1 to {TILE_WIDTH} entries in a bundle; got {width}: cut the log at every {TILE_WIDTH}th entry")


def _framed(entry: bytes) -> bytes:
    if len(entry) > MAX_ENTRY_BYTES:
        raise Malformed(f"expected an entry of at most {MAX_ENTRY_BYTES} bytes; got {len(entry)}: log the hash of what is longer")
    return len(entry).to_bytes(LENGTH_BYTES, "big") + entry
