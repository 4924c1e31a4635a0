"""Prohibitions that became weaker, for a terminal: what stood there, and what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from habeas.reports.lines import plain_text as text
from habeas.reports.rulebooks.words import ABSENT, days, in_one_line
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay, leaves
from habeas.rules.rulebook import Window
from habeas.rules.weakening import Weakening


def weakened_lines(weakened: Sequence[Weakening], width: int) -> Iterator[str]:
    """Each prohibition that became weaker, with what differs before and after; nothing where none did."""
    if weakened:
        yield from text.heading("Prohibitions weakened")
    for one in weakened:
        what = "The book" if one.rule is None else one.rule
        where = f" ({one.field})" if one.field else ""
        yield from text.wrapped(f"{what} {one.how.value}{where}: {one.title}", width=width, indent="  ", first="! ")
        was, now = _sides(one.old, one.new)
        yield from text.wrapped(f"was: {was}", width=width, indent="       ", first="  ")
        yield from text.wrapped(f"now: {now}", width=width, indent="       ", first="  ")


def _sides(old: object, new: object) -> tuple[str, str]:
    """Before and after in words; of lists and conditions, only what differs."""
    match old, new:
        case tuple(), tuple():
            return _listed([item for item in old if item not in new]), _listed([item for item in new if item not in old])
        case ((Is() | Among() | OnDay() | InClass() | AllOf() | AnyOf()), (Is() | Among() | OnDay() | InClass() | AllOf() | AnyOf())):
            return _conditions(old, new)
    return _said(old), _said(new)


def _conditions(old: Condition, new: Condition) -> tuple[str, str]:
    had, has = list(dict.fromkeys(leaves(old))), list(dict.fromkeys(leaves(new)))
    if set(had) == set(has):  # only how they are joined differs
        return in_one_line(old), in_one_line(new)
    return _listed([leaf for leaf in had if leaf not in has]), _listed([leaf for leaf in has if leaf not in had])


def _listed(items: Sequence[object]) -> str:
    return "; ".join(_said(item) for item in items) or ABSENT


def _said(value: object) -> str:
    match value:
        case None:
            return ABSENT
        case Window():
            return _window(value)
        case Enum():
            return str(value.value)
        case Is() | Among() | OnDay() | InClass() | AllOf() | AnyOf():
            return in_one_line(value)
    return str(value)


def _window(window: Window) -> str:
    whom = "" if window.when is None else f", where {in_one_line(window.when)}"
    return f"{days(window)}{whom}{'' if window.disputed is None else ' (disputed)'}"
