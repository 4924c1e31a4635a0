"""What is handed to a stranger: whatever is done to its bytes, it is refused or says the same; and a witness never takes back a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import Malformed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.note import parse_note
from habeas.ledger.trust.evidence import Evidence, parse_evidence
from habeas.ledger.trust.headed import MAX_PATH
from habeas.ledger.trust.ladder import Outcome, Verification, verify_evidence
from habeas.ledger.trust.proof_file import TlogProof, parse_proof
from habeas.ledger.trust.witness import AddCheckpoint, Recorded, answer, parse_add_checkpoint
from ledgers.small_logs import ENTRIES, LOG, RECORD, WITNESS, evidence, fields_of, grown, policy, signed, state
from ledgers.tlog_vectors import AT

EVIDENCE = evidence(6)
PROOF = replace(EVIDENCE.proof, extra=b"an unsigned remark")
POLICY = policy("w1")
STATUSES = {200, 400, 403, 404, 409, 422}
FORKED = (*ENTRIES[:4], b"another", *ENTRIES[5:])

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=MAX_PATH).map(tuple)
counts = st.integers(0, 2**63 - 1)
texts = st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: f"{text}\n".encode())


def verified(raw: bytes) -> Verification:
    return verify_evidence(raw, policy=POLICY, entry=RECORD if raw.startswith(b"c2sp") else None, fields_of=fields_of)


def authenticated(found: Verification) -> Evidence | None:
    """What was verified: all but the extra of a proof file, which nobody vouches for."""
    return None if found.evidence is None else replace(found.evidence, proof=replace(found.evidence.proof, extra=None))


def refused_or_the_same(raw: bytes, expected: Evidence) -> bool:
    found = verified(raw)
    return not found.held or authenticated(found) == expected


BARE = replace(EVIDENCE, openings=())
FILES = {"evidence": (EVIDENCE.encode(), EVIDENCE), "proof": (PROOF.encode(), BARE)}


@pytest.mark.parametrize("name", FILES)
def test_no_byte_of_a_file_can_change_without_being_seen(name: str) -> None:
    """Every bit of every byte in turn. Only bits of `extra`, or white space for other white space, may change."""
    raw, expected = FILES[name]
    places = [(position, bit) for position in range(len(raw)) for bit in range(8)]
    held = [(position, bit) for position, bit in places if verified(_flipped(raw, position, bit)).held]

    assert verified(raw).held
    assert all(refused_or_the_same(_flipped(raw, position, bit), expected) for position, bit in held)
    assert all(_is_outside(raw, position) for position, _ in held)


def _flipped(raw: bytes, position: int, bit: int) -> bytes:
    return raw[:position] + bytes([raw[position] ^ 1 << bit]) + raw[position + 1 :]


def _is_outside(raw: bytes, position: int) -> bool:
    """In the line `extra`, or in JSON's white space between values."""
    start = raw.find(b"\nextra ")
    return raw[position : position + 1].isspace() or start < position < raw.find(b"\nindex ")


@given(name=st.sampled_from(sorted(FILES)), data=st.data())
def test_no_part_of_a_file_can_be_replaced_without_being_seen(name: str, data: st.DataObject) -> None:
    raw, expected = FILES[name]
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, min(len(raw), start + 80)))
    piece = data.draw(st.binary(max_size=8) | st.sampled_from([b"\n", b"\r\n", b"0", b"=", b" ", b'"', b"\xc2\x85", b"\xe2\x80\xa8"]))

    assert refused_or_the_same(raw[:start] + piece + raw[stop:], expected)


@given(st.binary(max_size=300) | st.builds(bytes.__add__, st.sampled_from([PROOF.encode()[:60], EVIDENCE.encode()[:60]]), st.binary()))
def test_arbitrary_bytes_fall_on_the_first_rung_and_raise_nothing(raw: bytes) -> None:
    for chosen in (POLICY, None):
        found = verify_evidence(raw, policy=chosen, entry=RECORD, fields_of=fields_of)
        assert (found.rungs[0].outcome, found.held) == (Outcome.FAILED, False)


@pytest.mark.parametrize("parse", [parse_proof, parse_evidence, parse_add_checkpoint])
@given(raw=st.data())
def test_a_parser_raises_malformed_and_nothing_else(parse: Callable[[bytes], object], raw: st.DataObject) -> None:
    good = {parse_proof: PROOF, parse_evidence: EVIDENCE}.get(parse, AddCheckpoint(old=3, proof=grown(3, 7), checkpoint=PROOF.checkpoint))
    whole = good.encode()
    start = raw.draw(st.integers(0, len(whole)))
    mutated = whole[:start] + raw.draw(st.binary(max_size=20)) + whole[raw.draw(st.integers(start, len(whole))) :]
    for attempt in (mutated, raw.draw(st.binary(max_size=200))):
        try:
            parse(attempt)
        except Malformed as error:
            assert "expected" in str(error)  # noqa: PT017 - either outcome is right


@given(index=counts, path=hashes, checkpoint=texts, extra=st.none() | st.binary(min_size=1, max_size=40))
def test_any_proof_is_read_as_it_was_written(index: int, path: tuple[bytes, ...], checkpoint: bytes, extra: bytes | None) -> None:
    proof = TlogProof(index=index, path=path, checkpoint=checkpoint, extra=extra)

    assert parse_proof(proof.encode()) == proof
    assert parse_evidence(Evidence(entry=b"entry", proof=proof).encode()).proof == proof


@given(old=counts, proof=hashes, checkpoint=texts)
def test_any_request_is_read_as_it_was_written(old: int, proof: tuple[bytes, ...], checkpoint: bytes) -> None:
    asked = AddCheckpoint(old=old, proof=proof, checkpoint=checkpoint)

    assert parse_add_checkpoint(asked.encode()) == asked


sizes = st.integers(0, len(ENTRIES))
steps = st.lists(st.tuples(sizes, sizes, st.sampled_from([ENTRIES, FORKED]), st.booleans()), max_size=25)


@given(steps)
def test_a_witness_never_goes_back_and_never_stands_by_two_histories(asked: list[tuple[int, int, tuple[bytes, ...], bool]]) -> None:
    """A log that forks at its fifth entry asks with any old and new size; half the time it first takes the size it was told."""
    record: Recorded | None = None
    stood_by: list[Checkpoint] = []
    for old, new, history, heeds in asked:
        claimed = record.size if heeds and record is not None else old
        proof = grown(claimed, new, history) if 0 < claimed <= new else ()
        body = AddCheckpoint(old=claimed, proof=proof, checkpoint=signed(state(new, history))).encode()
        before = record
        found = answer(body, keys_of=lambda _: (LOG.key,), recorded=lambda _, last=before: last, signers=[WITNESS], at=AT)
        assert found.status in STATUSES
        assert (found.record is not None) == (found.status == 200)
        if found.record is not None:
            assert before is None or found.record.size >= before.size
            stood_by.append(parse_checkpoint(parse_note(found.record.checkpoint).text))
            record = found.record
    histories = [[state(one.size, history) == one for one in stood_by] for history in (ENTRIES, FORKED)]
    assert all(histories[0]) or all(histories[1])


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_bad_request(body: bytes) -> None:
    found = answer(body, keys_of=lambda _: (LOG.key,), recorded=lambda _: None, signers=[WITNESS], at=AT)

    assert (found.status, found.record) == (400, None)
