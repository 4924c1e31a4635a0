"""`habeas site manage FOLDER worker`: do the outbox's jobs and write the ledger, until told to stop."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from habeas.errors import HabeasError, exit_code
from habeas.runs.bounded.ending import end_with
from habeas.runs.ledgers.ledger import is_locked
from habeas.stores.keys.secrets import passphrase_from
from habeas.web.base.clock import now
from habeas.web.base.worker.jobs import handlers_of_apps
from habeas.web.base.worker.loop import Worker


class Command(BaseCommand):
    """The worker; `habeas site run` starts it beside the site."""

    help = "Do the outbox's jobs and write the ledger, until told to stop (SIGTERM, Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be asked for."""
        parser.add_argument("--once", action="store_true", help="do what is due now, then leave")
        parser.add_argument("--started-by", type=int, help="end with the process of that number")

    def handle(self, **options: Any) -> None:
        """Work."""
        folder = settings.SITE.ledger
        stopping = threading.Event()
        try:
            passphrase = passphrase_from(os.environ) if is_locked(folder) else None
            worker = Worker(folder=folder, handlers=handlers_of_apps(), clock=now, passphrase=passphrase, stopping=stopping)
            if options["once"]:
                worker.run_once()
                return
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stopping.set())
            if options["started_by"] is not None:
                end_with(options["started_by"])
            worker.run()
        except HabeasError as problem:
            raise CommandError(f"the worker can't work: {problem}", returncode=exit_code(problem)) from problem
