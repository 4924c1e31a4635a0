"""The counting alone, beside the engine's own GROUP BY of the same columns: CPU seconds, wall, and peak memory.

    python bench/engine.py [MILLIONS ...]

Each runs in a process of its own, in turn, several rounds; the middle of the rounds is quoted, and ratios are taken round by
round. Both read the same file, which the first round brings into memory. The bare GROUP BY gives what it counted as arrays,
as habeas does; habeas adds explicit edges, checks of every row, codes of labels, and the SHA-256 of the file.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import generate

ROUNDS = 3


def bare(path: str) -> Callable[[], object]:
    import duckdb

    bins = "least(floor(score * 1000), 999)::SMALLINT"
    query = f"SELECT race, sex, age, decision, outcome, {bins} AS bin, count(*) AS n FROM read_parquet(?) GROUP BY ALL"  # noqa: S608 - ours
    return lambda: duckdb.connect().execute(query, [path]).fetchnumpy()


def counted(path: str, person: str | None = None) -> Callable[[], object]:
    from habeas.audit.plan import Auditor, Columns, Plan, ScoreRange, Source
    from habeas.engines import count
    from habeas.terms.system import Stage, SystemVersion, Technology

    plan = Plan(
        title="Benchmark",
        system=SystemVersion(name="Generated", version="1"),
        technology=Technology.RISK_SCORE,
        stage=Stage.DESIGN,
        auditor=Auditor(name="Benchmark", independent=False, statement="generated rows"),
        source=Source(),
        columns=Columns(score="score", decision="decision", outcome="outcome", person=person),
        groups=("race", "sex", "age"),
        score=ScoreRange(minimum=0, maximum=1),
        thresholds=(0.5, 0.8),
    )
    return lambda: count((path,), plan)


def counted_with_persons(path: str) -> Callable[[], object]:
    return counted(path, person="person")


CONTESTANTS = {"bare GROUP BY": bare, "habeas count": counted, "habeas count, persons": counted_with_persons}


def once(name: str, path: Path) -> dict[str, float]:
    """One run in a process of its own."""
    run = subprocess.run([sys.executable, __file__, "--run", name, str(path)], capture_output=True, text=True, check=True)
    return {key: float(value) for key, value in json.loads(run.stdout).items()}


def work(name: str, path: str) -> None:
    """The work alone on the clock, imports before it."""
    job = CONTESTANTS[name](path)
    wall, cpu = time.perf_counter(), time.process_time()
    job()
    taken = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps({**taken, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main(sizes: list[str]) -> None:
    for millions in sizes or ["1", "10"]:
        path = generate.rows(round(float(millions) * 1_000_000))
        rounds = [{name: once(name, path) for name in CONTESTANTS} for _ in range(ROUNDS)]
        print(f"\n{millions} million rows\n\n| | CPU s | wall s | peak MB | CPU / bare | wall / bare |\n|---|---|---|---|---|---|")
        for name in CONTESTANTS:
            cpu, wall, peak = (statistics.median(each[name][figure] for each in rounds) for figure in ("cpu", "wall", "peak"))
            ratios = [
                statistics.median(each[name][figure] / each["bare GROUP BY"][figure] for each in rounds) for figure in ("cpu", "wall")
            ]
            print(f"| {name} | {cpu:.2f} | {wall:.2f} | {peak:.0f} | {ratios[0]:.2f} | {ratios[1]:.2f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        work(*sys.argv[2:])
    else:
        main(sys.argv[1:])
