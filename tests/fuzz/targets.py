"""What is fuzzed: per parser, what to do with arbitrary bytes, which errors may come out, and what must hold of what is read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from fuzz import beginnings
from habeas.errors import BadInput, HabeasError, Malformed, NotAllowed, ProofFailed
from habeas.ledger.fields.courts import parse_court_key, unwrap_as_court
from habeas.ledger.fields.payload import encode_openings, parse_openings
from habeas.ledger.fields.sealing import unseal, unwrap
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import open_checkpoint
from habeas.ledger.notes.keys import VerifierKey, parse_vkey
from habeas.ledger.notes.note import parse_note, parse_signature_lines
from habeas.ledger.tree.bundles import encode_bundle, parse_bundle
from habeas.ledger.tree.hashing import HASH_BYTES, leaf_hash
from habeas.ledger.tree.proofs import verify_consistency, verify_inclusion
from habeas.ledger.tree.reading import TileReader, check_root
from habeas.ledger.tree.reference import consistency_holds, inclusion_holds
from habeas.ledger.tree.tiles import TILE_WIDTH, Tile, parse_path
from habeas.ledger.trust.evidence import parse_evidence
from habeas.ledger.trust.ladder import verify_evidence
from habeas.ledger.trust.policy import Policy, check_note, parse_policy
from habeas.ledger.trust.proof_file import parse_proof
from habeas.ledger.trust.witness import Recorded, answer, parse_add_checkpoint
from habeas.runs.ledgers.record_lines import parse_record_line
from habeas.runs.ledgers.settings import parse_settings
from habeas.stores.keys.key_files import parse_key_file
from habeas.terms.canonical import canonical, parse_canonical
from habeas.terms.records import encode_entry, fields_of, parse_entry
from ledgers import tlog_vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`read` does with arbitrary bytes what is done with a stranger's; it may raise `refuses` and nothing else."""

    read: Callable[[bytes], object]
    beginnings: Callable[[], list[bytes]]
    refuses: tuple[type[HabeasError], ...] = (Malformed,)

    def __call__(self, raw: bytes) -> bool:
        """Whether the bytes were taken. Whatever goes through here as an error is a finding."""
        try:
            self.read(raw)
        except HabeasError as error:
            # families, not subclasses: a parser that says NotFound where it should say Malformed is a finding too
            if type(error) not in self.refuses:
                raise
            return False
        return True


class Broken(Exception):
    """What was read breaks a promise."""


def same(found: object, expected: object, promise: str) -> None:
    if found != expected:
        raise Broken(promise)


def text_of(raw: bytes) -> str:
    """Any text, with half characters too, as a caller might have it."""
    return raw.decode("utf-8", "surrogatepass" if b"\xed" in raw else "replace") if _decodable(raw) else raw.decode("latin-1")


def _decodable(raw: bytes) -> bool:
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def note(raw: bytes) -> None:
    same(parse_note(raw).encode(), raw, "a note has one spelling")


def signature_lines(raw: bytes) -> None:
    text = text_of(raw)
    same("".join(line.line() for line in parse_signature_lines(text)), text, "signature lines have one spelling")


def checkpoint(raw: bytes) -> None:
    text = text_of(raw)
    same(parse_checkpoint(text).text(), text, "a checkpoint has one spelling")


def vkey(raw: bytes) -> None:
    text = text_of(raw)
    same(str(parse_vkey(text)), text, "a key has one spelling")


def policy(raw: bytes) -> None:
    found = parse_policy(raw)
    same(parse_policy(found.text()), found, "a policy that is written is read back")
    found.quorum_met(found.witnesses)


def proof(raw: bytes) -> None:
    same(parse_proof(raw).encode(), raw, "a proof file has one spelling")


def add_checkpoint(raw: bytes) -> None:
    same(parse_add_checkpoint(raw).encode(), raw, "a request has one spelling")


def evidence(raw: bytes) -> None:
    found = parse_evidence(raw)
    same(parse_evidence(found.encode()), found, "evidence that is written is read back")


def tile_path(raw: bytes) -> None:
    text = text_of(raw)
    same(parse_path(text).path(), text, "a path has one spelling")


def bundle(raw: bytes) -> None:
    width, content = (raw[0] + 1 if raw else 0), raw[1:]
    same(encode_bundle(parse_bundle(content, width=width)), content, "a bundle has one spelling")


def openings(raw: bytes) -> None:
    same(encode_openings(parse_openings(raw)), raw, "openings have one spelling")


def entry(raw: bytes) -> None:
    fields_of(raw)  # never raises
    found = parse_entry(raw)
    same(found.fields, fields_of(raw), "both readings of an entry find the same commitment")
    with suppress(Malformed):  # of a later version, or with keys that only a later habeas writes
        same(encode_entry(found), raw, "an entry has one spelling")


def canonical_json(raw: bytes) -> None:
    same(canonical(parse_canonical(raw)), raw, "canonical JSON has one spelling")


def key_file(raw: bytes) -> None:
    found = parse_key_file(raw)
    if beginnings.KEY.hex() in repr(found):
        raise Broken("a key file's value shows no secret")


def settings(raw: bytes) -> None:
    parse_settings(text_of(raw), name="ledger.yaml")


def record_line(raw: bytes) -> None:
    parse_record_line(raw, name="line 1").draft()


def sealed(raw: bytes) -> None:
    for opened in (unseal, lambda given, key, context: unwrap(given, by=key, context=context)):
        _refused(lambda opened=opened: opened(raw, key=beginnings.KEY, context=beginnings.CONTEXT))
    _refused(lambda: unwrap_as_court(raw, private=beginnings.KEY, context=beginnings.CONTEXT))
    parse_court_key(text_of(raw))


def _refused(opened: Callable[[], bytes]) -> None:
    try:
        found = opened()
    except (Malformed, NotAllowed):
        return
    if found not in {beginnings.openings(), beginnings.KEY}:
        raise Broken("what opens is what was sealed")


@functools.cache
def keys() -> tuple[VerifierKey, ...]:
    return tuple(parse_vkey(one.decode()) for one in beginnings.vkeys())


@functools.cache
def trusted() -> Policy:
    return parse_policy(beginnings.policy())


@functools.cache
def genuine() -> frozenset[tuple[int, bytes]]:
    """The states that the log of the vectors, or of the beginnings, ever signed: size and root."""
    notes = [beginnings.vector("checkpoint"), beginnings.vector("checkpoint.old")]
    notes += [parse_evidence(one).proof.checkpoint for one in beginnings.evidence()]
    return frozenset((found.size, found.root) for found in (parse_checkpoint(parse_note(one).text) for one in notes))


def signed_checkpoint(raw: bytes) -> None:
    _genuine(open_checkpoint(raw, keys()[:1])[0])


def checked_note(raw: bytes) -> None:
    _genuine(check_note(trusted(), raw).checkpoint)


def _genuine(found: Checkpoint) -> None:
    if (found.size, found.root) not in genuine():
        raise Broken("a signature holds for what was signed only")


def ladder(raw: bytes) -> None:
    lenient = Policy(logs=keys()[:1], quorum="none")
    for given in (None, lenient, trusted()):
        found = verify_evidence(raw, policy=given, fields_of=fields_of)
        if found.held and (found.evidence is None or found.evidence.entry not in {b"first", beginnings.entry(), b"third"}):
            raise Broken("what holds was recorded")
    # a proof file brings no entry, so whoever checks does
    mine = beginnings.vector("entry.bin")
    found = verify_evidence(raw, policy=lenient, entry=mine, fields_of=fields_of)
    if found.held and (found.evidence is None or found.evidence.proof.index != 100):
        raise Broken("the entry is where it was recorded, and nowhere else")


def witness(raw: bytes) -> None:
    old = parse_checkpoint(parse_note(beginnings.vector("checkpoint.old")).text)
    record = Recorded(size=old.size, root=old.root, checkpoint=beginnings.vector("checkpoint.old"))
    signers = [tlog_vectors.witness_signer()]
    for known in (None, record):
        given = answer(raw, keys_of=trusted().logs_for, recorded=lambda _, known=known: known, signers=signers, at=tlog_vectors.AT)
        if given.status not in {200, 400, 403, 404, 409, 422} or (given.status == 200) != (given.record is not None):
            raise Broken("a witness answers as the specification says, and records exactly what it cosigns")
        if given.record is not None and (given.record.size, given.record.root) not in genuine():
            raise Broken("a witness cosigns only what the log signed")


def tiles(raw: bytes) -> None:
    size = int.from_bytes(raw[:2], "big")
    reader = TileReader(lambda tile: raw[2 + tile.level :][: tile.width * HASH_BYTES], size)
    check_root(reader, root=leaf_hash(b"chosen before the tiles were"))
    if size not in {1, TILE_WIDTH}:  # their root is one hash in a tile as it stands; every other is worked out from several
        raise Broken("nobody finds tiles to a root that was chosen before")


def tree_proofs(raw: bytes) -> None:
    old, new = int.from_bytes(raw[:2], "big"), int.from_bytes(raw[2:4], "big")
    rest = raw[4:]
    leaf, root, *path = [rest[at : at + HASH_BYTES] for at in range(0, max(len(rest), 2 * HASH_BYTES), HASH_BYTES)]
    whole = all(len(one) == HASH_BYTES for one in (leaf, root, *path))
    included = _holds(lambda: verify_inclusion(leaf=leaf, index=old, size=new, path=path, root=root))
    consistent = _holds(lambda: verify_consistency(old_size=old, old_root=leaf, new_size=new, new_root=root, path=path))
    expected = whole and inclusion_holds(leaf=leaf, index=old, size=new, path=path, root=root)
    same(included, expected, "inclusion is judged as by the standard")
    # the standard's steps are for 0 < old < new only (RFC 9162, 2.1.4.2)
    grown = whole and 0 < old < new and consistency_holds(old_size=old, old_root=leaf, new_size=new, new_root=root, path=path)
    expected = grown or (0 < old == new and leaf == root and not path)  # equal sizes: nothing is hashed, so any length is equal to itself
    same(consistent, expected, "consistency is judged as by the standard")


def _holds(check: Callable[[], None]) -> bool:
    try:
        check()
    except (Malformed, ProofFailed):
        return False
    return True


def _texts(*texts: str) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in texts]


def _proofs() -> list[bytes]:
    """Sizes, roots and paths of the small log."""
    inner = parse_add_checkpoint(beginnings.vector("add-checkpoint.req"))
    roots = [parse_checkpoint(parse_note(beginnings.vector(name)).text).root for name in ("checkpoint.old", "checkpoint")]
    leaf, found = leaf_hash(beginnings.vector("entry.bin")), parse_proof(beginnings.vector("entry.tlog-proof"))
    consistent = [inner.old.to_bytes(2, "big"), (300).to_bytes(2, "big"), *roots, *inner.proof]
    included = [found.index.to_bytes(2, "big"), (300).to_bytes(2, "big"), leaf, roots[1], *found.path]
    return [b"".join(consistent), b"".join(included)]


def _checkpoints() -> list[bytes]:
    return [one.rpartition(b"\n\n")[0] + b"\n" for one in beginnings.notes()]


def _lines() -> list[bytes]:
    return [one.rpartition(b"\n\n")[2] for one in beginnings.notes()]


def _requests() -> list[bytes]:
    return [beginnings.vector("add-checkpoint.req"), b"old 0\n\n" + beginnings.vector("checkpoint")]


def _proof_files() -> list[bytes]:
    return [beginnings.vector("entry.tlog-proof")]


def _tiles() -> list[bytes]:
    return [(300).to_bytes(2, "big") + beginnings.vector("tile/0/000")]


def _alone(one: Callable[[], bytes]) -> Callable[[], list[bytes]]:
    return lambda: [one()]


TARGETS = {
    "note": Target(read=note, beginnings=beginnings.notes),
    "signature_lines": Target(read=signature_lines, beginnings=_lines),
    "checkpoint": Target(read=checkpoint, beginnings=_checkpoints),
    "vkey": Target(read=vkey, beginnings=beginnings.vkeys),
    "policy": Target(read=policy, beginnings=_alone(beginnings.policy)),
    "proof": Target(read=proof, beginnings=_proof_files),
    "add_checkpoint": Target(read=add_checkpoint, beginnings=_requests),
    "evidence": Target(read=evidence, beginnings=beginnings.evidence),
    "tile_path": Target(read=tile_path, beginnings=_texts("tile/0/x001/x234/067", "tile/entries/001.p/44", Tile(level=63, index=5).path())),
    "bundle": Target(read=bundle, beginnings=beginnings.bundles),
    "openings": Target(read=openings, beginnings=_alone(beginnings.openings)),
    "entry": Target(read=entry, beginnings=_alone(beginnings.entry)),
    "canonical_json": Target(read=canonical_json, beginnings=_texts('{"a":[1,-2,true,null],"b":"\\u0001é"}')),
    "key_file": Target(read=key_file, beginnings=beginnings.key_files),
    "settings": Target(read=settings, beginnings=_alone(beginnings.settings), refuses=(BadInput,)),
    "record_line": Target(read=record_line, beginnings=_alone(beginnings.record_line), refuses=(BadInput,)),
    "sealed": Target(read=sealed, beginnings=lambda: [*beginnings.sealed(), beginnings.KEY.hex().encode()]),
    "signed_checkpoint": Target(read=signed_checkpoint, beginnings=beginnings.notes, refuses=(Malformed, ProofFailed)),
    "checked_note": Target(read=checked_note, beginnings=beginnings.notes, refuses=(Malformed, ProofFailed)),
    "ladder": Target(read=ladder, beginnings=lambda: [*beginnings.evidence(), *_proof_files()], refuses=()),
    "witness": Target(read=witness, beginnings=_requests, refuses=()),
    "tiles": Target(read=tiles, beginnings=_tiles, refuses=(Malformed, ProofFailed)),
    "tree_proofs": Target(read=tree_proofs, beginnings=_proofs, refuses=()),
}


def _faulty(raw: bytes) -> None:
    if not raw.startswith(b"well-formed"):
        raise KeyError


CONTROL = {"faulty": Target(read=_faulty, beginnings=_texts("well-formed"))}
"""A parser that is known to be wrong, for seeing that fuzzing would notice."""
