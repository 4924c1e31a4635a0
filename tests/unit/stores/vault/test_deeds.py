"""Restriction, and deeds that were cut short, undone by an old backup, or met by trouble."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from habeas.errors import Busy, CannotWrite, Gone, NotAllowed, NotFound, Unavailable
from habeas.ledger.fields.courts import CourtKey
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.rows import State, Submission
from habeas.stores.vault.deeds import Replayed
from habeas.stores.vault.persons import Persons
from habeas.terms.records import parse_entry
from ledgers import record_logs
from ledgers.record_logs import AUTHORITY, COURT, COURT_PRIVATE, Records, drawn, opened

NOTHING = Replayed(erased=0, destroyed=0, restricted=0, unfinished=())


def restrict(records: Records, index: int, court: CourtKey = COURT) -> None:
    records.vault.restrict(index, "person", ground="accuracy-contested", court_key=court, authority=AUTHORITY)


def lift(records: Records, index: int, private: bytes = COURT_PRIVATE) -> None:
    records.vault.lift(index, "person", ground="court-order", court_private=private, authority=AUTHORITY)


def erase_person(records: Records, ground: str = "retention-ended") -> None:
    records.vault.erase_person("P-1", ground=ground, authority=AUTHORITY)


def public_of_last(records: Records) -> dict[str, Any]:
    return dict(parse_entry(records.entry(records.sequencer.size() - 1)).public)


def test_a_restricted_record_is_out_of_reach_and_that_is_on_record(records: Records) -> None:
    index = records.decided()

    restrict(records, index)

    assert public_of_last(records) == {
        "about": index,
        "group": "person",
        "ground": "accuracy-contested",
        "state": "restricted",
        "court": str(COURT),
    }
    assert records.vault.state(index, "person") is State.RESTRICTED
    for asked in (records.read, lambda at: records.disclosed(at, "person", "name"), lambda at: restrict(records, at)):
        with pytest.raises(NotAllowed, match="only the court can lift"):
            asked(index)
    assert records.read(index, "officer") == {"badge": "badge of O-1"}


def test_no_key_of_the_ledger_opens_a_restricted_record(records: Records) -> None:
    index = records.decided()
    wrapped_before = records.sequencer.group(index, "person").wrapped

    restrict(records, index)

    kept = b"".join(record_logs.bytes_kept(records.folder).values())
    assert wrapped_before not in kept
    assert wrapped_before[12:44] not in kept


def test_the_court_lifts_a_restriction(records: Records) -> None:
    index = records.decided(name="Ada")
    restrict(records, index)

    lift(records, index)

    assert public_of_last(records)["state"] == "lifted"
    assert records.read(index)["name"] == "Ada"


def test_nobody_else_lifts_it_and_nothing_is_on_record(records: Records) -> None:
    index = records.decided()
    restrict(records, index)
    size = records.sequencer.size()

    with pytest.raises(NotAllowed, match="doesn't open it"):
        lift(records, index, bytes([8]) * 32)
    assert records.sequencer.size() == size


def test_what_is_not_restricted_is_not_lifted(records: Records) -> None:
    index = records.decided()

    with pytest.raises(NotFound, match="nothing to lift"):
        lift(records, index)


def test_restricted_evidence_is_not_erased_unless_the_court_orders_it(records: Records) -> None:
    index = records.decided()
    restrict(records, index)

    with pytest.raises(NotAllowed, match="until the court lifts"):
        erase_person(records)
    with pytest.raises(NotAllowed, match="until the court lifts"):
        records.vault.erase_record(index, "person", ground="person-request", authority=AUTHORITY)
    assert records.vault.state(index, "person") is State.RESTRICTED

    erase_person(records, ground="court-order")
    with pytest.raises(Gone):
        lift(records, index)


def test_an_erased_record_is_not_restricted(records: Records) -> None:
    index = records.decided()
    erase_person(records)

    with pytest.raises(Gone):
        restrict(records, index)


def test_there_is_nothing_to_do_again_where_all_was_done(records: Records) -> None:
    index = records.decided()
    restrict(records, records.decided())
    records.vault.erase_record(index, "person", ground="unlawful", authority=AUTHORITY)
    lift(records, index + 1)
    erase_person(records)

    assert records.vault.replay() == NOTHING


class Crash(Exception):
    """The process ends here."""


def crash(*_: object, **__: object) -> None:
    raise Crash


DEEDS: dict[str, Callable[[Records], None]] = {
    "person": erase_person,
    "record": lambda records: records.vault.erase_record(0, "person", ground="unlawful", authority=AUTHORITY) and None,
    "restriction": lambda records: restrict(records, 0),
}
AFTERWARDS = {"person": State.ERASED, "record": State.ERASED, "restriction": State.RESTRICTED}
CUTS = ["publish", "destroy_all", "forget_groups", "replace_group", "_empty_journal"]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_cut_short_is_finished_at_the_next_opening(ledger: Path, monkeypatch: pytest.MonkeyPatch, deed: str, cut: str) -> None:
    with opened(ledger, draw=drawn("1")) as records:
        records.decided()
        parts = {"publish": records.log, "destroy_all": Persons, "_empty_journal": Persons}
        with monkeypatch.context() as patch:
            patch.setattr(parts.get(cut, records.sequencer), cut, crash)
            with suppress(Crash):
                DEEDS[deed](records)
            size = records.sequencer.size()

    with opened(ledger, draw=drawn("2")) as records:
        assert records.sequencer.size() == size == 2  # the order was on record, once
        assert records.vault.state(0, "person") is AFTERWARDS[deed]
        assert records.vault.replay() == NOTHING
        assert records.persons.find("P-1") is None or deed != "person"


def test_a_deed_that_is_not_on_record_is_not_done(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    index = records.decided()

    with monkeypatch.context() as patch:
        patch.setattr(records.log, "append", crash)
        for deed in DEEDS.values():
            with pytest.raises(Crash):
                deed(records)

    assert records.read(index)["name"] == "Ada Lovelace"


@pytest.mark.parametrize("kind", [CannotWrite, Busy, Unavailable])
def test_an_order_that_waits_says_that_it_is_on_record(records: Records, monkeypatch: pytest.MonkeyPatch, kind: type[Unavailable]) -> None:
    index = records.decided()

    def away(*_: object) -> None:
        raise kind("the place is away")

    with monkeypatch.context() as patch:
        patch.setattr(records.log, "publish", away)
        with pytest.raises(kind, match=f"on record as entry {index + 1}.*the place is away.*don't order it again"):
            erase_person(records)

    assert records.read(index)["name"] == "Ada Lovelace"  # not yet
    records.vault.replay()
    with pytest.raises(Gone):
        records.read(index)


def test_a_lifted_restriction_is_not_put_back(ledger: Path) -> None:
    with opened(ledger, draw=drawn("1")) as records:
        records.decided()
        restrict(records, 0)
        lift(records, 0)

    with opened(ledger, draw=drawn("2")) as records:
        assert records.vault.state(0, "person") is State.ACTIVE


def test_a_record_whose_key_was_lost_is_unavailable_and_not_called_erased(ledger: Path, tmp_path: Path) -> None:
    shutil.copy(ledger / "persons.sqlite", tmp_path / "old")
    with opened(ledger, draw=drawn("1")) as records:
        records.decided()
    shutil.copy(tmp_path / "old", ledger / "persons.sqlite")

    with opened(ledger, draw=drawn("2")) as records:
        with pytest.raises(Unavailable, match="older copy"):
            records.read(0)
        with pytest.raises(Unavailable, match="older copy"):
            restrict(records, 0)
        assert records.sequencer.size() == 1


def test_an_order_that_this_habeas_cannot_read_is_reported(records: Records) -> None:
    records.decided()
    for entry in (b"no entry", b'{"about":0,"authority":"police.example","day":"2026-11-22","group":"person","type":"erasure","v":2}'):
        records.log.append(Submission(entry=entry, leaf=leaf_hash(entry), deed=True))

    assert records.vault.replay().unfinished == (1, 2)
    assert records.read(0)["name"] == "Ada Lovelace"


def test_a_record_restricted_to_another_court_than_the_last_order_says_is_left_to_that_court(records: Records) -> None:
    restrict(records, records.decided())
    stored = records.sequencer.group(0, "person")

    records.vault.replay()

    assert records.sequencer.group(0, "person") == stored


def test_many_records_of_one_person_are_erased_in_batches(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.stores.vault.deeds.AT_ONCE", 2)
    indices = [records.decided(name=f"Ada {number}") for number in range(5)]

    erase_person(records)

    assert {records.vault.state(index, "person") for index in indices} == {State.ERASED}


def test_erased_bytes_of_single_records_leave_no_copy(records: Records) -> None:
    """With enough rows that pages divide and merge: what moved must be gone too."""
    indices = [records.decided(person=f"P-{number % 3}", name="x" * (number * 37 % 900)) for number in range(60)]
    before = {index: records.sequencer.group(index, "person") for index in indices}
    doomed = indices[::2] + indices[1::6]

    for index in doomed:
        records.vault.erase_record(index, "person", ground="unlawful", authority=AUTHORITY)

    kept = b"".join(record_logs.bytes_kept(records.folder).values())
    assert [index for index in doomed if before[index].wrapped in kept or before[index].wrapped[12:44] in kept] == []
    assert [index for index in doomed if any(part in kept for part in pieces(before[index].sealed))] == []
    assert records.vault.replay() == NOTHING


def pieces(sealed: bytes) -> list[bytes]:
    """Sixteen bytes from each stretch of what was sealed, so that a part that stayed is found."""
    return [sealed[start : start + 16] for start in range(0, len(sealed) - 16, 64)]


def test_a_restriction_that_lacks_the_key_is_reported(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ledger / "persons.sqlite", tmp_path / "old")
    with opened(ledger, draw=drawn("1")) as records:
        records.decided()
        with monkeypatch.context() as patch:
            patch.setattr(records.log, "publish", crash)
            with pytest.raises(Crash):
                restrict(records, 0)
    shutil.copy(tmp_path / "old", ledger / "persons.sqlite")

    with opened(ledger, draw=drawn("2")) as records:
        assert records.vault.replay() == Replayed(erased=0, destroyed=0, restricted=0, unfinished=(1,))


def test_what_is_being_recorded_when_a_person_is_erased_is_erased_too(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key was given out before the erasure: without a turn the record would stay, unreadable, and count as active."""
    records.decided()
    eraser = Thread(target=erase_person, args=(records,), daemon=True)
    append = records.log.append

    def slow(submission: Submission) -> Any:
        if submission.groups and not eraser.is_alive():
            eraser.start()
            eraser.join(timeout=0.1)
        return append(submission)

    monkeypatch.setattr(records.log, "append", slow)
    index = records.decided()
    eraser.join()

    assert records.vault.state(index, "person") is State.ERASED


def test_who_comes_back_during_an_erasure_gets_a_new_key(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    records.decided()
    found: list[int] = []
    recorder = Thread(target=lambda: found.append(records.decided(name="Ada again")), daemon=True)
    publish = records.log.publish

    def slow() -> Any:
        recorder.start()
        recorder.join(timeout=0.1)
        return publish()

    with monkeypatch.context() as patch:
        patch.setattr(records.log, "publish", slow)
        erase_person(records)
    recorder.join()

    assert records.vault.state(0, "person") is State.ERASED
    assert records.read(found[0])["name"] == "Ada again"
