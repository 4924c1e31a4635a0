"""What the register knows: the only door through which any outlet reads entries, and staff their drafts."""

from habeas.web.register.queries.history import ChangeShown, history, history_for
from habeas.web.register.queries.naming import called, is_called, names_of, quoted_names
from habeas.web.register.queries.shown import WithheldField, shown
from habeas.web.register.queries.steps import Listed, acting_as, listed_for, may_take_back, steps_for, suspension
from habeas.web.register.queries.systems import (
    draft,
    draft_to_write,
    edition,
    edition_now,
    editions,
    in_review,
    may,
    may_read_draft,
    published,
    state_of,
    system,
    system_for,
    systems_for,
    version_numbered,
    versions,
)
from habeas.web.register.queries.waiting import overdue, waiting
from habeas.web.register.queries.withholdings import answers_to, withholdable, withholding_for, withholdings

__all__ = [
    "ChangeShown",
    "Listed",
    "WithheldField",
    "acting_as",
    "answers_to",
    "called",
    "draft",
    "draft_to_write",
    "edition",
    "edition_now",
    "editions",
    "history",
    "history_for",
    "in_review",
    "is_called",
    "listed_for",
    "may",
    "may_read_draft",
    "may_take_back",
    "names_of",
    "overdue",
    "published",
    "quoted_names",
    "shown",
    "state_of",
    "steps_for",
    "suspension",
    "system",
    "system_for",
    "systems_for",
    "version_numbered",
    "versions",
    "waiting",
    "withholdable",
    "withholding_for",
    "withholdings",
]
