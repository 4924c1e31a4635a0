"""Refusals as triggers, said once and written for each kind of database.

Each app says its own in `triggers.py` as `REFUSALS`: all that stand today. Its migrations set them up; a refusal that changes gets
another name and a migration that puts it in the place of the old one, because a migration that has run somewhere doesn't run again.
On SQLite a migration that rebuilds a table loses the table's triggers, and must set them up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ALWAYS = "1 = 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Before `event` (INSERT, UPDATE, DELETE) on a row for which `condition` holds, the database refuses and says `told`.

    The condition speaks of NEW and OLD. `{differs}` in it stands between two values of which either may be absent.
    """

    name: str
    event: str
    table: str
    told: str
    condition: str = ALWAYS


def never_changed(name: str, *, table: str, told: str, condition: str = ALWAYS) -> tuple[Refusal, Refusal]:
    """Two refusals: rows for which the condition holds are neither changed nor removed."""
    return (
        Refusal(name=f"{name}_stays", event="UPDATE", table=table, told=told, condition=condition),
        Refusal(name=f"{name}_kept", event="DELETE", table=table, told=told, condition=condition),
    )


def any_differs(columns: Iterable[str]) -> str:
    """The condition that an update would give one of these columns another value."""
    return " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in columns)


def making(vendor: str, refusals: Iterable[Refusal]) -> tuple[str, ...]:
    """The statements that set these up on that kind of database (Django's word for it: sqlite, postgresql)."""
    write = _WRITE[vendor]
    return tuple(write(one, one.condition.replace("{differs}", _DIFFERS[vendor])) for one in refusals)


def removing(vendor: str, refusals: Iterable[Refusal]) -> tuple[str, ...]:
    """The statements that take them away again: for undoing a migration, and for emptying a database of tests."""
    if vendor == "sqlite":
        return tuple(f"DROP TRIGGER {one.name}" for one in refusals)
    return tuple(f"DROP TRIGGER {one.name} ON {one.table}; DROP FUNCTION {one.name}()" for one in refusals)


def _sqlite(one: Refusal, condition: str) -> str:
    return f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{one.told}'); END"


def _postgresql(one: Refusal, condition: str) -> str:
    return (
        f"CREATE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{one.told}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$; "
        f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} FOR EACH ROW EXECUTE FUNCTION {one.name}()"
    )


_DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_WRITE = {"sqlite": _sqlite, "postgresql": _postgresql}
