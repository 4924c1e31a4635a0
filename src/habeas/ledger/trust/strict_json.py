"""JSON from strangers: one meaning or none. What readers disagree on - keys given twice, numbers with a point, NaN - is refused."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from typing import NoReturn

from habeas.errors import Malformed
from habeas.ledger.tree.counts import require_count


def read_json(raw: bytes, *, limit: int, what: str) -> object:
    """The value that UTF-8 JSON text stands for: objects, lists, texts, whole numbers, true, false and null.

    Raises:
        Malformed: more than `limit` bytes, anything else than JSON, a key twice in one object, a number that isn't whole, or lists in
            lists deeper than a reader can follow.
    """
    if len(raw) > limit:
        raise Malformed(f"expected {what} of at most {limit} bytes; got {len(raw)}: is this the right file?")
    try:
        text = raw.decode("utf-8")
        return json.loads(text, object_pairs_hook=_object, parse_float=_refuse_number, parse_constant=_refuse_number)
    except RecursionError as error:
        raise Malformed(f"expected {what}; got JSON nested far too deeply: is this the right file?") from error
    except ValueError as error:  # not UTF-8, not JSON, or a number of thousands of digits
        raise Malformed(f"expected {what}, which is JSON in UTF-8; got something else: is the file whole, and the right one?") from error


def require_object(value: object, *, keys: tuple[str, ...], what: str) -> dict[str, object]:
    """The object `value`, which has exactly these keys.

    Raises:
        Malformed: no object, a key is missing, or there is one that isn't known; the message names the nearest known key.
    """
    if not isinstance(value, dict):
        raise Malformed(f"expected {what} to be an object with the keys {', '.join(keys)}; got another value: mend it")
    if missing := [key for key in keys if key not in value]:
        raise Malformed(f"expected the keys {', '.join(keys)} in {what}; {', '.join(missing)} is missing: is the file whole?")
    if unknown := [key for key in value if key not in keys]:
        raise Malformed(f"expected only the keys {', '.join(keys)} in {what}; got {len(unknown)} more{_hint(unknown, keys)}")
    return value


def require_text(value: object, *, what: str) -> str:
    """The text `value`.

    Raises:
        Malformed: another value.
    """
    if not isinstance(value, str):
        raise Malformed(f"expected {what} to be a text; got another value: mend it")
    return value


def require_list(value: object, *, most: int, what: str) -> list[object]:
    """The list `value`.

    Raises:
        Malformed: another value, or more than `most` items.
    """
    if not isinstance(value, list) or len(value) > most:
        raise Malformed(f"expected {what} to be a list of at most {most} items; got another value: mend it")
    return value


def require_number(value: object, *, what: str) -> int:
    """The whole number `value`, from 0 to 2**63 - 1.

    Raises:
        Malformed: another value; true and false are no numbers.
    """
    if not isinstance(value, int):
        raise Malformed(f"expected {what} to be a whole number; got another value: mend it")
    require_count(value, what=what)
    return value


def _object(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Malformed("expected each key once per object; got one twice, so that readers may disagree: take the original file")
        found[key] = value
    return found


def _refuse_number(_: str) -> NoReturn:
    raise Malformed("expected whole numbers only; got one with a point or an exponent, or NaN: take the original file")


def _hint(unknown: list[str], keys: tuple[str, ...]) -> str:
    # an unknown key isn't repeated: it may be about a person
    longest = 2 * max(map(len, keys), default=0)  # no key at all, and comparing millions of letters takes half a gigabyte
    near = difflib.get_close_matches(unknown[0], keys, n=1) if len(unknown[0]) <= longest else []
    return f", perhaps {near[0]} misspelt: mend it" if near else ": the file may be of a later version, or not one of habeas"
