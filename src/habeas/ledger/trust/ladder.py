"""The ladder of verification: from a file that a stranger hands over to "this was recorded, there, and is unaltered", rung by rung.

It needs the file, the policy of whoever checks, and nothing else: no network, no clock, no trust in who sent it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from habeas.errors import HabeasError, Malformed, ProofFailed
from habeas.ledger.fields.commitments import verify_opening
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import Verified, verify_checkpoint, verify_note
from habeas.ledger.notes.note import Note, parse_note
from habeas.ledger.tree.hashing import is_hash, leaf_hash
from habeas.ledger.tree.proofs import root_from_inclusion
from habeas.ledger.trust.evidence import Evidence, parse_evidence
from habeas.ledger.trust.policy import Policy
from habeas.ledger.trust.policy_parts import NONE
from habeas.ledger.trust.proof_file import parse_proof
from habeas.ledger.trust.rungs import NAMES, Outcome, Rung, Verification, climbed

__all__ = ["NAMES", "FieldsOf", "Outcome", "Rung", "Verification", "verify_evidence"]

FieldsOf = Callable[[bytes], bytes | None]
"""Reads out of an entry the root that its personal fields are committed to; None for an entry without any."""

PROOF_FILE = b"c2sp.org/tlog-proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What a readable file states, and the entry that the verifier brought, if any."""

    evidence: Evidence
    given: bytes | None
    note: Note
    checkpoint: Checkpoint

    @property
    def signed(self) -> bytes:
        return self.evidence.proof.checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A rung being climbed, and whom it found to have signed."""

    outcome: Outcome
    detail: str
    evidence: tuple[bytes, ...] = ()
    log: tuple[Verified, ...] = ()
    witnesses: tuple[str, ...] = ()
    cosignatures: tuple[Verified, ...] = ()


def verify_evidence(raw: bytes, *, policy: Policy | None, entry: bytes | None = None, fields_of: FieldsOf | None = None) -> Verification:
    """Check an evidence file, or a bare proof file together with its `entry`; it never raises, whatever the bytes.

    `policy` says whose signatures count; without one nothing is proven (`unanchored`), and the rest is still checked. An `entry` given
    with an evidence file must be the one in it. Without `fields_of`, openings can't be tied to the entry.

    1. The file can be read, and the checkpoint in it.
    2. A log of the policy signed the checkpoint, and no signature under its keys is false.
    3. As many of the policy's witnesses cosigned it as the policy asks for, and no signature under their keys is false.
    4. The index of the entry lies within the size of the tree.
    5. The proof leads from the entry to the root that was signed.
    6. The entry commits to fields, where fields are shown.
    7. Every field shown leads to that commitment.
    """
    try:
        case = _read(raw, entry)  # (1)
    except Malformed as error:
        return _verification(None, [_failed(_ended(f"This can't be read as evidence: {error}"), raw)], policy)
    steps = [_held(f"It states entry {case.evidence.proof.index} of {case.checkpoint.origin}.", raw)]
    for step in _climb(case, policy, fields_of):
        steps.append(step)
        if step.outcome is Outcome.FAILED:
            break
    return _verification(case, steps, policy)


def _read(raw: bytes, entry: bytes | None) -> _Case:
    # (1) a proof file holds no entry: whoever checks brings it
    if not raw.startswith(PROOF_FILE):
        evidence = parse_evidence(raw)
    elif entry is not None:
        evidence = Evidence(entry=entry, proof=parse_proof(raw))
    else:
        raise Malformed("expected the entry together with a proof file, which holds none; got no entry: give it too")
    note = parse_note(evidence.proof.checkpoint)
    return _Case(evidence=evidence, given=entry, note=note, checkpoint=parse_checkpoint(note.text))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith("?") else f"{sentence}."


def _climb(case: _Case, policy: Policy | None, fields_of: FieldsOf | None) -> Iterator[_Step]:
    """Rungs 2 to 7, each computed only when the one before was taken."""
    yield _signed(case, policy)  # (2)
    yield _witnessed(case, policy)  # (3)
    yield _within(case)  # (4)
    yield _included(case)  # (5)
    yield from _disclosed(case, fields_of)  # (6), (7)


def _signed(case: _Case, policy: Policy | None) -> _Step:
    # (2) only the log's own keys: a witness can't speak for the log
    if policy is None:
        return _not_asked("No policy was given, so nobody's signature was checked: the file could be made up. Give a policy.")
    origin = case.checkpoint.origin
    keys = policy.logs_for(origin)
    if not keys:
        return _failed(f"The policy trusts no log named {origin}: the file is of another log, or the policy lacks its key.", case.signed)
    try:
        log = verify_checkpoint(case.note, keys)
    except (Malformed, ProofFailed) as error:
        return _failed(f"The log's signature doesn't hold: {error}.", case.signed)
    return _held(f"{origin} signed that it has {case.checkpoint.size} entries, under {len(log)} of its keys.", case.signed, log=log)


def _witnessed(case: _Case, policy: Policy | None) -> _Step:
    # (3) without it, the log could be showing this state to one and another to everybody else
    if policy is None:
        return _not_asked("No policy was given, so no witness was looked for.")
    names = {witness.key: name for name, witness in policy.witnesses.items()}
    try:
        found = verify_note(case.note, names)
    except (Malformed, ProofFailed) as error:
        return _failed(f"A witness's signature doesn't hold: {error}.", case.signed)
    witnesses = tuple(names[one.key] for one in found)
    who = f"{len(witnesses)} of the policy's {len(names)} witnesses cosigned"
    if not policy.quorum_met(witnesses):
        return _failed(f"{who}, fewer than the policy asks for: the log may be showing others something else.", case.signed)
    if not witnesses and policy.quorum == NONE:
        return _held("The policy asks for no witness: the log's word alone stands behind this state.", case.signed)
    return _held(f"{who}, as many as the policy asks for or more.", case.signed, witnesses=witnesses, cosignatures=found)


def _within(case: _Case) -> _Step:
    # (4) by itself, since a path says nothing of the size it was made for
    proof, size = case.evidence.proof, case.checkpoint.size
    if proof.index >= size:
        why = f"The file claims entry {proof.index}, counted from 0, of a log that had {size} entries: there was no such entry."
        return _failed(why, case.signed, proof.encode())
    return _held(f"Entry {proof.index}, counted from 0, is one of the {size}.", case.signed, proof.encode())


def _included(case: _Case) -> _Step:
    # (5) the entry decides, not what the file says of it
    evidence, proof, root = case.evidence, case.evidence.proof, case.checkpoint.root
    if case.given is not None and case.given != evidence.entry:
        return _failed("The entry that was given isn't the one in the file.", evidence.entry, case.given)
    shown = (case.signed, proof.encode(), root)
    try:
        leaf = leaf_hash(evidence.entry)
        found = root_from_inclusion(leaf=leaf, index=proof.index, size=case.checkpoint.size, path=proof.path)
    except ProofFailed as error:
        return _failed(f"The proof can't be one for this entry: {error}.", *shown)
    if found != root:
        why = f"From this entry the proof leads to {found.hex()}, but the log signed {root.hex()}: entry or proof was altered."
        return _failed(why, *shown, found)
    return _held(f"From this entry {len(proof.path)} hashes lead to the root that was signed.", *shown, found)


def _disclosed(case: _Case, fields_of: FieldsOf | None) -> Iterator[_Step]:
    evidence = case.evidence
    if not evidence.openings:
        yield _not_asked("No field is shown.")
        yield _not_asked("No field is shown.")
        return
    # (6) what the entry itself says, not the file
    if fields_of is None:
        yield _Step(outcome=Outcome.NOT_REACHED, detail="Fields are shown, but nothing was given that can read what the entry commits to.")
        return
    try:
        root = fields_of(evidence.entry)
    except HabeasError as error:
        yield _failed(f"What the entry commits to can't be read: {error}.", evidence.entry)
        return
    if root is None or not is_hash(root):
        yield _failed("Fields are shown, but the entry commits to none: they prove nothing.", evidence.entry)
        return
    yield _held("The entry commits to fields.", evidence.entry, root)
    yield _opened(evidence, root)  # (7)


def _opened(evidence: Evidence, root: bytes) -> _Step:
    # (7) by group and name only: the values are for whoever was handed the file
    for opening in evidence.openings:
        try:
            verify_opening(opening, root=root)
        except ProofFailed as error:
            why = f"The field {opening.name} of the group {opening.group} isn't what was recorded: {error}."
            return _failed(why, evidence.entry, root)
    names = ", ".join(f"{opening.group}/{opening.name}" for opening in evidence.openings)
    return _held(f"Recorded as shown: {names}.", evidence.entry, root)


def _held(
    detail: str,
    *evidence: bytes,
    log: tuple[Verified, ...] = (),
    witnesses: tuple[str, ...] = (),
    cosignatures: tuple[Verified, ...] = (),
) -> _Step:
    return _Step(outcome=Outcome.HELD, detail=detail, evidence=evidence, log=log, witnesses=witnesses, cosignatures=cosignatures)


def _failed(detail: str, *evidence: bytes) -> _Step:
    return _Step(outcome=Outcome.FAILED, detail=detail, evidence=evidence)


def _not_asked(detail: str) -> _Step:
    return _Step(outcome=Outcome.NOT_ASKED, detail=detail)


def _verification(case: _Case | None, steps: list[_Step], policy: Policy | None) -> Verification:
    return Verification(
        rungs=climbed(NAMES, [(step.outcome, step.detail, step.evidence) for step in steps]),
        unanchored=policy is None,
        checkpoint=None if case is None else case.checkpoint,
        evidence=None if case is None else case.evidence,
        log=tuple(one for step in steps for one in step.log),
        witnesses=tuple(name for step in steps for name in step.witnesses),
        cosignatures=tuple(one for step in steps for one in step.cosignatures),
    )
