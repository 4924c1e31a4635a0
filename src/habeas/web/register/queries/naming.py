"""What a system is called: whether a plan, a description or a report that names a system means this one."""

from __future__ import annotations

import re
import unicodedata

from habeas.web.base.actors import Actor
from habeas.web.register.models import System
from habeas.web.register.queries.systems import OPEN_STATES, SHOWN_STATES, may_read_draft

_BETWEEN_NAMES = re.compile(r"[()\[\],;/–—]")
"""An entry's name may hold several: "Harm tool (HART)" is called so, and Harm tool, and HART."""


def names_of(system: System, actor: Actor) -> tuple[str, ...]:
    """The names that this actor may know it by: its address's, then those of its published editions, and the draft's for its readers."""
    states = (*SHOWN_STATES, *(OPEN_STATES if may_read_draft(actor, system) else ()))
    found = system.editions.filter(state__in=states).order_by("-number").values_list("content__name", flat=True)
    return tuple(dict.fromkeys((system.slug, *(str(name) for name in found if name))))


def called(system: System, actor: Actor) -> str:
    """What it is called now, as far as this actor may know: by its newest name, and without one by its address."""
    address, *names = names_of(system, actor)
    return names[0] if names else address


def quoted_names(system: System, actor: Actor) -> str:
    """The same for a message that refuses another name."""
    return ", ".join(f'"{name}"' for name in names_of(system, actor))


def is_called(system: System, name: str, actor: Actor) -> bool:
    """Whether that is one of them, whole or one of several in it; capitals, spaces and ways to write a letter don't count."""
    known = names_of(system, actor)
    parts = [part for one in known for part in _BETWEEN_NAMES.split(one)]
    return _plain(name) in {_plain(one) for one in (*known, *parts) if one.strip()}


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
