"""Values as one line of YAML: for examples in messages, and for the plans that habeas drafts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.>/+-]*(?: [A-Za-z0-9_.>/+-]+)*")
"""Text that YAML reads as it stands, inside brackets too; all else is put in quotes."""

READ_AS_SOMETHING_ELSE = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML, or an older YAML, doesn't read as text."""

UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What JSON writes as it stands but YAML doesn't allow."""


def inline(value: object) -> str:
    """`value` (text, number, true/false, list or mapping of such) on one line of YAML, e.g. `{race: Caucasian}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{inline(key)}: {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return f"{value:.15g}" if isinstance(value, float) else json.dumps(value)


def _text(text: str) -> str:
    if PLAIN.fullmatch(text) and text.lower() not in READ_AS_SOMETHING_ELSE:
        return text
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))
