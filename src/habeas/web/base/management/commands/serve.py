"""`habeas site run` starts this beside the worker: gunicorn with the site's own settings, and nothing from its environment."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from habeas.runs.bounded.ending import end_with
from habeas.runs.registers.fields import field_set
from habeas.runs.rulebooks import library

ANSWER_WITHIN_S = 60


class QuietLogger(Logger):  # type: ignore[misc] # gunicorn has no types
    """What gunicorn has to say goes where everything goes; it would name who sent what it can't read."""

    def setup(self, cfg: Any) -> None:
        """No handler of its own."""
        self.cfg = cfg
        self.error_log.setLevel("WARNING")
        self.error_log.propagate = True

    def access(self, *_: object) -> None:
        """Requests are logged by the site, which leaves out who asked."""


class Server(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """The site for gunicorn, one process a worker."""

    def __init__(self, *, bind: str, workers: int) -> None:
        self._chosen = {
            "bind": bind,
            "workers": workers,
            "worker_class": "sync",  # SQLite's writers wait for each other; more threads would only wait together
            "timeout": ANSWER_WITHIN_S,
            "preload_app": False,
            "logger_class": QuietLogger,
            "control_socket_disable": True,
            "proc_name": "habeas-site",
        }
        super().__init__()

    def load_config(self) -> None:
        """Ours alone."""
        for key, value in self._chosen.items():
            self.cfg.set(key, value)

    def load(self) -> Callable[..., Any]:
        """The site, with what habeas brings read already: the first who comes shouldn't wait for it."""
        for read in (library.books, library.vocabulary, library.families, library.catalogue, field_set):
            read()
        return get_wsgi_application()


class Command(BaseCommand):
    """The server."""

    help = "Serve the site (habeas site run starts this, and the worker)."
    requires_system_checks = ()  # `habeas site check` makes them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and by how many processes."""
        parser.add_argument("--bind", required=True)
        parser.add_argument("--workers", type=int, required=True)
        parser.add_argument("--started-by", type=int, help="end with the process of that number")

    def handle(self, **options: Any) -> None:
        """Serve until told to stop."""
        if options["started_by"] is not None:
            end_with(options["started_by"])
        Server(bind=options["bind"], workers=options["workers"]).run()
