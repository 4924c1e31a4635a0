from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from habeas.errors import BrokenEvidence, Busy, CannotWrite, Gone, Inconsistent, NotFound, Unavailable
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers import recorded
from habeas.stores.sequencers.dialects import Database
from habeas.stores.sequencers.recorded import ENTRIES_AT_ONCE, GROUPS_AT_ONCE, RecordedLog
from habeas.stores.sequencers.rows import SignedHead, State, StoredGroup
from habeas.stores.sequencers.store import Cursor
from ledgers.submissions import OFFICER, PERSON, batch, sealed, submission

ROOT, OTHER_ROOT = b"r" * 32, b"o" * 32


class FailingDatabase:
    """A database whose commits fail, before anything is kept or although all of it is."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.fails: str | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        with self._database.writing() as cursor:
            yield cursor
            if self.fails == "before":
                raise CannotWrite("the disk failed")
        if self.fails == "after":
            raise CannotWrite("the disk failed")


class _LostError(Exception):
    """What a server that died took with it."""


class LaggingDatabase:
    """A database whose last commits were acknowledged by a server whose place another has taken, which never had them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)

    @contextmanager
    def writing(self) -> Iterator[Cursor]:
        with suppress(_LostError), self._database.writing() as cursor:
            yield cursor
            raise _LostError


def failing(log: RecordedLog) -> FailingDatabase:
    made = FailingDatabase(log._database)
    log._database = made
    return made


def head(size: int, root: bytes = ROOT, note: bytes = b"a signed note") -> SignedHead:
    return SignedHead(size=size, root=root, note=note)


def test_where_what_was_acknowledged_is_gone_no_index_is_given_again(log: RecordedLog) -> None:
    """As after a failover to a standby that lagged: it has the same epoch, and a free lock."""
    log.append(batch(0, 2))
    there = log._database
    log._database = LaggingDatabase(there)
    assert log.append(batch(2, 5)) == 2
    log._database = there

    with pytest.raises(BrokenEvidence, match="expected at least 5 entries, which were acknowledged; the database has 2"):
        log.append(batch(5, 6))
    with pytest.raises(BrokenEvidence, match="acknowledged"):
        log.record_head(head(2), after=None)

    assert log.size() == 2


def test_a_child_of_the_writer_is_not_the_writer(log: RecordedLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process inherits by forking, connections of a database among it, two must not use."""
    monkeypatch.setattr(os, "getpid", lambda: -1)

    with pytest.raises(Busy, match="a child of it"):
        log.append(batch(0, 1))

    assert log.size() == 0


# indices


def test_entries_get_indices_from_zero_on_in_the_order_of_the_batch(log) -> None:
    assert log.size() == 0
    assert log.append(batch(0, 3)) == 0
    assert log.append(batch(3, 5)) == 3
    assert list(log.entries(0, 5)) == [b"entry 0", b"entry 1", b"entry 2", b"entry 3", b"entry 4"]
    assert list(log.leaves(2, 4)) == [leaf_hash(b"entry 2"), leaf_hash(b"entry 3")]
    assert log.size() == 5


def test_an_empty_batch_records_nothing_and_tells_the_next_index(log) -> None:
    log.append(batch(0, 2))

    assert log.append([]) == 2
    assert log.size() == 2


def test_an_entry_may_be_empty_or_as_long_as_a_bundle_allows_and_hold_any_byte(log) -> None:
    contents = [b"", bytes(range(256)), b"\x00" * 65_535]

    log.append([submission(entry) for entry in contents])

    assert list(log.entries(0, 3)) == contents


def test_the_same_entry_may_be_recorded_twice_and_is_found_from_where_one_looks(log) -> None:
    log.append([submission(b"twice"), submission(b"once"), submission(b"twice")])

    assert log.index_of(leaf_hash(b"twice")) == 0
    assert log.index_of(leaf_hash(b"twice"), since=1) == 2
    assert log.index_of(leaf_hash(b"never")) is None


def test_reading_crosses_the_pieces_in_which_it_reads(log) -> None:
    count = 2 * ENTRIES_AT_ONCE + 1
    log.append(batch(0, count))

    assert list(log.entries(0, count)) == [b"entry %d" % number for number in range(count)]
    assert list(log.entries(count, count)) == []


@pytest.mark.parametrize(("start", "stop"), [(0, 3), (3, 3), (-1, 1), (2, 1)])
def test_reading_what_is_not_recorded_is_refused_before_anything_is_read(log, start, stop) -> None:
    log.append(batch(0, 2))

    with pytest.raises(NotFound, match="entries below 2"):
        log.entries(start, stop)


def test_others_read_while_the_writer_writes(log, kept) -> None:
    reader = kept.open()

    log.append(batch(0, 1))

    assert list(reader.entries(0, 1)) == [b"entry 0"]


def test_what_was_recorded_is_there_when_the_log_is_opened_again(log, kept) -> None:
    log.append(batch(0, 2))
    log.close()
    again = kept.open()
    again.claim()

    assert again.append(batch(2, 3)) == 2
    assert list(again.entries(0, 3)) == [b"entry 0", b"entry 1", b"entry 2"]


# commits that fail


def test_a_commit_that_failed_gives_its_index_to_the_next_entry(log) -> None:
    log.append(batch(0, 2))
    database = failing(log)
    database.fails = "before"
    with pytest.raises(CannotWrite):
        log.append([submission(b"lost")])
    database.fails = None

    assert log.append([submission(b"next")]) == 2
    assert list(log.entries(0, 3)) == [b"entry 0", b"entry 1", b"next"]


def test_a_commit_that_failed_but_was_kept_never_has_its_index_given_again(log) -> None:
    log.append(batch(0, 2))
    database = failing(log)
    database.fails = "after"
    with pytest.raises(CannotWrite):
        log.append([submission(b"kept all the same")])
    database.fails = None

    assert log.append([submission(b"next")]) == 3
    assert list(log.entries(0, 4)) == [b"entry 0", b"entry 1", b"kept all the same", b"next"]
    assert log.index_of(leaf_hash(b"kept all the same"), since=2) == 2


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_head_whose_commit_failed_can_be_recorded_again(log, when) -> None:
    log.append(batch(0, 2))
    database = failing(log)
    database.fails = when
    with pytest.raises(CannotWrite):
        log.record_head(head(2), after=None)
    database.fails = None

    log.record_head(head(2), after=None)

    assert log.heads(9) == (head(2),)


def test_a_batch_is_recorded_whole_or_not_at_all(log) -> None:
    log.append(batch(0, 1))
    database = failing(log)
    database.fails = "before"

    with pytest.raises(CannotWrite):
        log.append([submission(b"a", sealed("person")), submission(b"b", deed=True)])

    assert log.size() == 1
    assert log.groups(1) == ()
    assert list(log.deeds(0)) == []


# one writer


def test_a_second_writer_is_refused_and_told_what_to_do(log, kept) -> None:
    second = kept.open()

    with pytest.raises(Busy, match=r"another process is it.*: stop that one first, or only read"):
        second.claim()

    assert log.append(batch(0, 1)) == 0


def test_nothing_is_written_without_a_claim(kept) -> None:
    unclaimed = kept.open(create=True)

    with pytest.raises(Busy, match="claim the log first"):
        unclaimed.append(batch(0, 1))


def test_claiming_twice_changes_nothing(log) -> None:
    log.append(batch(0, 1))
    log.claim()

    assert log.append(batch(1, 2)) == 1


def test_a_released_log_can_be_claimed_by_another(log, kept) -> None:
    log.release()
    second = kept.open()
    second.claim()

    assert second.append(batch(0, 1)) == 0
    with pytest.raises(Busy):
        log.append(batch(1, 2))


def test_a_writer_that_lost_its_lock_unawares_is_shut_out_once_another_has_claimed(log, kept) -> None:
    log.append([submission(b"before", sealed("person"))])
    kept.take_lock_away(log)
    second = kept.open()
    second.claim()
    second.append([submission(b"by the second")])
    second.release()

    for write in (
        lambda: log.append(batch(0, 1)),
        lambda: log.restore(2, batch(0, 1)),
        lambda: log.record_head(head(1), after=None),
        lambda: log.forget_groups([(0, "person")]),
    ):
        with pytest.raises(Busy, match="another process has taken it over"):
            write()
    assert list(log.entries(0, 2)) == [b"before", b"by the second"]


def test_a_writer_that_was_shut_out_may_claim_again(log, kept) -> None:
    kept.take_lock_away(log)
    second = kept.open()
    second.claim()
    with pytest.raises(Busy):
        log.claim()
    second.close()

    log.claim()

    assert log.append(batch(0, 1)) == 0


# inside a transaction of the caller's own


def test_entries_sequenced_in_a_callers_transaction_are_there_once_it_commits(log) -> None:
    log.append(batch(0, 1))
    with log._database.writing() as cursor:
        first = log.sequence(cursor, batch(1, 3))

    assert first == 1
    assert log.size() == 3


def test_a_callers_rollback_leaves_no_gap(log) -> None:
    def record_and_fail() -> None:
        with log._database.writing() as cursor:
            log.sequence(cursor, batch(0, 2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record_and_fail()

    assert log.append(batch(0, 1)) == 0


# after an old backup


def test_lost_entries_are_put_back_at_their_indices(log) -> None:
    log.append(batch(0, 2))

    log.restore(2, [submission(b"entry 2"), submission(b"entry 3", deed=True)])

    assert list(log.entries(0, 4)) == [b"entry 0", b"entry 1", b"entry 2", b"entry 3"]
    assert list(log.deeds(0)) == [(3, b"entry 3")]


def test_putting_back_can_be_repeated_over_what_is_there(log) -> None:
    log.append(batch(0, 3))

    log.restore(1, batch(1, 5))
    log.restore(0, batch(0, 2))

    assert list(log.entries(0, 5)) == [b"entry %d" % number for number in range(5)]


def test_putting_back_leaves_no_gap(log) -> None:
    log.append(batch(0, 2))

    with pytest.raises(Inconsistent, match="no gap; they begin at 3"):
        log.restore(3, batch(3, 4))


def test_putting_back_never_replaces_another_entry(log) -> None:
    log.append([submission(b"entry 0"), submission(b"something else")])

    with pytest.raises(Inconsistent, match="the entry 1 that is recorded"):
        log.restore(0, batch(0, 3))

    assert log.size() == 2


# signed heads


def test_the_last_head_is_kept_and_those_before_it_are_remembered(log) -> None:
    log.append(batch(0, 3))
    assert log.head() is None

    log.record_head(head(0), after=None)
    log.record_head(head(3), after=0)

    assert log.head() == head(3)
    assert log.heads(9) == (head(3), head(0))
    assert log.heads(1) == (head(3),)


def test_of_very_many_heads_the_newest_are_kept(log, monkeypatch) -> None:
    monkeypatch.setattr(recorded, "HEADS_KEPT", 2)
    log.append(batch(0, 4))
    for size, after in ((1, None), (2, 1), (4, 2)):
        log.record_head(head(size), after=after)

    assert log.heads(9) == (head(4), head(2))


def test_a_publisher_that_missed_a_head_is_refused(log) -> None:
    log.append(batch(0, 3))
    log.record_head(head(1), after=None)

    with pytest.raises(Busy, match="to be of size None; it is 1"):
        log.record_head(head(3), after=None)


def test_a_second_root_for_one_size_is_refused_with_both_notes(log) -> None:
    log.append(batch(0, 3))
    log.record_head(head(3), after=None)

    with pytest.raises(Inconsistent) as caught:
        log.record_head(head(3, OTHER_ROOT, b"another note"), after=3)

    assert (caught.value.smaller, caught.value.larger) == (b"a signed note", b"another note")
    assert log.head() == head(3)


def test_the_same_tree_signed_again_keeps_the_newer_note(log) -> None:
    log.append(batch(0, 3))
    log.record_head(head(3), after=None)

    log.record_head(head(3, note=b"with a witness"), after=3)

    assert log.heads(9) == (head(3, note=b"with a witness"),)


def test_a_smaller_head_is_refused(log) -> None:
    log.append(batch(0, 3))
    log.record_head(head(3), after=None)

    with pytest.raises(Inconsistent, match="larger than the last, of size 3"):
        log.record_head(head(2), after=3)


def test_a_head_larger_than_the_log_is_refused(log) -> None:
    log.append(batch(0, 3))

    with pytest.raises(Inconsistent, match="at most 3"):
        log.record_head(head(4), after=None)


# sealed groups


def test_the_groups_of_an_entry_are_kept_with_it(log) -> None:
    log.append([submission(b"none"), submission(b"two", sealed("person"), sealed("officer", OFFICER, fields=b"other"))])

    assert log.groups(0) == ()
    assert [(group.group, group.key, group.sealed) for group in log.groups(1)] == [
        ("officer", OFFICER, b"other"),
        ("person", PERSON, b"sealed fields"),
    ]
    assert log.group(1, "person") == StoredGroup(
        index=1, group="person", key=PERSON, wrapped=b"wrapped key", sealed=b"sealed fields", state=State.ACTIVE
    )
    with pytest.raises(NotFound):
        log.group(0, "person")


def test_all_that_one_key_seals_is_found(log) -> None:
    count = GROUPS_AT_ONCE + 2
    log.append([submission(b"%d" % number, sealed("person"), sealed("officer", OFFICER)) for number in range(count)])
    log.append([submission(b"both", sealed("person"), sealed("victim"))])

    assert [(group.index, group.group) for group in log.groups_under(PERSON)] == [
        *((number, "person") for number in range(count)),
        (count, "person"),
        (count, "victim"),
    ]
    assert list(log.groups_under("cc" * 16)) == []


def test_a_forgotten_group_leaves_nothing_but_that_it_was(log) -> None:
    log.append([submission(b"x", sealed("person"), sealed("officer", OFFICER))])

    log.forget_groups([(0, "person")])
    log.forget_groups([(0, "person")])

    assert log.group(0, "person") == StoredGroup(index=0, group="person", key="", wrapped=b"", sealed=b"", state=State.ERASED)
    assert log.group(0, "officer").sealed == b"sealed fields"
    assert list(log.groups_under(PERSON)) == []
    assert list(log.groups_under("")) == []


def test_groups_can_be_forgotten_while_they_are_read(log) -> None:
    log.append([submission(b"%d" % number, sealed("person")) for number in range(GROUPS_AT_ONCE + 2)])

    for group in log.groups_under(PERSON):
        if group.index % 50 == 0 or group.index >= GROUPS_AT_ONCE:
            log.forget_groups([(group.index, "person")])

    assert [group.index for group in log.groups_under(PERSON) if group.index % 50 == 0 or group.index >= GROUPS_AT_ONCE] == []


def test_many_groups_are_forgotten_together_or_not_at_all(log) -> None:
    log.append([submission(b"a", sealed("person")), submission(b"b")])

    with pytest.raises(NotFound):
        log.forget_groups([(0, "person"), (1, "person")])

    assert log.group(0, "person").state is State.ACTIVE


def test_a_group_is_replaced_and_comes_back_but_never_from_erasure(log) -> None:
    log.append([submission(b"x", sealed("person"))])
    restricted = StoredGroup(index=0, group="person", key=PERSON, wrapped=b"for a court", sealed=b"sealed fields", state=State.RESTRICTED)

    log.replace_group(restricted)
    assert log.group(0, "person") == restricted
    assert list(log.groups_under(PERSON)) == [restricted]

    log.forget_groups([(0, "person")])
    with pytest.raises(Gone):
        log.replace_group(restricted)


def test_a_group_that_never_was_can_not_be_replaced(log) -> None:
    log.append(batch(0, 1))

    with pytest.raises(NotFound):
        log.forget_groups([(0, "person")])


def test_deeds_are_told_from_an_index_on(log) -> None:
    log.append([submission(b"erase", deed=True), submission(b"decision"), submission(b"restrict", deed=True)])

    assert list(log.deeds(0)) == [(0, b"erase"), (2, b"restrict")]
    assert list(log.deeds(1)) == [(2, b"restrict")]
    assert list(log.deeds(3)) == []


def test_more_deeds_than_are_read_at_once_are_all_told(log) -> None:
    log.append([submission(b"%d" % number, deed=True) for number in range(ENTRIES_AT_ONCE + 2)])

    assert [index for index, _ in log.deeds(1)] == list(range(1, ENTRIES_AT_ONCE + 2))


# what the database itself refuses


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM {at}ledger_entries WHERE idx = 1",
        "UPDATE {at}ledger_entries SET leaf = leaf WHERE idx = 1",
        "INSERT INTO {at}ledger_entries (idx, leaf, entry) SELECT 1, leaf, entry FROM {at}ledger_entries WHERE idx = 0",
        "UPDATE {at}ledger_state SET size = 3",
        "UPDATE {at}ledger_state SET size = 1",
        "UPDATE {at}ledger_state SET epoch = epoch - 1",
        "UPDATE {at}ledger_state SET origin = 'log.example/other'",
        "DELETE FROM {at}ledger_state",
        "INSERT INTO {at}ledger_state SELECT 2, format, origin, epoch, size FROM {at}ledger_state",
        "DELETE FROM {at}ledger_heads",
        "UPDATE {at}ledger_heads SET size = 1",
        "INSERT INTO {at}ledger_heads (size, root, note) SELECT 1, root, note FROM {at}ledger_heads",
        "INSERT INTO {at}ledger_heads (size, root, note) SELECT 3, root, note FROM {at}ledger_heads",
        "DELETE FROM {at}ledger_groups",
        "UPDATE {at}ledger_groups SET person = 'aa', secret = 1, state = 'active' WHERE name = 'gone'",
        "UPDATE {at}ledger_groups SET state = 'lost' WHERE name = 'person'",
        "UPDATE {at}ledger_groups SET state = 'erased' WHERE name = 'person'",
        "DELETE FROM {at}ledger_secrets",
        "UPDATE {at}ledger_secrets SET wrapped = sealed",
        "DELETE FROM {at}ledger_deeds",
    ],
)
def test_the_database_itself_refuses(log, statement) -> None:
    log.append([submission(b"x", sealed("person"), sealed("gone")), submission(b"y", deed=True)])
    log.forget_groups([(0, "gone")])
    log.record_head(head(2), after=None)

    with pytest.raises(BrokenEvidence, match="to agree with itself"), log._database.writing() as cursor:
        cursor.execute(log._says(statement))


def test_a_gap_is_refused_by_the_database(log) -> None:
    log.append(batch(0, 1))

    with log._database.writing() as cursor:
        log._database.add_entries(cursor, [(2, ROOT, b"entry")])

    with pytest.raises(BrokenEvidence):
        log.append(batch(1, 2))


@pytest.mark.parametrize(("leaf", "entry"), [(b"r" * 31, b""), (ROOT, b"x" * 65_536)])
def test_a_short_hash_and_a_long_entry_are_refused_by_the_database(log, leaf, entry) -> None:
    with pytest.raises(BrokenEvidence), log._database.writing() as cursor:
        log._database.add_entries(cursor, [(0, leaf, entry)])


def test_an_entry_that_is_missing_is_noticed_when_it_is_read(log) -> None:
    log.append(batch(0, 3))
    with log._database.writing() as cursor:
        drop = "DROP TRIGGER ledger_entries_stay ON {at}ledger_entries" if log._database.dialect.at else "DROP TRIGGER ledger_entries_stay"
        cursor.execute(log._says(drop))
        cursor.execute(log._says("DELETE FROM {at}ledger_entries WHERE idx = 1"))

    with pytest.raises(BrokenEvidence, match="every entry from 0 to 2; only 2"):
        list(log.entries(0, 3))


def test_a_closed_log_says_so(log) -> None:
    log.close()

    with pytest.raises((Unavailable, Busy)):
        log.append(batch(0, 1))
