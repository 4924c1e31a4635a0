"""What upper apps do when an organisation is called otherwise: each adds a function in its `apps.py: ready()`.

They run inside the transaction of the change, so that no list goes on showing the old name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from habeas.web.accounts.models import Organisation

ON_RENAMED: list[Callable[[Organisation, date], None]] = []
"""Functions of the organisation and of the day from which it is called so."""


def renamed(organisation: Organisation, *, on: date) -> None:
    """Tell everybody who asked that this organisation has another name from that day."""
    for tell in ON_RENAMED:
        tell(organisation, on)
