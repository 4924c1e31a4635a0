"""What the register knows: the only door through which any outlet reads entries, and staff their drafts."""

from habeas.web.register.queries.history import ChangeShown, history, history_for
from habeas.web.register.queries.shown import ShownContent, WithheldField, shown
from habeas.web.register.queries.systems import (
    draft,
    edition,
    editions,
    may,
    may_edit,
    may_read_draft,
    published,
    state_of,
    system,
    system_for,
    systems_for,
    version,
    versions,
)
from habeas.web.register.queries.waiting import Waiting, waiting
from habeas.web.register.queries.withholdings import WithholdingShown, withholding_for, withholdings

__all__ = [
    "ChangeShown",
    "ShownContent",
    "Waiting",
    "WithheldField",
    "WithholdingShown",
    "draft",
    "edition",
    "editions",
    "history",
    "history_for",
    "may",
    "may_edit",
    "may_read_draft",
    "published",
    "shown",
    "state_of",
    "system",
    "system_for",
    "systems_for",
    "version",
    "versions",
    "waiting",
    "withholding_for",
    "withholdings",
]
