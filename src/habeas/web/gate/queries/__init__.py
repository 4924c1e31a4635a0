"""What can be asked about gates; other apps ask by these."""

from __future__ import annotations

from habeas.web.gate.queries.acts import ActShown, history_of, pending
from habeas.web.gate.queries.known import facts_of, version_of
from habeas.web.gate.queries.shown import GateShown, MissingShown, gate_shown, gates_document, gates_of
from habeas.web.gate.queries.steps import Steps, steps
from habeas.web.gate.queries.waiting import ClosedGate, closed_for, waiting_for

__all__ = [
    "ActShown",
    "ClosedGate",
    "GateShown",
    "MissingShown",
    "Steps",
    "closed_for",
    "facts_of",
    "gate_shown",
    "gates_document",
    "gates_of",
    "history_of",
    "pending",
    "steps",
    "version_of",
    "waiting_for",
]
