"""What habeas publishes, verified by a program that shares no code with it: Go, on golang.org/x/mod's own log and note packages.

Debian's golang-go and golang-golang-x-mod-dev are all it needs; it is built offline (`go/`), once per run. Go 1.19 knows no
ML-DSA: that half of the signatures is the browser's to check (`tests/browser/test_verify_in_a_browser.py`).
"""

from __future__ import annotations

import os
import random
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from habeas.ledger.notes.cosignature import open_checkpoint
from habeas.ledger.notes.keys import parse_vkey
from habeas.ledger.notes.note import Note, NoteSignature, parse_note
from habeas.ledger.tree.bundles import parse_bundle
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import verify_consistency, verify_inclusion
from habeas.ledger.tree.reading import TileReader, prove_consistency, root_of
from habeas.ledger.tree.tiles import bundles_for
from habeas.ledger.trust.proof_file import parse_proof
from interop.logs import LOG_KEYS, ORIGIN, WITNESS, PublishedLog

pytestmark = pytest.mark.go

SIZES = (1, 2, 255, 256, 257, 300, 65_536, 65_793, 70_000)
TILES = {1: 1, 2: 1, 255: 1, 256: 2, 257: 3, 300: 3, 65_536: 258, 65_793: 261, 70_000: 277}
"""Counted by hand: level 0, level 1, level 2; 70,000 has 273 and a partial one, 1 and a partial one, and a partial one."""

OFFLINE = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOPROXY": "off", "GOFLAGS": "", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
LONG = 1_000
KEYS = ("-log", str(LOG_KEYS[0].key), "-witness", str(WITNESS.key))


@pytest.fixture(scope="module")
def tlogcheck(tmp_path_factory):
    """The verifier, built from its source by Debian's Go."""
    folder = tmp_path_factory.mktemp("go")
    environment = {**os.environ, **OFFLINE, "GOCACHE": str(folder / "cache")}
    subprocess.run(["go", "build", "-o", folder / "tlogcheck", "."], cwd=Path(__file__).parent / "go", env=environment, check=True)
    return folder / "tlogcheck"


@pytest.fixture(scope="module")
def grown(tlogcheck, tmp_path_factory):
    """A log grown through all sizes, with what Go said of each; the last is there to be looked at."""
    log, said = PublishedLog(tmp_path_factory.mktemp("log")), {}
    for size in SIZES:
        log.grow_to(size)
        log.prove(size // 3)
        said[size] = run(tlogcheck, "check", log.folder, *KEYS)
    return log, said


def run(program, command, folder, *keys, given=""):
    done = subprocess.run([program, command, "-dir", folder, *keys], input=given, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"exit {done.returncode}: {done.stderr}"


@pytest.mark.parametrize(("before", "size"), list(zip((0, *SIZES), SIZES, strict=False)))
def test_go_verifies_entries_tiles_proofs_and_growth(grown, before, size):
    _, said = grown

    grew = "true" if before else "false"
    assert said[size] == f"{{Size:{size} Entries:{size} Tiles:{TILES[size]} From:{before} Request:{grew} Proof:true}}\n"


def bits_of(log: PublishedLog, name: str) -> list[int]:
    """The bits of a file that Go can judge: all but those of signatures with ML-DSA-44, which are as long as no other line."""
    content = (log.folder / name).read_bytes()
    if not name.startswith(("checkpoint", "entry.")):
        return list(range(8 * len(content)))
    at, bits = 0, []
    for line in content.splitlines(keepends=True):
        bits += range(8 * at, 8 * (at + len(line))) if len(line) < LONG else []
        at += len(line)
    return bits


def sampled(log: PublishedLog, dice: random.Random) -> list[tuple[str, str, int]]:
    """60 single bits of each kind of file, with the kind: of entries and tiles in any bundle and tile of any level."""
    bundles = [bundle.path() for bundle in bundles_for(log.size)]
    levels = [[f"tile/0/{index:03}" for index in range(273)], ["tile/1/000"], ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]]
    kinds = {"entry": [bundles], "tile": levels, "checkpoint": [["checkpoint"]], "proof": [["entry.tlog-proof"]]}
    drawn = []
    for kind, places in kinds.items():
        for number in range(60):
            name = dice.choice(places[number % len(places)])
            drawn.append((kind, name, dice.choice(bits_of(log, name))))
    return drawn


def test_go_refuses_every_single_flipped_bit(grown, tlogcheck):
    log, _ = grown
    drawn = sampled(log, random.Random(20_261_122))  # noqa: S311 - not for keys: the same bits in every run

    said = run(tlogcheck, "tamper", log.folder, *KEYS, given="".join(f"{name} {bit}\n" for _, name, bit in drawn)).splitlines()

    answers = [line.split(" ", 2) for line in said]
    assert [(name, int(bit)) for name, bit, _ in answers] == [(name, bit) for _, name, bit in drawn]
    assert [line for line in said if " refused: " not in line] == []
    assert Counter(kind for kind, _, _ in drawn) == {"entry": 60, "tile": 60, "checkpoint": 60, "proof": 60}


def test_go_refuses_every_flipped_bit_of_a_small_log(tlogcheck, tmp_path):
    log = PublishedLog(tmp_path)
    log.grow_to(2)
    log.prove(1)
    names = ["tile/entries/000.p/2", "tile/0/000.p/2", "checkpoint", "entry.tlog-proof", "entry"]
    bits = [(name, bit) for name in names for bit in bits_of(log, name)]

    said = run(tlogcheck, "tamper", log.folder, *KEYS, given="".join(f"{name} {bit}\n" for name, bit in bits)).splitlines()

    assert len(said) == len(bits) > 5_000
    assert [line for line in said if " refused: " not in line] == []


def test_go_misses_an_entry_that_was_left_out(tlogcheck, tmp_path):
    log = PublishedLog(tmp_path)
    log.grow_to(300)
    bundle = log.folder / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes()[: -2 - len(b"0299 " + b"decision " * 5)])

    assert "entry 43 is missing" in run(tlogcheck, "check", log.folder, *KEYS)


def test_go_finds_a_byte_behind_the_last_entry(tlogcheck, tmp_path):
    log = PublishedLog(tmp_path)
    log.grow_to(300)
    bundle = log.folder / "tile/entries/001.p/44"
    bundle.write_bytes(bundle.read_bytes() + b"x")

    assert "1 bytes too many" in run(tlogcheck, "check", log.folder, *KEYS)


def test_go_refuses_a_checkpoint_of_another_log_under_this_log_s_key(tlogcheck, tmp_path):
    log = PublishedLog(tmp_path)
    log.grow_to(2)
    text = parse_note((log.folder / "checkpoint").read_bytes()).text.replace(ORIGIN, "log.example/other")
    line = NoteSignature(name=ORIGIN, key_id=LOG_KEYS[0].key.key_id, value=LOG_KEYS[0].sign(text.encode()))
    (log.folder / "checkpoint").write_bytes(Note(text=text, signatures=(line,)).encode())

    assert "the log's origin" in run(tlogcheck, "check", log.folder, *KEYS[:2])


def test_go_refuses_a_log_whose_witness_did_not_sign(tlogcheck, tmp_path):
    log = PublishedLog(tmp_path)
    log.grow_to(2)
    lines = (log.folder / "checkpoint").read_text(encoding="utf-8").splitlines(keepends=True)
    (log.folder / "checkpoint").write_text("".join(line for line in lines if WITNESS.key.name not in line), encoding="utf-8")

    assert "1 of the 2 keys signed" in run(tlogcheck, "check", log.folder, *KEYS)


@pytest.fixture(scope="module", params=[1, 2, 256, 257, 300, 65_793])
def by_go(request, tlogcheck, tmp_path_factory):
    """A log that Go alone wrote, with x/mod's tree, tiles and signatures."""
    folder = tmp_path_factory.mktemp("by-go")
    assert run(tlogcheck, "write", folder, "-size", str(request.param), "-seed", "07" * 32) == ""
    return folder, request.param


def test_habeas_verifies_the_signatures_of_a_log_that_go_wrote(by_go):
    folder, size = by_go
    key = parse_vkey((folder / "log.vkey").read_text(encoding="utf-8"))

    checkpoint, _, verified = open_checkpoint((folder / "checkpoint").read_bytes(), [key])

    assert (checkpoint.origin, checkpoint.size) == ("go.example/log", size)
    assert [one.key for one in verified] == [key]


def test_habeas_verifies_tiles_and_entries_that_go_wrote(by_go):
    folder, size = by_go
    checkpoint = opened(folder, "checkpoint")
    reader = TileReader(lambda tile: (folder / tile.path()).read_bytes(), size)

    assert root_of(reader) == checkpoint.root
    for bundle in bundles_for(size):
        entries = parse_bundle((folder / bundle.path()).read_bytes(), width=bundle.width)
        assert [leaf_hash(one) for one in entries] == [reader.leaf(index) for index in bundle.entries()]


def test_habeas_verifies_a_proof_that_go_wrote(by_go):
    folder, size = by_go
    checkpoint, proof = opened(folder, "checkpoint"), parse_proof((folder / "entry.tlog-proof").read_bytes())

    leaf = leaf_hash((folder / "entry").read_bytes())

    assert proof.checkpoint == (folder / "checkpoint").read_bytes()
    verify_inclusion(leaf=leaf, index=size - 1, size=size, path=proof.path, root=checkpoint.root)


def test_habeas_proves_that_the_log_go_wrote_only_grew(by_go):
    folder, size = by_go
    old, new = opened(folder, "checkpoint.old"), opened(folder, "checkpoint")
    reader = TileReader(lambda tile: (folder / tile.path()).read_bytes(), size)

    path = prove_consistency(reader, old_size=old.size)

    verify_consistency(old_size=old.size, old_root=old.root, new_size=size, new_root=new.root, path=path)


def opened(folder, name):
    key = parse_vkey((folder / "log.vkey").read_text(encoding="utf-8"))
    return open_checkpoint((folder / name).read_bytes(), [key])[0]


def test_both_programs_know_the_log_by_one_name(grown):
    log, _ = grown

    assert (log.folder / "checkpoint").read_text(encoding="utf-8").splitlines()[0] == ORIGIN
