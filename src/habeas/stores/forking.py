"""What a process that forks must not hand on: connections of a database, and queues that a thread empties."""

from __future__ import annotations

import os

from habeas.errors import Busy


class OneProcess:
    """Remembers which process made it."""

    def __init__(self) -> None:
        self._process = os.getpid()

    def expect(self) -> None:
        """See that this is still that process.

        Raises:
            Busy: it is a child of it. Threads aren't copied by forking, and two processes that share a connection ruin a database.
        """
        if os.getpid() != self._process:
            raise Busy(
                "expected the process that opened the log; this one is a child of it, made by forking."
                " Nothing was taken: open the log after forking, in one of the processes"
            )
