"""Asking a witness to cosign a checkpoint of ours (C2SP tlog-witness, from the log's side).

1. Send the checkpoint with a proof from the size that the witness last cosigned, as far as we know.
2. Told another size (409), make the proof from there and ask again.
3. Take what comes back only if the witness's own key made it, over exactly this checkpoint.
4. Refused, tell an outage from evidence: a witness that knows a larger tree of ours, or a different one, has seen another history
   under our name. That raises `Inconsistent`, with both checkpoints where the witness shows one that can't be true beside ours. An
   earlier checkpoint of ours is no such thing: everybody has it, and no lie becomes true by showing it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from habeas.errors import HabeasError, Inconsistent, Malformed, NotAllowed, ProofFailed, Unavailable
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import Verified, open_checkpoint, verify_note
from habeas.ledger.notes.encoding import decimal
from habeas.ledger.notes.keys import VerifierKey
from habeas.ledger.notes.note import Note, NoteSignature, parse_note, parse_signature_lines
from habeas.ledger.tree.proofs import verify_consistency
from habeas.ledger.trust.witness import AddCheckpoint, origin_hash
from habeas.stores.log.head import checkpoint_of
from habeas.stores.witnessing.exchange import Answered, ask

MOST_ANSWER_BYTES = 262_144
"""An answer is a few lines; the largest sensible one, many ML-DSA-44 cosignatures, is still smaller."""
MOST_ATTEMPTS = 3
"""The first may miss the size, the second should hit it; a third, in case somebody asked in between."""

Prove = Callable[[int], tuple[bytes, ...]]
"""The consistency proof from a tree of so many entries (0 < it < ours) to the checkpoint that is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """One checkpoint put to one witness."""

    url: str
    raw: bytes
    note: Note
    head: Checkpoint
    timeout_s: float

    def send(self, request: AddCheckpoint) -> Answered:
        """Ask for a cosignature."""
        where = f"{self.url}/add-checkpoint"
        return ask("POST", where, body=request.encode(), timeout_s=self.timeout_s, most_bytes=MOST_ANSWER_BYTES)

    def theirs(self) -> bytes:
        """The last checkpoint that the witness cosigned for us, as it shows it; empty if it shows none."""
        where = f"{self.url}/{origin_hash(self.head.origin)}/checkpoint"
        with contextlib.suppress(HabeasError):  # a witness needn't show it, and what it said weighs enough without
            shown = ask("GET", where, timeout_s=self.timeout_s, most_bytes=MOST_ANSWER_BYTES)
            if shown.status == HTTPStatus.OK and checkpoint_of(shown.body).origin == self.head.origin:
                return shown.body
        return b""


def ask_witness(
    url: str, *, checkpoint: bytes, keys: Sequence[VerifierKey], known: int, prove: Prove, timeout_s: float = 5.0
) -> tuple[NoteSignature, ...]:
    """Ask the witness at `url` to cosign the signed `checkpoint`; its line for each of `keys` that it signed with, at least one.

    `known`: the size it last cosigned for us, 0 if we don't know. `timeout_s` (seconds) bounds each of at most four requests.

    Raises:
        Inconsistent: it knows a larger tree of ours, or a different one.
        ProofFailed: what it sent isn't its signature over this checkpoint.
        NotAllowed: it doesn't serve this log, or doesn't trust the key that signed.
        Malformed: address, checkpoint or answer can't be read.
        Unavailable: it is away, or does what no witness does.
    """
    note = parse_note(checkpoint)
    head = parse_checkpoint(note.text)
    asking = _Asking(url=url.rstrip("/"), raw=checkpoint, note=note, head=head, timeout_s=timeout_s)
    old = min(known, head.size)
    for _ in range(MOST_ATTEMPTS):
        proof = prove(old) if 0 < old < head.size else ()
        request = AddCheckpoint(old=old, proof=proof, checkpoint=checkpoint)
        answered = asking.send(request)  # (1)
        if answered.status == HTTPStatus.OK:
            return _cosignatures(answered.body, note, keys)  # (3)
        if answered.status != HTTPStatus.CONFLICT:
            raise _refusal(asking, request, answered, prove)  # (4)
        old = _told_size(asking, request, answered, prove)  # (2)
    raise Unavailable(f"expected {url} to keep to a size; it named another one {MOST_ATTEMPTS} times: does somebody else ask for this log?")


def is_proven(error: Inconsistent, log_keys: Sequence[VerifierKey]) -> bool:
    """Whether both checkpoints in `error` bear the log's own signature, so that they speak for themselves.

    If not, it is the witness's word alone: cause for alarm, and to ask its operator, but a witness may also be wrong, or lie.
    """
    try:
        heads = [open_checkpoint(raw, log_keys)[0] for raw in (error.smaller, error.larger)]
    except HabeasError:
        return False
    first, second = heads
    return (first.size, first.root) != (second.size, second.root) and first.origin == second.origin


def _told_size(asking: _Asking, request: AddCheckpoint, answered: Answered, prove: Prove) -> int:
    """The size that the witness says it knows; from there the next proof starts."""
    told = decimal(_ascii(answered.body).removesuffix("\n"))
    if told > asking.head.size:
        text = f"the witness {asking.url} has cosigned {told} entries of this log; the checkpoint has {asking.head.size}"
        theirs = asking.theirs()
        shown = theirs if _size(theirs) > asking.head.size else b""  # a smaller one says nothing of what it claims
        raise Inconsistent(f"{text}: the log was set back, or somebody else signs in its name", smaller=asking.raw, larger=shown)
    if told == request.old:  # earlier texts of the protocol say so where only the roots differ
        raise _other_history(asking, request, prove)
    return told


def _refusal(asking: _Asking, request: AddCheckpoint, answered: Answered, prove: Prove) -> HabeasError:
    said = f"expected {asking.url} to cosign; it said {answered.status}"
    match answered.status:
        case HTTPStatus.UNPROCESSABLE_ENTITY:
            return _other_history(asking, request, prove)
        case HTTPStatus.NOT_FOUND:
            return NotAllowed(f"{said}: it doesn't serve the log {asking.head.origin}. Send its operator the log's public key")
        case HTTPStatus.FORBIDDEN:
            return NotAllowed(f"{said}: it doesn't trust the key that signed. Send its operator the log's public key of today")
        case HTTPStatus.BAD_REQUEST | HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return Malformed(f"{said}: it couldn't read the request. Is it a witness (C2SP tlog-witness) of another version?")
        case _:
            return Unavailable(f"{said}. Ask again later; if it stays so, ask its operator")


def _other_history(asking: _Asking, request: AddCheckpoint, prove: Prove) -> HabeasError:
    """What it means that a witness finds no way from its checkpoint to ours: theirs is another tree, unless we can see that it isn't."""
    theirs, head = asking.theirs(), asking.head
    size = _size(theirs)
    proof = prove(size) if 0 < size < head.size else ()
    if theirs and _extends(theirs, head, proof):
        return Unavailable(
            f"expected {asking.url} to cosign; it refuses a proof that holds against the checkpoint it shows: ask its operator"
        )
    text = f"the witness {asking.url} has cosigned {request.old} entries of this log that the checkpoint of {head.size} doesn't extend"
    smaller, larger = (asking.raw, theirs) if size > head.size else (theirs, asking.raw)
    return Inconsistent(f"{text}: there are two histories", smaller=smaller, larger=larger, proof=proof)


def _extends(theirs: bytes, head: Checkpoint, proof: tuple[bytes, ...]) -> bool:
    shown = checkpoint_of(theirs)
    if shown.size == 0:
        return True
    try:
        verify_consistency(old_size=shown.size, old_root=shown.root, new_size=head.size, new_root=head.root, path=proof)
    except ProofFailed:
        return False
    return True


def _size(theirs: bytes) -> int:
    return checkpoint_of(theirs).size if theirs else 0


def _cosignatures(body: bytes, note: Note, keys: Sequence[VerifierKey]) -> tuple[NoteSignature, ...]:
    """The lines of `keys` in a witness's answer, each verified over our own text: it can't bring us to publish anything else."""
    lines = parse_signature_lines(_utf8(body))
    verified = verify_note(Note(text=note.text, signatures=lines), keys) if lines else ()
    if not verified:
        names = ", ".join(key.name for key in keys)
        raise ProofFailed(f"expected a cosignature of {names}; the answer has none: is the witness's key the right one?")
    return tuple(_line(lines, one) for one in verified)


def _line(lines: Sequence[NoteSignature], one: Verified) -> NoteSignature:
    return next(line for line in lines if (line.name, line.key_id) == (one.key.name, one.key.key_id))


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("expected signature lines in UTF-8; got other bytes: is the address a witness's?") from error


def _ascii(body: bytes) -> str:
    return body.decode("ascii", errors="replace")
