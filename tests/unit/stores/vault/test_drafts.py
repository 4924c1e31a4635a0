from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from habeas.errors import BadInput, NotAllowed
from habeas.ledger.fields.sealing import unwrap
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.rows import StoredGroup
from habeas.stores.vault.drafts import Draft
from habeas.stores.vault.persons import PersonKey
from habeas.stores.vault.sealed import Person, context_of, open_fields, prepare, values_of
from habeas.terms.records import RecordType, parse_entry
from ledgers.record_logs import AUTHORITY, DECISION, drawn

DAY = date(2026, 11, 22)
KEYS = {"P-1": PersonKey(handle="a1" * 16, key=bytes([1]) * 32), "O-1": PersonKey(handle="b2" * 16, key=bytes([2]) * 32)}
ADA = Person(ref="P-1", fields={"name": "Ada Lovelace", "score": -7, "held": False})


def draft(**changes: Any) -> Draft:
    given = {"kind": RecordType.DECISION, "authority": AUTHORITY, "day": DAY, "public": DECISION, "personal": {"person": ADA}}
    return Draft(**{**given, **changes})


def test_what_is_prepared_opens_with_the_persons_key_and_leads_to_the_entry() -> None:
    done = prepare(draft().entry, {"person": ADA}, keys=KEYS, random=drawn())

    (group,) = done.groups
    stored = StoredGroup(index=0, group=group.group, key=group.key, wrapped=group.wrapped, sealed=group.sealed)
    own = unwrap(group.wrapped, by=KEYS["P-1"].key, context=context_of(leaf=done.leaf, group="person"))
    openings = open_fields(stored, key=own, entry=done.entry)
    assert values_of(openings) == {"name": "Ada Lovelace", "score": -7, "held": False}
    assert [opening.value for opening in openings] == [b'"Ada Lovelace"', b"-7", b"false"]
    assert (done.leaf, group.key, done.deed) == (leaf_hash(done.entry), "a1" * 16, False)


def test_each_group_is_sealed_by_its_own_fresh_key() -> None:
    personal = {"person": ADA, "officer": Person(ref="O-1", fields={"badge": "B-9"})}

    one = prepare(draft().entry, personal, keys=KEYS, random=drawn())
    two = prepare(draft().entry, personal, keys=KEYS, random=drawn("another"))

    parts = [part for done in (one, two) for group in done.groups for part in (group.wrapped, group.sealed)]
    assert len(set(parts)) == 8
    assert one.entry != two.entry  # the same fields, and nothing alike in public
    assert [group.key for group in one.groups] == ["a1" * 16, "b2" * 16]


def test_nothing_personal_is_in_the_entry_or_readable_in_what_is_sealed() -> None:
    done = prepare(draft().entry, {"person": ADA}, keys=KEYS, random=drawn())

    everything = done.entry + b"".join(group.wrapped + group.sealed for group in done.groups)
    assert all(word not in everything for word in (b"Ada", b"P-1", b"name", b"score", KEYS["P-1"].key))


def test_a_record_about_nobody_commits_to_nothing() -> None:
    done = prepare(draft().entry, {}, keys={}, random=drawn())

    assert (done.groups, parse_entry(done.entry).fields) == ((), None)


def test_drafts_and_persons_do_not_show_fields_when_printed() -> None:
    shown = repr(draft()) + repr(ADA)

    assert all(word not in shown for word in ("Ada", "P-1", "name", "-7"))


@pytest.mark.parametrize("kind", [RecordType.ERASURE, RecordType.RESTRICTION])
def test_an_order_is_no_draft(kind: RecordType) -> None:
    with pytest.raises(NotAllowed, match="order it, so that it is also done"):
        draft(kind=kind)


@pytest.mark.parametrize(
    "changes",
    [
        {"authority": "Ada Lovelace"},
        {"public": {**DECISION, "name": "Ada Lovelace"}},
        {"public": {**DECISION, "purpose": "Ada Lovelace"}},
        {"personal": {"Ada Lovelace": ADA}},
        {"personal": {"ada-1815": ADA}},
        {"personal": {"person": Person(ref="P-1", fields={})}},
        {"personal": {"person": Person(ref="P-1", fields={"Ada Lovelace": 1})}},
        {"personal": {"person": Person(ref="P-1", fields={"name": 1.5})}},
        {"personal": {"person": Person(ref="P-1", fields={"name": None})}},
        {"personal": {"person": Person(ref="P-1", fields={"name": ["Ada Lovelace"]})}},
        {"personal": {"person": Person(ref="P-1", fields={"name": "Ada Lovelace\ud800"})}},
        {"personal": {"person": Person(ref="P-1", fields={"name": 2**60})}},
    ],
)
def test_what_cannot_be_recorded_is_refused_at_once_and_not_repeated(changes: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        draft(**changes)

    assert "Ada" not in str(refused.value)
    assert refused.value.__cause__ is None
