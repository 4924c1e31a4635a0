"""Clearing away partial tiles and bundles whose full ones are served (C2SP tlog-tiles, "Partial Tiles").

Each checkpoint leaves a partial file for every level that isn't full. They are served until the full file is, and then no longer
needed: whoever asks for them is to take the full one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Bundle, Tile
from habeas.stores.objects.place import Place


def edges(size: int) -> Iterator[Tile | Bundle]:
    """What isn't full in the tree of `size` entries, each as it is once full."""
    if size % TILE_WIDTH:
        yield Bundle(index=size // TILE_WIDTH)
    level = 0
    while count := size >> TILE_HEIGHT * level:
        if count % TILE_WIDTH:
            yield Tile(level=level, index=count // TILE_WIDTH)
        level += 1


def clear(place: Place, candidates: Iterable[Tile | Bundle], *, size: int) -> set[Tile | Bundle]:
    """Delete the partial files of those candidates that are full in the tree of `size` entries, which is served; the others are left.

    Raises:
        CannotWrite, Unavailable: some can't be listed or deleted; try again.
    """
    left = set(candidates)
    for full in tuple(left):
        if is_full(full, size=size):
            place.delete(list(place.list(f"{full.path()}.p")))
            left.remove(full)
    return left


def is_full(file: Tile | Bundle, *, size: int) -> bool:
    """Whether the tree of `size` entries has this tile or bundle in full."""
    level = file.level if isinstance(file, Tile) else 0
    return file.index < size >> TILE_HEIGHT * (level + 1)
