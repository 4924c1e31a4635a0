"""A log of millions of entries: seconds, memory, bytes and files; proofs from its tiles; a full check; a monitor that follows it.

    python bench/ledger_scale.py [MILLIONS ...]        default 1 and 10; 10 million need 6 GB of disk and ten minutes

Each step runs in a process of its own, so that the memory told is that step's alone. The folder is deleted at the end.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ledger_parts as parts

from habeas.ledger.notes.cosignature import open_checkpoint
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import verify_inclusion
from habeas.stores.log.fsck import check_log
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.published import Published
from habeas.stores.objects.disk import DiskPlace
from habeas.stores.objects.place import Place
from habeas.stores.sequencers.store import open_sequencer

Figures = dict[str, Any]
STEP = 1_000_000
"""After so many entries a checkpoint is published and memory is looked at."""
PROOFS = 200
FOLLOWED = 1_000_000


def entries(start: int, stop: int) -> Iterator[bytes]:
    """Entries as long as those of decisions about nobody: 186 bytes."""
    for index in range(start, stop):
        yield b'{"authority":"police.example","day":"2026-11-22","n":%012d,"pad":"%s"}' % (index, b"x" * 111)


def appended(folder: Path, size: int) -> Figures:
    """Record and publish, a million at a time: how long each takes, and what memory it takes as the log grows."""
    taken = {"append": 0.0, "publish": 0.0}
    memory: list[float] = []
    with parts.opened(folder) as log:
        for start in range(0, size, STEP):
            began = time.perf_counter()
            for receipt in log.append_many(entries(start, min(size, start + STEP))):
                last = receipt.index
            recorded = time.perf_counter()
            log.publish()
            taken["append"] += recorded - began
            taken["publish"] += time.perf_counter() - recorded
            memory.append(round(parts.memory_mb(), 1))
            assert last == min(size, start + STEP) - 1
            print(f"  {last + 1:,} entries: {memory[-1]:.0f} MB", file=sys.stderr, flush=True)
    return {**taken, "memory_mb": memory, "peak_mb": parts.peak_mb()}


def reader(folder: Path, place: Place | None = None) -> Published:
    return Published(place or DiskPlace(folder / "public"), origin=parts.ORIGIN, keys=[one.key for one in parts.log_signers()])


def proved(folder: Path, size: int) -> Figures:
    """Proofs of random entries, each from nothing: files read, seconds, and bytes."""
    dice = random.Random(1)
    seconds, files, volume = [], [], []
    for _ in range(PROOFS):
        counted = parts.CountedPlace(folder / "public")
        published = reader(folder, counted)
        index = dice.randrange(size)
        began = time.perf_counter()
        head = published.head()
        proof = published.prove(index, head=head)
        seconds.append(time.perf_counter() - began)
        files.append(len([path for path in counted.got if path.startswith("tile/")]))
        volume.append(counted.bytes)
        entry = next(entries(index, index + 1))
        verify_inclusion(leaf=leaf_hash(entry), index=index, size=size, path=proof.path, root=head.root)
        open_checkpoint(proof.checkpoint, [parts.log_signers()[0].key])
    return {
        "prove_ms": statistics.median(seconds) * 1000,
        "prove_ms_worst": max(seconds) * 1000,
        "hash_files": max(files),
        "bytes_read": statistics.median(volume),
        "path_hashes": len(proof.path),
        "proof_bytes": len(proof.encode()),
        "peak_mb": parts.peak_mb(),
    }


def checked(folder: Path, size: int) -> Figures:
    """The whole check, everything worked out again from the entries."""
    sequencer = open_sequencer(folder / "log.sqlite", origin=parts.ORIGIN)
    began = time.perf_counter()
    report = check_log(sequencer, reader(folder), SecondPlace(folder / "second"))
    taken = time.perf_counter() - began
    sequencer.close()
    assert report.findings == ()
    assert report.size == size
    return {"fsck": taken, "peak_mb": parts.peak_mb()}


def followed(folder: Path, size: int) -> Figures:
    """A monitor reads the last million entries from the public files, and sees that each is the one in the tree."""
    counted = parts.CountedPlace(folder / "public")
    published = reader(folder, counted)
    head, count = published.head(), min(FOLLOWED, size)
    began = time.perf_counter()
    read = sum(1 for _ in published.entries(size - count, head=head))
    assert read == count
    return {"follow": time.perf_counter() - began, "requests": len(counted.got), "bytes": counted.bytes, "peak_mb": parts.peak_mb()}


def weighed(folder: Path, size: int) -> Figures:
    """Bytes and files on disk."""
    files = [file for file in (folder / "public").rglob("*") if file.is_file()]
    bundles = [file for file in files if "entries" in file.parts]
    tiles = [file for file in files if "tile" in file.parts and "entries" not in file.parts]
    return {
        "database": sum(file.stat().st_size for file in folder.glob("log.sqlite*")) / size,
        "bundles": sum(file.stat().st_size for file in bundles) / size,
        "tiles": sum(file.stat().st_size for file in tiles) / size,
        "on_disk": sum(file.stat().st_blocks * 512 for file in files) / size,
        "files": len(files),
        "checkpoint": (folder / "public" / "checkpoint").stat().st_size,
    }


STEPS: dict[str, Callable[[Path, int], Figures]] = {
    "append": appended,
    "prove": proved,
    "check": checked,
    "follow": followed,
    "weigh": weighed,
}


def once(step: str, folder: Path, size: int) -> Figures:
    """One step in a process of its own."""
    run = subprocess.run([sys.executable, __file__, "--run", step, str(folder), str(size)], stdout=subprocess.PIPE, text=True, check=True)
    found: Figures = json.loads(run.stdout)
    return found


def measured(size: int) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory(prefix="habeas-bench-") as folder:
        found = {}
        for step in STEPS:
            found[step] = once(step, Path(folder), size)
            print(f"  {step}: {found[step]}", file=sys.stderr, flush=True)
        return found


def rows(size: int, found: dict[str, Figures]) -> list[tuple[str, str]]:
    """What was found, in words."""
    append, prove, check, follow, weigh = (found[step] for step in STEPS)
    return [
        ("record from one thread, many at a time", f"{append['append']:,.0f} s, {size / append['append']:,.0f}/s"),
        ("integrate, sign, publish every million", f"{append['publish']:,.0f} s, {size / append['publish']:,.0f}/s"),
        ("memory while recording, after each million", ", ".join(f"{each:.0f}" for each in append["memory_mb"]) + " MB"),
        ("most memory: record and publish", f"{append['peak_mb']:.0f} MB"),
        ("most memory: check", f"{check['peak_mb']:.0f} MB"),
        ("most memory: prove; follow", f"{prove['peak_mb']:.0f} MB; {follow['peak_mb']:.0f} MB"),
        ("check everything", f"{check['fsck']:,.0f} s, {size / check['fsck']:,.0f}/s"),
        ("prove inclusion from tiles, nothing kept", f"{prove['prove_ms']:.1f} ms, worst {prove['prove_ms_worst']:.1f} ms"),
        ("hash files read for a proof, at most", f"{prove['hash_files']}, {prove['bytes_read']:,.0f} bytes"),
        ("a proof file", f"{prove['path_hashes']} hashes, {prove['proof_bytes']:,} bytes"),
        ("follow the last million entries", f"{follow['requests']:,} requests, {follow['bytes']:,} bytes, {follow['follow']:.0f} s"),
        ("database", f"{weigh['database']:.1f} bytes an entry"),
        ("bundles", f"{weigh['bundles']:.2f} bytes an entry"),
        ("tiles", f"{weigh['tiles']:.2f} bytes an entry"),
        ("both on disk, in blocks", f"{weigh['on_disk']:.1f} bytes an entry"),
        ("published files", f"{weigh['files']:,}"),
        ("checkpoint with two signatures", f"{weigh['checkpoint']:,} bytes"),
    ]


def main(sizes: list[str]) -> None:
    tables = []
    for millions in sizes or ["1", "10"]:
        size = round(float(millions) * 1_000_000)
        print(f"{size:,} entries of {len(next(entries(0, 1)))} bytes", file=sys.stderr, flush=True)
        tables.append((size, rows(size, measured(size))))
    print("\n### A large log\n\n| | " + " | ".join(f"{size:,} entries" for size, _ in tables) + " |")
    print("|---" * (len(tables) + 1) + "|")
    for lines in zip(*(found for _, found in tables), strict=True):
        print(f"| {lines[0][0]} | " + " | ".join(value for _, value in lines) + " |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(STEPS[sys.argv[2]](Path(sys.argv[3]), int(sys.argv[4]))))
    else:
        main(sys.argv[1:])
