"""The second place: where the last signed head is kept once more, out of reach of what restores the database from a backup.

A log that knows only its own database can be set back without noticing, and would then sign another history under the same name.
"""

from __future__ import annotations

from pathlib import Path

from habeas.errors import Busy, Malformed, NotFound
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.note import parse_note
from habeas.stores.objects.place import Place, open_place
from habeas.stores.sequencers.rows import SignedHead

LAST = "last-signed-checkpoint"


class SecondPlace:
    """A place of its own, best on another disk or machine, for the last head of one log."""

    def __init__(self, place: Place | str | Path) -> None:
        self._place = open_place(place) if isinstance(place, str | Path) else place

    def __str__(self) -> str:
        return str(self._place)

    def last(self) -> SignedHead | None:
        """The head that was kept last; None where none ever was. Its signature isn't looked at here.

        Raises:
            Malformed: what is there is no signed checkpoint.
            Unavailable: the place can't be reached.
        """
        try:
            note = self._place.get(LAST)
        except NotFound:
            return None
        try:
            return head_of(note)
        except Malformed as error:
            raise Malformed(f"the second place {self}: {error}") from error

    def keep(self, head: SignedHead, *, instead_of: SignedHead | None) -> None:
        """Keep this head, if the one kept last is still `instead_of` (None: none was); durable when it returns.

        Raises:
            Busy: another head is there: somebody else signs for this log.
            CannotWrite: it can't be kept, or nobody knows whether it was.
        """
        before = None if instead_of is None else instead_of.note
        if not self._place.swap(LAST, head.note, instead_of=before):
            raise Busy(
                f"expected to be the only one who signs for this log; another head came into the second place {self} meanwhile:"
                " see who else publishes, then publish again"
            )


def head_of(note: bytes) -> SignedHead:
    """A signed checkpoint as a head; its signature isn't looked at here.

    Raises:
        Malformed: the bytes are no signed checkpoint.
    """
    found = checkpoint_of(note)
    return SignedHead(size=found.size, root=found.root, note=note)


def checkpoint_of(note: bytes) -> Checkpoint:
    """The checkpoint in a signed note; errors as for `head_of`."""
    return parse_checkpoint(parse_note(note).text)


def same_tree(one: SignedHead | None, other: SignedHead | None) -> bool:
    """Whether both are of the same tree, or both missing; whoever signed beside the log makes no difference."""
    if one is None or other is None:
        return one is other
    return (one.size, one.root) == (other.size, other.root)


def size_of(head: SignedHead | None) -> int:
    """How many entries a head covers; none where there is no head yet."""
    return 0 if head is None else head.size
