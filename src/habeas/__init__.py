"""habeas: makes AI and automated decision-making in criminal justice answerable.

For Python users. Audits: `audit_plan`, `audit_decisions`, and `as_text`, `as_html`, `as_json` for what they return. The screen:
`screen` and `read_description`. The ledger: `create_ledger`, then `Ledger` to record, publish, disclose and erase; `prove_entry` and
`check_ledger` for whoever reads its folder; `verify_evidence` for whoever is handed evidence, `verify_log` for whoever watches a log.
All are fetched when first used, so that importing habeas defines names and does nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from habeas.terms.release import RELEASE

if TYPE_CHECKING:
    from habeas.runs.ledgers.creating import create_ledger
    from habeas.runs.ledgers.ledger import Ledger
    from habeas.runs.ledgers.reading import check as check_ledger
    from habeas.runs.ledgers.reading import prove as prove_entry
    from habeas.runs.ledgers.verifying import verify as verify_evidence
    from habeas.runs.ledgers.verifying_log import verify_log
    from habeas.runs.notebook import as_html, as_json, as_text, audit_decisions, audit_plan
    from habeas.runs.screens.screening import read_description, screen

__version__ = RELEASE

__all__ = [
    "Ledger",
    "__version__",
    "as_html",
    "as_json",
    "as_text",
    "audit_decisions",
    "audit_plan",
    "check_ledger",
    "create_ledger",
    "prove_entry",
    "read_description",
    "screen",
    "verify_evidence",
    "verify_log",
]

_OF_SCREENS = ("read_description", "screen")

_OF_LEDGERS = {
    "Ledger": ("ledger", "Ledger"),
    "create_ledger": ("creating", "create_ledger"),
    "prove_entry": ("reading", "prove"),
    "check_ledger": ("reading", "check"),
    "verify_evidence": ("verifying", "verify"),
    "verify_log": ("verifying_log", "verify_log"),
}
"""Public name -> module in `habeas.runs.ledgers`, and the name there."""


def __getattr__(name: str) -> Any:
    if name in _OF_LEDGERS:
        module, own = _OF_LEDGERS[name]
        return getattr(import_module(f"habeas.runs.ledgers.{module}"), own)
    if name in _OF_SCREENS:
        return getattr(import_module("habeas.runs.screens.screening"), name)
    if name in __all__:
        return getattr(import_module("habeas.runs.notebook"), name)
    raise AttributeError(f"module habeas has no attribute {name}; it has {', '.join(__all__)}")
