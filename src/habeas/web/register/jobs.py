"""What the worker does for the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from habeas.web.base.clock import now
from habeas.web.base.outbox import Handler
from habeas.web.register.actions.withholding import SHOWN_AGAIN
from habeas.web.register.hooks import shown_anew
from habeas.web.register.models import System


def shown_again(payload: Mapping[str, Any], tell: Callable[[int], None]) -> None:
    """A day has come on which something withheld is shown: whoever keeps lists of what is shown makes them anew."""
    shown_anew(System.objects.get(slug=payload["system"]), on=max(date.fromisoformat(payload["on"]), now().date()))  # a job may come late
    tell(100)


HANDLERS: Mapping[str, Handler] = {SHOWN_AGAIN: shown_again}
