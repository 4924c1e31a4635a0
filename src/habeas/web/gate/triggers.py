"""What a database must refuse whoever asks: to rewrite or remove what was asked and decided."""

from __future__ import annotations

from habeas.web.base.triggers import refusals
from habeas.web.base.triggers.refusals import never_changed

REFUSALS = never_changed("gate_act", table="gate_act", told="what was decided at a gate is never rewritten: decide anew")


def making(vendor: str) -> tuple[str, ...]:
    """The statements of the migration 0002 that set the triggers up."""
    return refusals.making(vendor, REFUSALS)


def removing(vendor: str) -> tuple[str, ...]:
    """The statements that take them away again."""
    return refusals.removing(vendor, REFUSALS)
