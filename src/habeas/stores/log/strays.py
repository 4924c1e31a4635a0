"""Checking the published files that the last head doesn't need: older partial ones, newer ones, and what doesn't belong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from habeas.errors import HabeasError, Malformed, NotFound
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Bundle, Tile, parse_path
from habeas.stores.log.findings import Findings, What
from habeas.stores.log.stretches import cut, first_entry
from habeas.stores.objects.place import CHECKPOINT, Place


def check_strays(place: Place, findings: Findings, *, size: int, recorded: int) -> None:
    """Go through all files in the place; `size` is the head's, `recorded` how many entries there are.

    A partial file must be the beginning of what replaced it. Files of a larger tree may be there, since publishing writes them before
    it signs; but not of entries that nobody recorded.
    """
    for path in place.list(""):
        if path == CHECKPOINT:
            continue
        try:
            file = parse_path(path)
        except Malformed:
            findings.add(What.FILE_EXTRA, file=path, expected="only a checkpoint, tiles and bundles", found="another file")
            continue
        if file.width > width_at(file, max(size, recorded)):
            expected = f"only files of the {max(size, recorded)} entries that are recorded"
            findings.add(What.FILE_EXTRA, file=path, index=first_entry(file), expected=expected, found="a file of more")
        elif file.width < width_at(file, size):
            _check_beginning(place, file, width=width_at(file, size), findings=findings)


def mend_strays(place: Place, *, size: int) -> int:
    """Write older partial files again from the wider ones that the tree of `size` entries needs; delete those that full ones replace.

    How many were written or deleted.
    """
    mended = 0
    for file, width in _older(place, size):
        if width == TILE_WIDTH:
            place.delete([file.path()])
            mended += 1
        elif (content := cut(place.get(replace(file, width=width).path()), file, of=width)) != place.get(file.path()):
            place.put({file.path(): content})
            mended += 1
    return mended


def _older(place: Place, size: int) -> Iterator[tuple[Tile | Bundle, int]]:
    """The partial files that are narrower than the tree of `size` entries has them, and how wide it has them."""
    for path in place.list("tile"):
        with suppress(Malformed):
            file = parse_path(path)
            if file.width < (width := width_at(file, size)):
                yield file, width


def width_at(file: Tile | Bundle, size: int) -> int:
    """How wide this tile or bundle is in the tree of `size` entries; 0 where that has none."""
    level = file.level if isinstance(file, Tile) else 0
    return max(0, min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - file.index * TILE_WIDTH))


def _check_beginning(place: Place, partial: Tile | Bundle, *, width: int, findings: Findings) -> None:
    """See that a partial file is the beginning of the wider one that the head needs (which has been checked)."""
    wider = replace(partial, width=width)
    try:
        content, whole = place.get(partial.path()), place.get(wider.path())
    except NotFound:
        return  # a writer has cleared it away meanwhile, or the wider one is missing, which has been found
    except HabeasError as error:
        findings.add(What.FILE_UNREADABLE, file=partial.path(), expected="a file that can be read", found=str(error))
        return
    findings.files += 1
    findings.spare += width == TILE_WIDTH
    if content != cut(whole, partial, of=width):
        expected = f"the beginning of {wider.path()}"
        findings.add(What.FILE_ALTERED, file=partial.path(), index=first_entry(partial), expected=expected, found="other bytes")
