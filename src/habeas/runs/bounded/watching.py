"""Watching a process from outside: it is killed once its time is up, or once its folder holds more than it may."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from threading import Event, Thread

from habeas.runs.bounded.limits import MEGABYTE, RunLimits

LOOK_EVERY_S = 0.2
BLOCK_BYTES = 512
"""What `st_blocks` counts, whatever the disk's own blocks are."""


class Excess(Enum):
    """Of what the process had too much."""

    TIME = "time"
    DISK = "disk"


class Watch:
    """A watch over one process. `stopped`: why it killed the process, if it did."""

    def __init__(self, process: subprocess.Popen[bytes], folder: str, limits: RunLimits) -> None:
        self.stopped: Excess | None = None
        self._process, self._folder, self._limits = process, folder, limits
        self._over = Event()
        self._thread = Thread(target=self._look, name="watch", daemon=True)

    def begin(self) -> None:
        """Look from now on."""
        self._thread.start()

    def end(self) -> None:
        """Look no longer."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        until = time.monotonic() + self._limits.wall_s
        while not self._over.wait(min(LOOK_EVERY_S, max(until - time.monotonic(), 0))):
            if time.monotonic() >= until:
                self.stopped = Excess.TIME
            elif bytes_in(self._folder) > self._limits.spill_mb * MEGABYTE:
                self.stopped = Excess.DISK
            if self.stopped is not None:
                self._process.kill()
                return


@contextmanager
def watched(process: subprocess.Popen[bytes], folder: str, limits: RunLimits) -> Iterator[Watch]:
    """The watch, while it watches."""
    watch = Watch(process, folder, limits)
    watch.begin()
    try:
        yield watch
    finally:
        watch.end()


def bytes_in(folder: str) -> int:
    """What the files in a folder take on the disk; those that vanish meanwhile take nothing."""
    taken = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                taken += os.lstat(os.path.join(place, name)).st_blocks * BLOCK_BYTES  # noqa: PTH118 - strings all the way, many of them
    return taken
