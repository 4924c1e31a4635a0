"""Logs: one JSON object a line, on standard error, with nothing in it by which anybody could be found.

Never an IP, a browser's name, a query string, a path as it was typed, or the text of an error that we didn't write. What other
libraries log is kept as its pattern (`Not Found: %s`), without what would be filled in; an error as its type and where it happened.
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LEFT_OUT = "(words left out; see where it was logged)"
DEEPEST = 6
"""How many places of a traceback are kept, the last ones."""


def set_up_logs() -> None:
    """Send every log line there as JSON; call once in a process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


class Foreign(logging.Handler):
    """What other libraries log, without whatever they would fill in."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it our way."""
        said: dict[str, Any] = {"logger": record.name, "line": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1] is not None:
            said |= place_of(record.exc_info[1])
        # a text that nothing is filled into may have been filled already: Django names a host that somebody made up so
        event = record.msg if isinstance(record.msg, str) and record.args else LEFT_OUT
        structlog.get_logger().log(max(record.levelno, logging.INFO), event, **said)


def place_of(problem: BaseException) -> dict[str, Any]:
    """An error as logs tell it: its type, and where it happened; its text may name somebody."""
    frames = traceback.extract_tb(problem.__traceback__)[-DEEPEST:]
    where = [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(problem).__name__, "where": where}


def requests(respond: Respond) -> Respond:
    """A line for each request: an id that the answer names too, the method, the route's name, the status, how long it took."""

    def logged(request: HttpRequest) -> HttpResponse:
        began, name = time.monotonic(), secrets.token_hex(8)
        with structlog.contextvars.bound_contextvars(request=name):
            answer = respond(request)
            route = request.resolver_match.view_name if request.resolver_match is not None else ""
            structlog.get_logger().info(
                "request",
                method=request.method if request.method in METHODS else "OTHER",
                route=route or "none",
                status=answer.status_code,
                ms=round((time.monotonic() - began) * 1000),
            )
        answer.headers["X-Request-Id"] = name
        return answer

    return logged
