"""Where a log's hashes and entries are served: the paths of its tiles and entry bundles (C2SP tlog-tiles).

A tile holds up to 256 hashes side by side. Those of level 0 are leaf hashes; each hash of a higher level is the root of a
full tile of the level below. A bundle holds the entries of one tile of level 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from habeas.errors import Malformed
from habeas.ledger.tree.counts import MOST_ENTRIES, require_count

TILE_WIDTH = 256
TILE_HEIGHT = 8
"""Levels of the binary tree in one level of tiles: 2 ** 8 = 256."""

MOST_LEVEL = 63
"""What the standard admits; a tree of the largest size needs no more than level 7."""

MOST_INDEX = MOST_ENTRIES // TILE_WIDTH
PATH = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A tile of hashes: the `index`-th of its `level`, `width` hashes wide; full at 256.

    Raises:
        Malformed: the level is above 63, the width isn't from 1 to 256, or the index is beyond any tree.
    """

    level: int
    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        require_count(self.level, what="level of a tile", most=MOST_LEVEL)
        _require_place(self.index, self.width)

    def path(self) -> str:
        """The path below the log's address, e.g. `tile/0/x001/x234/067` or `tile/0/273.p/112`."""
        return f"tile/{self.level}/{_numbered(self.index, self.width)}"

    def full(self) -> Tile:
        """The same tile once it is full: what to look for when the partial one is gone."""
        return replace(self, width=TILE_WIDTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle of entries: those of the `index`-th tile of level 0, `width` of them; full at 256.

    Raises:
        Malformed: the width isn't from 1 to 256, or the index is beyond any tree.
    """

    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        _require_place(self.index, self.width)

    def path(self) -> str:
        """The path below the log's address, e.g. `tile/entries/x001/000` or `tile/entries/001.p/44`."""
        return f"tile/entries/{_numbered(self.index, self.width)}"

    def full(self) -> Bundle:
        """The same bundle once it is full."""
        return replace(self, width=TILE_WIDTH)

    def entries(self) -> range:
        """The indices of the entries in it."""
        first = self.index * TILE_WIDTH
        return range(first, first + self.width)


def parse_path(text: str) -> Tile | Bundle:
    """Read the path of a tile or bundle, as `path()` writes it and in no other spelling.

    Raises:
        Malformed: the text is no such path, e.g. `tile/00/000`, `tile/0/x000/001` or `tile/0/001.p/256`.
    """
    found = PATH.fullmatch(text)
    if found is None:
        raise Malformed(f"expected a path such as tile/0/x001/067 or tile/entries/001.p/44; got {text[:80]!a}: see tlog-tiles")
    level, digits, width = found.groups(default=str(TILE_WIDTH))
    index = int(digits.replace("x", "").replace("/", ""))
    named = Bundle(index=index, width=int(width)) if level == "entries" else Tile(level=int(level), index=index, width=int(width))
    if named.path() != text:  # groups of zeros in front, or a partial tile 256 wide
        raise Malformed(f"expected the path in its one spelling, {named.path()}; got {text[:80]!a}: ask for that path")
    return named


def tiles_for(size: int, *, since: int = 0) -> Iterator[Tile]:
    """Every tile to publish when a published tree grows from `since` entries to `size`, the lowest level first.

    A tile that was partial and has grown is among them under its new width; one that stays as it was isn't. Publishing doesn't ask:
    `Growth` gives these very tiles. The list is for whoever copies a log, and for the tests that hold `Growth` against it.

    Raises:
        Malformed: a size isn't one, or the tree would shrink.
    """
    _require_growth(size, since)
    level = 0
    while (now := size >> TILE_HEIGHT * level) > (before := since >> TILE_HEIGHT * level):
        for index, width in _changed(before, now):
            yield Tile(level=level, index=index, width=width)
        level += 1


def bundles_for(size: int, *, since: int = 0) -> Iterator[Bundle]:
    """Every bundle that holds entries from `since` on of a tree of `size`: what to publish when it has grown so far.

    Raises:
        Malformed: a size isn't one, or the tree would shrink.
    """
    _require_growth(size, since)
    for index, width in _changed(since, size):
        yield Bundle(index=index, width=width)


def _changed(before: int, now: int) -> Iterator[tuple[int, int]]:
    """Index and width of what holds the hashes from `before` on, when there are `now` of them."""
    if now > before:
        yield from ((index, TILE_WIDTH) for index in range(before // TILE_WIDTH, now // TILE_WIDTH))
        if now % TILE_WIDTH:
            yield now // TILE_WIDTH, now % TILE_WIDTH


def _require_place(index: int, width: int) -> None:
    require_count(index, what="index of a tile", most=MOST_INDEX)
    require_count(width, what="width of a tile", most=TILE_WIDTH)
    if width == 0:
        raise Malformed("width of a tile: expected from 1 to 256 hashes; got 0: an empty tile doesn't exist, leave it out")


def _require_growth(size: int, since: int) -> None:
    require_count(size, what="size of a tree")
    require_count(since, what="earlier size of a tree")
    if since > size:
        raise Malformed(f"expected a tree that grows; got {since} entries before and {size} now: give the smaller size first")


def _numbered(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups)) + (f".p/{width}" if width < TILE_WIDTH else "")
