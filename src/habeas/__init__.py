"""habeas: makes AI and automated decision-making in criminal justice answerable.

For Python users: `audit_plan`, `audit_decisions`, and `as_text`, `as_html`, `as_json` for what they return. They are fetched
when first used, so that importing habeas defines names and does nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from habeas.terms.release import RELEASE

if TYPE_CHECKING:
    from habeas.runs.notebook import as_html, as_json, as_text, audit_decisions, audit_plan

__version__ = RELEASE

__all__ = ["__version__", "as_html", "as_json", "as_text", "audit_decisions", "audit_plan"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("habeas.runs.notebook"), name)
    raise AttributeError(f"module habeas has no attribute {name}; it has {', '.join(__all__)}")
