"""What fuzzing begins from: well-formed bytes of every format, so that mutations reach deep into the parsers."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date

from habeas.ledger.fields.commitments import Committed, Field, commit_from, random_bytes_needed
from habeas.ledger.fields.payload import encode_openings
from habeas.ledger.fields.sealing import seal, wrap
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import sign_checkpoint
from habeas.ledger.tree.bundles import encode_bundle
from habeas.ledger.tree.reference import inclusion_path, tree_hash
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.proof_file import TlogProof
from habeas.runs.ledgers.settings import Settings, settings_text
from habeas.terms.records import Entry, RecordType, encode_entry
from ledgers import tlog_vectors

KEY = bytes(range(32))
NONCE = bytes(range(12))
CONTEXT = b"record"


def vector(name: str) -> bytes:
    """One file of the small log among the test vectors."""
    return (tlog_vectors.LOG300 / name).read_bytes()


def notes() -> list[bytes]:
    """Signed notes: those of the small log, and one with what parsers must refuse in each line."""
    cases = json.loads((tlog_vectors.VECTORS / "note_cases.json").read_text(encoding="utf-8"))["cases"]
    return [vector("checkpoint"), vector("checkpoint.old"), *(case["note"].encode() for case in cases)]


def vkeys() -> list[bytes]:
    """Keys of every algorithm."""
    return [vector(name).strip() for name in ("log.vkey", "witness.vkey", "witness-pq.vkey")]


def policy() -> bytes:
    """Trust in the small log and its witnesses, by every kind of line."""
    log, first, second = vkeys()
    lines = [b"# trusted", b"log " + log + b" https://log.example", b"witness w1 " + first + b" https://witness.example"]
    lines += [b"witness w2 " + second, b"group two all w1 w2", b"group one 1 two", b"quorum one", b""]
    return b"\n".join(lines)


def committed() -> Committed:
    """A record's fields, committed to."""
    fields = [Field(group="person", name="risk", value=b'"high"'), Field(group="officer", name="rank", value=b"7")]
    randomness = b"".join(hashlib.sha256(bytes([one])).digest() for one in range(random_bytes_needed(2) // 32))
    return commit_from(fields, randomness=randomness)


def openings() -> bytes:
    """Openings as they are sealed."""
    return encode_openings(committed().openings)


def entry() -> bytes:
    """An entry that commits to fields."""
    public = {"system": "risk-tool-3", "version": "ab" * 32, "purpose": "bail", "influence": "followed"}
    made = Entry(type=RecordType.DECISION, authority="police.example", day=date(2026, 11, 22), public=public, fields=committed().root)
    return encode_entry(made)


def evidence() -> list[bytes]:
    """Evidence files: of the small log's entry, and of a log of three entries with two fields open."""
    mine, log = entry(), tlog_vectors.log_signer()
    entries = [b"first", mine, b"third"]
    head = Checkpoint(origin=tlog_vectors.LOG_NAME, size=3, root=tree_hash(entries))
    note = sign_checkpoint(head, [log], at=tlog_vectors.AT).encode()
    proof = TlogProof(index=1, path=tuple(inclusion_path(1, entries)), checkpoint=note)
    return [Evidence(entry=mine, proof=proof, openings=committed().openings).encode()]


def bundles() -> list[bytes]:
    """Bundles with their width in front."""
    return [bytes([44 - 1]) + vector("tile/entries/001.p/44"), bytes([2]) + encode_bundle([b"", b"a", b"long" * 100])]


def sealed() -> list[bytes]:
    """Sealed bytes and a wrapped key."""
    return [seal(openings(), key=KEY, nonce=NONCE, context=CONTEXT), wrap(KEY, by=KEY, nonce=NONCE, context=CONTEXT)]


def key_files() -> list[bytes]:
    """Key files: sealed and open, with a signing key and with another secret."""
    text = base64.b64encode
    signing = {"format": "habeas-key/v1", "kind": "signing", "name": tlog_vectors.LOG_NAME, "algorithm": "ED25519"}
    signing["vkey"] = str(tlog_vectors.log_signer().key)
    secret = {"format": "habeas-key/v1", "kind": "secret", "name": "persons"}
    locked = {"encryption": "scrypt and AES-256-GCM", "work": 17}
    locked |= {"salt": text(bytes(16)).decode(), "nonce": text(bytes(12)).decode(), "seed": text(bytes(48)).decode()}
    opened = {"encryption": "none", "seed": text(bytes(32)).decode()}
    return [json.dumps(file, indent=1).encode() for file in (signing | locked, secret | opened)]


def settings() -> bytes:
    """The settings of a ledger."""
    made = Settings(origin="log.example/decisions", second_place="../second", policy="policy.txt")
    return settings_text(made).encode()


def record_line() -> bytes:
    """A record as a case system writes it."""
    person = {"ref": "P-1042", "fields": {"risk": "high", "age": 30, "bail": False}}
    public = {"system": "risk-tool-3", "version": "ab" * 32, "purpose": "bail", "influence": "followed"}
    record = {"type": "decision", "authority": "police.example", "day": "2026-11-22", "public": public, "personal": {"person": person}}
    return json.dumps(record).encode()
