"""What a database must refuse whoever asks: to rewrite or remove what was asked and decided."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.web.register.triggers import dropping, refusing

_STAYS = "what was decided at a gate is never rewritten: decide anew"
NAMES: Mapping[str, str] = {"gate_act_stays": "gate_act", "gate_act_kept": "gate_act"}
"""Each trigger with its table."""


def making(vendor: str) -> tuple[str, ...]:
    """The statements that set the triggers up."""
    return (
        refusing(vendor, "gate_act_stays", "UPDATE", "gate_act", "1 = 1", _STAYS),
        refusing(vendor, "gate_act_kept", "DELETE", "gate_act", "1 = 1", _STAYS),
    )


def removing(vendor: str) -> tuple[str, ...]:
    """The statements that take the triggers away again: for undoing the migration, and for emptying a database of tests."""
    return dropping(vendor, NAMES)
