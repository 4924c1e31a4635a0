"""The witness's rule (C2SP tlog-witness): cosign a log's checkpoint only when it extends the last one that was cosigned.

Everything here is a function of what comes in and what is on record. The shell that runs it reads the record, calls `answer` and
writes `Answer.record` in one transaction, finished before the answer leaves: otherwise two requests at once could roll a log back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from habeas.errors import BadInput, Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import cosign, verify_checkpoint
from habeas.ledger.notes.encoding import decimal
from habeas.ledger.notes.keys import Signer, VerifierKey
from habeas.ledger.notes.note import Note, NoteSignature, parse_note
from habeas.ledger.tree.counts import require_count
from habeas.ledger.tree.hashing import require_hash
from habeas.ledger.tree.proofs import verify_consistency
from habeas.ledger.trust.headed import hash_lines, require_checkpoint_bytes, require_path, split_head, write_hash_lines

MAX_REQUEST_BYTES = 65_536
"""Longer requests are refused unread: 63 hashes and more than 16 of the longest signatures fit."""

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCheckpoint:
    """A request: cosign `checkpoint` (the signed note, as bytes), which `proof` shows to extend the tree of `old` entries.

    Raises:
        Malformed: a negative size, more than 63 hashes, a hash of another length, or a checkpoint that can't be one.
    """

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def __post_init__(self) -> None:
        require_count(self.old, what="old size of a tree")
        require_path(self.proof, what="proof of consistency")
        require_checkpoint_bytes(self.checkpoint)

    def encode(self) -> bytes:
        """The body of the request, byte for byte; `parse_add_checkpoint` gives the same value back."""
        return f"old {self.old}\n{write_hash_lines(self.proof)}\n".encode("ascii") + self.checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """The last checkpoint of a log that was cosigned: its size and root, and the note as it may be shown to anyone.

    `checkpoint` has the log's signatures that held and this witness's own lines, nothing that nobody checked.

    Raises:
        Malformed: a negative size, a root of another length, or a checkpoint that can't be one.
    """

    size: int
    root: bytes
    checkpoint: bytes

    def __post_init__(self) -> None:
        require_count(self.size, what="size of a tree")
        require_hash(self.root, what="root on record")
        require_checkpoint_bytes(self.checkpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to send back, and - only when the checkpoint was cosigned - what to write down before sending it."""

    status: int
    body: bytes
    content_type: str = TEXT
    record: Recorded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A request that could be read."""

    request: AddCheckpoint
    note: Note
    checkpoint: Checkpoint


class _RefusedError(Exception):
    """Carries the answer out of whichever step refuses."""

    def __init__(self, refusal: Answer) -> None:
        super().__init__(refusal.status)
        self.refusal = refusal


def origin_hash(origin: str) -> str:
    """Under which name a witness shows the last checkpoint of a log: SHA-256 of the origin, in lower-case hex."""
    return hashlib.sha256(origin.encode("utf-8")).hexdigest()


def parse_add_checkpoint(body: bytes) -> AddCheckpoint:
    """Read a request's body; the checkpoint's form and signatures are not looked at here.

    Raises:
        Malformed: anything but the body of an add-checkpoint request, canonically written.
    """
    lines, checkpoint = split_head(body, limit=MAX_REQUEST_BYTES, what="request to a witness")
    first = lines.pop(0)
    if not first.startswith("old "):
        raise Malformed("expected a request to a witness, whose first line is `old N`; got another first line: send one")
    old = decimal(first.removeprefix("old "))
    return AddCheckpoint(old=old, proof=hash_lines(lines, what="proof of consistency"), checkpoint=checkpoint)


def answer(
    request_body: bytes,
    *,
    keys_of: Callable[[str], tuple[VerifierKey, ...]],
    recorded: Callable[[str], Recorded | None],
    signers: Sequence[Signer],
    at: int,
) -> Answer:
    """Decide on a request: 200 with one cosignature per signer, or the refusal that the protocol names.

    `keys_of` gives the keys trusted for an origin, none for a log that this witness doesn't know; `recorded` gives what is on
    record for it; `at` is the time, in Unix seconds. Only a 200 carries a `record`, and its size is never below the recorded one.

    1. The request can be read, or 400.
    2. The log is known, or 404.
    3. A trusted key of the log signed the checkpoint, and no line of a trusted key is false, or 403.
    4. The old size is not above the new one, or 400.
    5. The old size is the recorded one (0: none yet), or 409 with the recorded size, so that the log can ask again from there.
    6. The new tree extends the recorded one, or 422.
    7. It is cosigned: 200.

    Raises:
        BadInput: there is no signer, one whose signatures say no time, or the time is not after 1970: mend the witness, not the log.
        Malformed: two different trusted keys have one name and ID.
        ProofFailed: what a signer made isn't a signature of its key.
    """
    _require_cosigners(signers, at=at)
    try:
        asked = _read(request_body)  # (1)
        signed = _require_signed(asked, keys_of(asked.checkpoint.origin))  # (2), (3)
        _require_extended(asked, recorded(asked.checkpoint.origin))  # (4), (5), (6)
        return _cosigned(asked, signed, signers=signers, at=at)  # (7)
    except _RefusedError as refused:
        return refused.refusal


def _require_cosigners(signers: Sequence[Signer], *, at: int) -> None:
    untimed = [signer.key.name for signer in signers if not signer.key.algorithm.timed]
    if not signers or untimed:
        raise BadInput(f"expected one or more keys that cosign (types 0x04 or 0x06); got {untimed or 'none'}: make such a key")
    if at <= 0:
        raise BadInput("expected a time after 1970, in Unix seconds; a cosignature must say when it was made: set the clock")


def _refused(status: int, why: str) -> _RefusedError:
    return _RefusedError(Answer(status=status, body=f"{why}\n".encode()))


def _read(body: bytes) -> _Asked:
    # (1) the form of everything, signature lines included, before a single key is looked up
    try:
        request = parse_add_checkpoint(body)
        note = parse_note(request.checkpoint)
        return _Asked(request=request, note=note, checkpoint=parse_checkpoint(note.text))
    except Malformed as error:
        raise _refused(400, f"The request can't be read: {error}") from error


def _require_signed(asked: _Asked, keys: tuple[VerifierKey, ...]) -> tuple[NoteSignature, ...]:
    """The lines of the log itself, one for each key; all of them hold."""
    # (2) a log that nobody put on the list
    if not keys:
        raise _refused(404, "This witness doesn't know the log that the checkpoint names.")
    # (3) one trusted signature is enough, one false one too much
    try:
        verified = verify_checkpoint(asked.note, keys)
    except ProofFailed as error:
        raise _refused(403, f"The checkpoint isn't signed by the log as this witness knows it: {error}") from error
    lines = {(line.name, line.key_id): line for line in asked.note.signatures}
    return tuple(lines[each.key.name, each.key.key_id] for each in verified)


def _require_extended(asked: _Asked, last: Recorded | None) -> None:
    request, new = asked.request, asked.checkpoint
    # (4) the request shows it by itself
    if request.old > new.size:
        raise _refused(400, f"The old size, {request.old}, is above the size of the checkpoint, {new.size}.")
    # (5) whoever lost count learns the size here, and from nothing else
    recorded_size = 0 if last is None else last.size
    if request.old != recorded_size:
        raise _RefusedError(Answer(status=409, body=f"{recorded_size}\n".encode("ascii"), content_type=SIZE))
    # (6) every tree extends the empty one, which needs no proof and allows none
    if recorded_size == 0 and request.proof:
        raise _refused(422, "From the empty tree there is nothing to prove: send no hashes with `old 0`.")
    try:
        _require_growth(request, last, new)
    except ProofFailed as error:
        raise _refused(422, f"The checkpoint isn't shown to extend the one on record: {error}") from error


def _require_growth(request: AddCheckpoint, last: Recorded | None, new: Checkpoint) -> None:
    if last is None or last.size == 0:
        return  # `Checkpoint` itself sees that a tree of no entries has the root of one
    verify_consistency(old_size=last.size, old_root=last.root, new_size=new.size, new_root=new.root, path=request.proof)


def _cosigned(asked: _Asked, signed: tuple[NoteSignature, ...], *, signers: Sequence[Signer], at: int) -> Answer:
    # (7) an equal checkpoint is cosigned anew, with the present time: still the largest that this witness saw
    try:
        lines = tuple(cosign(asked.note, signer, at=at) for signer in signers)
    except Malformed as error:  # an origin too long for ML-DSA-44
        raise _refused(400, f"The checkpoint can't be cosigned: {error}") from error
    shown = Note(text=asked.note.text, signatures=signed + lines).encode()
    record = Recorded(size=asked.checkpoint.size, root=asked.checkpoint.root, checkpoint=shown)
    return Answer(status=200, body="".join(line.line() for line in lines).encode(), record=record)
