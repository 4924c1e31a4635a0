"""Bringing a log back after its database was set back to an old backup, its files were damaged, or its second place was lost.

1. The largest head that this log signed says how far it must be: of the database, the second place, the published checkpoint.
2. The entries that the database lacks are read from the published bundles; with those it has they must give the root of every head.
   Until then nothing is changed.
3. The database gets its entries back, and the head.
4. Every published file that is missing or damaged is written again from the entries.
5. The second place and the checkpoint say what was signed last.

What no file holds can't come back: entries that were recorded after the last checkpoint, and the sealed fields of all entries recorded
after the backup, whose commitments remain. Erasures and restrictions among the entries come back as such, to be done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from habeas.errors import BrokenEvidence, HabeasError, Inconsistent, Malformed, NotFound
from habeas.ledger.tree.bundles import parse_bundle
from habeas.ledger.tree.compact import EMPTY_RANGE, CompactRange
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.reading import empty_reader
from habeas.ledger.tree.tiles import TILE_WIDTH, bundles_for
from habeas.stores.log.head import SecondPlace, same_tree
from habeas.stores.log.integrating import Growing
from habeas.stores.log.published import Published, fetch_bundle
from habeas.stores.log.strays import mend_strays
from habeas.stores.objects.place import CHECKPOINT
from habeas.stores.sequencers.rows import SignedHead, Submission
from habeas.stores.sequencers.store import Sequencer
from habeas.terms.records import RecordType, parse_entry

AT_ONCE = 1024
"""Entries that are put back in one transaction."""
FILES_AT_ONCE = 256

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is to do: two for each entry, which is read twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was brought back.

    `head`: the last signed one. `entries`: how many the database got back, `without_fields` of them records whose sealed personal
    fields are gone. `files`: how many published files were written again. `second_place`: whether it was filled again.
    """

    head: SignedHead
    entries: int
    without_fields: int
    files: int
    second_place: bool


def recover(
    sequencer: Sequencer, published: Published, second: SecondPlace, *, second_place_lost: bool = False, progress: Progress | None = None
) -> Recovered:
    """Bring the log back to the last head that it signed, as the steps above say; what is whole already stays as it is.

    `second_place_lost` says that the second place was lost, and that nobody holds a larger checkpoint than those still here: a log that
    continues from a smaller one forks its history. Open the log afterwards, and replay its deeds.

    Raises:
        NotFound: nothing was ever signed; or a bundle is missing that would be needed.
        Inconsistent: two heads can't both be true, entries don't give a signed root, or the second place knows less than the database.
        Malformed, ProofFailed, BadInput: a head isn't this log's, or a bundle can't be read.
        Busy, CannotWrite, Unavailable: somebody else writes, or something can't be written or read; it may be begun again.
    """
    sequencer.claim()
    try:
        return _Recovery(sequencer, published, second, progress=progress).run(second_place_lost=second_place_lost)
    finally:
        sequencer.release()


class _Recovery:
    def __init__(self, sequencer: Sequencer, published: Published, second: SecondPlace, *, progress: Progress | None) -> None:
        self._sequencer, self._published, self._second = sequencer, published, second
        self._progress = progress
        self._recorded = sequencer.size()
        self._bundles: dict[int, bytes] = {}
        """SHA-256 of each bundle that was read: what was checked is what is put back."""

    def run(self, *, second_place_lost: bool) -> Recovered:
        """The five steps."""
        # (1) each as far as it is this log's word
        ours, kept, shown = self._sequencer.head(), self._second.last(), self._published.shown()
        heads = [self._published.check(head) for head in (kept, ours, shown) if head is not None]
        if not heads:
            raise NotFound(
                "expected a log that signed a checkpoint; there is none here: nothing was published, so nothing can be recovered"
            )
        head = max(heads, key=lambda one: one.size)
        if not same_tree(kept, head) and not second_place_lost:
            raise Inconsistent(
                _UNSURE.format(second=self._second, size=head.size), smaller=b"" if kept is None else kept.note, larger=head.note
            )
        # (2) before anything is touched
        self._check(heads, size=head.size)
        # (3) the database first: all else can be made from it
        without_fields = self._put_back(head.size)
        if not same_tree(ours, head):
            self._sequencer.record_head(head, after=None if ours is None else ours.size)
        # (4) what the head needs
        files = self._written_again(head.size)
        # (5) and what tells of it
        if not same_tree(kept, head):
            self._second.keep(head, instead_of=kept)
        if shown is None:  # one that is smaller stays until the next `publish`, which asks the witnesses first
            self._published.place.put({CHECKPOINT: head.note})
        back = max(0, head.size - self._recorded)
        return Recovered(head=head, entries=back, without_fields=without_fields, files=files, second_place=not same_tree(kept, head))

    def _check(self, heads: Iterable[SignedHead], *, size: int) -> None:
        """See that all entries together give the root of each head."""
        found, entries = EMPTY_RANGE, self._entries(size)
        for head in sorted(heads, key=lambda one: one.size):
            found = self._extended(found, islice(entries, head.size - found.size), size)
            if found.root() != head.root:
                state = f"expected the entries to give the root that was signed for size {head.size}; they give another"
                why = "entries in the database or the published bundles were altered, or two histories have parted"
                raise Inconsistent(f"{state}: {why}; nothing was changed, run `habeas ledger fsck`", larger=head.note)

    def _extended(self, found: CompactRange, entries: Iterator[bytes], size: int) -> CompactRange:
        while some := [leaf_hash(entry) for entry in islice(entries, AT_ONCE)]:
            found = found.extended(some)
            self._tell(found.size, 2 * size)
        return found

    def _entries(self, size: int) -> Iterator[bytes]:
        """All entries of a tree: as long as there are some, the database's."""
        yield from self._sequencer.entries(0, min(size, self._recorded))
        yield from self._bundled(size)

    def _bundled(self, size: int) -> Iterator[bytes]:
        """The entries that the database lacks, from the published bundles."""
        for bundle in bundles_for(size, since=min(self._recorded, size)):
            content = fetch_bundle(self._published.place, bundle)
            digest = hashlib.sha256(content).digest()
            if self._bundles.setdefault(bundle.index, digest) != digest:
                raise BrokenEvidence(f"{bundle.path()}: expected the bundle that was checked; it has changed meanwhile: begin again")
            yield from parse_bundle(content, width=bundle.width)[max(0, self._recorded - bundle.index * TILE_WIDTH) :]

    def _put_back(self, size: int) -> int:
        """Give the database the entries it lacks; how many of them had sealed fields."""
        entries, first, without_fields = self._bundled(size), self._recorded, 0
        while some := list(islice(entries, AT_ONCE)):
            kinds = [_kind(entry) for entry in some]
            batch = [Submission(entry=entry, leaf=leaf_hash(entry), deed=deed) for entry, (deed, _) in zip(some, kinds, strict=True)]
            self._sequencer.restore(first, batch)
            without_fields += sum(fields for _, fields in kinds)
            first += len(some)
        return without_fields

    def _written_again(self, size: int) -> int:
        """Write what is missing or damaged of the files that the tree of this size needs; how many files that was."""
        wrong: dict[str, bytes] = {}
        written = 0
        for number, (path, content) in enumerate(Growing(self._sequencer, empty_reader(), size=size).files()):
            if self._is_wrong(path, content):
                wrong[path] = content
                written += 1
            if len(wrong) >= FILES_AT_ONCE:
                self._published.place.put(wrong)
                wrong = {}
            self._tell(size + min(size, number * TILE_WIDTH // 2), 2 * size)  # a bundle and a tile for every 256
        self._published.place.put(wrong)
        return written + mend_strays(self._published.place, size=size)

    def _is_wrong(self, path: str, content: bytes) -> bool:
        try:
            return self._published.place.get(path) != content
        except HabeasError:
            return True

    def _tell(self, done: int, of: int) -> None:
        if self._progress is not None:
            self._progress(done, of)


_UNSURE = (
    "expected the second place {second} to have the last signed head, of size {size}; it knows less. If it was lost, and nobody holds a"
    " larger checkpoint than that (ask the witnesses), say so by name: habeas ledger recover --second-place-lost"
)


def _kind(entry: bytes) -> tuple[bool, bool]:
    """Whether an entry orders a deed that is to be done again, and whether it commits to sealed fields."""
    try:
        record = parse_entry(entry)
    except Malformed:
        return False, False
    return record.type in {RecordType.ERASURE, RecordType.RESTRICTION}, record.fields is not None
