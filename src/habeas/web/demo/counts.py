"""Made-up tables of counts, so that an audit has something to count: nobody is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SCORES = range(1, 11)
PEOPLE = 4_000
"""In each group, with and without the outcome."""


def table(groups: Mapping[str, Sequence[int]]) -> str:
    """A CSV of counts. For each group: how heavy high scores weigh among people without the outcome, and among those with it (1 to 10).

    The heavier, the higher the scores: at 5, all scores are about as frequent.
    """
    lines = ["group,score,outcome,n"]
    for group, weights in groups.items():
        for outcome, weight in enumerate(weights):
            lines += [f"{group},{score},{outcome},{count}" for score, count in zip(SCORES, _counts(weight), strict=True)]
    return "\n".join(lines) + "\n"


def _counts(weight: int) -> list[int]:
    shares = [weight * score + (10 - weight) * (11 - score) for score in SCORES]
    return [PEOPLE * share // sum(shares) for share in shares]
