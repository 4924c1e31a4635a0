"""The words that filters of a closed set take, from the register's own fields."""

from __future__ import annotations

from habeas.runs.registers.fields import field_set
from habeas.web.base.actors import OrganisationKind


def filter_words() -> dict[str, tuple[str, ...]]:
    """The words that filters of a closed set take."""
    known = field_set()
    return {
        "kind": tuple(kind.value for kind in OrganisationKind),
        "technology": tuple(one.id for one in known.field("technology").options),
        "purpose": tuple(one.id for one in known.field("used_for").options),
        "status": tuple(one.id for one in known.field("status").options),
        "standing": ("published", "suspended", "retired"),
        "origin": ("operator", "others"),
        "sort": ("name", "newest", "operator"),
        "prohibited": ("true", "false"),
        "audited": ("true", "false"),
    }
