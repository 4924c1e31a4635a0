from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from habeas.errors import BadInput, BrokenEvidence, CannotWrite, Gone, NotAllowed, NotFound
from habeas.stores.sequencers.rows import State, StoredGroup
from habeas.stores.vault.drafts import Draft
from habeas.stores.vault.sealed import Person
from habeas.terms.records import RecordType, parse_entry
from ledgers.record_logs import AUTHORITY, DECISION, Records, verified

DAY = date(2026, 11, 22)


def last(records: Records) -> tuple[RecordType, dict[str, Any]]:
    entry = parse_entry(records.entry(records.sequencer.size() - 1))
    assert (entry.authority, entry.day) == (AUTHORITY, DAY)
    return entry.type, dict(entry.public)


def test_what_is_recorded_is_read_back(records: Records) -> None:
    index = records.decided(name="Ada Lovelace")

    assert records.read(index) == {"name": "Ada Lovelace", "score": 7, "held": True}
    assert records.read(index, "officer") == {"badge": "badge of O-1"}


def test_reading_is_on_record(records: Records) -> None:
    index = records.decided()

    records.vault.read(index, "person", purpose="challenge", authority=AUTHORITY, to="defence")

    assert last(records) == (RecordType.ACCESS, {"about": index, "group": "person", "purpose": "challenge", "to": "defence"})


def test_who_reads_and_why_may_be_on_record_under_seal(records: Records) -> None:
    index = records.decided()
    reader = {"reviewer": Person(ref="R-1", fields={"name": "Grace Hopper", "reason": "a challenge came in"})}

    records.vault.read(index, "person", purpose="challenge", authority=AUTHORITY, by=reader)

    assert records.read(index + 1, "reviewer") == {"name": "Grace Hopper", "reason": "a challenge came in"}
    assert b"Grace" not in records.entry(index + 1)


def test_what_cannot_be_put_on_record_is_not_handed_out(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    index = records.decided()

    def full(*_: object) -> None:
        raise CannotWrite("the disk is full")

    monkeypatch.setattr(records.log, "append", full)
    with pytest.raises(CannotWrite):
        records.read(index)
    with pytest.raises(CannotWrite):
        records.disclosed(index, "person", "name")


@pytest.mark.parametrize("purpose", ["curiosity", "", "Ada Lovelace"])
def test_reading_without_a_purpose_that_counts_is_refused(records: Records, purpose: str) -> None:
    index = records.decided()

    with pytest.raises(BadInput):
        records.vault.read(index, "person", purpose=purpose, authority=AUTHORITY)
    assert records.sequencer.size() == index + 1


def test_one_field_is_disclosed_and_proved_and_no_other_is_shown(records: Records) -> None:
    index = records.decided(name="Ada Lovelace")

    evidence = records.disclosed(index, "person", "score")

    assert verified(evidence.encode()).held
    assert [(opening.name, opening.value) for opening in evidence.openings] == [("score", b"7")]
    assert b"Ada" not in evidence.encode()
    assert last(records) == (RecordType.DISCLOSURE, {"about": index, "group": "person", "ground": "court-order", "to": "court"})


def test_the_disclosure_is_itself_in_the_tree_that_the_evidence_proves(records: Records) -> None:
    index = records.decided()

    evidence = records.disclosed(index, "person", "name")

    assert verified(evidence.encode()).checkpoint.size == records.sequencer.size() == index + 2


def test_an_entry_can_be_proved_without_showing_any_field(records: Records) -> None:
    evidence = records.disclosed(records.decided(), "officer")

    assert (evidence.openings, verified(evidence.encode()).failed) == ((), None)


def test_a_field_that_is_not_there_is_not_found_and_nothing_is_on_record(records: Records) -> None:
    index = records.decided()

    with pytest.raises(NotFound, match="1 of 2"):
        records.disclosed(index, "person", "name", "colour")
    assert records.sequencer.size() == index + 1


@pytest.mark.parametrize(("index", "group"), [(0, "victim"), (5, "person"), (-1, "person")])
def test_a_group_that_is_not_there_is_not_found(records: Records, index: int, group: str) -> None:
    records.decided()

    with pytest.raises(NotFound):
        records.read(index, group)
    with pytest.raises(NotFound):
        records.vault.erase_record(index, group, ground="unlawful", authority=AUTHORITY)
    assert records.sequencer.size() == 1


def test_many_are_recorded_in_their_order(records: Records) -> None:
    drafts = (
        Draft(
            kind=RecordType.DECISION,
            authority=AUTHORITY,
            day=DAY,
            public=DECISION,
            personal={"person": Person(ref=f"P-{number % 7}", fields={"number": number})},
        )
        for number in range(300)
    )

    receipts = list(records.vault.record_many(drafts))

    assert [receipt.index for receipt in receipts] == list(range(300))
    assert records.read(299) == {"number": 299}
    assert len(list(records.persons.handles())) == 7


def test_nothing_to_record_records_nothing(records: Records) -> None:
    assert list(records.vault.record_many([])) == []
    assert records.sequencer.size() == 0


def test_a_record_may_be_of_an_earlier_day_and_about_nobody(records: Records) -> None:
    receipt = records.vault.record(
        RecordType.REGISTER, AUTHORITY, {"system": "risk-tool-3", "version": "ab" * 32, "verdict": "refused"}, day=date(2026, 1, 2)
    )

    assert parse_entry(records.entry(receipt.index)).day == date(2026, 1, 2)
    assert records.sequencer.groups(receipt.index) == ()


def test_an_order_is_not_recorded_without_being_carried_out(records: Records) -> None:
    with pytest.raises(NotAllowed):
        records.vault.record(RecordType.ERASURE, AUTHORITY, {"ground": "unlawful", "key": "ab" * 16})
    assert records.sequencer.size() == 0


def test_sealed_fields_moved_to_another_record_do_not_open(records: Records) -> None:
    one, two = records.decided(name="Ada"), records.decided(name="Eve")
    given = records.sequencer.group(one, "person")

    records.sequencer.replace_group(StoredGroup(index=two, group="person", key=given.key, wrapped=given.wrapped, sealed=given.sealed))

    with pytest.raises(NotAllowed):
        records.read(two)


def test_fields_that_the_entry_does_not_commit_to_are_broken_evidence(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the person's key could seal other fields: the entry convicts them."""
    index = records.decided()
    monkeypatch.setattr("habeas.stores.vault.sealed.fields_of", lambda _: bytes(32))

    with pytest.raises(BrokenEvidence):
        records.read(index)


def test_a_group_tells_its_state(records: Records) -> None:
    assert records.vault.state(records.decided(), "person") is State.ACTIVE


def test_an_erased_record_is_gone_for_good_and_the_persons_others_stay(records: Records) -> None:
    one, two = records.decided(name="Ada"), records.decided(name="Ada B.")

    records.vault.erase_record(one, "person", ground="unlawful", authority=AUTHORITY)

    assert last(records) == (RecordType.ERASURE, {"ground": "unlawful", "about": one, "group": "person"})
    assert records.vault.state(one, "person") is State.ERASED
    for asked in (records.read, lambda index: records.disclosed(index, "person", "name")):
        with pytest.raises(Gone):
            asked(one)
    with pytest.raises(Gone):
        records.vault.erase_record(one, "person", ground="unlawful", authority=AUTHORITY)
    assert records.read(one, "officer") == {"badge": "badge of O-1"}
    assert records.read(two)["name"] == "Ada B."


def test_an_erased_person_is_gone_from_every_record(records: Records) -> None:
    mine = [records.decided(name="Ada"), records.decided(name="Ada")]
    other = records.decided(person="P-2", name="Eve")
    handle = records.persons.find("P-1")

    records.vault.erase_person("P-1", ground="retention-ended", authority=AUTHORITY)

    assert last(records) == (RecordType.ERASURE, {"ground": "retention-ended", "key": handle})
    for index in mine:
        with pytest.raises(Gone):
            records.read(index)
        assert records.read(index, "officer") == {"badge": "badge of O-1"}
    assert records.read(other)["name"] == "Eve"
    with pytest.raises(NotFound, match="or it was erased"):
        records.vault.erase_person("P-1", ground="retention-ended", authority=AUTHORITY)


def test_a_person_unknown_cannot_be_erased_and_is_not_named(records: Records) -> None:
    with pytest.raises(NotFound) as refused:
        records.vault.erase_person("Ada Lovelace", ground="unlawful", authority=AUTHORITY)
    assert "Ada" not in str(refused.value)
    assert records.sequencer.size() == 0


def test_evidence_that_was_handed_out_before_an_erasure_still_holds(records: Records) -> None:
    evidence = records.disclosed(records.decided(), "person", "name").encode()

    records.vault.erase_person("P-1", ground="legal-duty", authority=AUTHORITY)

    assert verified(evidence).held


def test_a_ground_that_is_none_erases_nothing(records: Records) -> None:
    index = records.decided()

    with pytest.raises(BadInput):
        records.vault.erase_person("P-1", ground="embarrassing", authority=AUTHORITY)
    with pytest.raises(BadInput):
        records.vault.erase_record(index, "person", ground="embarrassing", authority=AUTHORITY)
    assert records.read(index)["name"] == "Ada Lovelace"
