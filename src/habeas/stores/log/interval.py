"""Publishing again and again in a thread of its own, whatever befalls a single time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

from habeas.errors import BadInput, HabeasError, Unavailable

ASK_AGAIN_S = 60.0
"""How long to leave witnesses alone that gave no line, when the log doesn't grow."""


class Repeating:
    """Calls `publish` once an interval, until it is stopped or evidence is found broken.

    `publish` is told whether to ask lacking witnesses again. `trouble` is the error that the last call met, None if it met none;
    `on_trouble` hears of each.
    """

    def __init__(self, publish: Callable[[bool], object], *, interval_s: float, on_trouble: Callable[[HabeasError], None] | None) -> None:
        if interval_s <= 0:
            raise BadInput(f"expected an interval of more than 0 seconds; got {interval_s}: give e.g. 1")
        self.trouble: HabeasError | None = None
        self._publish, self._interval_s, self._on_trouble = publish, interval_s, on_trouble
        self._stop = Event()
        self._ask_at = 0.0
        self._thread = Thread(target=self._run, name="publishing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the call that runs end, then call no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._interval_s) and self.once():
            pass

    def once(self) -> bool:
        """Publish now; whether to go on."""
        now = time.monotonic()
        again = now >= self._ask_at
        if again:
            self._ask_at = now + ASK_AGAIN_S
        try:
            self._publish(again)
        except HabeasError as error:
            self.trouble = error
            if self._on_trouble is not None:
                self._on_trouble(error)
            return isinstance(error, Unavailable)  # what is away may come back; broken evidence doesn't mend itself
        self.trouble = None
        return True
