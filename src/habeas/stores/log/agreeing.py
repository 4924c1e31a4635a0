"""Before anything is signed: see that all that remembers this log agrees on what was signed last.

1. The database and the second place each keep the last head, signed by this log.
2. The published tiles must give the root of the head; they are what the next tree grows from.
3. Where the second place is behind or empty, one of the two was set back: nothing is signed.
4. Where it is ahead, publishing was cut short after it: the database catches up, if its own entries give that root.
5. The published checkpoint, which anyone may hold, must be of the head's tree or of its beginning.
"""

from __future__ import annotations

from dataclasses import dataclass

from habeas.errors import Inconsistent, Malformed, NotFound, ProofFailed
from habeas.ledger.tree.compact import CompactRange
from habeas.ledger.tree.hashing import EMPTY_ROOT
from habeas.ledger.tree.reading import TileReader, check_root, root_of
from habeas.stores.log.head import SecondPlace, same_tree, size_of
from habeas.stores.log.published import Published, fetch_from
from habeas.stores.sequencers.rows import SignedHead
from habeas.stores.sequencers.store import Sequencer

RECOVER = "sign nothing; `habeas ledger recover` brings back what can be brought back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The last head and how each place holds it: `head` as the database does, with the lines of witnesses, `kept` as the second place.

    Both are None before the first. `shown` is the published checkpoint, which may be an earlier one, or none. `tiles` reads the head's
    tree and was seen to give its root.
    """

    head: SignedHead | None
    kept: SignedHead | None
    shown: SignedHead | None
    tiles: TileReader


def agree(sequencer: Sequencer, second: SecondPlace, published: Published) -> Agreed:
    """The head that all agree on.

    Raises:
        Inconsistent: they don't agree, or tiles are missing or broken; the error holds both heads, where there are two.
        ProofFailed, Malformed: a head isn't signed by this log.
        BadInput: a head or the published checkpoint is another log's.
        Busy, CannotWrite, Unavailable: the database can't catch up, or one of them can't be reached.
    """
    # (1) neither is believed for being there
    ours, kept = sequencer.head(), second.last()
    for head in (ours, kept):
        if head is not None:
            published.check(head)
    tiles, grown = _tiles(published, ours)
    if not same_tree(ours, kept):
        # (3), (4): the second place knows it first, so only it may be ahead
        head = _ahead(ours, kept, second)
        _expect_same_entries(sequencer, grown, ours, head)
        sequencer.record_head(head, after=None if ours is None else ours.size)
        ours, (tiles, _) = head, _tiles(published, head)
    shown = published.shown()
    _expect_beginning(shown, ours, tiles)
    return Agreed(head=ours, kept=kept, shown=shown, tiles=tiles)


def _tiles(published: Published, head: SignedHead | None) -> tuple[TileReader, CompactRange]:
    # (2) what they give is all that growing starts from, and the reader keeps it
    reader = TileReader(fetch_from(published.place), size_of(head))
    try:
        return reader, check_root(reader, root=EMPTY_ROOT if head is None else head.root)
    except (ProofFailed, NotFound, Malformed) as error:
        todo = "sign nothing, run `habeas ledger fsck`"
        raise Inconsistent(f"expected published tiles that give the signed root; {error}: {todo}", larger=_note(head)) from error


def _ahead(ours: SignedHead | None, kept: SignedHead | None, second: SecondPlace) -> SignedHead:
    """The head in the second place, if it is ahead of the database's."""
    if kept is not None and (ours is None or kept.size > ours.size):
        return kept
    state = "is empty" if kept is None else f"has one of size {kept.size}" + (" with another root" if kept.size == size_of(ours) else "")
    raise Inconsistent(
        f"expected the second place {second} to have the last signed head, of size {size_of(ours)}; it {state}: {RECOVER}",
        smaller=_note(kept),
        larger=_note(ours),
    )


def _expect_same_entries(sequencer: Sequencer, grown: CompactRange, ours: SignedHead | None, head: SignedHead) -> None:
    """See that our own entries give the root of a head that is ahead of ours."""
    size = sequencer.size()
    if size < head.size:
        state = f"expected at least {head.size} entries, which were signed; the database has {size}: it was set back to an old backup"
        raise Inconsistent(f"{state}; {RECOVER}", smaller=_note(ours), larger=head.note)
    if grown.extended(sequencer.leaves(grown.size, head.size)).root() != head.root:
        state = f"expected the entries to give the root that was signed for size {head.size}; they give another: two histories have parted"
        raise Inconsistent(f"{state}; {RECOVER}", smaller=_note(ours), larger=head.note)


def _expect_beginning(shown: SignedHead | None, head: SignedHead | None, tiles: TileReader) -> None:
    # (5) nobody may be shown what the log no longer stands by
    if shown is None or same_tree(shown, head):
        return
    if shown.size > size_of(head):
        state = f"expected a published checkpoint of at most {size_of(head)} entries, as the last head; it is of {shown.size}"
        why = "database and second place were set back, or another log writes there"
        raise Inconsistent(f"{state}: {why}; {RECOVER}", smaller=_note(head), larger=shown.note)
    if root_of(tiles, size=shown.size) != shown.root:
        state = f"expected the published checkpoint of size {shown.size} to be of the log's own history; its root is another: {RECOVER}"
        raise Inconsistent(state, smaller=shown.note, larger=_note(head))


def _note(head: SignedHead | None) -> bytes:
    return b"" if head is None else head.note
