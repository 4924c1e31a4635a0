"""What single steps of the ledger cost, one after another in one thread, and how long its files are.

    python bench/ledger_work.py

Proofs are made for a tree of 10 million entries: their hashes are drawn by chance and the root worked out from them, which costs a
verifier the same as a real one.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
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
from habeas.stores.sequencers.rows import StoredGroup, Submission
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


def recording(folder: Path) -> Rows:
    """Through the whole of habeas, every step on disk before the next."""
    _, personal = record()
    with parts.opened(folder) as log:
        create_persons(folder / "persons.sqlite", master=bytes(32))
        persons = Persons(folder / "persons.sqlite", master=bytes(32))
        sequencer = log._sequencer  # noqa: SLF001 - the one it was opened with
        records = RecordLog(log, persons, sequencer=sequencer, random=os.urandom, clock=lambda: AT)
        first = records.record(RecordType.DECISION, "police.example", PUBLIC, personal)
        written = per_second(lambda: records.record(RecordType.DECISION, "police.example", PUBLIC, personal))

        def disclose() -> Evidence:
            return records.disclose(first.index, "person", "field_1", ground="court-order", authority="police.example")

        shown = per_second(disclose)
        file = disclose().encode()
        assert json.loads(file)["openings"]
        persons.close()
    return [
        ("record such a record, one after another", f"{written:,.0f}/s"),
        ("disclose a field: on record, published, proved", f"{shown:,.1f}/s, file of {len(file):,} bytes"),
    ]


def main() -> None:
    print("\n### Single steps\n\n| | |\n|---|---|")
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        for part in (checking, signing, lambda: witnessing(Path(folder)), sealing, lambda: recording(Path(folder))):
            for what, value in part():
                print(f"| {what} | {value} |", flush=True)


if __name__ == "__main__":
    main()
