"""Checking a whole log: everything is worked out again from the entries and compared with everything that is kept.

1. The signed heads: in the database, in the second place, in the published checkpoint. The largest says how far to check.
2. Every entry, as the database, its bundle and its tile have it (`stretches.py`).
3. Every hash of the higher tiles, against those worked out from the entries.
4. The root at each signed head.
5. All other files in the place (`strays.py`).

Nothing stops the check; what is found is reported with index and file. It may run beside a writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from habeas.errors import HabeasError, NotFound
from habeas.ledger.tree.growing import Growth
from habeas.ledger.tree.hashing import split_row
from habeas.ledger.tree.reading import empty_reader
from habeas.ledger.tree.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, bundles_for
from habeas.stores.log.findings import Findings, Report, What
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.published import Published
from habeas.stores.log.strays import check_strays
from habeas.stores.log.stretches import DATABASE, Files, Stretch, has_length
from habeas.stores.objects.place import CHECKPOINT
from habeas.stores.sequencers.rows import SignedHead
from habeas.stores.sequencers.store import Sequencer

SECOND = "second place"
HEADS_CHECKED = 1_000
"""How many of the heads that the database recorded are checked, the newest first: each takes two signatures to check."""

Progress = Callable[[int, int], None]
"""Called with the entries checked so far and all there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A root that was signed, and where that is kept."""

    where: str
    size: int
    root: bytes


def check_log(sequencer: Sequencer, published: Published, second: SecondPlace, *, progress: Progress | None = None) -> Report:
    """Check the log and report all discrepancies; memory doesn't grow with the log.

    Raises:
        Unavailable: the files can't be listed, or the database not be opened at all.
    """
    findings = Findings()
    # (1) in the order in which they may be behind each other while somebody publishes
    heads = _heads(sequencer, published, second, findings)
    size = max((head.size for head in heads), default=0)
    recorded = sequencer.size()
    if recorded < size:
        expected, found = f"the {size} entries that were signed", f"{recorded}"
        findings.add(What.ENTRY_MISSING, index=recorded, file=DATABASE, expected=expected, found=found)
    _Check(sequencer, published, findings, heads, size=size, recorded=recorded).run(progress or nobody)
    # (5) what is left
    check_strays(published.place, findings, size=size, recorded=recorded)
    told = tuple(findings.told)
    return Report(size=size, recorded=recorded, files=findings.files, spare=findings.spare, findings=told, more=findings.more)


class _Check:
    """One pass over the entries, and what it keeps meanwhile."""

    def __init__(
        self, sequencer: Sequencer, published: Published, findings: Findings, heads: Sequence[Signed], *, size: int, recorded: int
    ) -> None:
        self._sequencer, self._findings = sequencer, findings
        self._files = Files(published.place, findings)
        self._size, self._recorded = size, recorded
        self._heads = sorted(heads, key=lambda head: head.size)[::-1]  # the next one is the last
        self._growth = Growth(empty_reader(), iter(()))

    def run(self, progress: Progress) -> None:
        """Go over all entries."""
        self._growth = Growth(empty_reader(), self._leaves(progress))
        for tile, row in self._growth.tiles():
            # (3) level 0 was looked at entry by entry
            if tile.level > 0 and (found := self._files.get(tile)) is not None:
                self._compare(tile, row, found)
        self._check_roots([])
        progress(self._size, self._size)

    def _leaves(self, progress: Progress) -> Iterator[bytes]:
        for bundle in bundles_for(self._size):
            progress(bundle.index * TILE_WIDTH, self._size)
            # (2) one bundle at a time
            leaves = Stretch(bundle=bundle, recorded=self._recorded).leaves(self._sequencer, self._files, self._findings)
            self._check_roots(leaves)
            yield from leaves

    def _compare(self, tile: Tile, row: bytes, found: bytes) -> None:
        if row == found or not has_length(found, tile, self._findings):
            return
        for at, (ours, theirs) in enumerate(zip(split_row(row), split_row(found), strict=True)):
            if ours != theirs:
                index = (tile.index * TILE_WIDTH + at) << TILE_HEIGHT * tile.level
                expected = f"the hash {ours.hex()} at place {at}"
                self._findings.add(What.FILE_ALTERED, index=index, file=tile.path(), expected=expected, found=theirs.hex())

    def _check_roots(self, leaves: Sequence[bytes]) -> None:
        """See that the heads that end within these leaves, which come next, have the root of the entries (4)."""
        before = self._growth.size
        while self._heads and self._heads[-1].size <= before + len(leaves):
            head = self._heads.pop()
            root = self._growth.range.extended(leaves[: head.size - before]).root()
            if root != head.root:
                expected = f"the root {root.hex()} of the first {head.size} entries"
                self._findings.add(What.ROOT_DIFFERS, file=head.where, expected=expected, found=head.root.hex())


def _heads(sequencer: Sequencer, published: Published, second: SecondPlace, findings: Findings) -> list[Signed]:
    """All that was signed, as far as it can be read and is this log's word."""
    shown = _read(CHECKPOINT, published.head, findings)
    recorded = sequencer.heads(HEADS_CHECKED)
    kept = _read(SECOND, second.last, findings)
    last = recorded[0] if recorded else None
    if last is not None and (kept is None or kept.size < last.size):
        found = "none" if kept is None else f"one of size {kept.size}"
        findings.add(What.HEAD_MISSING, file=SECOND, expected=f"the last head, of size {last.size}", found=found)
    if shown is None and (last is not None or kept is not None):
        findings.add(What.HEAD_MISSING, file=CHECKPOINT, expected="a checkpoint that this log signed", found="none")
    named = [(DATABASE, head) for head in recorded]
    named += [(where, head) for where, head in ((SECOND, kept), (CHECKPOINT, shown)) if head is not None]
    return [Signed(where=where, size=head.size, root=head.root) for where, head in named if _is_ours(where, head, published, findings)]


def _read(where: str, read: Callable[[], SignedHead | None], findings: Findings) -> SignedHead | None:
    try:
        return read()
    except NotFound:
        return None
    except HabeasError as error:
        findings.add(What.HEAD_BROKEN, file=where, expected="a checkpoint that this log signed", found=str(error))
        return None


def _is_ours(where: str, head: SignedHead, published: Published, findings: Findings) -> bool:
    try:
        published.check(head)
    except HabeasError as error:
        findings.add(What.HEAD_BROKEN, file=where, expected="a checkpoint that this log signed", found=str(error))
        return False
    return True


def nobody(_done: int, _of: int) -> None:
    """Nobody wants to know how far it is."""
