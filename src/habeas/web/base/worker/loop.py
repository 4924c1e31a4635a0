"""The worker's day: record what is due, do what is due, tidy, be seen, until told to stop.

Recording has a thread of its own, so that a job that takes minutes holds up no entry of the ledger. One worker a site: the ledger has one
writer, and a second worker doesn't get it (`Busy`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from django.db import close_old_connections, connection

from habeas.errors import BrokenEvidence, HabeasError
from habeas.runs.ledgers.ledger import Ledger
from habeas.web.base.watching.health import beat
from habeas.web.base.watching.logs import place_of
from habeas.web.base.worker.jobs import Handlers, do_next, take_up_again
from habeas.web.base.worker.log_lines import Recorder
from habeas.web.base.worker.tidying import Tidying

REST_S = 0.5
"""Between two looks at what is due."""
PAUSE_S = 5.0
"""After an error, before the next try."""
LAST_JOB_S = 10.0
"""How long a job that is under way may take once the worker is told to stop; then it is left, and done again by the next worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """What the worker works with. `folder`: the ledger's; `passphrase`: of its keys; `stopping`: set once it should end."""

    folder: Path
    handlers: Handlers
    clock: Callable[[], datetime]
    passphrase: bytes | None = None
    stopping: threading.Event = field(default_factory=threading.Event)

    def run_once(self) -> None:
        """Record and do all that is due now, sign, and leave. Raises as `run`."""
        with Ledger(self.folder, passphrase=self.passphrase) as ledger:
            beat(at=self.clock())
            self._begin()
            Tidying(self.handlers.tidy).when_due(self.clock())
            recorder = Recorder(ledger, clock=self.clock)
            while recorder.record_due() or do_next(self.handlers, clock=self.clock):
                pass
            ledger.checkpoint()

    def run(self) -> None:
        """Work until `stopping` is set.

        Raises:
            NotFound, NotAllowed: the ledger or its keys aren't there, or the passphrase is missing or another.
            Busy: another worker is at work.
            BrokenEvidence: ledger and site don't agree; nothing more is recorded.
        """
        with Ledger(self.folder, passphrase=self.passphrase, told=_witness_away) as ledger:
            ledger.start_publishing(failed=_not_published)
            self._begin()
            jobs = threading.Thread(target=self._do_jobs, name="jobs", daemon=True)
            jobs.start()
            structlog.get_logger().info("worker-ready", entries=ledger.size)
            try:
                self._record(ledger)
            finally:
                self.stopping.set()
                jobs.join(LAST_JOB_S)

    def _begin(self) -> None:
        again = take_up_again(self.handlers, at=self.clock())
        if again:
            structlog.get_logger().warning("jobs-taken-up-again", jobs=again)

    def _record(self, ledger: Ledger) -> None:
        recorder: Recorder | None = None
        while not self.stopping.is_set():
            try:
                close_old_connections()
                beat(at=self.clock())
                recorder = recorder or self._recorder(ledger)
                more = recorder.record_due()
            except BrokenEvidence:
                raise
            except Exception as problem:  # noqa: BLE001 - a database that is away now may be back in a minute
                structlog.get_logger().error("recording-failed", **place_of(problem))
                recorder, more = None, 0
                self._lost_connection()
            if not more:
                self.stopping.wait(REST_S if recorder is not None else PAUSE_S)

    def _recorder(self, ledger: Ledger) -> Recorder:
        made = Recorder(ledger, clock=self.clock)
        if made.found:
            structlog.get_logger().warning("recorded-before-a-crash", lines=made.found)
        return made

    def _do_jobs(self) -> None:
        tidying = Tidying(self.handlers.tidy)
        while not self.stopping.is_set():
            try:
                close_old_connections()
                tidying.when_due(self.clock())
                if not do_next(self.handlers, clock=self.clock):
                    self.stopping.wait(REST_S)
            except Exception as problem:  # noqa: BLE001 - as above
                structlog.get_logger().error("jobs-failed", **place_of(problem))
                self._lost_connection()
                self.stopping.wait(PAUSE_S)

    @staticmethod
    def _lost_connection() -> None:
        with suppress(Exception):
            connection.close()


def _witness_away(witness: str, problem: HabeasError) -> None:
    structlog.get_logger().warning("witness-away", witness=witness, **place_of(problem))


def _not_published(problem: HabeasError) -> None:
    structlog.get_logger().error("not-published", told=str(problem))
