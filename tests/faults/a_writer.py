"""A writer for tests that kill it: `python a_writer.py`, with the keys of the vectors.

Each line on standard input is a plan; a process is forked for it that writes a log as planned. When it has ended, however it did, the
answer is how. What it was promised it writes down at once, in a file that outlives it: `acknowledged INDEX LEAF`, `signed SIZE ROOT`.
Forking is what makes hundreds of deaths affordable.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import count, islice
from threading import Thread

from habeas.errors import HabeasError
from habeas.stores.log.log import Log, Receipt
from habeas.stores.log.published import Published
from habeas.stores.log.recover import recover
from ledgers.failing_stores import When
from ledgers.log_folders import ORIGIN, Folder
from ledgers.steps import Steps, watched, watched_postgres
from ledgers.writers import Plan, TellingSigner, folder_of, witness

LONGEST_S = 60
INTERVAL_S = 0.002
THREADS = 4
BURST = 100
"""Entries of the first thread that wait for the same commits: tiles fill up fast."""
REST_S = 0.003
"""Between entries, so that publishing gets its turn; without it, logs grow faster than they can be checked."""


class Reports:
    """What this process was promised, in a file; each line is there as soon as it is written."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, *words: object) -> None:
        os.write(self._file, (" ".join(map(str, words)) + "\n").encode())

    def signed(self, size: int, root: bytes) -> None:
        self.write("signed", size, root.hex())

    def acknowledged(self, receipt: Receipt) -> None:
        self.write("acknowledged", receipt.index, receipt.leaf.hex())


def entries(chance: random.Random, thread: int) -> Iterator[bytes]:
    """Entries that no other thread or process makes."""
    for number in count():
        yield b"%d %d %d " % (os.getpid(), thread, number) + bytes(chance.randrange(2000))


def load(log: Log, reports: Reports, plan: Plan) -> None:
    """Append from several threads, one of them many at a time, and publish all the while; until killed."""
    log.start(INTERVAL_S, witnesses=witness, wanted=1, on_trouble=lambda error: reports.write("trouble", repr(error)))

    def run(thread: int) -> None:
        made = entries(random.Random(plan.seed + thread), thread)  # noqa: S311 - sizes, not secrets
        try:
            while True:
                for receipt in log.append_many(islice(made, BURST if thread == 0 else 1)):
                    reports.acknowledged(receipt)
                time.sleep(REST_S)
        except HabeasError as error:
            reports.write("refused", repr(error))

    threads = [Thread(target=run, args=[thread]) for thread in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def script(log: Log, reports: Reports, _plan: Plan) -> None:
    """The same steps every time: from 254 entries, which were published, over the end of a tile."""
    for number in range(6):
        reports.acknowledged(log.append(b"step by step %d %d" % (os.getpid(), number)))
        if number % 2:
            log.publish(witness if number == 3 else None)


def recovery(folder: Folder) -> None:
    """Bring back what an old backup lacks."""
    with folder.sequencer() as sequencer:
        recover(sequencer, Published(folder.place, origin=ORIGIN, keys=[signer.key for signer in folder.signers]), folder.second_place)


def run(folder: Folder, reports: Reports, plan: Plan, when_ready: Callable[[], None]) -> None:
    with folder.open() as log:
        reports.write("ready", os.getpid())
        when_ready()
        WORK[plan.work](log, reports, plan)


WORK: dict[str, Callable[[Log, Reports, Plan], None]] = {"load": load, "script": script}


def watching(plan: Plan, steps: Steps) -> AbstractContextManager[None]:
    if plan.work == "load":
        return nullcontext()
    return watched(steps) if plan.address is None else watched_postgres(steps)


def write(plan: Plan, when_ready: Callable[[], None]) -> None:
    reports = Reports(plan.reports)

    def die(name: str) -> None:
        reports.write("died", plan.when, name)
        os.kill(os.getpid(), signal.SIGKILL)

    steps = Steps(end=die, at=plan.at, when=When(plan.when))
    with watching(plan, steps):
        folder = folder_of(plan, [TellingSigner(lambda size, root: steps.take("sign", lambda: reports.signed(size, root)))])
        if plan.work == "recovery":
            recovery(folder)
        else:
            run(folder, reports, plan, when_ready)
    for name in steps.names:
        reports.write("step", name)


def forked(plan: Plan) -> int:
    """Let a process work as planned, kill it after its time, and wait for its end; the signal that ended it, or 0."""
    ready, tell_ready = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_S)
        os.close(sys.stdin.fileno())
        os.close(ready)
        try:
            write(plan, lambda: os.close(tell_ready))
        except HabeasError as error:
            Reports(plan.reports).write("refused", repr(error))
        os._exit(0)
    os.close(tell_ready)
    if plan.lives_s is not None:
        if plan.once_ready:
            os.read(ready, 1)  # until the other end is closed
        time.sleep(plan.lives_s)
        os.kill(child, signal.SIGKILL)
    os.close(ready)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def main() -> None:
    for line in sys.stdin:
        print(forked(Plan(**json.loads(line))), flush=True)  # noqa: T201 - tells the test


if __name__ == "__main__":
    main()
