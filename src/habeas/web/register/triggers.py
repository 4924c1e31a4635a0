"""What a database must refuse whoever asks, a programmer at its console included: to rewrite or remove what was published.

Each statement stands once a kind of database; the migration runs those of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

FROZEN = (
    "system_id", "number", "content", "note", "made_by_id", "made_at", "submitted_by_id", "submitted_at", "published_by_id",
    "published_at", "digest", "secret",
)  # fmt: skip
"""Columns of an edition that never change once it is published; `state` may still become superseded."""

_PUBLISHED = "OLD.state IN ('published', 'superseded')"
_EDITION_STAYS = "a published edition is never changed: publish another"
_CHANGE_STAYS = "what happened to an entry is never rewritten"
_FOUR_EYES = "whoever wrote in an edition does not publish it"


def _rewritten(differs: str) -> str:
    frozen = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in FROZEN)
    backwards = "NEW.state <> 'superseded' AND NEW.state <> OLD.state"
    return f"{_PUBLISHED} AND ({frozen} OR ({backwards}))"


_WROTE = (
    "NEW.state = 'published' AND EXISTS "
    "(SELECT 1 FROM register_writing WHERE edition_id = NEW.id AND user_id = NEW.published_by_id)"
)  # fmt: skip


def _sqlite(name: str, event: str, table: str, condition: str, told: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{told}'); END"


def _postgresql(name: str, event: str, table: str, condition: str, told: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$; "
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_WRITE = {"sqlite": _sqlite, "postgresql": _postgresql}
NAMES: Mapping[str, str] = {
    "register_edition_stays": "register_edition",
    "register_edition_kept": "register_edition",
    "register_edition_four_eyes": "register_edition",
    "register_change_stays": "register_change",
    "register_change_kept": "register_change",
}
"""Each trigger with its table."""


def making(vendor: str) -> tuple[str, ...]:
    """The statements that set the triggers up."""
    write, always = _WRITE[vendor], "1 = 1"
    return (
        write("register_edition_stays", "UPDATE", "register_edition", _rewritten(_DIFFERS[vendor]), _EDITION_STAYS),
        write("register_edition_kept", "DELETE", "register_edition", _PUBLISHED, _EDITION_STAYS),
        write("register_edition_four_eyes", "UPDATE", "register_edition", _WROTE, _FOUR_EYES),
        write("register_change_stays", "UPDATE", "register_change", always, _CHANGE_STAYS),
        write("register_change_kept", "DELETE", "register_change", always, _CHANGE_STAYS),
    )


def removing(vendor: str) -> tuple[str, ...]:
    """The statements that take the triggers away again: for undoing the migration, and for emptying a database of tests."""
    return dropping(vendor, NAMES)


def refusing(vendor: str, name: str, event: str, table: str, condition: str, told: str) -> str:
    """The statement that sets up one trigger: before that event (UPDATE, DELETE) on a row for which the condition holds, refuse."""
    return _WRITE[vendor](name, event, table, condition, told)


def dropping(vendor: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The statements that take away these triggers, each with its table."""
    if vendor == "sqlite":
        return tuple(f"DROP TRIGGER {name}" for name in names)
    return tuple(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()" for name, table in names.items())
