"""Whole audits side by side: the engine's own GROUP BY (the limit), habeas, and the tools that auditors use today.

python bench/audit.py [MILLIONS ...]. Each contestant runs in a process of its own, in turn, several rounds; the median is quoted
and ratios are taken round by round, so that a machine that slows down slows all. Rivals run at 1 and 10 million rows, in
bench/.venv (make bench sets it up).
"""

from __future__ import annotations

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
OURS, THEIRS = HERE.parent / ".venv" / "bin" / "python", HERE / ".venv" / "bin" / "python"
RIVALS = ("aequitas", "fairlearn", "dalex")
MOST_FOR_RIVALS, MOST_FOR_SLOW_RIVALS = 10_000_000, 1_000_000
ROUNDS = 3


def once(name: str, path: Path) -> dict[str, float]:
    """One run: in-process figures as printed, whole-process figures as the system accounts them."""
    python = THEIRS if name in RIVALS else OURS
    started = time.perf_counter()
    child = subprocess.Popen([python, HERE / "contestants.py", name, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    printed, said = child.communicate() if child.stdout is not None else ("", "")
    if child.returncode != 0:
        raise SystemExit(f"{name} failed:\n{said}")
    whole = {"process_wall_s": time.perf_counter() - started}
    return {**json.loads(printed.splitlines()[-1]), **whole}


def rounds_for(name: str, rows: int) -> int:
    """Slow rivals run once at 10 million rows: fairlearn takes minutes."""
    if name in RIVALS:
        return 0 if rows > MOST_FOR_RIVALS else ROUNDS if rows <= MOST_FOR_SLOW_RIVALS else 1
    return ROUNDS


def measured(rows: int, names: list[str]) -> dict[str, list[dict[str, float]]]:
    """Every contestant's runs, interleaved."""
    path = generate.rows(rows)
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for turn in range(ROUNDS):
        for name in names:
            if turn < rounds_for(name, rows):
                runs[name].append(once(name, path))
    return {name: found for name, found in runs.items() if found}


def median(runs: list[dict[str, float]], figure: str) -> float:
    """The middle run."""
    return statistics.median(run[figure] for run in runs)


def table(rows: int, runs: dict[str, list[dict[str, float]]]) -> str:
    """A table in Markdown, ready for the docs."""
    lines = [
        f"\n### {rows:,} rows\n",
        "| contestant | wall s | CPU s | peak MB | whole process wall s | wall / bare | CPU / bare | runs |",
        "|---|---|---|---|---|---|---|---|",
    ]
    bare = runs["bare GROUP BY"]
    for name, found in runs.items():
        pairs = list(zip(found, bare, strict=False))
        wall = statistics.median(ours["wall_s"] / limit["wall_s"] for ours, limit in pairs)
        cpu = statistics.median(ours["cpu_s"] / limit["cpu_s"] for ours, limit in pairs)
        figures = [median(found, figure) for figure in ("wall_s", "cpu_s", "peak_mb", "process_wall_s")]
        cells = f"{figures[0]:.2f} | {figures[1]:.2f} | {figures[2]:.0f} | {figures[3]:.2f} | {wall:.2f} | {cpu:.2f} | {len(found)}"
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def start_to_finish() -> str:
    """The command on 7,214 rows, from start to reports written; whole process."""
    with tempfile.TemporaryDirectory() as folder:
        with (EXAMPLES / "compas-counts.csv").open() as file:
            rows = [row for row in csv.DictReader(file) for _ in range(int(row["n"]))]
        with (Path(folder) / "rows.csv").open("w") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        plan = Path(folder) / "plan.yaml"
        plan.write_text((EXAMPLES / "compas.yaml").read_text().replace("compas-counts.csv, count: n", "rows.csv"))
        command = [OURS, "-P", "-m", "habeas", "audit", plan, "--out", Path(folder) / "report"]
        taken = []
        for _ in range(ROUNDS + 2):
            started = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            taken.append(time.perf_counter() - started)
    middle = f"median {statistics.median(taken):.2f} s, slowest {max(taken):.2f} s of {len(taken)} runs"
    return f"\n### {len(rows):,} rows, start to finish\n\n{middle}"


def main(arguments: list[str]) -> None:
    """Bench the small audit, then the sizes asked for (default 1 and 10 million)."""
    os.environ.setdefault("PYTHONHASHSEED", "0")
    print(start_to_finish(), flush=True)
    names = ["bare GROUP BY", "habeas", "habeas, persons", *(RIVALS if THEIRS.exists() else ())]
    if not THEIRS.exists():
        print("rivals are left out: bench/.venv is not there (make bench sets it up)")
    for millions in arguments or ["1", "10"]:
        rows = round(float(millions) * 1_000_000)
        print(table(rows, measured(rows, names)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
