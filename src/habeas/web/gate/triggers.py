"""What a database must refuse whoever asks: to rewrite or remove what was asked and decided."""

from __future__ import annotations

from habeas.web.base.triggers.refusals import never_changed

FIRST = never_changed("gate_act", table="gate_act", told="what was decided at a gate is never rewritten: decide anew")
REFUSALS = FIRST
