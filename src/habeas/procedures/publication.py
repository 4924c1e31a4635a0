"""How an entry of the register lives: draft, review by a second person, published, changed, suspended, retired."""

from __future__ import annotations

from enum import Enum


class Step(Enum):
    """What may happen to an entry; each is recorded in the ledger."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    CHANGED = "changed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RETIRED = "retired"
    WITHHELD = "withheld"
    RELEASED = "released"
