"""Seven rungs: which one fails, that nothing above it is claimed, and that the bytes that show it are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.cosignature import add_signatures, cosign
from habeas.ledger.notes.note import Note, NoteSignature, parse_note
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.ladder import NAMES, Outcome, Verification, verify_evidence
from habeas.ledger.trust.policy import parse_policy
from habeas.ledger.trust.proof_file import TlogProof, parse_proof
from ledgers.small_logs import COMMITTED, LOG, PQ_WITNESS, RECORD, WITH_RECORD, WITNESS, evidence, fields_of, policy, proof, signed, state
from ledgers.tlog_vectors import AT, LOG300, signer

HELD, FAILED, NOT_REACHED, NOT_ASKED = Outcome.HELD, Outcome.FAILED, Outcome.NOT_REACHED, Outcome.NOT_ASKED
EVIDENCE = evidence()
PROOF = EVIDENCE.proof


def verified(given: Evidence = EVIDENCE, **changes: Any) -> Verification:
    return verify_evidence(given.encode(), **({"policy": policy(), "fields_of": fields_of} | changes))


def outcomes(found: Verification) -> list[Outcome]:
    return [rung.outcome for rung in found.rungs]


def with_proof(**changes: Any) -> Evidence:
    return replace(EVIDENCE, proof=replace(PROOF, **changes))


def test_whole_evidence_holds_on_every_rung() -> None:
    found = verified()

    assert outcomes(found) == [HELD] * 7
    assert (found.held, found.failed, found.unanchored) == (True, None, False)
    assert [(rung.number, rung.name) for rung in found.rungs] == list(enumerate(NAMES, start=1))
    assert (found.checkpoint, found.evidence) == (state(11, WITH_RECORD), EVIDENCE)
    assert [one.key for one in found.log] == [LOG.key]
    assert (found.witnesses, [(one.key, one.at) for one in found.cosignatures]) == (("w1",), [(WITNESS.key, AT)])


def test_evidence_that_shows_no_field_holds_without_the_last_two_rungs() -> None:
    found = verified(replace(EVIDENCE, openings=()), fields_of=None)

    assert outcomes(found) == [HELD] * 5 + [NOT_ASKED] * 2
    assert found.held


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 11])
def test_every_entry_of_a_small_log_holds(size: int) -> None:
    for index in range(size):
        assert verified(Evidence(entry=WITH_RECORD[index], proof=proof(index, size, WITH_RECORD))).held


def test_the_vector_holds_as_a_bare_proof_file() -> None:
    raw, entry = (LOG300 / "entry.tlog-proof").read_bytes(), (LOG300 / "entry.bin").read_bytes()
    found = verify_evidence(raw, policy=policy("both"), entry=entry)

    assert outcomes(found) == [HELD] * 5 + [NOT_ASKED] * 2
    assert (found.held, found.witnesses) == (True, ("w1", "pq1"))


def test_without_a_policy_nothing_is_proven_however_well_it_fits() -> None:
    found = verified(policy=None)

    assert outcomes(found) == [HELD, NOT_ASKED, NOT_ASKED, HELD, HELD, HELD, HELD]
    assert (found.held, found.unanchored, found.failed) == (False, True, None)
    assert "made up" in found.rungs[1].detail


def test_without_a_policy_an_altered_entry_still_fails() -> None:
    found = verified(replace(EVIDENCE, entry=b"another"), policy=None)

    assert found.failed is not None
    assert (found.failed.number, found.unanchored) == (5, True)


def test_a_policy_that_asks_for_no_witness_takes_the_log_s_word() -> None:
    found = verified(with_proof(checkpoint=signed(state(11, WITH_RECORD))), policy=policy("none"))

    assert found.held
    assert "the log's word alone" in found.rungs[2].detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Evidence that breaks on one rung, what it says there, and the bytes it keeps."""

    rung: int
    said: str
    evidence: Callable[[], Evidence] = lambda: EVIDENCE
    shown: Callable[[Evidence], tuple[bytes, ...]] = lambda given: (given.proof.checkpoint,)
    given: dict[str, Any] | None = None


def cosigned_falsely(line: int) -> Evidence:
    note = parse_note(PROOF.checkpoint)
    lines = list(note.signatures)
    lines[line] = replace(lines[line], value=lines[line].value[:-1] + bytes([lines[line].value[-1] ^ 1]))
    return with_proof(checkpoint=Note(text=note.text, signatures=tuple(lines)).encode())


def with_checkpoint_of(size: int) -> Evidence:
    return with_proof(checkpoint=signed(state(size, WITH_RECORD), witnesses=[WITNESS]))


def opened(**changes: Any) -> Evidence:
    return replace(EVIDENCE, openings=(EVIDENCE.openings[0], replace(EVIDENCE.openings[1], **changes)))


def raises(_: bytes) -> bytes | None:
    raise Malformed("no such entry")


def proof_of(given: Evidence) -> tuple[bytes, ...]:
    return given.proof.checkpoint, given.proof.encode()


OTHER_LOG = parse_policy(f"log {signer('log.example/another', 'another').key}\nquorum none\n")
THIEF = signer(LOG.key.name, "thief")
STATE = state(11, WITH_RECORD)
ALTERED_PATH = (bytes(32), *PROOF.path[1:])
COMMITMENT = (RECORD, COMMITTED.root)

FALLS = {
    "another log": Fall(rung=2, said="trusts no log named log.example/habeas-demo", given={"policy": OTHER_LOG}),
    "another's key": Fall(
        rung=2, said="there is none", evidence=lambda: with_proof(checkpoint=signed(STATE, log=THIEF, witnesses=[WITNESS]))
    ),
    "a false line of the log": Fall(rung=2, said="log's signature doesn't hold", evidence=lambda: cosigned_falsely(0)),
    "a false line of a witness": Fall(rung=3, said="witness's signature doesn't hold", evidence=lambda: cosigned_falsely(1)),
    "no witness": Fall(rung=3, said="0 of the policy's 2", evidence=lambda: with_proof(checkpoint=signed(STATE))),
    "too few witnesses": Fall(rung=3, said="1 of the policy's 2 witnesses cosigned, fewer", given={"policy": policy("both")}),
    "beyond the end": Fall(
        rung=4,
        said="entry 5, counted from 0, of a log that had 5",
        evidence=lambda: with_checkpoint_of(5),
        shown=proof_of,
    ),
    "another entry": Fall(
        rung=5,
        said="entry or proof was altered",
        evidence=lambda: replace(EVIDENCE, entry=b"another", openings=()),
        shown=lambda given: (*proof_of(given), STATE.root),
    ),
    "another index": Fall(rung=5, said="altered", evidence=lambda: with_proof(index=4), shown=lambda given: (*proof_of(given), STATE.root)),
    "another path": Fall(
        rung=5, said="altered", evidence=lambda: with_proof(path=ALTERED_PATH), shown=lambda given: (*proof_of(given), STATE.root)
    ),
    "a path too short": Fall(
        rung=5, said="can't be one", evidence=lambda: with_proof(path=PROOF.path[:-1]), shown=lambda given: (*proof_of(given), STATE.root)
    ),
    "another size": Fall(
        rung=5,
        said="altered",
        evidence=lambda: with_checkpoint_of(10),
        shown=lambda given: (*proof_of(given), state(10, WITH_RECORD).root),
    ),
    "not the entry given": Fall(
        rung=5, said="isn't the one in the file", given={"entry": b"mine"}, shown=lambda given: (given.entry, b"mine")
    ),
    "no commitment": Fall(rung=6, said="commits to none", given={"fields_of": lambda _: None}, shown=lambda given: (given.entry,)),
    "no hash": Fall(rung=6, said="commits to none", given={"fields_of": lambda _: b"\x01" * 31}, shown=lambda given: (given.entry,)),
    "unreadable entry": Fall(rung=6, said="no such entry", given={"fields_of": raises}, shown=lambda given: (given.entry,)),
    "another value": Fall(rung=7, said="field score of the group person", evidence=lambda: opened(value=b"9"), shown=lambda _: COMMITMENT),
    "another salt": Fall(rung=7, said="isn't what was recorded", evidence=lambda: opened(salt=bytes(32)), shown=lambda _: COMMITMENT),
    "another name": Fall(rung=7, said="field height", evidence=lambda: opened(name="height"), shown=lambda _: COMMITMENT),
    "another group": Fall(rung=7, said="group officer", evidence=lambda: opened(group="officer"), shown=lambda _: COMMITMENT),
}


@pytest.mark.parametrize("name", FALLS)
def test_the_rung_that_breaks_is_named_and_keeps_the_evidence(name: str) -> None:
    fall = FALLS[name]
    given = fall.evidence()
    found = verified(given, **(fall.given or {}))

    assert outcomes(found) == [HELD] * (fall.rung - 1) + [FAILED] + [NOT_REACHED] * (7 - fall.rung)
    assert found.failed is not None
    assert fall.said in found.failed.detail
    assert found.failed.evidence[: len(fall.shown(given))] == fall.shown(given)
    assert not found.held


def test_both_roots_are_kept_where_they_differ() -> None:
    found = verified(with_proof(path=ALTERED_PATH))

    assert found.failed is not None
    signed_root, led_to = found.failed.evidence[2:]
    assert signed_root == STATE.root != led_to
    assert (signed_root.hex() in found.failed.detail, led_to.hex() in found.failed.detail) == (True, True)


UNREADABLE = {
    "nothing": b"",
    "noise": b"\xff\x00",
    "json": b"{}",
    "a proof file without its entry": PROOF.encode(),
    "a checkpoint": PROOF.checkpoint,
    "a checkpoint that is none": with_proof(checkpoint=b"text\n").encode(),
    "a size with a leading zero": EVIDENCE.encode().replace(b'"11"', b'"011"'),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_can_not_be_read_falls_on_the_first_rung(name: str) -> None:
    found = verify_evidence(UNREADABLE[name], policy=policy(), fields_of=fields_of)

    assert outcomes(found) == [FAILED] + [NOT_REACHED] * 6
    assert (found.rungs[0].evidence, found.checkpoint, found.evidence) == ((UNREADABLE[name],), None, None)


def test_an_entry_longer_than_any_log_takes_falls_on_the_first_rung() -> None:
    assert outcomes(verify_evidence(PROOF.encode(), policy=policy(), entry=bytes(65_536)))[0] is FAILED


def test_fields_that_nothing_can_tie_to_the_entry_are_not_said_to_hold() -> None:
    found = verified(fields_of=None)

    assert outcomes(found) == [HELD] * 5 + [NOT_REACHED] * 2
    assert (found.held, found.failed) == (False, None)


def test_a_field_of_another_record_is_refused() -> None:
    entries = (b"fields " + bytes(32), *WITH_RECORD[1:])
    found = verified(Evidence(entry=entries[0], proof=proof(0, 11, entries), openings=EVIDENCE.openings))

    assert found.failed is not None
    assert found.failed.number == 7


def test_no_rung_repeats_a_disclosed_value() -> None:
    for found in (verified(), verified(opened(value=b"9"))):
        assert "Ada" not in "".join(rung.detail for rung in found.rungs)


def test_lines_of_strangers_change_nothing() -> None:
    note = parse_note(PROOF.checkpoint)
    more = NoteSignature(name="anybody.example", key_id=b"\x01\x02\x03\x04", value=b"anything")
    second = cosign(note, PQ_WITNESS, at=AT)
    found = verified(with_proof(checkpoint=add_signatures(note, [more, second]).encode()))

    assert (found.held, found.witnesses) == (True, ("w1", "pq1"))


def test_extra_is_nobody_s_word() -> None:
    proof_file = replace(PROOF, extra=b"anything").encode()

    assert verify_evidence(proof_file, policy=policy(), entry=RECORD).held
    assert parse_proof(proof_file) == TlogProof(index=5, path=PROOF.path, checkpoint=PROOF.checkpoint, extra=b"anything")
