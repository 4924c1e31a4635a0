"""Signing checkpoints and telling who signed one: logs and witnesses alike (C2SP tlog-checkpoint, tlog-cosignature).

What a list of keys proves of a note:
1. a line under the name and key ID of a known key must verify, or the whole note is refused;
2. a line of anybody else is passed over;
3. a key counts once, however many lines it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.keys import Algorithm, Signer, VerifierKey
from habeas.ledger.notes.messages import signed_message, time_and_signature, with_time
from habeas.ledger.notes.note import Note, NoteSignature, parse_note

Address = tuple[str, bytes]
"""Name and key ID: how a line says whose it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A key whose signature holds, and when it was made.

    `at`: Unix seconds; the earliest where a key signed more than once, since that is when the checkpoint was there at the latest.
    None where the signature says no time: plain Ed25519 has none, and ML-DSA-44 with time 0 leaves it open (tlog-cosignature).
    """

    key: VerifierKey
    at: int | None


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer], *, at: int) -> Note:
    """The checkpoint as its log publishes it, signed with every key of the log, in their order.

    `at`: Unix seconds, which ML-DSA-44 signs and Ed25519 leaves out. All keys bear the origin as their name, as trust policies demand.

    Raises:
        Malformed: no signer, a signer of another name, or a time or name that can't be signed.
        ProofFailed: what a signer made isn't a signature of its key.
    """
    if any(signer.key.name != checkpoint.origin for signer in signers):
        raise Malformed("expected keys named like the origin of the log; got another name: make a key for this log, or use `cosign`")
    signatures = tuple(_signature(checkpoint, signer, at=at) for signer in signers)
    return Note(text=checkpoint.text(), signatures=signatures)


def cosign(note: Note, signer: Signer, *, at: int) -> NoteSignature:
    """The line by which a witness stands by the checkpoint in `note`, at `at` in Unix seconds; the note's own lines aren't looked at.

    Raises:
        Malformed: the note holds no checkpoint, or a time or name that can't be signed.
        ProofFailed: what the signer made isn't a signature of its key.
    """
    return _signature(parse_checkpoint(note.text), signer, at=at)


def _signature(checkpoint: Checkpoint, signer: Signer, *, at: int) -> NoteSignature:
    key = signer.key
    message = signed_message(key=key, checkpoint=checkpoint, at=at)
    signature = signer.sign(message)
    # a key service that answers with another key, or a bit lost in memory, shows here and not at a court
    if not key.verify(message, signature):
        raise ProofFailed(f"expected a signature of the key {key.name}; the signer made another: check that key and signer belong together")
    return NoteSignature(name=key.name, key_id=key.key_id, value=with_time(key=key, at=at, signature=signature))


def add_signatures(note: Note, more: Sequence[NoteSignature]) -> Note:
    """The note with further lines at its end; lines it has already aren't repeated.

    Raises:
        Malformed: more signatures or bytes than a note may have.
    """
    return Note(text=note.text, signatures=tuple(dict.fromkeys((*note.signatures, *more))))


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[Verified, ...]:
    """Who of `keys` signed the note, each once, in the order of the lines; nobody gives nothing, and then the text proves nothing.

    Raises:
        ProofFailed: a line bears the name and ID of a known key, but its signature doesn't hold.
        Malformed: two different keys have one name and ID.
    """
    known = _by_address(keys)
    found: dict[Address, Verified] = {}
    for line in note.signatures:
        address = (line.name, line.key_id)
        if address in known:
            found[address] = _earlier(found.get(address), _verified(note.text, line, known[address]))
    return tuple(found.values())


def _by_address(keys: Iterable[VerifierKey]) -> dict[Address, VerifierKey]:
    known: dict[Address, VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise Malformed(f"expected keys that name and ID tell apart; got two for {key.name}: drop the one that isn't trusted")
    return known


def _verified(text: str, line: NoteSignature, key: VerifierKey) -> Verified:
    try:
        at, signature = time_and_signature(key=key, value=line.value)
        held = key.verify(_message(text, key, at=at), signature)
    except Malformed as error:
        raise ProofFailed(f"expected a signature of {key.name}; {error}") from error
    if not held:
        raise ProofFailed(f"expected a signature of {key.name} over this text; it doesn't hold: text or signature was altered")
    open_time = not key.algorithm.timed or (key.algorithm is Algorithm.ML_DSA_44 and at == 0)
    return Verified(key=key, at=None if open_time else at)


def _message(text: str, key: VerifierKey, *, at: int) -> bytes:
    if key.algorithm is Algorithm.ED25519:  # signs any text, a checkpoint or not
        return text.encode("utf-8")
    return signed_message(key=key, checkpoint=parse_checkpoint(text), at=at)


def _earlier(first: Verified | None, second: Verified) -> Verified:
    if first is None or first.at is None:
        return second
    return first if second.at is None or first.at <= second.at else second


def open_checkpoint(raw: bytes, keys: Iterable[VerifierKey]) -> tuple[Checkpoint, Note, tuple[Verified, ...]]:
    """The checkpoint in a file, once at least one of `keys` is seen to have signed it.

    Raises:
        Malformed: the file is no signed checkpoint.
        ProofFailed: see `verify_checkpoint`.
    """
    note = parse_note(raw)
    checkpoint = parse_checkpoint(note.text)
    return checkpoint, note, verify_checkpoint(note, keys)


def verify_checkpoint(note: Note, keys: Iterable[VerifierKey]) -> tuple[Verified, ...]:
    """Who of `keys` signed the checkpoint in `note`: at least one, and every line of it.

    Raises:
        Malformed: the note holds no checkpoint.
        ProofFailed: none of the keys signed; a known key's signature doesn't hold; or there are extension lines and only ML-DSA-44
            signatures, which don't cover them: anybody could have written them.
    """
    checkpoint = parse_checkpoint(note.text)
    verified = verify_note(note, keys)
    if not verified:
        raise ProofFailed(f"expected a trusted signature under the checkpoint of {checkpoint.origin}; there is none: don't rely on it")
    if checkpoint.extensions and all(one.key.algorithm is Algorithm.ML_DSA_44 for one in verified):
        raise ProofFailed("expected a signature over the extension lines; ML-DSA-44 doesn't cover them: ask for one with Ed25519")
    return verified
