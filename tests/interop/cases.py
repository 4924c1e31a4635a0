"""Evidence, good and bad, for two programs that must give the same answer to each: habeas and its page in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import Field, commit_from, random_bytes_needed
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, cosign, sign_checkpoint
from habeas.ledger.tree.reference import inclusion_path, tree_hash
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.ladder import verify_evidence
from habeas.ledger.trust.policy import parse_policy
from habeas.ledger.trust.proof_file import TlogProof
from habeas.terms.records import Entry, RecordType, encode_entry, fields_of
from interop.logs import AT, LOG_KEYS, ORIGIN, POST_QUANTUM_WITNESS, WITNESS, WITNESSES, entry, policy
from ledgers.tlog_vectors import SeedSigner

FIELDS = (
    Field(group="person", name="name", value=b'"Ada Ng"'),
    Field(group="person", name="date_of_birth", value=b'"1990-02-28"'),
    Field(group="officer", name="reason", value='"أُبقي على القرار <b>"'.encode()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Files as somebody might choose them on the page, or name them on the command line."""

    evidence: bytes
    policy: bytes | None = policy().encode()
    entry: bytes | None = None


def answer(case: Case) -> tuple[list[str], str]:
    """What habeas says: the outcome of every rung, and what they come to; no rung where the policy is none."""
    try:
        trusted = None if case.policy is None else parse_policy(case.policy)
    except Malformed:
        return [], "none"
    said = verify_evidence(case.evidence, policy=trusted, entry=case.entry, fields_of=fields_of)
    verdict = "held" if said.held else "failed" if said.failed is not None else "unanchored"
    return [rung.outcome.value for rung in said.rungs], verdict


@cache
def record() -> tuple[bytes, Evidence]:
    """A decision with three sealed fields, two of them opened, as entry 6 of a log of 11 that everybody signed."""
    dice = random.Random(7)  # noqa: S311 - the same files in every run
    committed = commit_from(FIELDS, randomness=dice.randbytes(random_bytes_needed(len(FIELDS))))
    public = {"system": "risk-tool", "version": hashlib.sha256(b"risk-tool 3").hexdigest(), "purpose": "bail", "influence": "followed"}
    decided = Entry(type=RecordType.DECISION, authority="court.example", day=date(2026, 11, 22), public=public, fields=committed.root)
    recorded = encode_entry(decided)
    entries = [*map(entry, range(6)), recorded, *map(entry, range(7, 11))]
    proof = TlogProof(index=6, path=tuple(inclusion_path(6, entries)), checkpoint=signed(tree_hash(entries), size=11))
    return recorded, Evidence(entry=recorded, proof=proof, openings=committed.openings[1:])


def showing(value: bytes) -> Case:
    """Evidence that holds, of a record whose only field has this value."""
    dice = random.Random(9)  # noqa: S311 - the same files in every run
    committed = commit_from([Field(group="person", name="reason", value=value)], randomness=dice.randbytes(random_bytes_needed(1)))
    public = {"about": 0, "kind": "told"}
    told = Entry(type=RecordType.NOTICE, authority="court.example", day=date(2026, 11, 22), public=public, fields=committed.root)
    return Case(evidence=replace(other_entry(encode_entry(told)), openings=committed.openings).encode())


def signed(root: bytes, *, size: int, log: tuple[SeedSigner, ...] = LOG_KEYS, extensions: tuple[str, ...] = ()) -> bytes:
    note = sign_checkpoint(Checkpoint(origin=ORIGIN, size=size, root=root, extensions=extensions), log, at=AT)
    return add_signatures(note, [cosign(note, one, at=AT + 5) for one in WITNESSES]).encode()


def good() -> dict[str, Case]:
    """What must hold, or be told to be held by nobody."""
    recorded, evidence = record()
    file, bare = evidence.encode(), evidence.proof.encode()
    one_line = json.dumps(json.loads(file)).encode()
    quorums = {f"quorum {name}": Case(evidence=file, policy=policy(name).encode()) for name in ("w1", "pq", "either", "none")}
    return {
        "evidence": Case(evidence=file),
        **quorums,
        "the entry given too": Case(evidence=file, entry=recorded),
        "a bare proof with its entry": Case(evidence=bare, entry=recorded),
        "a bare proof with something extra": Case(evidence=replace(evidence.proof, extra=b"hello").encode(), entry=recorded),
        "no field shown": Case(evidence=replace(evidence, openings=()).encode()),
        "in one line": Case(evidence=one_line),
        "no policy": Case(evidence=file, policy=None),
        "comments, tabs and addresses": Case(evidence=file, policy=commented()),
    }


def commented() -> bytes:
    lines = policy().replace("log log.", "\tlog \t log.").replace("\nquorum", " \n# who \xe9lse?\n\nquorum").splitlines(keepends=True)
    return "".join([lines[0].rstrip("\n") + " https://log.example/x\n", *lines[1:]]).encode("latin-1")


def bad() -> dict[str, Case]:
    """What must be refused, at whichever rung."""
    families = {"file": bad_files(), "proof": bad_proofs(), "signatures": bad_signatures(), "trust file": bad_policies()}
    return {f"{family}: {name}": case for family, named in families.items() for name, case in named.items()}


def edited(edit: Callable[[dict[str, Any]], object]) -> Case:
    """The evidence with its JSON changed by `edit`."""
    document = json.loads(record()[1].encode())
    edit(document)
    return Case(evidence=json.dumps(document).encode())


def replaced(old: str, new: str, *, count: int = 1) -> Case:
    """The evidence with a piece of its text replaced; the piece must be there."""
    text = record()[1].encode().decode()
    if old not in text:
        raise ValueError(old)
    return Case(evidence=text.replace(old, new, count).encode("utf-8", "surrogatepass"))


def bad_files() -> dict[str, Case]:
    recorded, evidence = record()
    file = evidence.encode()
    opening = '"size": 32'
    return {
        "nothing": Case(evidence=b""),
        "not text": Case(evidence=b"\xff\xfe\x00"),
        "half of it": Case(evidence=file[: len(file) // 2]),
        "something behind it": Case(evidence=file + b"x"),
        "a byte order mark": Case(evidence=b"\xef\xbb\xbf" + file),
        "a bare proof without its entry": Case(evidence=evidence.proof.encode()),
        "a bare proof with another entry": Case(evidence=evidence.proof.encode(), entry=recorded + b" "),
        "another entry given": Case(evidence=file, entry=recorded + b" "),
        "a list": Case(evidence=b"[]"),
        "nested far too deeply": Case(evidence=b"[" * 100_000),
        "a key twice": replaced('"entry":', '"entry": "", "entry":'),
        "an unknown key": edited(lambda file: file.update(note="hello")),
        "a missing key": edited(lambda file: file.pop("openings")),
        "another format": replaced("habeas-evidence/v1", "habeas-evidence/v2"),
        "a number with a point": replaced(opening, '"size": 32.0'),
        "a number with an exponent": replaced(opening, '"size": 32e0'),
        "a number with a zero before it": replaced(opening, '"size": 032'),
        "a number that is none": replaced(opening, '"size": NaN'),
        "a number of 5,000 digits": replaced(opening, '"size": ' + "3" * 5_000),
        "true as a number": replaced(opening, '"size": true'),
        "a single quote": replaced('"entry"', "'entry'"),
        "a comma at the end": replaced('"openings": [', '"openings": [],'),
        "a line feed in a text": replaced("habeas-evidence/v1", "habeas-evidence/v1\n"),
        "an unknown escape": replaced("habeas-evidence", "habeas\\-evidence"),
        "a field twice": edited(lambda file: file["openings"].append(file["openings"][0])),
        "a field of no name": edited(lambda file: file["openings"][0].update(name="Date of birth")),
        "a field of a group in Arabic": edited(lambda file: file["openings"][0].update(group="شخص")),
        "a field with another value": edited(lambda file: file["openings"][0].update(value=in_base64(b'"1990-02-27"'))),
        "a field under another name": edited(lambda file: file["openings"][0].update(name="date_of_death")),
        "a field of another group": edited(lambda file: file["openings"][1].update(group="person")),
        "a field at another place": edited(lambda file: file["openings"][0].update(index=file["openings"][0]["index"] ^ 1)),
        "a field at a place outside": edited(lambda file: file["openings"][0].update(index=32)),
        "a field in a smaller tree": edited(lambda file: file["openings"][0].update(size=16, path=file["openings"][0]["path"][:4])),
        "a field in a tree of 33": edited(lambda file: file["openings"][0].update(size=33)),
        "a path too short": edited(lambda file: file["openings"][0]["path"].pop()),
        "a salt of 31 bytes": edited(lambda file: file["openings"][0].update(salt=in_base64(bytes(31)))),
        "another salt": edited(lambda file: file["openings"][0].update(salt=in_base64(bytes(32)))),
        "fields of an entry that has none": Case(evidence=other_entry(entry(6)).encode()),
        "fields of an entry in another spelling": Case(evidence=other_entry(recorded.replace(b":", b": ")).encode()),
        "an entry too long": edited(lambda file: file.update(entry=in_base64(bytes(65_536)))),
        "an entry in two spellings": edited(lambda file: file.update(entry=file["entry"] + "=")),
    }


def other_entry(other: bytes) -> Evidence:
    """The same fields, claimed of another entry that really is in a log."""
    evidence = record()[1]
    proof = TlogProof(index=0, path=(), checkpoint=signed(tree_hash([other]), size=1))
    return replace(evidence, entry=other, proof=proof)


def claimed(entry: bytes) -> bytes:
    """Evidence that holds, of that entry; it opens nothing."""
    return replace(other_entry(entry), openings=()).encode()


def in_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def proof_line(number: int, change: Callable[[str], str]) -> Case:
    """The evidence with one line of its proof changed; 0 is the first."""

    def edit(document: dict[str, Any]) -> None:
        document["proof"][number] = change(document["proof"][number])

    return edited(edit)


def bad_proofs() -> dict[str, Case]:
    evidence = record()[1]
    proof, digest = evidence.proof, evidence.proof.path[0]
    size_line = 2 + len(proof.path) + 2
    return {
        "another first line": proof_line(0, lambda line: line + " "),
        "an empty extra": proof_line(1, lambda line: "extra \n" + line),
        **{
            f"index {index}": proof_line(1, lambda _, index=index: f"index {index}")
            for index in ("06", "+6", " 6", "6 ", "٦", "1_0", "-6", "")
        },
        **{f"index {index}, of 11": proof_line(1, lambda _, index=index: f"index {index}") for index in (5, 7, 10, 11, 2**63 - 1, 2**63)},
        **{f"size {size}": proof_line(size_line, lambda _, size=size: size) for size in ("011", "+11", "١١", "12", "")},
        "a hash of 31 bytes": proof_line(2, lambda _: in_base64(digest[:31])),
        "a hash of 33 bytes": proof_line(2, lambda _: in_base64(digest + b"x")),
        "a hash in two spellings": proof_line(2, lambda line: line[:-2] + chr(ord(line[-2]) + 1) + "="),
        "a hash without its padding": proof_line(2, lambda line: line.rstrip("=")),
        "a hash with a space": proof_line(2, lambda line: line + " "),
        "half a character": proof_line(size_line - 1, lambda line: line + "\ud800"),
        "a line end in a line": proof_line(2, lambda line: line + "\n" + line),
        "a carriage return": proof_line(2, lambda line: line + "\r"),
        "U+0085 in the origin": proof_line(size_line - 1, lambda line: line + "\x85"),
        "U+2028 in the origin": proof_line(size_line - 1, lambda line: line + "\u2028"),
        "an empty origin": proof_line(size_line - 1, lambda _: ""),
        "another origin": proof_line(size_line - 1, lambda line: line + "x"),
        "a hash too few": Case(evidence=replace(evidence, proof=replace(proof, path=proof.path[:-1])).encode()),
        "a hash too many": Case(evidence=replace(evidence, proof=replace(proof, path=(*proof.path, digest))).encode()),
        "two hashes swapped": Case(
            evidence=replace(evidence, proof=replace(proof, path=(proof.path[1], digest, *proof.path[2:]))).encode()
        ),
        "64 hashes": edited(
            lambda file: file.update(proof=[*file["proof"][:2], *file["proof"][2:3] * 64, *file["proof"][size_line - 2 :]])
        ),
    }


def with_checkpoint(checkpoint: bytes, *, quorum: str = "both") -> Case:
    evidence = record()[1]
    changed = replace(evidence, proof=replace(evidence.proof, checkpoint=checkpoint))
    return Case(evidence=changed.encode(), policy=policy(quorum).encode())


def lines_of(checkpoint: bytes) -> list[str]:
    return checkpoint.decode().splitlines(keepends=True)


def without(checkpoint: bytes, *names: str) -> bytes:
    """The checkpoint without the signatures of these names."""
    kept = [line for line in lines_of(checkpoint) if not any(line.startswith(f"\u2014 {name} ") for name in names)]
    return "".join(kept).encode()


def bad_signatures() -> dict[str, Case]:
    proof = record()[1].proof
    raw, root = proof.checkpoint, tree_hash([*map(entry, range(11))])
    first = lines_of(raw)
    quantum_only = signed(record_root(), size=11, log=LOG_KEYS[1:], extensions=("more",))
    return {
        "the log did not sign": with_checkpoint(without(raw, ORIGIN)),
        "no witness signed": with_checkpoint(without(raw, WITNESS.key.name, POST_QUANTUM_WITNESS.key.name)),
        "one of two witnesses signed": with_checkpoint(without(raw, WITNESS.key.name)),
        "neither of two witnesses signed": with_checkpoint(without(raw, WITNESS.key.name, POST_QUANTUM_WITNESS.key.name), quorum="either"),
        "nobody signed": with_checkpoint("".join(first[:4]).encode()),
        "another root signed": with_checkpoint(signed(root, size=11)),
        "another size signed": with_checkpoint(signed(record_root(), size=7)),
        "an extension that no signature covers": with_checkpoint(quantum_only),
        "an extension put in": with_checkpoint("".join([*first[:3], "more\n", *first[3:]]).encode()),
        "a signature in two spellings": with_checkpoint(raw.replace(first[4][-5:].encode(), b"9==\n", 1)),
        "a name with two spaces": with_checkpoint(
            raw.replace(f"\u2014 {WITNESS.key.name}".encode(), f"\u2014  {WITNESS.key.name}".encode())
        ),
        "a hyphen for the dash": with_checkpoint(raw.replace(f"\u2014 {WITNESS.key.name}".encode(), f"- {WITNESS.key.name}".encode())),
        "an empty signature of somebody": with_checkpoint(raw + "\u2014 x.example AAAAAA==\n".encode()),
        "65 signatures": with_checkpoint(raw + first[-1].encode() * 61),
        "a witness signed another root": with_checkpoint("".join([*first[:6], *lines_of(signed(root, size=11))[6:]]).encode()),
    }


def record_root() -> bytes:
    """The root of the log in which the record is."""
    recorded = record()[0]
    return tree_hash([*map(entry, range(6)), recorded, *map(entry, range(7, 11))])


def vkey(name: str, kind: int, public: bytes) -> str:
    """A key in writing, whatever the key is."""
    typed = bytes([kind]) + public
    key_id = hashlib.sha256(name.encode() + b"\n" + typed).hexdigest()[:8]
    return f"{name}+{key_id}+{in_base64(typed)}"


P = 2**255 - 19
SPACED = "x\u2003y"
ORDER_8 = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")  # a point of order 8, y lowest byte first
WEAK = {
    "the neutral point": (1).to_bytes(32, "little"),
    "y of zero": bytes(32),
    "y of minus one": (P - 1).to_bytes(32, "little"),
    "a point of order 8": ORDER_8,
    "its mirror": ORDER_8[:-1] + bytes([ORDER_8[-1] | 0x80]),
    "a second spelling of the neutral point": (P + 1).to_bytes(32, "little"),
    "a second spelling of another key": (P + 3).to_bytes(32, "little"),
    "no point of the curve": (2).to_bytes(32, "little"),
}


def bad_policies() -> dict[str, Case]:
    file, whole = record()[1].encode(), policy()
    log, witness = str(LOG_KEYS[0].key), str(WITNESS.key)
    texts = {
        **{f"a log whose key is {what}": f"log {vkey(ORIGIN, 1, key)}\n{whole}" for what, key in WEAK.items()},
        **{f"a witness whose key is {what}": f"witness w3 {vkey('w3.example', 4, key)}\n{whole}" for what, key in WEAK.items()},
        "no quorum": whole.replace("quorum both\n", ""),
        "two quorums": whole + "quorum both\n",
        "a quorum that is nowhere": whole.replace("quorum both", "quorum all"),
        "no last line end": whole.removesuffix("\n"),
        "a comment that does not end": whole + "# cut sh",
        "carriage returns": whole.replace("\n", "\r\n"),
        "an unknown line": "logs\n" + whole,
        "a line that objects have": "constructor x\n" + whole,
        "a key twice": f"log {log}\n{whole}",
        "a name twice": whole.replace("witness pq", "witness w1"),
        "the name none": whole.replace("witness pq", "witness none"),
        "a member twice": whole.replace("all w1 pq", "all w1 w1"),
        "a member that is nowhere": whole.replace("all w1 pq", "all w1 w3"),
        "a group that needs 0": whole.replace("all w1", "0 w1"),
        "a group that needs 3 of 2": whole.replace("all w1", "3 w1"),
        "a group that needs 02": whole.replace("all w1", "02 w1"),
        "a group without members": whole.replace("all w1 pq", "all"),
        "a witness with a log's key": f"witness w3 {vkey('w3.example', 1, WITNESS.key.public[:31] + b'x')}\n{whole}",
        "a key with a comment": whole.replace(log, f"{log} # ours"),
        "another key ID": whole.replace(log, log.replace(f"+{LOG_KEYS[0].key.key_id.hex()}+", "+00000000+")),
        "a key ID in capitals": whole.replace(witness, witness.replace(WITNESS.key.key_id.hex(), WITNESS.key.key_id.hex().upper())),
        "a key in two spellings": whole.replace(witness, witness[:-1] + chr(ord(witness[-1]) + 1)),
        "a key of an unknown kind": f"log {vkey('x.example', 2, bytes(32))}\n{whole}",
        "a key too long": f"log {vkey('x.example', 1, bytes(33))}\n{whole}",
        "a key name with U+2003": f"log {vkey(SPACED, 1, LOG_KEYS[0].key.public)}\n{whole}",
        "a key without a name": f"log {vkey('', 1, LOG_KEYS[0].key.public)}\n{whole}",
        "another log only": f"log {vkey('x.example', 1, WITNESS.key.public)}\nquorum none\n",
        "another log of the same name": f"log {vkey(ORIGIN, 1, WITNESS.key.public)}\nquorum none\n",
    }
    empty = {"an empty policy": Case(evidence=file, policy=b"")}
    return {**empty, **{what: Case(evidence=file, policy=text.encode()) for what, text in texts.items()}}


def flipped(count: int) -> dict[str, Case]:
    """The evidence with one bit the other way round, at places drawn evenly from all of it."""
    file, dice = record()[1].encode(), random.Random(11)  # noqa: S311 - the same bits in every run
    drawn = sorted(dice.sample(range(8 * len(file)), count))
    return {f"bit {bit}": Case(evidence=flip(file, bit)) for bit in drawn}


def flip(file: bytes, bit: int) -> bytes:
    changed = bytearray(file)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
