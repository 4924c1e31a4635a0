"""Many threads, one commit: a flush to the disk costs milliseconds, so all entries that wait for one share it.

1. A caller's thread puts its entry in the queue and waits.
2. The one committing thread takes all that wait, up to a limit, and has them recorded in one transaction.
3. Each caller of that batch gets its index, or the error that befell the batch.
4. Those callers often have a next entry at once. The thread waits for them for a moment, a small part of the time that a commit
   takes: otherwise the first who is back would be committed alone, and all others would wait for two flushes, for ever in turns.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Lock, Thread, current_thread
from time import monotonic
from typing import Self

from habeas.errors import Busy, HabeasError, Unavailable
from habeas.stores.forking import OneProcess
from habeas.stores.sequencers.rows import Submission
from habeas.stores.sequencers.store import Sequencer

MOST_AT_ONCE = 1024
MOST_WAITING = 8192
"""Entries that may wait; with the largest entries, half a gigabyte."""

LINGER = 0.1
"""How long to wait for the callers who were just answered, as a part of the last commit's time."""


class Pending:
    """An entry that waits to be recorded."""

    __slots__ = ("_done", "_error", "_index", "submission")

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self._index = 0
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
        return self._index

    def answer(self, index: int, befell: BaseException | None) -> None:
        """Say which index it got; or what befell it, and then the index means nothing. To be called once."""
        self._index, self._error = index, befell
        self._done.release()


class GroupCommit:
    """The committing thread of one log, which its process has claimed. A context manager: leaving it drains the queue."""

    def __init__(self, sequencer: Sequencer, *, most: int = MOST_AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._sequencer = sequencer
        self._most, self._most_waiting = most, most_waiting
        self._queue: deque[Pending] = deque()
        self._guard = Lock()
        self._here = OneProcess()
        self._closed = False
        self._wake = Lock()  # locked, so that the committing thread can wait for it
        self._wake.acquire()
        self._wanted: int | None = None  # it waits for so many in the queue
        self._returning, self._linger_until = 0, 0.0
        self._thread = Thread(target=self._commit, name=f"commits of {sequencer.origin}", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, submission: Submission) -> Pending:
        """Queue an entry; `result()` of what comes back waits until it is durable and gives its index.

        Raises:
            Busy: too many wait already, this was closed, or belongs to the process that forked this one. The entry was not queued.
        """
        self._here.expect()
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
            if self._wanted is not None and len(self._queue) >= self._wanted:
                self._wake_up()
        return pending

    def close(self) -> None:
        """Take nothing more, record what waits, and end the thread. Twice is no error."""
        with self._guard:
            self._closed = True
            if self._wanted is not None:
                self._wake_up()
        if self._thread is not current_thread():
            self._thread.join()

    def _commit(self) -> None:
        while batch := self._next_batch():
            began = monotonic()
            befell: BaseException | None = None
            first = 0
            try:
                first = self._sequencer.append([pending.submission for pending in batch])
            except BaseException as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
                befell = error
            ended = monotonic()
            self._returning = min(self._most, len(batch) + len(self._queue))
            self._linger_until = ended + LINGER * (ended - began)
            for index, pending in enumerate(batch, first):
                pending.answer(index, befell)

    def _next_batch(self) -> Sequence[Pending]:
        """What waits now; sleeps while nothing does; empty once this is closed and drained."""
        self._wait_for(1, None)
        self._wait_for(self._returning, self._linger_until)
        with self._guard:
            return [self._queue.popleft() for _ in range(min(self._most, len(self._queue)))]

    def _wait_for(self, count: int, until: float | None) -> None:
        """Wait until so many are in the queue, or until then, or until this is closed."""
        with self._guard:
            timeout_s = -1.0 if until is None else max(until - monotonic(), 0.0)
            if len(self._queue) >= count or self._closed or timeout_s == 0:
                return
            self._wanted = count
        if self._wake.acquire(timeout=timeout_s):
            return
        with self._guard:
            self._wake.acquire(blocking=False)  # woken in the very moment in which the time was up
            self._wanted = None

    def _wake_up(self) -> None:
        self._wanted = None
        self._wake.release()


def _again(error: BaseException) -> BaseException:
    """The same error, for one more thread: a raised error carries the traces of the thread that raises it."""
    if isinstance(error, HabeasError):
        return type(error)(*error.args)
    return Unavailable(
        f"expected the entry to be recorded; {type(error).__name__} befell the log."
        " It may or may not be recorded: look for it before sending it again"
    )
