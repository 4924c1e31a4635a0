"""Answers of a person at a terminal, checked; what can't be used is said and asked again."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Sequence

Ask = Callable[[str, str], str]
"""(question, default) -> answer; the default where nothing was answered."""

TRIES = 3
"""How often a question is asked again after an answer that can't be used; then it stays open in the draft."""


def answer(ask: Ask, question: str, default: str) -> str:
    """The answer; the default for a blank one, and where no more answers come."""
    try:
        return ask(question, default).strip() or default
    except EOFError:
        return default


def words(ask: Ask, question: str) -> str | None:
    """Any text; None: left blank."""
    return answer(ask, question, "") or None


def one_of(ask: Ask, question: str, default: str, allowed: Sequence[str]) -> str | None:
    """One of the words allowed; None: left blank."""
    asked = question
    for _ in range(TRIES):
        given = answer(ask, asked, default)
        if given in allowed:
            return given
        if not given:
            return None
        asked = f"{_no_such(given, allowed)} {question}"
    return None


def several(ask: Ask, question: str, default: Sequence[str], allowed: Sequence[str]) -> tuple[str, ...]:
    """Some of the words allowed, separated by commas; the default for a blank answer."""
    asked, proposed = question, ", ".join(default)
    for _ in range(TRIES):
        given = answer(ask, asked, proposed)
        if given == proposed:
            break
        parts = (given,) if given in allowed else (part.strip() for part in given.split(","))
        chosen = tuple(dict.fromkeys(part for part in parts if part))
        unknown = [each for each in chosen if each not in allowed]
        if not unknown:
            return chosen
        asked = f"{_no_such(unknown[0], allowed)} {question}"
    return tuple(default)


def yes_or_no(ask: Ask, question: str) -> bool | None:
    """True for yes, False for no, None where it was left blank."""
    asked = question
    for _ in range(TRIES):
        given = answer(ask, asked, "").lower()
        if given in {"yes", "y", "no", "n"}:
            return given.startswith("y")
        if not given:
            return None
        asked = f"expected yes or no; got {given}. {question}"
    return None


def number(ask: Ask, question: str, default: float | None) -> float | None:
    """A finite number; the default where it was left blank."""
    asked = question
    for _ in range(TRIES):
        given = answer(ask, asked, "" if default is None else f"{default:g}")
        if not given:
            return None
        if (value := _finite(given)) is not None:
            return value
        asked = f"expected a number; got {given}. {question}"
    return default


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _no_such(given: str, allowed: Sequence[str]) -> str:
    near = difflib.get_close_matches(given, allowed, n=1)
    return f"There is no {given}{f'; did you mean {near[0]}' if near else ''}?"
