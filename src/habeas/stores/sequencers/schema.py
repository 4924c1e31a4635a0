"""The tables of one log, the same in every database, with what must hold stated as constraints and rules of the database itself."""

from __future__ import annotations

from habeas.errors import BadInput
from habeas.stores.sequencers.dialects import Dialect, Rule
from habeas.stores.sequencers.store import Cursor

FORMAT = 1
"""Raised with every change of the tables; a release refuses a format that is newer than its own."""

TABLES = (
    # one row: whose log this is, who may write (the epoch is raised by every claim), and how many entries it has
    """CREATE TABLE {at}ledger_state (
        one {integer} PRIMARY KEY CHECK (one = 1),
        format {integer} NOT NULL,
        origin {text} NOT NULL,
        epoch {integer} NOT NULL CHECK (epoch >= 0),
        size {integer} NOT NULL CHECK (size >= 0)
    ){strict}""",
    """CREATE TABLE {at}ledger_entries (
        idx {integer} PRIMARY KEY CHECK (idx >= 0),
        leaf {octets} NOT NULL CHECK (length(leaf) = 32),
        entry {octets} NOT NULL CHECK (length(entry) <= 65535)
    ){strict}""",
    "CREATE TABLE {at}ledger_deeds (idx {integer} PRIMARY KEY REFERENCES {at}ledger_entries (idx)){strict}",
    """CREATE TABLE {at}ledger_heads (
        size {integer} PRIMARY KEY CHECK (size >= 0),
        root {octets} NOT NULL CHECK (length(root) = 32),
        note {octets} NOT NULL CHECK (length(note) > 0)
    ){strict}""",
    # see group_rows.py: rows are only added at the end, or overwritten with zeros where they lie
    """CREATE TABLE {at}ledger_secrets (
        id {integer} PRIMARY KEY,
        wrapped {octets} NOT NULL,
        sealed {octets} NOT NULL
    ){strict}""",
    # person: the handle of the key that seals the fields; it and the secret are gone once they are erased
    """CREATE TABLE {at}ledger_groups (
        idx {integer} NOT NULL REFERENCES {at}ledger_entries (idx),
        name {text} NOT NULL,
        person {text} NOT NULL,
        secret {integer},
        state {text} NOT NULL CHECK (state IN ('active', 'restricted', 'erased')),
        PRIMARY KEY (idx, name),
        CHECK ((state = 'erased') = (person = '')),
        CHECK ((state = 'erased') = (secret IS NULL))
    ){strict}""",
    "CREATE INDEX ledger_groups_of_person ON {at}ledger_groups (person, idx, name) WHERE person <> ''",
)

RULES = (
    Rule(name="entries_stay", event="DELETE", table="ledger_entries", condition="TRUE", message="entries are never deleted"),
    Rule(name="entries_are_final", event="UPDATE", table="ledger_entries", condition="TRUE", message="entries are never changed"),
    Rule(
        name="last_head_stays",
        event="DELETE",
        table="ledger_heads",
        condition="OLD.size = (SELECT max(size) FROM {at}ledger_heads)",
        message="the last signed head is never deleted",
    ),
    Rule(
        name="one_root_per_size",
        event="UPDATE OF size, root",
        table="ledger_heads",
        condition="NEW.size <> OLD.size OR NEW.root <> OLD.root",
        message="a size has one signed root",
    ),
    Rule(
        name="heads_grow",
        event="INSERT",
        table="ledger_heads",
        condition="NEW.size <= (SELECT max(size) FROM {at}ledger_heads) OR NEW.size > (SELECT size FROM {at}ledger_state)",
        message="a signed head is larger than those before it and no larger than the log",
    ),
    # no index twice (the primary key), none left out, none that the size doesn't count
    Rule(
        name="size_counts_entries",
        event="UPDATE OF size",
        table="ledger_state",
        condition="NEW.size - OLD.size <> (SELECT count(*) FROM {at}ledger_entries WHERE idx >= OLD.size AND idx < NEW.size)"
        " OR EXISTS (SELECT 1 FROM {at}ledger_entries WHERE idx >= NEW.size)",
        message="the size counts the entries, without a gap",
    ),
    Rule(
        name="epochs_grow",
        event="UPDATE OF epoch, origin",
        table="ledger_state",
        condition="NEW.epoch < OLD.epoch OR NEW.origin <> OLD.origin",
        message="an epoch is never taken back, and a log keeps its name",
    ),
    Rule(name="state_stays", event="DELETE", table="ledger_state", condition="TRUE", message="the state of a log is never deleted"),
    Rule(name="groups_stay", event="DELETE", table="ledger_groups", condition="TRUE", message="that a group was erased is kept"),
    Rule(
        name="erased_is_erased",
        event="UPDATE",
        table="ledger_groups",
        condition="OLD.state = 'erased' AND NEW.state <> 'erased'",
        message="what is erased stays erased",
    ),
    Rule(name="secrets_stay", event="DELETE", table="ledger_secrets", condition="TRUE", message="secrets are blanked, never deleted"),
    Rule(
        name="secrets_are_blanked_in_place",
        event="UPDATE",
        table="ledger_secrets",
        condition="NEW.id <> OLD.id OR length(NEW.wrapped) <> length(OLD.wrapped) OR length(NEW.sealed) <> length(OLD.sealed)",
        message="a secret is overwritten by as many bytes",
    ),
    Rule(name="deeds_stay", event="DELETE", table="ledger_deeds", condition="TRUE", message="deeds are never forgotten"),
)

_BEGIN = "INSERT INTO {at}ledger_state (one, format, origin, epoch, size) VALUES (1, ?, ?, 0, 0)"
_STATE = "SELECT format, origin FROM {at}ledger_state"


def make_tables(cursor: Cursor, dialect: Dialect, *, origin: str) -> None:
    """Make an empty log named `origin`, inside the caller's transaction."""
    for statement in TABLES:
        cursor.execute(dialect.says(statement))
    for rule in RULES:
        cursor.execute(dialect.rule(rule, dialect.says(rule.condition)))
    cursor.execute(dialect.says(_BEGIN), (FORMAT, origin))


def check_tables(cursor: Cursor, dialect: Dialect, *, origin: str) -> None:
    """See that these are the tables of this log, in a format known here.

    Raises:
        BadInput: they aren't; the message says what they are.
    """
    cursor.execute(dialect.says(_STATE))
    found = cursor.fetchone()
    if found is None or not 1 <= found[0] <= FORMAT:
        known = f"expected a log in format {FORMAT} or older"
        raise BadInput(f"{known}; found {'none' if found is None else found[0]}: use the release of habeas that wrote it, or a newer one")
    if found[1] != origin:
        raise BadInput(f"expected the log {origin}; this is the log {found[1]}: name the right log or the right database")
