"""What upper apps do when what the public sees of a system changes: each adds a function in its `apps.py: ready()`.

They run inside the transaction of the change, so that a search row is never older or newer than the entry.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse

from habeas.web.register.models import Edition, System

PREVIEWS: list[Callable[[HttpRequest, Edition], HttpResponse]] = []
"""Who draws an edition as the public will see it; the last one counts."""

ON_SHOWN: list[Callable[[System, date], None]] = []
"""Functions of the system and of the day from which it is to be shown so."""


def shown_anew(system: System, *, on: date) -> None:
    """Tell everybody who asked that what the public sees of this system is another from that day."""
    for tell in ON_SHOWN:
        tell(system, on)
