"""The closest rival beside ours: LitmusAI (litmus-screener) and habeas, asked about the same made-up and documented systems.

    python bench/litmus.py [--ask]

Each system is described twice, in the rival's own format (bench/litmus/theirs) and in ours (bench/litmus/ours). What the rival says is
kept in bench/litmus/answers.json with its version; `--ask` asks it anew, in an environment of its own (make litmus sets it up), and
also what it would say if a single field were answered no instead of yes. What ours says is worked out every time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding, Verdict
from habeas.runs.rulebooks import library

HERE = Path(__file__).parent / "litmus"
OURS, THEIRS, ANSWERS = HERE / "ours", HERE / "theirs", HERE / "answers.json"
LITMUS = Path(__file__).parent / ".litmus-venv" / "bin" / "litmus"
BOOKS = ("eu-ai-act", "fair-trials", "led")
ON = date(2026, 11, 22)
SHORT = {Finding.BLOCKED: "blocked", Finding.NO_RULE: "no rule"}


def names() -> list[str]:
    """The systems that are described in both formats."""
    found = sorted(path.stem for path in OURS.glob("*.yaml"))
    if found != sorted(path.stem for path in THEIRS.glob("*.yaml")):
        raise SystemExit("each system needs a description in bench/litmus/ours and one in bench/litmus/theirs: write the missing one")
    return found


def ask() -> dict[str, Any]:
    """What the rival says of every description, and of every description with one yes turned into a no."""
    version = subprocess.run([LITMUS, "--version"], capture_output=True, text=True, check=True).stdout.split()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        told = dict(zip(names(), reports(THEIRS, folder / "told.json"), strict=True))
        turned = list(variants(folder))
        otherwise = reports(folder / "turned", folder / "turned.json")
    hinges: dict[str, dict[str, str]] = {name: {} for name in told}
    for (name, field), report in zip(turned, otherwise, strict=True):
        if verdict_of(report) != verdict_of(told[name]):
            hinges[name][field] = verdict_of(report)
    return {
        "tool": "litmus-screener",
        "version": next(word for word in version if word[0].isdigit()),
        "ruleset": next(iter(told.values()))["ruleset_version"],
        "asked_on": datetime.now(tz=UTC).date().isoformat(),
        "systems": {name: {**summary(report), "if_no": hinges[name]} for name, report in told.items()},
    }


def reports(folder: Path, out: Path) -> list[dict[str, Any]]:
    """The rival's report on every description of a folder, in the order of their names."""
    done = subprocess.run([LITMUS, "portfolio", folder, "--output", out], capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    if len(found) != len(list(folder.glob("*.yaml"))):
        raise SystemExit(f"LitmusAI refused a description:\n{done.stdout}")
    return found


def variants(folder: Path) -> Iterator[tuple[str, str]]:
    """Write each description once more per field that is answered yes, with no there; which they are, in the order of the files."""
    yaml = YAML(typ="safe")
    (folder / "turned").mkdir()
    for name in names():
        told = yaml.load(THEIRS / f"{name}.yaml")
        fields = [
            (part, field) for part in ("inputs", "outputs", "deployment_context") for field in told[part] if told[part][field] is True
        ]
        for number, (part, field) in enumerate(fields):
            other = {**told, part: {**told[part], field: False}}
            (folder / "turned" / f"{name}-{number:02}.yaml").write_text(json.dumps(other), encoding="utf-8")
            yield name, f"{part}.{field}"


def verdict_of(report: Mapping[str, Any]) -> str:
    return str(report["summary"]["overall_verdict"])


def summary(report: Mapping[str, Any]) -> dict[str, Any]:
    """Its verdict, and its verdict and rules per point of Article 5 that isn't clear."""
    points = {name: found for name, found in report["categories"].items() if found["verdict"] != "clear"}
    return {
        "verdict": verdict_of(report),
        "points": {name: {"verdict": found["verdict"], "rules": found["triggered_rules"]} for name, found in points.items()},
    }


def stored() -> dict[str, Any]:
    """What the rival said when it was last asked."""
    found: dict[str, Any] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return found


def verdicts(name: str) -> tuple[Verdict, ...]:
    """What our books say of a system."""
    return screen(library.read_description(OURS / f"{name}.yaml"), library.books_named(BOOKS), on=ON)


def ours(verdict: Verdict) -> str:
    deciding, says = ", ".join(ruling.rule.id for ruling in verdict.deciding), SHORT.get(verdict.finding, verdict.finding.value)
    return f"{says}: {deciding}" if deciding else says


def theirs(found: Mapping[str, Any]) -> str:
    parts = {colour: [name for name, point in found["points"].items() if point["verdict"] == colour] for colour in ("red", "amber")}
    return "; ".join(f"{colour}: {', '.join(points)}" for colour, points in parts.items() if points) or "clear"


def table() -> list[str]:
    """One row per system: the rival, then our books."""
    titles = [book.short for book in library.books_named(BOOKS)]
    found = stored()["systems"]
    rows = [
        [name[:2].lstrip("0"), library.read_description(OURS / f"{name}.yaml").name, theirs(found[name]), *map(ours, verdicts(name))]
        for name in names()
    ]
    head = ["", "system", f"LitmusAI {stored()['version']}", *titles]
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def tally() -> list[str]:
    """How often the rival's colour goes with what our book of the same law says."""
    found = stored()["systems"]
    pairs = Counter((found[name]["verdict"], verdicts(name)[0].finding) for name in names())
    columns = [finding for finding in Finding if any(ours == finding for _, ours in pairs)]
    rows = [[colour, *(str(pairs[colour, finding]) for finding in columns)] for colour in ("red", "amber", "clear")]
    head = ["LitmusAI", *(f"our EU AI Act: {SHORT.get(finding, finding.value)}" for finding in columns)]
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def hinges() -> list[str]:
    """Where no instead of yes in one field would change the rival's verdict."""
    rows = [
        f"| {name[:2].lstrip('0')} | `{field}` | {found['verdict']} | {verdict} |"
        for name, found in stored()["systems"].items()
        for field, verdict in found["if_no"].items()
    ]
    return ["| | field answered no instead of yes | verdict | would be |", "| --- | --- | --- | --- |", *rows]


def main(arguments: list[str]) -> None:
    if "--ask" in arguments:
        ANSWERS.write_text(json.dumps(ask(), indent=1) + "\n", encoding="utf-8")
    found = stored()
    print(f"{found['tool']} {found['version']}, {found['ruleset']}, asked on {found['asked_on']}; our books on {ON}\n")
    print("\n".join([*table(), "", *tally(), "", *hinges()]))


if __name__ == "__main__":
    main(sys.argv[1:])
