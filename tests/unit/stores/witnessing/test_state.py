import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from habeas.errors import Busy, CannotWrite, Malformed, NotFound
from habeas.ledger.notes.cosignature import open_checkpoint
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.tree.reference import tree_hash
from habeas.ledger.trust.witness import origin_hash
from habeas.stores.witnessing import state as state_module
from habeas.stores.witnessing.state import WitnessState
from ledgers import tlog_vectors
from ledgers.small_logs import SmallLog

SIGNERS = [tlog_vectors.witness_signer()]
WITNESS = SIGNERS[0].key
ROUNDS = 300


def asked(state, request):
    return state.answer(request, signers=SIGNERS, at=tlog_vectors.AT)


def test_nobody_else_can_lock_the_memory(state, memory, log):
    """Who may read a file may lock it."""
    asked(state, log.request(0, 5))

    assert {path.name: oct(path.stat().st_mode & 0o777) for path in memory.parent.iterdir()} == dict.fromkeys(
        ("witness.sqlite", "witness.sqlite-shm", "witness.sqlite-wal"), "0o600"
    )


def test_what_is_cosigned_is_remembered_and_shown_with_the_cosignature(state, log):
    answer = asked(state, log.request(0, 5))

    shown = state.latest(origin_hash(log.origin))
    checkpoint, _, by = open_checkpoint(shown, [WITNESS])
    assert answer.status == 200
    assert state.recorded(log.origin) == answer.record
    assert (checkpoint.size, [one.key for one in by]) == (5, [WITNESS])
    assert shown.endswith(answer.body)


def test_a_new_witness_has_cosigned_nothing(state, log):
    assert state.origins() == (log.origin,)
    assert state.recorded(log.origin) is None
    assert state.latest(origin_hash(log.origin)) is None


def test_a_refused_request_changes_nothing(state, log):
    asked(state, log.request(0, 5))
    before = state.recorded(log.origin)

    answers = [asked(state, log.forked(3).request(5, 7)), asked(state, log.request(0, 9)), asked(state, b"nonsense")]

    assert [answer.status for answer in answers] == [422, 409, 400]
    assert state.recorded(log.origin) == before


def test_the_same_witness_refuses_a_fork_after_a_restart(memory, state, log):
    asked(state, log.request(0, 5))
    state.close()

    again = WitnessState(memory)

    assert asked(again, log.forked(3).request(0, 5)).status == 409
    assert asked(again, log.forked(3).request(5, 5)).status == 422
    assert asked(again, log.forked(3).request(5, 8)).status == 422
    assert asked(again, log.request(5, 8)).status == 200
    again.close()


def test_a_log_may_have_two_keys_while_it_changes_them(state, log):
    new = tlog_vectors.signer(log.origin, "the key after the first")

    before = asked(state, log.request(0, 3, signer=new))
    state.add_log(new.key)
    during = [asked(state, log.request(0, 3, signer=new)), asked(state, log.request(3, 4))]
    state.remove_key(log.signer.key)
    after = [asked(state, log.request(4, 5)), asked(state, log.request(4, 5, signer=new))]

    assert before.status == 403
    assert [answer.status for answer in during] == [200, 200]
    assert [answer.status for answer in after] == [403, 200]


def test_what_was_cosigned_is_known_even_when_no_key_is_trusted_any_more(state, log):
    asked(state, log.request(0, 5))
    state.remove_key(log.signer.key)

    assert asked(state, log.request(5, 6)).status == 404

    state.add_log(log.signer.key)
    assert asked(state, log.forked(2).request(0, 5)).status == 409


def test_a_log_may_be_known_by_another_name_than_its_key(state, log):
    state.add_log(tlog_vectors.signer("key.example/1", "another").key, origin="log.example/other")

    assert state.origins() == (log.origin, "log.example/other")
    assert [key.name for key in state.keys_of("log.example/other")] == ["key.example/1"]


def test_to_trust_a_key_twice_is_to_trust_it_once(state, log):
    state.add_log(log.signer.key)

    assert state.keys_of(log.origin) == (log.signer.key,)


def test_a_key_that_was_not_trusted_cannot_be_dropped(state):
    with pytest.raises(NotFound, match="isn't"):
        state.remove_key(WITNESS)


def test_no_memory_is_begun_unless_asked_for(tmp_path):
    with pytest.raises(NotFound, match="never begin anew under the same keys"):
        WitnessState(tmp_path / "lost.sqlite")

    assert list(tmp_path.iterdir()) == []


def test_a_memory_is_never_begun_over_another(memory, state, log):
    asked(state, log.request(0, 5))

    with pytest.raises(CannotWrite, match="there is a file already"):
        WitnessState(memory, create=True)

    assert state.recorded(log.origin).size == 5


def test_a_memory_that_a_crash_left_empty_can_be_begun(tmp_path):
    (tmp_path / "w.sqlite").write_bytes(b"")

    WitnessState(tmp_path / "w.sqlite", create=True).close()

    WitnessState(tmp_path / "w.sqlite").close()


def test_other_files_are_not_taken_for_a_memory(tmp_path):
    (tmp_path / "text").write_text("not a database, but long enough to be looked at " * 100)
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE t (x)")
    other.close()
    (tmp_path / "empty").write_bytes(b"")
    before = (tmp_path / "other.sqlite").read_bytes()

    for name in ("text", "other.sqlite", "empty"):
        with pytest.raises(Malformed, match="expected the memory of a witness"):
            WitnessState(tmp_path / name)

    assert (tmp_path / "other.sqlite").read_bytes() == before


def test_a_memory_of_a_later_release_is_left_alone(memory):
    WitnessState(memory, create=True).close()
    with sqlite3.connect(memory) as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()

    with pytest.raises(Malformed, match="form 2"):
        WitnessState(memory)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cosigned SET size = 4",
        "UPDATE cosigned SET root = zeroblob(32)",
        "UPDATE cosigned SET size = 6, origin = 'log.example/other'",
        "DELETE FROM cosigned",
        "INSERT INTO cosigned VALUES ('o', 'short', 1, zeroblob(32), 'x')",
        "INSERT INTO cosigned VALUES ('o', printf('%064d', 1), 1, zeroblob(31), 'x')",
    ],
)
def test_the_database_itself_refuses_to_go_back(memory, state, log, change):
    asked(state, log.request(0, 5))
    connection = sqlite3.connect(memory)

    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(change)

    connection.close()
    assert state.recorded(log.origin).size == 5


def test_on_a_full_disk_nothing_is_cosigned_and_nothing_is_lost(state, log):
    asked(state, log.request(0, 5))
    pages = state._connection.execute("PRAGMA page_count").fetchone()[0]
    state._connection.execute(f"PRAGMA max_page_count = {pages}")
    another = tlog_vectors.signer("witness.example/pq2", "another", Algorithm.ML_DSA_44)
    larger = [tlog_vectors.pq_witness_signer(), another]  # whose signatures take pages that there are not

    with pytest.raises(CannotWrite, match="disk is full"):
        state.answer(log.request(5, 7), signers=larger, at=tlog_vectors.AT)

    assert state.recorded(log.origin).size == 5
    state._connection.execute("PRAGMA max_page_count = 1000000")
    assert state.answer(log.request(5, 7), signers=larger, at=tlog_vectors.AT).status == 200


def test_on_a_disk_that_takes_no_writes_nothing_is_cosigned(state, log):
    asked(state, log.request(0, 5))
    state._connection.execute("PRAGMA query_only = ON")

    with pytest.raises(CannotWrite, match="Nothing was cosigned"):
        asked(state, log.request(5, 7))

    assert state.recorded(log.origin).size == 5


class Faulty:
    """A connection whose commit fails, before or after it happened."""

    def __init__(self, connection, *, persisted):
        self._connection, self._persisted = connection, persisted

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, statement, *values):
        if statement != "COMMIT":
            return self._connection.execute(statement, *values)
        if self._persisted:
            self._connection.execute("COMMIT")
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error


@pytest.mark.parametrize(("persisted", "known"), [(False, 5), (True, 7)])
def test_a_commit_that_failed_gives_no_cosignature_whether_or_not_it_was_kept(state, log, persisted, known):
    asked(state, log.request(0, 5))
    works, state._connection = state._connection, Faulty(state._connection, persisted=persisted)

    with pytest.raises(CannotWrite, match="disk I/O error"):
        asked(state, log.request(5, 7))

    state._connection = works
    assert state.recorded(log.origin).size == known
    assert asked(state, log.forked(3).request(known, 7)).status == 422
    assert asked(state, log.request(known, 7)).status == 200


def test_who_must_wait_too_long_for_another_process_is_told_so(memory, state, log, monkeypatch):
    monkeypatch.setattr(state_module, "PATIENCE_S", 0.01)
    impatient = WitnessState(memory)
    state._connection.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy, match="another process"):
        asked(impatient, log.request(0, 5))

    state._connection.execute("ROLLBACK")
    assert asked(impatient, log.request(0, 5)).status == 200
    impatient.close()


def test_of_two_histories_that_race_only_one_is_ever_cosigned(memory, state, log):
    """Each round, two connections to one memory are asked at the same moment to extend the same tree in two ways."""
    other, start = WitnessState(memory), threading.Barrier(2)

    def race(witness, history, size):
        request = history.request(size, size + 1)
        start.wait()
        return asked(witness, request).status

    history, won = SmallLog([]), []
    with ThreadPoolExecutor(2) as pool:
        for size in range(ROUNDS):
            ways = [SmallLog([*history.entries, b"%s %d" % (name, size)]) for name in (b"this", b"that")]
            statuses = list(pool.map(race, (state, other), ways, (size, size)))
            assert sorted(statuses) == [200, 409]
            won.append(statuses.index(200))
            history = ways[won[-1]]
    other.close()

    checkpoint = open_checkpoint(state.recorded(log.origin).checkpoint, [WITNESS])[0]
    assert (checkpoint.size, checkpoint.root) == (ROUNDS, tree_hash(history.entries))
