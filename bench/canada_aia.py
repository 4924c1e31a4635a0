"""What the impact score of Canada's Directive on Automated Decision-Making gives for an opaque, untested score about people.

    python bench/canada_aia.py

The answers and their points stand in bench/litmus/canada_aia.csv, as the published questionnaire scores them (canada-ca/aia-eia-js, version
of 2025-10-03). Every question that isn't listed is answered so that it gives no point; `least`: the fewest points a question can give.
No mitigation is claimed, so the raw score counts unreduced.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

ANSWERS = Path(__file__).parent / "litmus" / "canada_aia.csv"
MOST = 167
UPPER_ENDS = (("I", 0.25), ("II", 0.50), ("III", 0.75), ("IV", 1.0))
PARTS = {
    "harm": "seven questions on harm, each at its maximum",
    "untested": "nobody tested or assessed it",
    "opaque": "a trade secret, hard to explain, made from patterns in data",
    "data": "personal data that decide about the same people; biased, not representative",
    "decision": "it needs judgement, in law enforcement; a person signs (partial automation)",
    "least": "five questions that can't give less than 1",
}
WORSE = "worse"


def answers() -> list[dict[str, str]]:
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points(*parts: str) -> int:
    return sum(int(answer["points"]) for answer in answers() if answer["part"] in parts)


def level(score: int) -> str:
    return next(name for name, end in UPPER_ENDS if score <= end * MOST)


def table() -> list[str]:
    rows = [[says, str(points(part))] for part, says in PARTS.items()]
    return [f"| {' | '.join(cells)} |" for cells in (["answers", "points"], ["---", "---"], *rows, ["together", *_together(PARTS)])]


def _together(parts: Iterable[str]) -> list[str]:
    score = points(*parts)
    return [f"{score} of {MOST}, {score / MOST:.1%}: Level {level(score)}"]


def main() -> None:
    print("", *table(), sep="\n")
    print("and answered more gloomily:", *_together([*PARTS, WORSE]))


if __name__ == "__main__":
    main()
