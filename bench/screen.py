"""The screen: every system of the catalogue by every book. Loading and screening apart, each beside something to compare it with.

    python bench/screen.py

Each round is a process of its own, because what habeas brings is read once per process; the middle of the rounds is quoted and ratios
are taken round by round. *Reading the YAML alone* is what the same library (libyaml) needs to turn the same files into lists and
mappings, without lines, checks or values; *in pure Python* is ruamel, with which the files that people bring are read.
"""

from __future__ import annotations

import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROUNDS = 5
ON = date(2026, 11, 22)
PARTS = ("yaml alone", "in pure Python", "load books", "load catalogue", "screen")


def files() -> list[Path]:
    from habeas.runs.rulebooks import library

    folders = (library.BOOKS, library.SYSTEMS, library.UNVERIFIED)
    return [library.VOCABULARY, *(path for folder in folders for path in sorted(folder.glob("*.yaml")))]


def yaml_alone() -> int:
    import yaml

    return len([yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in files()])


def in_pure_python() -> int:
    from ruamel.yaml import YAML

    return len([YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) for path in files()])


def load_books() -> int:
    from habeas.runs.rulebooks import library

    return sum(len(book.rules) for book in library.books())


def load_catalogue() -> int:
    from habeas.runs.rulebooks import library

    return len(library.catalogue()) + len(library.unverified())


def screen_all() -> int:
    from habeas.rules.screening import screen
    from habeas.runs.rulebooks import library

    entries = (*library.catalogue(), *library.unverified())
    return sum(len(verdict.rulings) for entry in entries for verdict in screen(entry.description, library.books(), on=ON))


def taken(work: Callable[[], int]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    count = work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "count": count}


def work() -> None:
    """One round: imports aside, then each part in turn."""
    for module in ("habeas.rules.screening", "habeas.runs.rulebooks.library", "ruamel.yaml", "yaml"):
        importlib.import_module(module)
    print(json.dumps(dict(zip(PARTS, map(taken, (yaml_alone, in_pure_python, load_books, load_catalogue, screen_all)), strict=True))))


def once() -> dict[str, dict[str, float]]:
    run = subprocess.run([sys.executable, __file__, "--run"], capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(run.stdout)
    return found


def main() -> None:
    rounds = [once() for _ in range(ROUNDS)]
    counts = {part: int(rounds[0][part]["count"]) for part in PARTS}
    print(f"\n{counts['yaml alone']} files, {counts['load books']} rules, {counts['load catalogue']} systems, {counts['screen']} rulings\n")
    print("| | CPU s | wall s | CPU / YAML alone |\n| --- | --- | --- | --- |")
    for part in PARTS:
        cpu, wall = (statistics.median(found[part][kind] for found in rounds) for kind in ("cpu", "wall"))
        ratio = statistics.median(found[part]["cpu"] / found["yaml alone"]["cpu"] for found in rounds)
        print(f"| {part} | {cpu:.2f} | {wall:.2f} | {ratio:.2f} |")


if __name__ == "__main__":
    work() if sys.argv[1:] == ["--run"] else main()
