"""What single steps of the ledger cost, one after another in one thread, and how long its files are.

    python bench/ledger_work.py

Proofs are made for a tree of 10 million entries: their hashes are drawn by chance and the root worked out from them, which costs a
verifier the same as a real one.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import ledger_parts as parts

from habeas.ledger.fields.commitments import Opening
from habeas.ledger.fields.sealing import unwrap
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, cosign, sign_checkpoint
from habeas.ledger.notes.keys import Algorithm, Signer, VerifierKey
from habeas.ledger.notes.note import Note
from habeas.ledger.tree.growing import grow
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import root_from_inclusion, verify_inclusion
from habeas.ledger.tree.reading import TileReader, prove_consistency
from habeas.ledger.tree.tiles import Tile
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.ladder import verify_evidence
from habeas.ledger.trust.policy import parse_policy
from habeas.ledger.trust.proof_file import TlogProof
from habeas.ledger.trust.witness import AddCheckpoint, answer, parse_add_checkpoint
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.log import Log
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.sequencers.rows import StoredGroup, Submission
from habeas.stores.sequencers.store import open_sequencer
from habeas.stores.vault.drafts import Draft
from habeas.stores.vault.persons import PersonKey, Persons, create_persons
from habeas.stores.vault.records import RecordLog
from habeas.stores.vault.sealed import Person, context_of, open_fields, prepare
from habeas.stores.witnessing.state import WitnessState
from habeas.terms.records import Entry, RecordType, fields_of

SIZE = 10_000_000
INDEX = 6_543_210
PATH = 24
AT = 1_800_000_000
LATER = 101_000
BEFORE = 100_000
MANY = 4_000
LOG_SIGNERS = parts.log_signers()
TAKES, TAKE_S = 5, 0.4
GROUPS = {"person": 10, "officer": 5, "victim": 5}
PUBLIC = {"system": "risk-tool-3", "version": "ab" * 32, "purpose": "bail", "influence": "followed"}

Rows = list[tuple[str, str]]


def per_second(job: Callable[[], object]) -> float:
    """How often a second, the middle of some takes."""
    job()
    rates = []
    for _ in range(TAKES):
        count, began = 0, time.perf_counter()
        while (taken := time.perf_counter() - began) < TAKE_S:
            job()
            count += 1
        rates.append(count / taken)
    return statistics.median(rates)


def witnesses(*algorithms: Algorithm) -> list[Signer]:
    return [parts.signer(f"witness.example/w{number}", algorithm) for number in (1, 2, 3) for algorithm in algorithms]


def record() -> tuple[Entry, dict[str, Person]]:
    """A decision with 20 fields about three people."""
    personal = {
        group: Person(ref=f"{group}-1042", fields={f"field_{number}": "a word or two" for number in range(count)})
        for group, count in GROUPS.items()
    }
    return Entry(type=RecordType.DECISION, authority="police.example", day=date(2026, 11, 22), public=PUBLIC), personal


def sealed() -> tuple[Submission, dict[str, PersonKey]]:
    entry, personal = record()
    keys = {person.ref: PersonKey(handle=os.urandom(16).hex(), key=os.urandom(32)) for person in personal.values()}
    return prepare(entry, personal, keys=keys, random=os.urandom), keys


def opened(submission: Submission, keys: dict[str, PersonKey], group: str) -> tuple[Opening, ...]:
    kept = next(one for one in submission.groups if one.group == group)
    key = unwrap(kept.wrapped, by=keys[f"{group}-1042"].key, context=context_of(leaf=submission.leaf, group=group))
    stored = StoredGroup(index=0, group=group, key=kept.key, wrapped=kept.wrapped, sealed=kept.sealed)
    return open_fields(stored, key=key, entry=submission.entry)


def evidence(signers: list[Signer]) -> tuple[bytes, bytes]:
    """An evidence file of one entry and one field in a log of ten million, with these cosignatures; and the policy that asks for all."""
    submission, keys = sealed()
    path = tuple(os.urandom(32) for _ in range(PATH))
    root = root_from_inclusion(leaf=submission.leaf, index=INDEX, size=SIZE, path=path)
    note = signed(root, signers)
    proof = TlogProof(index=INDEX, path=path, checkpoint=note.encode())
    shown = opened(submission, keys, "person")[:1]
    lines = [f"log {one.key}" for one in LOG_SIGNERS]
    lines += [f"witness w{number} {one.key}" for number, one in enumerate(signers)]
    lines += [f"group every all {' '.join(f'w{number}' for number in range(len(signers)))}", "quorum every", ""]
    return Evidence(entry=submission.entry, proof=proof, openings=shown).encode(), "\n".join(lines).encode()


def signed(root: bytes, signers: list[Signer]) -> Note:
    note = sign_checkpoint(Checkpoint(origin=parts.ORIGIN, size=SIZE, root=root), LOG_SIGNERS, at=AT)
    return add_signatures(note, [cosign(note, one, at=AT) for one in signers])


def checking() -> Rows:
    leaf, path = os.urandom(32), tuple(os.urandom(32) for _ in range(PATH))
    root = root_from_inclusion(leaf=leaf, index=INDEX, size=SIZE, path=path)
    rate = per_second(lambda: verify_inclusion(leaf=leaf, index=INDEX, size=SIZE, path=path, root=root))
    rows = [(f"check an inclusion proof of {PATH} hashes", f"{rate:,.0f}/s")]
    for words, algorithms in (("Ed25519", [Algorithm.COSIGNATURE_V1]), ("ML-DSA-44", [Algorithm.ML_DSA_44])):
        file, policy_file = evidence(witnesses(*algorithms))
        policy = parse_policy(policy_file)
        assert verify_evidence(file, policy=policy, fields_of=fields_of).held
        rate = per_second(lambda file=file, policy=policy: verify_evidence(file, policy=policy, fields_of=fields_of))
        rows += [(f"check an evidence file: 2 signatures, 3 {words} witnesses, 1 field", f"{rate:,.0f}/s, file of {len(file):,} bytes")]
    return rows


def signing() -> Rows:
    root = os.urandom(32)
    head = Checkpoint(origin=parts.ORIGIN, size=SIZE, root=root)
    rate = per_second(lambda: sign_checkpoint(head, LOG_SIGNERS, at=AT))
    rows = [("sign a checkpoint with Ed25519 and ML-DSA-44, and check both", f"{1000 / rate:.2f} ms")]
    for words, given in (
        ("2 log signatures", []),
        ("2 log signatures, 3 Ed25519 witnesses", witnesses(Algorithm.COSIGNATURE_V1)),
        ("2 log signatures, 3 ML-DSA-44 witnesses", witnesses(Algorithm.ML_DSA_44)),
        ("2 log signatures, 3 witnesses with both", witnesses(Algorithm.COSIGNATURE_V1, Algorithm.ML_DSA_44)),
    ):
        rows.append((f"a checkpoint with {words}", f"{len(signed(root, given).encode()):,} bytes"))
    return rows


def request() -> tuple[bytes, bytes]:
    """Two requests to a witness: the first checkpoint of a log of 100,000 entries, and one of 1,000 entries more, a second later."""
    tiles: dict[str, bytes] = {}

    def fetch(tile: Tile) -> bytes:
        return tiles[tile.path()]

    old, new = LATER - 1_000, LATER
    first = grow(TileReader(fetch, 0), (leaf_hash(b"%d" % number) for number in range(old)))
    tiles |= {tile.path(): content for tile, content in first.tiles()}
    second = grow(TileReader(fetch, old), (leaf_hash(b"%d" % number) for number in range(old, new)))
    tiles |= {tile.path(): content for tile, content in second.tiles()}
    notes = [
        sign_checkpoint(Checkpoint(origin=parts.ORIGIN, size=tree.size, root=tree.root), LOG_SIGNERS, at=AT).encode()
        for tree in (first, second)
    ]
    proof = prove_consistency(TileReader(fetch, new), old_size=old)
    return AddCheckpoint(old=0, proof=(), checkpoint=notes[0]).encode(), AddCheckpoint(old=old, proof=proof, checkpoint=notes[1]).encode()


def witnessing(folder: Path) -> Rows:
    first, second = request()
    rows: Rows = [("a request to a witness, 1,000 entries later", f"{len(second):,} bytes")]
    for words, algorithms in (
        ("Ed25519", [Algorithm.COSIGNATURE_V1]),
        ("Ed25519 and ML-DSA-44", [Algorithm.COSIGNATURE_V1, Algorithm.ML_DSA_44]),
    ):
        signers = [parts.signer("witness.example/w1", algorithm) for algorithm in algorithms]
        decide = partial(answer, keys_of=known, signers=signers, at=AT)
        kept = decide(first, recorded=lambda _: None).record
        given = decide(second, recorded=lambda _, kept=kept: kept)
        assert given.status == 200
        rate = per_second(partial(decide, second, recorded=lambda _, kept=kept: kept))
        rows.append((f"a witness checks and cosigns with {words}", f"{1000 / rate:.2f} ms, answer of {len(given.body):,} bytes"))
    return [*rows, ("the same, kept on disk before it answers", f"{1000 / remembered(folder, first, second, signers):.2f} ms")]


def known(_: str) -> tuple[VerifierKey, ...]:
    return tuple(one.key for one in LOG_SIGNERS)


def remembered(folder: Path, first: bytes, second: bytes, signers: list[Signer]) -> float:
    """How many requests a second a witness with a memory answers: the same checkpoint again, which it cosigns anew."""
    state = WitnessState(folder / "witness.sqlite", create=True)
    for key in known(parts.ORIGIN):
        state.add_log(key)
    for body in (first, second):
        assert state.answer(body, signers=signers, at=AT).status == 200
    again = AddCheckpoint(old=LATER, proof=(), checkpoint=parse_add_checkpoint(second).checkpoint).encode()
    assert state.answer(again, signers=signers, at=AT).status == 200
    rate = per_second(lambda: state.answer(again, signers=signers, at=AT))
    state.close()
    return rate


def sealing() -> Rows:
    entry, personal = record()
    submission, keys = sealed()
    kept = {group.group: len(group.sealed) + len(group.wrapped) + len(group.key) for group in submission.groups}
    size = sum(kept.values())
    rate = per_second(lambda: prepare(entry, personal, keys=keys, random=os.urandom))
    reading = per_second(lambda: opened(submission, keys, "person"))
    return [
        ("seal a record of 20 fields in 3 groups", f"{rate:,.0f}/s"),
        ("its entry; its sealed fields", f"{len(submission.entry):,}; {size:,} bytes"),
        ("open a group of 10 fields, and check each", f"{reading:,.0f}/s"),
    ]


def publishing(folder: Path) -> Rows:
    """One checkpoint after another, each of a hundred entries more."""
    counted = parts.CountedPlace(folder / "public")
    steps = iter(range(10**9))
    with parts.opened(folder, place=counted) as log:
        list(log.append_many(b"%d" % number for number in range(BEFORE)))
        log.publish()

        def publish() -> None:
            nonlocal published
            list(log.append_many(b"%d more" % next(steps) for _ in range(100)))
            log.publish()
            published += 1

        before, published = counted.written, 0
        rate = per_second(publish)
    return [
        ("100 entries more, and a checkpoint, all on disk", f"{1000 / rate:.0f} ms, {(counted.written - before) / published:.1f} files")
    ]


@contextmanager
def opened_records(folder: Path) -> Iterator[RecordLog]:
    sequencer = open_sequencer(folder / "log.sqlite", origin=parts.ORIGIN, create=True)
    persons = Persons(folder / "persons.sqlite", master=bytes(32))
    with Log(sequencer, DiskPlace(folder / "public"), SecondPlace(folder / "second"), LOG_SIGNERS, parts.ORIGIN, clock=lambda: AT) as log:
        yield RecordLog(log, persons, sequencer=sequencer, random=os.urandom, clock=lambda: AT)
    sequencer.close()
    persons.close()


def recording(folder: Path) -> Rows:
    """Through the whole of habeas, every step on disk before the next."""
    entry, personal = record()
    create_persons(folder / "persons.sqlite", master=bytes(32))
    with opened_records(folder) as records:
        began = time.perf_counter()
        done = len(list(records.record_many(drafts(entry, personal))))
        many = done / (time.perf_counter() - began)
    log, keys = weight(folder, "log.sqlite") / done, weight(folder, "persons.sqlite") / done / len(GROUPS)
    with opened_records(folder) as records:
        single = per_second(lambda: records.record(entry.type, entry.authority, PUBLIC, personal))
        shown = per_second(lambda: records.disclose(0, "person", "field_1", ground="court-order", authority="police.example"))
    return [
        (f"record {done:,} such records, each of three other persons", f"{many:,.0f}/s"),
        ("database a record; keys a person", f"{log:,.0f}; {keys:,.0f} bytes"),
        ("record such a record, one after another", f"{single:,.0f}/s"),
        ("disclose a field: on record, published, proved", f"{1000 / shown:.0f} ms"),
    ]


def drafts(entry: Entry, personal: dict[str, Person]) -> Iterator[Draft]:
    for number in range(MANY):
        named = {group: Person(ref=f"{group}-{number}", fields=person.fields) for group, person in personal.items()}
        yield Draft(kind=entry.type, authority=entry.authority, day=entry.day, public=entry.public, personal=named)


def weight(folder: Path, name: str) -> int:
    return sum(file.stat().st_size for file in folder.glob(f"{name}*"))


def main() -> None:
    print("\n### Single steps\n\n| | |\n|---|---|")
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        places = [Path(folder) / name for name in ("witness", "small", "records")]
        for place in places:
            place.mkdir()
        for part in (
            checking,
            signing,
            partial(publishing, places[1]),
            partial(witnessing, places[0]),
            sealing,
            partial(recording, places[2]),
        ):
            for what, value in part():
                print(f"| {what} | {value} |", flush=True)


if __name__ == "__main__":
    main()
