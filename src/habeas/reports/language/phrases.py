"""Small parts of sentences: a number with its noun, names in a row."""

from __future__ import annotations

from habeas.reports.language.numbers import count


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 duty`, `3 duties`, `1,200 entries`."""
    return f"{count(number)} {one if number == 1 else many}"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
