"""Coverage-guided fuzzing of one parser, or of each in turn, by atheris; a finding is kept as a file and ends the run.

    python tests/fuzz/run.py [--seconds 60] [--findings FOLDER] [TARGET ...]

Prints, per target: bytes tried, how many of them were taken, and how many places of the code they reached; as JSON with `--json`.
"""

from __future__ import annotations

import argparse
import json
import mmap
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
MOST_BYTES = 8192
STATUS = re.compile(r"#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+)")
TAKEN = "taken"
"""Beside the corpus: eight bytes that count what the parser took. libFuzzer ends the process without giving it a last word."""


def one(target: str, *, seconds: float, findings: Path, seed: int) -> dict[str, int | str]:
    """Fuzz one target in a process of its own, for libFuzzer ends the process. `finding`: what went wrong, empty where nothing did."""
    with tempfile.TemporaryDirectory() as folder:
        options = [f"-max_total_time={seconds:g}", f"-artifact_prefix={findings}/{target}-", f"-seed={seed}", f"-max_len={MOST_BYTES}"]
        limits = ["-timeout=20", "-rss_limit_mb=2048", "-len_control=0"]
        command = [sys.executable, str(HERE), "--inside", target, folder, *options, *limits]
        run = subprocess.run(command, capture_output=True, check=False, text=True, errors="replace")
        taken = int.from_bytes((Path(folder) / TAKEN).read_bytes(), "little")
    said = run.stdout + run.stderr
    done = STATUS.search(said)
    if run.returncode != 0 or done is None:
        return {"target": target, "tried": 0, "taken": 0, "places": 0, "finding": _told(said) or f"exit {run.returncode}"}
    return {"target": target, "tried": int(done[1]), "taken": taken, "places": int(done[2]), "finding": ""}


def _told(said: str) -> str:
    """What went wrong, and in which file the bytes are that show it."""
    exception = said[start : start + 3000] if (start := said.find("=== Uncaught")) >= 0 else said[-3000:]
    return exception + "".join(re.findall(r"Test unit written to .*", said))


def inside(target: str, folder: Path, options: list[str]) -> None:
    """Fuzz in this process; it doesn't come back."""
    import atheris

    _find_modules()
    with atheris.instrument_imports(include=["habeas"]):
        from fuzz.targets import CONTROL, TARGETS
    chosen, corpus = (TARGETS | CONTROL)[target], folder / "corpus"
    corpus.mkdir()
    for number, raw in enumerate(chosen.beginnings()):
        (corpus / str(number)).write_bytes(raw)
    (folder / TAKEN).write_bytes(bytes(8))
    with (folder / TAKEN).open("r+b") as file:
        counter = memoryview(mmap.mmap(file.fileno(), 8)).cast("Q")

    def try_it(raw: bytes) -> None:
        counter[0] += chosen(raw)

    atheris.Setup([sys.argv[0], str(corpus), *options], try_it)
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Exit code 1 where anything was found."""
    given = argparse.ArgumentParser(description="Fuzz the parsers of the ledger.")
    given.add_argument("targets", nargs="*")
    given.add_argument("--seconds", type=float, default=60)
    given.add_argument("--findings", type=Path, default=Path(tempfile.gettempdir()))
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--json", action="store_true")
    asked = given.parse_args(arguments)
    asked.findings.mkdir(parents=True, exist_ok=True)
    found = 0
    for target in asked.targets or names():
        figures = one(target, seconds=asked.seconds, findings=asked.findings, seed=asked.seed)
        found += bool(figures["finding"])
        said = "{target:18} {tried:>9,} tried {taken:>9,} taken {places:>6,} places  {finding}".format(**figures)
        print(json.dumps(figures) if asked.json else said, flush=True)  # noqa: T201 - a program that says what it found
    return 1 if found else 0


def names() -> list[str]:
    """Every target."""
    _find_modules()
    from fuzz.targets import TARGETS

    return list(TARGETS)


def _find_modules() -> None:
    sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2] / "src")]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], Path(sys.argv[3]), sys.argv[4:])
    else:
        sys.exit(main(sys.argv[1:]))
