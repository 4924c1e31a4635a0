from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from itertools import chain

import pytest

from habeas.errors import Busy, CannotWrite, Unavailable
from habeas.stores.sequencers import group_commit
from habeas.stores.sequencers.group_commit import GroupCommit
from habeas.stores.sequencers.rows import Submission
from ledgers.submissions import submission

LONG_ENOUGH_S = 20.0


class Log:
    """A sequencer that notes its batches, and waits or fails where a test wants it to."""

    origin = "log.example/2026"

    def __init__(self) -> None:
        self.batches: list[list[bytes]] = []
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Semaphore(0)
        self.befalls: Callable[[Sequence[Submission]], None] = lambda _: None

    def append(self, batch: Sequence[Submission]) -> int:
        self.begun.release()
        assert self.free.wait(LONG_ENOUGH_S)
        self.befalls(batch)
        first = sum(map(len, self.batches))
        self.batches.append([one.entry for one in batch])
        return first


def numbered(number: int) -> Submission:
    return submission(b"%d" % number)


def in_threads(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_ENOUGH_S)
        assert not thread.is_alive()


def test_entries_that_wait_are_recorded_together_in_the_order_in_which_they_came() -> None:
    log = Log()
    log.free.clear()
    with GroupCommit(log) as commits:
        first = commits.append(numbered(0))
        assert log.begun.acquire(timeout=LONG_ENOUGH_S)
        rest = [commits.append(numbered(number)) for number in range(1, 6)]
        log.free.set()

        assert [pending.result(LONG_ENOUGH_S) for pending in [first, *rest]] == [0, 1, 2, 3, 4, 5]
    assert log.batches == [[b"0"], [b"1", b"2", b"3", b"4", b"5"]]


def test_a_batch_is_no_larger_than_allowed() -> None:
    log = Log()
    log.free.clear()
    with GroupCommit(log, most=2) as commits:
        pending = [commits.append(numbered(0))]
        assert log.begun.acquire(timeout=LONG_ENOUGH_S)
        pending += [commits.append(numbered(number)) for number in range(1, 6)]
        log.free.set()

        assert [one.result(LONG_ENOUGH_S) for one in pending] == [0, 1, 2, 3, 4, 5]
    assert log.batches == [[b"0"], [b"1", b"2"], [b"3", b"4"], [b"5"]]


def test_every_thread_gets_the_index_of_its_own_entry(log) -> None:
    told: dict[int, bytes] = {}

    def work(thread: int) -> None:
        for number in range(25):
            entry = b"%d of thread %d" % (number, thread)
            told[commits.append(submission(entry)).result()] = entry

    with GroupCommit(log) as commits:
        in_threads(16, work)

    assert sorted(told) == list(range(400))
    assert list(log.entries(0, 400)) == [told[index] for index in range(400)]


def test_after_a_failed_commit_all_of_its_batch_hear_of_it_and_the_next_goes_on() -> None:
    log = Log()
    log.free.clear()

    def befalls(batch: Sequence[Submission]) -> None:
        if any(one.entry == b"1" for one in batch):
            raise CannotWrite("the disk is full")

    log.befalls = befalls
    with GroupCommit(log, most=2) as commits:
        pending = [commits.append(numbered(0))]
        assert log.begun.acquire(timeout=LONG_ENOUGH_S)
        pending += [commits.append(numbered(number)) for number in range(1, 5)]
        log.free.set()

        assert pending[0].result(LONG_ENOUGH_S) == 0
        errors = []
        for failed in pending[1:3]:
            with pytest.raises(CannotWrite, match="the disk is full") as caught:
                failed.result(LONG_ENOUGH_S)
            errors.append(caught.value)
        assert errors[0] is not errors[1]
        assert [one.result(LONG_ENOUGH_S) for one in pending[3:]] == [1, 2]


def test_an_error_of_no_known_kind_reaches_those_who_wait_without_its_words() -> None:
    log = Log()

    def befalls(_: Sequence[Submission]) -> None:
        raise MemoryError("words about a person")

    log.befalls = befalls
    with GroupCommit(log) as commits:
        pending = commits.append(numbered(0))

        with pytest.raises(Unavailable, match=r"MemoryError befell the log\. It may or may not be recorded") as caught:
            pending.result(LONG_ENOUGH_S)
        assert "person" not in str(caught.value)

        log.befalls = lambda _: None
        assert commits.append(numbered(1)).result(LONG_ENOUGH_S) == 0


def test_when_too_many_wait_the_next_is_refused_and_not_queued() -> None:
    log = Log()
    log.free.clear()
    with GroupCommit(log, most_waiting=2) as commits:
        pending = [commits.append(numbered(0))]
        assert log.begun.acquire(timeout=LONG_ENOUGH_S)
        pending += [commits.append(numbered(1)), commits.append(numbered(2))]

        with pytest.raises(Busy, match=r"fewer than 2 entries.*The entry was not taken"):
            commits.append(numbered(3))

        log.free.set()
        assert [one.result(LONG_ENOUGH_S) for one in pending] == [0, 1, 2]
    assert list(chain(*log.batches)) == [b"0", b"1", b"2"]


def test_waiting_ends_when_the_time_is_up_and_the_answer_can_be_had_later() -> None:
    log = Log()
    log.free.clear()
    with GroupCommit(log) as commits:
        pending = commits.append(numbered(0))

        with pytest.raises(Unavailable, match=r"within 0\.01 seconds; it still waits"):
            pending.result(0.01)

        log.free.set()
        assert pending.result(LONG_ENOUGH_S) == 0
        assert pending.result(LONG_ENOUGH_S) == 0


def test_a_child_process_is_refused_instead_of_waiting_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forking copies no threads: nobody would ever record what a child puts into the queue."""
    log = Log()
    with GroupCommit(log) as commits:
        with monkeypatch.context() as child:
            child.setattr(os, "getpid", lambda: -1)
            with pytest.raises(Busy, match="a child of it"):
                commits.append(numbered(0))

        assert commits.append(numbered(1)).result() == 0


def test_closing_records_what_waits_and_takes_nothing_more() -> None:
    log = Log()
    log.free.clear()
    commits = GroupCommit(log)
    pending = [commits.append(numbered(number)) for number in range(5)]
    log.free.set()

    commits.close()
    commits.close()

    assert [one.result(0) for one in pending] == [0, 1, 2, 3, 4]
    with pytest.raises(Busy, match="it is being closed"):
        commits.append(numbered(5))


def test_closing_where_nothing_ever_came_ends() -> None:
    GroupCommit(Log()).close()


def test_callers_who_come_back_at_once_are_committed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without waiting for them, the first who is back would be committed alone each time, and all others after it."""
    monkeypatch.setattr(group_commit, "LINGER", 1e9)  # however slow the machine is
    log = Log()
    log.free.clear()
    with GroupCommit(log) as commits:

        def work(thread: int) -> None:
            for number in range(3):
                commits.append(numbered(10 * thread + number)).result()

        def first_alone() -> None:
            for number in range(4):
                commits.append(numbered(100 + number)).result()

        threads = [threading.Thread(target=first_alone)]
        threads[0].start()
        assert log.begun.acquire(timeout=LONG_ENOUGH_S)
        threads += [threading.Thread(target=work, args=(thread,)) for thread in range(7)]
        for thread in threads[1:]:
            thread.start()
        until(lambda: len(commits._queue) == 7)
        log.free.set()
        for thread in threads:
            thread.join(LONG_ENOUGH_S)

    assert [len(batch) for batch in log.batches] == [1, 8, 8, 8]


def until(holds: Callable[[], bool]) -> None:
    for _ in range(2000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise TimeoutError
