"""Checking 256 entries at a time, as one bundle and one tile of level 0 hold them.

An entry is kept three times: in the database, in its bundle, and as a hash in its tile. Where one of them differs from the other two,
that one is named, and the tree is worked out from the two: one altered byte is then one finding, not one on every level above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from habeas.errors import HabeasError, Malformed, NotFound
from habeas.ledger.tree.bundles import encode_bundle, parse_bundle
from habeas.ledger.tree.hashing import HASH_BYTES, leaf_hash, split_row
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Bundle, Tile
from habeas.stores.log.findings import Findings, What
from habeas.stores.objects.place import Place
from habeas.stores.sequencers.store import Sequencer

DATABASE = "database"
UNKNOWN = bytes(HASH_BYTES)
"""Stands for a leaf that nothing tells; the root then differs too."""


class Files:
    """Published files as a check reads them: what is missing or unreadable becomes a finding."""

    def __init__(self, place: Place, findings: Findings) -> None:
        self._place, self._findings = place, findings

    def get(self, file: Tile | Bundle) -> bytes | None:
        """A file at its width, or else the full one that replaced it; None, and a finding, where there is neither."""
        for candidate in dict.fromkeys((file, file.full())):
            try:
                content = self._place.get(candidate.path())
            except NotFound:
                continue
            except HabeasError as error:
                what, expected = What.FILE_UNREADABLE, "a file that can be read"
                self._findings.add(what, file=candidate.path(), index=first_entry(file), expected=expected, found=str(error))
                return None
            self._findings.files += 1
            return content if candidate == file else cut(content, file)
        self._findings.add(What.FILE_MISSING, file=file.path(), index=first_entry(file), expected="the file", found="none")
        return None


def cut(content: bytes, file: Tile | Bundle, *, of: int = TILE_WIDTH) -> bytes:
    """The beginning of a file `of` a width that a narrower one has; what can't be cut is left as it is."""
    if isinstance(file, Tile):
        return content[: file.width * HASH_BYTES]
    try:
        return encode_bundle(parse_bundle(content, width=of)[: file.width])
    except Malformed:
        return content


def first_entry(file: Tile | Bundle) -> int:
    """The index of the first entry below a file."""
    level = file.level if isinstance(file, Tile) else 0
    return file.index << TILE_HEIGHT * (level + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The entries of one bundle, of which the database should hold those below `recorded`."""

    bundle: Bundle
    recorded: int

    @property
    def tile(self) -> Tile:
        """The tile of level 0 over the same entries."""
        return Tile(level=0, index=self.bundle.index, width=self.bundle.width)

    def leaves(self, sequencer: Sequencer, files: Files, findings: Findings) -> Sequence[bytes]:
        """The leaf hashes that most of the three give; whatever gives others is noted."""
        entries = self._entries(sequencer, findings)
        ours = [None if entry is None else leaf_hash(entry) for entry in entries]
        bundle, row = files.get(self.bundle), files.get(self.tile)
        if self._same(ours, entries, bundle, row):
            return split_row(row or b"")
        theirs = self._of_bundle(bundle, findings)
        tiled = self._of_tile(row, findings)
        indices = self.bundle.entries()
        return [self._settled(index, *votes, findings=findings) for index, *votes in zip(indices, ours, theirs, tiled, strict=True)]

    def _same(self, ours: Sequence[bytes | None], entries: Sequence[bytes | None], bundle: bytes | None, row: bytes | None) -> bool:
        """Whether all three agree, which is nearly always so, and told fast."""
        kept = [entry for entry in entries if entry is not None]
        return len(kept) == self.bundle.width and bundle == encode_bundle(kept) and row == b"".join(leaf or b"" for leaf in ours)

    def _entries(self, sequencer: Sequencer, findings: Findings) -> list[bytes | None]:
        """The entries in the database, each against the leaf hash beside it; None for one that isn't there."""
        held = [index for index in self.bundle.entries() if index < self.recorded]
        rows = _rows(sequencer, held[0], held[-1] + 1) if held else []
        for index, row in zip(held, rows, strict=True):
            if row is None:
                findings.add(What.ENTRY_MISSING, index=index, file=DATABASE, expected="an entry that can be read", found="none")
            elif leaf_hash(row[0]) != row[1]:
                found = row[1].hex()
                findings.add(
                    What.LEAF_ALTERED, index=index, file=DATABASE, expected=f"the leaf hash {leaf_hash(row[0]).hex()}", found=found
                )
        absent = [None] * (self.bundle.width - len(held))
        return [None if row is None else row[0] for row in rows] + absent

    def _of_bundle(self, content: bytes | None, findings: Findings) -> Sequence[bytes | None]:
        if content is None:
            return [None] * self.bundle.width
        try:
            return [leaf_hash(entry) for entry in parse_bundle(content, width=self.bundle.width)]
        except Malformed as error:
            expected = f"a bundle of {self.bundle.width} entries"
            findings.add(What.FILE_LENGTH, index=first_entry(self.bundle), file=self.bundle.path(), expected=expected, found=str(error))
            return [None] * self.bundle.width

    def _of_tile(self, row: bytes | None, findings: Findings) -> Sequence[bytes | None]:
        if row is None:
            return [None] * self.bundle.width
        if not has_length(row, self.tile, findings):
            return [None] * self.bundle.width
        return split_row(row)

    def _settled(self, index: int, *votes: bytes | None, findings: Findings) -> bytes:
        """The leaf hash that most give; of equals the first, which is the database's."""
        given = [vote for vote in votes if vote is not None]
        if not given:
            return UNKNOWN
        leaf = Counter(given).most_common(1)[0][0]
        if any(vote != leaf for vote in given):
            self._note(index, votes, leaf, findings)
        return leaf

    def _note(self, index: int, votes: Sequence[bytes | None], leaf: bytes, findings: Findings) -> None:
        where = (DATABASE, self.bundle.path(), self.tile.path())
        agreeing = " and ".join(file for vote, file in zip(votes, where, strict=True) if vote == leaf)
        for vote, file in zip(votes, where, strict=True):
            if vote is not None and vote != leaf:
                what = What.ENTRY_ALTERED if file == DATABASE else What.FILE_ALTERED
                findings.add(what, index=index, file=file, expected=f"the leaf hash {leaf.hex()}, as in {agreeing}", found=vote.hex())


def has_length(row: bytes, tile: Tile, findings: Findings) -> bool:
    """Whether a tile is as long as its width asks for; a finding where not."""
    if len(row) == tile.width * HASH_BYTES:
        return True
    expected, found = f"{tile.width * HASH_BYTES} bytes", f"{len(row)} bytes"
    findings.add(What.FILE_LENGTH, index=first_entry(tile), file=tile.path(), expected=expected, found=found)
    return False


def _rows(sequencer: Sequencer, start: int, stop: int) -> list[tuple[bytes, bytes] | None]:
    """Entry and leaf hash of each index; one by one where they can't be read together."""
    try:
        return list(zip(sequencer.entries(start, stop), sequencer.leaves(start, stop), strict=True))
    except (HabeasError, ValueError):
        return [_row(sequencer, index) for index in range(start, stop)]


def _row(sequencer: Sequencer, index: int) -> tuple[bytes, bytes] | None:
    try:
        return next(sequencer.entries(index, index + 1)), next(sequencer.leaves(index, index + 1))
    except (HabeasError, StopIteration):
        return None
