"""One log, written: entries become durable at once, and provable at the next checkpoint.

How a tree is published; each step can be done again, so that whatever was cut short is finished by the next time:
1. all that remembers the log agrees on the last head (`agreeing.py`);
2. tiles and bundles of the larger tree are written and durable;
3. the head is signed, and kept in the second place, if nobody else has put one there;
4. the database records it, if the last head is still the one it grew from;
5. witnesses are asked, and the checkpoint is shown with what they gave;
6. partial files that full ones replace are deleted.

A checkpoint is shown even when witnesses are away: whether enough of them stand by it is for each reader's own policy to say, and a
log that waits for a witness could be stopped by it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Self

from habeas.errors import BadInput, BrokenEvidence, Busy, HabeasError, NotFound, Unavailable
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, sign_checkpoint
from habeas.ledger.notes.keys import Signer
from habeas.ledger.notes.note import NoteSignature, parse_note
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.tiles import Bundle, Tile
from habeas.ledger.trust.proof_file import TlogProof
from habeas.stores.log.agreeing import Agreed, agree
from habeas.stores.log.head import SecondPlace, same_tree, size_of
from habeas.stores.log.integrating import integrate
from habeas.stores.log.interval import Repeating
from habeas.stores.log.partial import clear, edges
from habeas.stores.log.published import Published
from habeas.stores.objects.place import CHECKPOINT, Place
from habeas.stores.sequencers.group_commit import GroupCommit, Pending
from habeas.stores.sequencers.rows import SignedHead, Submission
from habeas.stores.sequencers.store import Sequencer

Prove = Callable[[int], tuple[bytes, ...]]
"""The consistency proof from a tree of so many entries to the one that is being published."""
Witnesses = Callable[[bytes, Prove], Sequence[NoteSignature]]
"""Asks for cosignatures of a signed checkpoint, and gives the lines that came, each seen to hold. It should be quick to give up: until
it returns, the checkpoint isn't shown. `Unavailable` counts as no line; whatever else it raises stops the publishing."""

WAITING = 4096
"""Entries of `append_many` that wait to be durable at the same time."""
HEADS_KEPT_IN_MIND = 16
HEADS_LOOKED_THROUGH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an entry got when it became durable: its index, and the leaf hash by which it will be found in the tree."""

    index: int
    leaf: bytes


class Log:
    """The log whose entries `sequencer` keeps, in the hands of its one writer. Every method may be called from any thread.

    `place` is what the public reads, `second` where the last head is kept once more, `signers` the log's keys (all named like the
    log), `clock` the time in Unix seconds. A context manager: entered it is opened, left it is closed. The sequencer stays open.
    """

    def __init__(
        self, sequencer: Sequencer, place: Place, second: SecondPlace, signers: Sequence[Signer], origin: str, *, clock: Callable[[], int]
    ) -> None:
        if sequencer.origin != origin or any(signer.key.name != origin for signer in signers):
            raise BadInput(f"expected a database and keys of the log {origin}; got another log's: name those that belong together")
        self.published = Published(place, origin=origin, keys=[signer.key for signer in signers])
        self.origin = origin
        self._sequencer, self._place, self._second = sequencer, place, second
        self._signers, self._clock = tuple(signers), clock
        self._publishing = Lock()
        self._commits: GroupCommit | None = None
        self._repeating: Repeating | None = None
        self._broken: BrokenEvidence | None = None
        self._unfilled: set[Tile | Bundle] = set()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        """Become the one writer, once all that remembers the log agrees.

        A head that was signed and not shown yet stays so until `publish`: the witnesses are asked first.

        Raises:
            Busy: another process writes this log.
            Inconsistent: the database is an old backup, or the published files or the second place aren't those of its last head;
                the message says what to do.
        """
        self._sequencer.claim()
        try:
            self._agreed()
        except BaseException:
            self._sequencer.release()
            raise
        sizes = {self._sequencer.size(), *(head.size for head in self._sequencer.heads(HEADS_KEPT_IN_MIND))}
        self._unfilled = {edge for size in sizes for edge in edges(size)}
        self._commits = GroupCommit(self._sequencer)

    def close(self) -> None:
        """Record what waits, publish it if `start` was called, and let another process write. Twice is no error."""
        if self._commits is None:
            return
        self._commits.close()
        if self._repeating is not None:
            self._repeating.stop()
            self._repeating.once()
            self._repeating = None
        self._commits = None
        self._sequencer.release()

    def start(
        self,
        interval_s: float = 1.0,
        *,
        witnesses: Witnesses | None = None,
        wanted: int = 0,
        on_trouble: Callable[[HabeasError], None] | None = None,
    ) -> None:
        """Publish once an interval, in a thread, until `close`; `on_trouble` hears of each time that failed.

        What is away is tried again at the next interval; once evidence is broken, nothing more is published, while entries are still
        taken. Witnesses that gave no line are asked again about the same head once a minute.

        Raises:
            Busy: the log isn't open.
            BadInput: the interval isn't longer than 0 seconds.
        """
        self._expect_open()

        def publish(again: bool) -> object:  # noqa: FBT001 - the one argument of a callback
            return self.publish(witnesses, wanted=wanted if again else 0)

        self._repeating = Repeating(publish, interval_s=interval_s, on_trouble=on_trouble)

    @property
    def trouble(self) -> HabeasError | None:
        """What befell the thread of `start` the last time; None while all is well."""
        return None if self._repeating is None else self._repeating.trouble

    def append(self, entry: bytes | Submission) -> Receipt:
        """Record an entry, durably; many threads that call this at the same time share one commit.

        Raises:
            Busy: too many wait already, or the log isn't open: the entry wasn't taken.
            CannotWrite, Unavailable: it may or may not be recorded; the message says which, or how to find out.
            Malformed: it is longer than an entry can be.
        """
        submission = _submission(entry)
        return Receipt(index=self._queued(submission).result(), leaf=submission.leaf)

    def append_many(self, entries: Iterable[bytes | Submission]) -> Iterator[Receipt]:
        """Record entries in their order, many to a commit; give the receipt of each once it is durable. Errors as for `append`."""
        waiting: deque[Pending] = deque()
        for entry in entries:
            if len(waiting) >= WAITING:
                yield _receipt(waiting.popleft())
            waiting.append(self._queued(_submission(entry)))
        while waiting:
            yield _receipt(waiting.popleft())

    def publish(self, witnesses: Witnesses | None = None, *, wanted: int = 0) -> SignedHead:
        """Sign and show a checkpoint of all that is recorded; the last head again where nothing was added.

        `witnesses` are asked about each new head, and about the last one again as long as it carries fewer than `wanted` lines beyond
        the log's own.

        Raises:
            Inconsistent: what remembers the log doesn't agree, or a witness has seen another history: nothing more is signed.
            Busy: another process writes or publishes.
            CannotWrite, Unavailable: a step failed; the next call finishes what it began. Nothing that was recorded is lost.
        """
        with self._publishing:
            self._expect_open()
            if self._broken is not None:
                raise self._broken
            try:
                head = self._advanced(witnesses, wanted)
            except BrokenEvidence as error:
                self._broken = error  # nothing is signed on top of it before somebody has looked and opened the log again
                raise
            self._unfilled = clear(self._place, self._unfilled, size=head.size)
            return head

    def prove(self, index: int, size: int | None = None) -> TlogProof:
        """The proof that the entry at `index` is in the log, under the checkpoint that is shown, or under the one signed for `size`.

        Raises:
            NotFound: the entry isn't published yet, or no checkpoint was signed for that size.
            ProofFailed, Malformed: the published files are broken, or hold another entry: run `habeas ledger fsck`.
        """
        head = self.published.head() if size is None else self._signed_for(size)
        leaf = next(self._sequencer.leaves(index, index + 1)) if 0 <= index < self._sequencer.size() else None
        return self.published.prove(index, head=head, leaf=leaf)

    def prove_consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """The proof that the tree of `old` entries is the beginning of the one that is shown, or of the one signed for `new`.

        Raises:
            Malformed: `old` is 0, or larger than the other.
            NotFound, ProofFailed: as for `prove`.
        """
        return self.published.prove_consistency(old=old, head=self.published.head() if new is None else self._signed_for(new))

    def size(self) -> int:
        """How many entries are recorded, published or not."""
        return self._sequencer.size()

    def _agreed(self) -> Agreed:
        return agree(self._sequencer, self._second, self.published)

    def _advanced(self, witnesses: Witnesses | None, wanted: int) -> SignedHead:
        # (1) also for what an earlier call began
        agreed = self._agreed()
        head = self._signed(agreed)
        if not same_tree(head, agreed.shown):
            return self._show(head, witnesses)
        if witnesses is not None and self._lacks(head, wanted):
            return self._show(head, witnesses)
        if agreed.shown is not None and agreed.shown.note != head.note:
            # lines that were lost, or added by somebody who may write there: a false one under a witness's name would spoil every proof
            self._place.put({CHECKPOINT: head.note})
        return head

    def _lacks(self, head: SignedHead, wanted: int) -> bool:
        return len(parse_note(head.note).signatures) < len(self._signers) + wanted

    def _signed(self, agreed: Agreed) -> SignedHead:
        """The head of all that is recorded: the last one, or a new one."""
        head, size = agreed.head, self._sequencer.size()
        if head is not None and head.size == size:
            return head
        self._unfilled |= {*edges(size_of(head)), *edges(size)}
        # (2) before anybody is promised anything
        root = integrate(self._sequencer, self._place, agreed.tiles, size=size)
        note = sign_checkpoint(Checkpoint(origin=self.origin, size=size, root=root), self._signers, at=self._clock())
        new = SignedHead(size=size, root=root, note=note.encode())
        # (3) first of all, so that no database that is set back forgets it
        self._second.keep(new, instead_of=agreed.kept)
        # (4) now this log has signed it
        self._sequencer.record_head(new, after=None if head is None else head.size)
        return new

    def _show(self, head: SignedHead, witnesses: Witnesses | None) -> SignedHead:
        """The head as the public sees it, with all the lines that it got: those that are on record, never those that lie in public."""
        note = parse_note(head.note)
        # (5) whoever stands by it
        if witnesses is not None:
            with suppress(Unavailable):
                note = add_signatures(note, witnesses(head.note, lambda old: self.published.prove_consistency(old=old, head=head)))
        full = SignedHead(size=head.size, root=head.root, note=note.encode())
        if full.note != head.note:
            self._sequencer.record_head(full, after=head.size)
        self._place.put({CHECKPOINT: full.note})
        return full

    def _signed_for(self, size: int) -> SignedHead:
        for head in self._sequencer.heads(HEADS_LOOKED_THROUGH):
            if head.size == size:
                return head
        raise NotFound(f"expected a size that was signed for, among the last {HEADS_LOOKED_THROUGH}; got {size}: use that of a checkpoint")

    def _queued(self, submission: Submission) -> Pending:
        return self._expect_open().append(submission)

    def _expect_open(self) -> GroupCommit:
        if self._commits is None:
            raise Busy("expected a log that is open; it isn't. Nothing was taken: open the log first")
        return self._commits


def _submission(entry: bytes | Submission) -> Submission:
    return entry if isinstance(entry, Submission) else Submission(entry=entry, leaf=leaf_hash(entry))


def _receipt(pending: Pending) -> Receipt:
    return Receipt(index=pending.result(), leaf=pending.submission.leaf)
