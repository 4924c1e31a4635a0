"""What a witness answers, status by status (C2SP tlog-witness), and what it writes down."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from habeas.errors import BadInput, Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import add_signatures, cosign, sign_checkpoint, verify_note
from habeas.ledger.notes.keys import Algorithm, Signer, VerifierKey
from habeas.ledger.notes.note import MAX_SIGNATURES, Note, NoteSignature, parse_note, parse_signature_lines
from habeas.ledger.tree.hashing import EMPTY_ROOT
from habeas.ledger.trust.witness import (
    MAX_REQUEST_BYTES,
    AddCheckpoint,
    Answer,
    Recorded,
    answer,
    origin_hash,
    parse_add_checkpoint,
)
from ledgers.small_logs import ENTRIES, LOG, PQ_WITNESS, WITNESS, grown, request, signed, state
from ledgers.tlog_vectors import AT, LOG300, LOG_NAME, signer

FORKED = (*ENTRIES[:2], b"another", *ENTRIES[3:])
"""The same log with one entry altered."""
STRANGER = signer("stranger.example", "stranger", Algorithm.COSIGNATURE_V1)
PQ_LOG = signer(LOG_NAME, "demo log pq key", Algorithm.ML_DSA_44)


@dataclass
class Memory:
    """What a shell does around `answer`: one record per log, written before the answer goes out."""

    keys: dict[str, tuple[VerifierKey, ...]] = field(default_factory=lambda: {LOG_NAME: (LOG.key,)})
    records: dict[str, Recorded] = field(default_factory=dict)
    signers: Sequence[Signer] = (WITNESS,)

    def ask(self, body: bytes, *, at: int = AT) -> Answer:
        given = answer(body, keys_of=lambda origin: self.keys.get(origin, ()), recorded=self.records.get, signers=self.signers, at=at)
        if given.record is not None:
            self.records[parse_checkpoint(parse_note(given.record.checkpoint).text).origin] = given.record
        return given

    def after(self, size: int) -> Memory:
        """Once it has cosigned that many entries."""
        assert self.ask(request(0, size)).status == 200
        return self

    @property
    def size(self) -> int | None:
        return self.records[LOG_NAME].size if LOG_NAME in self.records else None


def body_of(old: int, checkpoint: bytes, proof: tuple[bytes, ...] = ()) -> bytes:
    return AddCheckpoint(old=old, proof=proof, checkpoint=checkpoint).encode()


def with_lines(checkpoint: Checkpoint, lines: Sequence[NoteSignature], *, at_end: Sequence[NoteSignature] = ()) -> bytes:
    log_lines = parse_note(signed(checkpoint)).signatures
    return Note(text=checkpoint.text(), signatures=(*lines, *log_lines, *at_end)).encode()


def cosignatures(given: Answer) -> tuple[NoteSignature, ...]:
    return parse_signature_lines(given.body.decode())


# 200


def test_the_first_checkpoint_is_cosigned_without_a_proof() -> None:
    memory = Memory()
    given = memory.ask(request(0, 3))

    assert (given.status, given.content_type) == (200, "text/plain; charset=utf-8")
    assert given.record is not None
    assert (given.record.size, given.record.root) == (3, state(3).root)


def test_a_grown_tree_is_cosigned_on_proof() -> None:
    memory = Memory().after(3)

    assert memory.ask(request(3, 7)).status == 200
    assert memory.size == 7


def test_the_same_checkpoint_is_cosigned_again_with_the_present_time() -> None:
    memory = Memory().after(7)
    again = memory.ask(request(7, 7), at=AT + 60)
    note = parse_note(signed(state(7)))

    assert again.status == 200
    assert [one.at for one in verify_note(add_signatures(note, cosignatures(again)), [WITNESS.key])] == [AT + 60]
    assert memory.size == 7


def test_an_empty_log_is_cosigned_and_may_grow() -> None:
    memory = Memory()

    assert state(0).root == EMPTY_ROOT
    assert [memory.ask(request(0, size)).status for size in (0, 0, 3)] == [200, 200, 200]
    assert memory.size == 3


def test_every_signer_gives_a_line_over_exactly_this_checkpoint() -> None:
    memory = Memory(signers=(WITNESS, PQ_WITNESS))
    lines = cosignatures(memory.ask(request(0, 3)))
    keys = [WITNESS.key, PQ_WITNESS.key]

    assert [one.key for one in verify_note(add_signatures(parse_note(signed(state(3))), lines), keys)] == keys
    for other in (state(2), state(4), state(3, FORKED), state(3, origin="log.example/another")):
        for line in lines:
            with pytest.raises(ProofFailed):
                verify_note(Note(text=other.text(), signatures=(line,)), keys)


def test_the_vector_is_answered_with_the_cosignature_of_the_vector() -> None:
    """checkpoint.old was cosigned before; the line for the Ed25519 witness is that of the file `checkpoint`, byte for byte."""
    old = parse_checkpoint(parse_note((LOG300 / "checkpoint.old").read_bytes()).text)
    recorded = Recorded(size=old.size, root=old.root, checkpoint=(LOG300 / "checkpoint.old").read_bytes())
    memory = Memory(records={LOG_NAME: recorded}, signers=(WITNESS, PQ_WITNESS))
    given = memory.ask((LOG300 / "add-checkpoint.req").read_bytes())
    expected = parse_note((LOG300 / "checkpoint").read_bytes())

    assert (given.status, memory.size) == (200, 300)
    assert cosignatures(given)[0] == expected.signatures[1]
    assert len(verify_note(add_signatures(expected, cosignatures(given)), [WITNESS.key, PQ_WITNESS.key])) == 2


def test_extension_lines_are_covered_by_the_ed25519_cosignature() -> None:
    extended, other = state(3, extensions=("one",)), state(3, extensions=("two",))
    lines = cosignatures(Memory().ask(body_of(0, signed(extended))))

    assert verify_note(Note(text=extended.text(), signatures=lines), [WITNESS.key])
    for text in (other.text(), state(3).text()):
        with pytest.raises(ProofFailed):
            verify_note(Note(text=text, signatures=lines), [WITNESS.key])


def test_any_of_several_keys_of_a_log_is_enough() -> None:
    rotated = signer(LOG_NAME, "the log's next key")
    memory = Memory(keys={LOG_NAME: (LOG.key, rotated.key)})

    assert memory.ask(body_of(0, signed(state(3), log=rotated))).status == 200


# what is written down


def test_only_lines_that_were_checked_are_kept_to_be_shown() -> None:
    false_line = NoteSignature(name="anybody.example", key_id=b"\x01\x02\x03\x04", value=b"anything")
    earlier = cosign(parse_note(signed(state(3))), WITNESS, at=AT - 9)
    log_line = parse_note(signed(state(3))).signatures[0]
    memory = Memory()
    given = memory.ask(body_of(0, with_lines(state(3), (false_line, earlier), at_end=(log_line,))))
    shown = parse_note(memory.records[LOG_NAME].checkpoint)

    assert given.status == 200
    assert shown.signatures == (log_line, *cosignatures(given))
    assert shown.text == state(3).text()


def test_a_note_full_of_signatures_of_the_log_is_cosigned() -> None:
    log_line = parse_note(signed(state(3))).signatures[0]
    note = Note(text=state(3).text(), signatures=(log_line,) * MAX_SIGNATURES)

    assert Memory().ask(body_of(0, note.encode())).status == 200


def refusals() -> dict[str, tuple[int, Callable[[], bytes]]]:
    """By what is wrong: the status, and a request to a witness that recorded 7 entries."""
    note = parse_note(signed(state(8)))
    false_line, stranger_line = replace(note.signatures[0], value=bytes(64)), cosign(note, STRANGER, at=AT)
    return {
        "unreadable": (400, lambda: b"old 7\n"),
        "no checkpoint": (400, lambda: body_of(7, b"text\n")),
        "old above new": (400, lambda: body_of(9, signed(state(8)))),
        "unknown log": (404, lambda: body_of(7, signed(state(8, origin="log.example/b"), log=signer("log.example/b", "b")))),
        "unsigned": (403, lambda: body_of(7, Note(text=state(8).text(), signatures=(stranger_line,)).encode(), grown(7, 8))),
        "another key of that name": (403, lambda: body_of(7, signed(state(8), log=signer(LOG_NAME, "thief")), grown(7, 8))),
        "a false line too": (403, lambda: body_of(7, with_lines(state(8), (false_line,)), grown(7, 8))),
        "old below recorded": (409, lambda: request(3, 8)),
        "old unknown": (409, lambda: request(0, 8)),
        "old above recorded": (409, lambda: request(8, 9)),
        "smaller": (409, lambda: request(3, 5)),
        "another root": (422, lambda: body_of(7, signed(state(7, FORKED)))),
        "another tree": (422, lambda: request(7, 9, FORKED)),
        "no proof": (422, lambda: body_of(7, signed(state(9)))),
        "proof of another pair": (422, lambda: body_of(7, signed(state(9)), grown(7, 10))),
        "proof for equal sizes": (422, lambda: body_of(7, signed(state(7)), grown(7, 8))),
    }


@pytest.mark.parametrize("wrong", refusals())
def test_a_refusal_has_its_status_and_leaves_the_record_alone(wrong: str) -> None:
    status, made = refusals()[wrong]
    memory = Memory().after(7)
    before = dict(memory.records)
    given = memory.ask(made())

    assert (given.status, given.record) == (status, None)
    assert memory.records == before
    assert given.body.endswith(b"\n")


# 409


def test_whoever_lost_count_is_told_the_recorded_size() -> None:
    memory = Memory().after(7)

    for body in (request(0, 8), request(3, 8), request(8, 9)):
        given = memory.ask(body)
        assert (given.status, given.body, given.content_type) == (409, b"7\n", "text/x.tlog.size")


def test_a_witness_that_never_cosigned_tells_zero() -> None:
    given = Memory().ask(request(3, 8))

    assert (given.status, given.body) == (409, b"0\n")


def test_only_the_log_is_told_the_recorded_size() -> None:
    """Whoever can't sign for the log gets 403 before any record is read."""
    body = body_of(0, signed(state(8), log=signer(LOG_NAME, "thief")))

    def unread(_: str) -> Recorded | None:
        raise LookupError("read")

    assert answer(body, keys_of=lambda _: (LOG.key,), recorded=unread, signers=[WITNESS], at=AT).status == 403
    with pytest.raises(LookupError, match="read"):
        answer(request(0, 8), keys_of=lambda _: (LOG.key,), recorded=unread, signers=[WITNESS], at=AT)


# 422


def test_from_nothing_no_proof_is_allowed() -> None:
    given = Memory().ask(body_of(0, signed(state(3)), grown(2, 3)))

    assert (given.status, given.record) == (422, None)


def test_two_roots_for_one_size_are_never_cosigned() -> None:
    memory = Memory().after(3)

    assert memory.ask(body_of(3, signed(state(3, FORKED)))).status == 422
    assert memory.records[LOG_NAME].root == state(3).root


# 400 and 403, the fine points


@pytest.mark.parametrize(
    "head",
    [
        b"old 07\n\n",
        b"old +7\n\n",
        b"old -7\n\n",
        b"old  7\n\n",
        b"old 7 \n\n",
        b"Old 7\n\n",
        b"7\n\n",
        b"old \xd9\xa7\n\n",
        b"old 7\r\n\r\n",
        b"old 7\n",
        b"\nold 7\n\n",
        b"old 7\nAAAA\n\n",
        b"old 7\n" + b"KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n\n",
        b"old 7\n" + b"KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * 64 + b"\n",
    ],
)
def test_a_head_written_otherwise_is_a_bad_request(head: bytes) -> None:
    memory = Memory().after(7)

    assert memory.ask(head + signed(state(8))).status == 400
    with pytest.raises(Malformed):
        parse_add_checkpoint(head + signed(state(8)))


@pytest.mark.parametrize("checkpoint", [b"\xff\n", signed(state(8))[:-1], signed(state(8)).replace(b"\n8\n", b"\n08\n")])
def test_a_checkpoint_that_can_not_be_read_is_a_bad_request(checkpoint: bytes) -> None:
    assert Memory().after(7).ask(b"old 7\n\n" + checkpoint).status == 400


def test_a_request_that_is_too_long_is_refused_unread() -> None:
    given = Memory().ask(b"old 0\n\n" + b"\n" * MAX_REQUEST_BYTES)

    assert given.status == 400
    assert b"at most 65536 bytes" in given.body


def test_an_origin_that_the_witness_can_not_sign_is_a_bad_request() -> None:
    """ML-DSA-44 cosignatures count an origin's bytes in one byte (tlog-cosignature)."""
    long = signer("l" * 256, "long")
    memory = Memory(keys={"l" * 256: (long.key,)}, signers=(PQ_WITNESS,))

    assert memory.ask(body_of(0, signed(state(3, origin="l" * 256), log=long))).status == 400


def test_extension_lines_that_nobody_signed_are_refused() -> None:
    """The log's ML-DSA-44 signature alone leaves them open (tlog-cosignature)."""
    memory = Memory(keys={LOG_NAME: (LOG.key, PQ_LOG.key)})
    only_pq = sign_checkpoint(state(3, extensions=("one",)), [PQ_LOG], at=AT).encode()

    assert memory.ask(body_of(0, only_pq)).status == 403
    assert memory.ask(body_of(0, sign_checkpoint(state(3), [PQ_LOG], at=AT).encode())).status == 200


# the witness's own mistakes


@pytest.mark.parametrize(("signers", "at"), [((), AT), ((LOG,), AT), ((WITNESS, LOG), AT), ((WITNESS,), 0), ((WITNESS,), -1)])
def test_a_witness_that_can_not_cosign_properly_says_so(signers: Sequence[Signer], at: int) -> None:
    with pytest.raises(BadInput):
        Memory(signers=signers).ask(request(0, 3), at=at)


@pytest.mark.parametrize(
    "changes", [{"size": -1}, {"root": bytes(31)}, {"checkpoint": b""}, {"checkpoint": b"cut off"}, {"checkpoint": b"\xff\n"}]
)
def test_nonsense_makes_no_record(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        replace(Recorded(size=3, root=bytes(32), checkpoint=b"any\n"), **changes)


def test_a_log_is_shown_under_the_hash_of_its_origin() -> None:
    """printf %s log.example/habeas-demo | sha256sum"""
    assert origin_hash(LOG_NAME) == "7a52b7f8eeb37409f60bc268787009b386e48c6e205c6238e40cae85cd5dd99e"


# others' vectors


def test_the_examples_of_the_specification_are_read_and_written_byte_for_byte(shared_data: Path) -> None:
    folder = shared_data / "tlog" / "c2sp_examples" / "tlog-witness"
    raw = (folder / "add-checkpoint-request.txt").read_bytes()
    asked = parse_add_checkpoint(raw)
    response = (folder / "add-checkpoint-response.txt").read_text(encoding="utf-8")
    lines = parse_signature_lines(response)

    assert (asked.old, len(asked.proof)) == (20852014, 4)
    assert parse_checkpoint(parse_note(asked.checkpoint).text).size == 20852163
    assert asked.encode() == raw
    assert [line.name for line in lines] == ["witness.example/w1", "witness.example/w1", "witness.example/w2"]
    assert "".join(line.line() for line in lines) == response


def test_another_witness_s_requests_get_its_answers(shared_data: Path) -> None:
    """torchwood's litewitness, nine requests in order. Two answers differ from its 403, by what the specification says now.

    The second request's signature isn't canonical base64, so that it can't be read at all: 400. Written canonically it is a false
    signature: 403, as there. The third names a log that isn't known: 404, which the specification had as 403 then.
    """
    text = (shared_data / "tlog" / "litewitness_add_checkpoint" / "litewitness.txt").read_text(encoding="utf-8")
    key = re.search(r"add-sigsum-log -key=([0-9a-f]{64})", text)
    origin = re.search(r"sigsum.org/v1/tree/[0-9a-f]{64}", text)
    requests = re.findall(r"add-checkpoint\n```\n(.*?)```\nHTTP (\d+)", text, re.DOTALL)
    assert key is not None
    assert origin is not None
    log = VerifierKey(name=origin[0], algorithm=Algorithm.ED25519, public=bytes.fromhex(key[1]))
    memory = Memory(keys={log.name: (log,)})
    answers = []
    for number, (body, _) in enumerate(requests, start=1):
        if number == 2:
            assert memory.ask(body.replace("6gx=\n", "6gw=\n").encode()).status == 403
        answers.append(memory.ask(body.encode()))

    assert [int(status) for _, status in requests] == [200, 403, 403, 422, 422, 200, 409, 200, 409]
    assert [given.status for given in answers] == [200, 400, 404, 422, 422, 200, 409, 200, 409]
    assert [answers[6].body, answers[8].body] == [b"3\n", b"5\n"]
    assert memory.records[log.name].size == 5
