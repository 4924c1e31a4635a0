"""Many threads, one commit: a flush to the disk costs milliseconds, so all entries that wait for one share it.

1. A caller's thread puts its entry in the queue and waits.
2. The one committing thread takes all that wait, up to a limit, and has them recorded in one transaction.
3. Each caller of that batch gets its index, or the error that befell the batch; the next batch begins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Lock, Thread, current_thread
from typing import Self

from habeas.errors import Busy, HabeasError, Unavailable
from habeas.stores.sequencers.rows import Submission
from habeas.stores.sequencers.store import Sequencer

MOST_AT_ONCE = 1024
MOST_WAITING = 8192
"""Entries that may wait; with the largest entries, half a gigabyte."""


class Pending:
    """An entry that waits to be recorded."""

    __slots__ = ("_done", "_error", "_index", "submission")

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self._index: int | None = None
        self._error: BaseException | None = None
        self._done = Lock()  # locked until there is an answer: the leanest thing that a thread can wait for
        self._done.acquire()

    def result(self, timeout_s: float | None = None) -> int:
        """Wait for the entry to be durable; its index. None waits as long as it takes.

        Raises:
            HabeasError: whatever befell the commit; its message says whether the entry may be recorded all the same.
            Unavailable: `timeout_s` went by; the entry still waits, and may yet be recorded.
        """
        if not self._done.acquire(timeout=-1 if timeout_s is None else timeout_s):
            raise Unavailable(
                f"expected the entry to be recorded within {timeout_s} seconds; it still waits."
                " It may or may not be recorded: ask for the result again, or look for it before sending it again"
            )
        self._done.release()  # for whoever else asks
        if self._error is not None:
            raise _again(self._error) from self._error
        if self._index is None:
            raise Unavailable("expected an index or an error for the entry; there is neither: look for it before sending it again")
        return self._index

    def recorded(self, index: int) -> None:
        """Say which index it got."""
        self._index = index
        self._done.release()

    def failed(self, error: BaseException) -> None:
        """Say what befell it."""
        self._error = error
        self._done.release()


class GroupCommit:
    """The committing thread of one log, which its process has claimed. A context manager: leaving it drains the queue."""

    def __init__(self, sequencer: Sequencer, *, most: int = MOST_AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._sequencer = sequencer
        self._most, self._most_waiting = most, most_waiting
        self._queue: deque[Pending] = deque()
        self._guard = Lock()
        self._closed = False
        self._asleep = Lock()  # locked while the committing thread has nothing to do
        self._asleep.acquire()
        self._sleeps = False
        self._thread = Thread(target=self._commit, name=f"commits of {sequencer.origin}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, submission: Submission) -> Pending:
        """Queue an entry; `result()` of what comes back waits until it is durable and gives its index.

        Raises:
            Busy: too many wait already, or this was closed. The entry was not queued.
        """
        pending = Pending(submission)
        with self._guard:
            if self._closed:
                raise Busy("expected an open log; it is being closed. The entry was not taken: send it again when the log is open")
            if len(self._queue) >= self._most_waiting:
                raise Busy(
                    f"expected fewer than {self._most_waiting} entries to wait; the log can't keep up."
                    " The entry was not taken: send it again in a moment"
                )
            self._queue.append(pending)
            if self._sleeps:
                self._sleeps = False
                self._asleep.release()
        return pending

    def close(self) -> None:
        """Take nothing more, record what waits, and end the thread. Twice is no error."""
        with self._guard:
            self._closed = True
            if self._sleeps:
                self._sleeps = False
                self._asleep.release()
        if self._thread is not current_thread():
            self._thread.join()

    def _commit(self) -> None:
        while batch := self._next_batch():
            try:
                first = self._sequencer.append([pending.submission for pending in batch])
            except BaseException as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
                for pending in batch:
                    pending.failed(error)
            else:
                for index, pending in enumerate(batch, first):
                    pending.recorded(index)

    def _next_batch(self) -> Sequence[Pending]:
        """What waits now; sleeps while nothing does; empty once this is closed and drained."""
        while True:
            with self._guard:
                if self._queue:
                    return [self._queue.popleft() for _ in range(min(self._most, len(self._queue)))]
                if self._closed:
                    return ()
                self._sleeps = True
            self._asleep.acquire()


def _again(error: BaseException) -> BaseException:
    """The same error, for one more thread: a raised error carries the traces of the thread that raises it."""
    if isinstance(error, HabeasError):
        return type(error)(*error.args)
    return Unavailable(
        f"expected the entry to be recorded; {type(error).__name__} befell the log."
        " It may or may not be recorded: look for it before sending it again"
    )
