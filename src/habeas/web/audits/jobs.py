"""What the worker does for audits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from habeas.web.audits import actions
from habeas.web.base.clock import now
from habeas.web.base.outbox import GivenUp, Handler, Tidy


def _run(payload: Mapping[str, Any], tell: Callable[[int], None]) -> None:
    actions.run(audit=payload["audit"], at=now(), tell=tell)


HANDLERS: Mapping[str, Handler] = {"audits.run": _run}


def _sweep(at: datetime) -> None:
    actions.sweep(at=at)


TIDY: Sequence[Tidy] = (_sweep,)


def _given_up(payload: Mapping[str, Any], message: str) -> None:
    actions.fail(audit=payload["audit"], told=message)


GIVEN_UP: Mapping[str, GivenUp] = {"audits.run": _given_up}
