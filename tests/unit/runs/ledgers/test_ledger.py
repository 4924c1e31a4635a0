"""The ledger as Python users have it."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

import habeas
from habeas.errors import BadInput, Busy, Gone, Inconsistent, NotAllowed, NotFound, Unavailable
from habeas.ledger.fields.courts import court_key_of
from habeas.ledger.notes.cosignature import cosign
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.notes.note import parse_note
from habeas.ledger.tree.hashing import leaf_hash
from habeas.runs.ledgers import ledger as under_test
from habeas.runs.ledgers.reading import prove_growth, recorded
from habeas.stores.keys.signers import signer_from_seed
from habeas.stores.witnessing.circle import Asked
from ledgers.ledger_folders import AUTHORITY, ORIGIN, decision, made, notice

COURT = bytes(range(32))
WHY = {"ground": "court-order", "authority": AUTHORITY}
ERASURE = {"ground": "retention-ended", "authority": AUTHORITY}


@pytest.fixture
def folder(tmp_path):
    return made(tmp_path / "ledger", decision(), decision("P-2"))


@pytest.fixture
def witnessed(folder, monkeypatch):
    """A ledger whose policy wants a witness, and that witness: it cosigns in `asked`, or fails with what `answers` says."""
    signer = signer_from_seed(name="witness.example/w1", algorithm=Algorithm.COSIGNATURE_V1, seed=bytes(32))
    policy = (folder / "trust-policy.txt").read_text().replace("quorum none", "")
    (folder / "policy.txt").write_text(f"{policy}witness w1 {signer.key} http://127.0.0.1:1\nquorum w1\n")
    with (folder / "ledger.yaml").open("a") as settings:
        settings.write("policy: policy.txt\n")
    failures = []

    def ask(witnesses, *, checkpoint, **_):
        assert [one.name for one in witnesses] == ["w1"]
        if failures:
            return Asked(signatures=(), cosigned=frozenset(), failed={"w1": failures[0]})
        line = cosign(parse_note(checkpoint), signer, at=1_800_000_000)
        return Asked(signatures=(line,), cosigned=frozenset({"w1"}), failed={})

    monkeypatch.setattr(under_test, "ask_witnesses", ask)
    return folder, failures


def test_everything_can_be_done_from_python(tmp_path):
    habeas.create_ledger(tmp_path / "ledger", origin=ORIGIN, passphrase=None)
    with habeas.Ledger(tmp_path / "ledger") as ledger:
        receipt = ledger.record(decision())
        ledger.checkpoint()
        assert ledger.read(0, "person", purpose="review", authority=AUTHORITY) == {"name": "Ada Lovelace", "score": 8}
        shown = ledger.disclose(0, "person", "score", **WHY)
    proven = habeas.prove_entry(tmp_path / "ledger", 0)

    assert receipt.index == 0
    assert receipt.leaf == leaf_hash(proven.entry) == leaf_hash(shown.entry)
    assert [(one.group, one.name, one.value) for one in shown.openings] == [("person", "score", b"8")]
    for evidence in (proven, shown):
        assert habeas.verify_evidence(evidence.encode(), policy=tmp_path / "ledger" / "trust-policy.txt").held
    assert habeas.check_ledger(tmp_path / "ledger").clean
    assert len(prove_growth(tmp_path / "ledger", 1)) == 2  # of 1 entry in 3: the second leaf, then the third


def test_every_public_name_is_there_and_nothing_else_is():
    assert [name for name in habeas.__all__ if getattr(habeas, name) is None] == []
    with pytest.raises(AttributeError, match=r"^module habeas has no attribute Ledgers; it has Ledger, __version__, as_html"):
        _ = habeas.Ledgers


def test_many_threads_record_at_once_while_checkpoints_are_signed(tmp_path):
    failed = []
    folder = made(tmp_path / "ledger")
    with habeas.Ledger(folder) as ledger:
        ledger.start_publishing(failed=failed.append)
        with ThreadPoolExecutor(max_workers=16) as pool:
            receipts = list(pool.map(lambda number: ledger.record(decision(f"P-{number % 5}")), range(200)))

    assert sorted(receipt.index for receipt in receipts) == list(range(200))
    assert failed == []
    report = habeas.check_ledger(folder)
    assert (report.clean, report.size) == (True, 200)  # closing signed what was left
    assert all(leaf_hash(habeas.prove_entry(folder, one.index).entry) == one.leaf for one in receipts[::50])


def test_many_records_come_with_a_receipt_each(folder):
    with habeas.Ledger(folder) as ledger:
        assert [receipt.index for receipt in ledger.record_many([decision(), notice(2), notice(3)])] == [2, 3, 4]


@pytest.mark.parametrize("about", [2, 3, 2**53 - 1])
def test_nothing_is_recorded_about_an_entry_that_is_not_there(folder, about):
    with habeas.Ledger(folder) as ledger, pytest.raises(BadInput) as told:
        ledger.record(notice(about))

    assert str(told.value) == (
        "the record, public.about: expected the index of an entry that is recorded before it; there is none: mend the index"
    )
    assert recorded(folder) == 2


def test_a_second_writer_is_refused_and_readers_are_not(folder):
    with habeas.Ledger(folder):
        with pytest.raises(Busy):
            habeas.Ledger(folder)
        assert recorded(folder) == 2
        assert habeas.check_ledger(folder).clean
    habeas.Ledger(folder).close()


@pytest.mark.parametrize("index", [-1, 2, 99])
def test_an_index_beyond_the_log_is_told_with_its_size(folder, index):
    said = f"expected the index of one of the 2 entries, from 0 on; got {index}: see the record's receipt"
    with habeas.Ledger(folder) as ledger:
        asked = [
            lambda: ledger.disclose(index, "person", "score", **WHY),
            lambda: ledger.read(index, "person", purpose="review", authority=AUTHORITY),
            lambda: ledger.erase_record(index, "person", **ERASURE),
            lambda: ledger.restrict(index, "person", ground="court-order", court_key=str(court_key_of(COURT)), authority=AUTHORITY),
            lambda: ledger.lift(index, "person", ground="court-order", court_private=COURT, authority=AUTHORITY),
        ]
        for ask in asked:
            with pytest.raises(NotFound) as told:
                ask()
            assert str(told.value) == said
        assert ledger.size == 2


@pytest.mark.parametrize("names", [(), ("score", "score")])
def test_a_disclosure_of_nothing_or_of_one_field_twice_is_not_on_record(folder, names):
    with habeas.Ledger(folder) as ledger:
        with pytest.raises(BadInput) as told:
            ledger.disclose(0, "person", *names, **WHY)
        assert ledger.size == 2

    assert str(told.value) == "expected the names of fields to show, each once; got none, or one twice: name them"


def test_a_person_is_erased_and_others_are_not(folder):
    with habeas.Ledger(folder) as ledger:
        ledger.erase_person("P-1042", **ERASURE)
        with pytest.raises(Gone):
            ledger.read(0, "person", purpose="review", authority=AUTHORITY)
        assert ledger.read(1, "person", purpose="review", authority=AUTHORITY)["name"] == "Ada Lovelace"


def test_a_restricted_record_waits_for_the_courts_key(folder):
    with habeas.Ledger(folder) as ledger:
        ledger.restrict(0, "person", ground="court-order", court_key=str(court_key_of(COURT)), authority=AUTHORITY)
        with pytest.raises(NotAllowed):
            ledger.disclose(0, "person", "score", **WHY)
        ledger.lift(0, "person", ground="court-order", court_private=COURT, authority=AUTHORITY)
        assert ledger.disclose(0, "person", "score", **WHY).openings[0].value == b"8"


def test_evidence_for_a_court_carries_the_witnesses_word(witnessed):
    folder, _ = witnessed
    with habeas.Ledger(folder) as ledger:
        evidence = ledger.disclose(0, "person", "score", **WHY)

    found = habeas.verify_evidence(evidence.encode(), policy=folder / "policy.txt")
    assert (found.held, found.witnesses) == (True, ("w1",))


def test_a_witness_that_is_away_stops_nothing_and_is_told_of(witnessed):
    folder, failures = witnessed
    failures.append(Unavailable("it is away"))
    told = []
    with habeas.Ledger(folder, told=lambda name, error: told.append((name, str(error)))) as ledger:
        ledger.record(decision())
        assert ledger.checkpoint().size == 3
        failures.clear()
        assert b"witness.example/w1" in ledger.checkpoint().note  # asked again about the same tree

    assert told == [("w1", "it is away")]


def test_a_witness_that_only_claims_another_history_stops_nothing(witnessed):
    folder, failures = witnessed
    failures.append(Inconsistent("another history", smaller=b"no note", larger=b"none either"))
    with habeas.Ledger(folder) as ledger:
        ledger.record(decision())
        assert ledger.checkpoint().size == 3


def test_what_fails_in_the_background_is_told(folder):
    heard, told = Event(), []

    def hear(error):
        told.append(error)
        heard.set()

    with habeas.Ledger(folder) as ledger:
        ledger.record(decision())
        shutil.rmtree(folder.parent / "ledger-second-place")
        ledger.start_publishing(failed=hear)
        assert heard.wait(30)
        assert ledger.record(decision()).index == 3  # evidence is still taken

    assert isinstance(told[0], Inconsistent)


def test_a_lost_database_is_told_with_the_way_out(folder):
    (folder / "log.sqlite").unlink()
    with pytest.raises(NotFound, match=r"there is none.*; if it was lost, `habeas ledger recover` brings back what can be brought back$"):
        habeas.Ledger(folder)


def test_a_record_line_and_its_mapping_are_the_same_record(folder):
    line = json.loads(json.dumps(decision()))
    with habeas.Ledger(folder) as ledger:
        first, second = ledger.record(line), ledger.record(under_test.RecordLine.checked(line, name="x"))
    assert (first.index, second.index) == (2, 3)
