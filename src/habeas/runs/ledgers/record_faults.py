"""What is wrong with a record, in words that repeat nothing of it: names are told only where they can't be about a person."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from pydantic_core import ErrorDetails

from habeas.ledger.fields.commitments import NAME
from habeas.terms.canonical import MOST_INTEGER
from habeas.terms.records import RecordType
from habeas.terms.records_keys import GROUP, TABLE

SCHEMA = "see `habeas schema ledger-record`"
TOP = ("type", "authority", "day", "public", "personal")
OF_A_PERSON = ("ref", "fields")
PUBLIC = frozenset(key for keys in TABLE.values() for key in (*keys.required, *keys.optional))

WORDS = {
    "missing": f"it is missing: add it; {SCHEMA}",
    "value": f"expected text, a whole number up to {MOST_INTEGER}, true or false; got something else: write it as text",
    "public": "expected text or a whole number; got something else: what is personal belongs into sealed fields",
    "enum": f"expected one of {', '.join(member.value for member in RecordType)}; got something else",
    "string_type": "expected text; got something else",
    "string_unicode": "expected text that UTF-8 can write; got something else",
    "string_pattern_mismatch": "expected a day such as 2026-11-22; got something else",
    "string_too_short": "expected at least one character; got none",
    "string_too_long": "expected at most 200 characters; got more",
    "dict_type": "expected a JSON object; got something else",
    "model_type": f"expected a JSON object; got something else; {SCHEMA}",
    "too_short": "expected at least one field; got none: leave the group out",
}
"""What pydantic found -> what to say."""


def told(details: Iterable[ErrorDetails]) -> Iterator[str]:
    """Each fault as the rest of a line that begins with the record's place: `, public.about: expected ...`."""
    for detail in details:
        place = detail["loc"]
        if detail["type"] == "extra_forbidden":
            yield _place(place[:-1]) + _strange(str(place[-1]), OF_A_PERSON if len(place) > 1 else TOP)
        else:
            yield f"{_place(place)}: {WORDS.get(detail['type'], f'expected something else; {SCHEMA}')}"


def _strange(name: str, known: tuple[str, ...]) -> str:
    """A name that no field has isn't repeated: it may be somebody's. The one that was meant is."""
    near = difflib.get_close_matches(name, known, n=1)
    meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    return f": it has a name that isn't a field here; {meant}"


def _place(steps: tuple[int | str, ...]) -> str:
    shown = [_shown(step, depth) for depth, step in enumerate(_structure(steps))]
    return f", {'.'.join(shown)}" if shown else ""


def _structure(steps: tuple[int | str, ...]) -> tuple[tuple[str, str], ...]:
    """Each step with its parent; what pydantic adds for the kinds of a value isn't one."""
    own = [str(step) for step in steps if str(step) not in {"[key]", "str", "bool", "int"}]
    return tuple(zip(["", *own], own, strict=False))


def _shown(step: tuple[str, str], depth: int) -> str:
    parent, name = step
    if depth == 1 and parent == "public":
        return name if name in PUBLIC else "(a key)"
    own = name in (*TOP, *OF_A_PERSON) or GROUP.fits(name)
    return name if own or (parent == "fields" and NAME.fullmatch(name)) else "(a name)"
